"""Talks for the grading tests, written for them: one scenario in English and one in Chinese, well and badly led."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.domain.scorecard import Scorecard
from simulator.domain.transcript import Transcript, Turn
from simulator.exchange.read import read_transcript
from simulator.grading.case import Case, outside
from simulator.grading.grader import grade
from simulator.offline.judge import OfflineJudge
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona, load_rubric

ROOT = Path(__file__).resolve().parent.parent

TICKET, PHONE = "s02-forgotten-ticket", "s01-phone-for-xiaowang"


@lru_cache(maxsize=1)
def shipped_rubric() -> Rubric:
    path = ROOT / "rubrics" / "moments-of-truth.yaml"
    return load_rubric(path.read_bytes(), path.name).value


@lru_cache(maxsize=4)
def shipped_persona(name: str) -> Persona:
    path = ROOT / "personas" / f"{name}.yaml"
    return load_persona(path.read_bytes(), path.name).value


def stored(name: str) -> Transcript:
    """One of the talks in tests/talks."""
    tree = yaml.safe_load((Path(__file__).with_name("talks") / f"{name}.yaml").read_bytes())
    turns = tuple(Turn(turn["n"], turn["speaker"], turn["text"]) for turn in tree["turns"])
    return Transcript(turns, tree["language"], tree["persona"])


def labelled(name: str) -> Transcript:
    """One of the talks in tests/labelled."""
    return read_transcript(ROOT / "tests" / "labelled" / f"{name}.yaml")


def talk(*lines: str, language: str = "en") -> Transcript:
    """A transcript of lines said in turn, the customer first."""
    return Transcript(
        tuple(Turn(n, "persona" if n % 2 else "learner", line) for n, line in enumerate(lines, 1)), language
    )


def with_exchange(transcript: Transcript, line: str, reply: str, after: int) -> Transcript:
    """The transcript with a learner line and its reply put in after turn `after`, later turns counted on."""
    return _with(transcript, [Turn(0, "learner", line), Turn(0, "persona", reply)], after)


def with_turn(transcript: Transcript, line: str, after: int) -> Transcript:
    """The transcript with a learner line put in after turn `after`, to which nobody replies."""
    return _with(transcript, [Turn(0, "learner", line)], after)


def _with(transcript: Transcript, put_in: list[Turn], after: int) -> Transcript:
    turns = [*transcript.turns[:after], *put_in, *transcript.turns[after:]]
    numbered = tuple(Turn(n, turn.speaker, turn.text) for n, turn in enumerate(turns, 1))
    return Transcript(numbered, transcript.language, transcript.persona)


async def case_of(transcript: Transcript, persona: str | None = None) -> Case:
    return await outside(transcript, shipped_persona(persona) if persona else None, OfflineListener())


async def graded(transcript: Transcript, persona: str | None = None) -> Scorecard:
    rubric = shipped_rubric()
    language = "en" if transcript.language == "en" else "zh-Hans"
    return await grade(await case_of(transcript, persona), rubric, OfflineJudge(rubric), language)


WELL_LED, BADLY_LED = stored("well-led-en"), stored("badly-led-en")
WELL_LED_ZH, BADLY_LED_ZH = stored("well-led-zh"), stored("badly-led-zh")
