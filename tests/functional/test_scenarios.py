"""The shipped scenarios against people's own words: lines that must open a need, lines that must not, and whole talks.

tests/lines/ID.yaml holds single lines for each need and language (zh for zh-Hans), tests/talks/ID-good-en.txt and the
like a learner's lines, one a line.
"""

from __future__ import annotations

import asyncio
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from simulator.cli.script import read_script
from simulator.conversation.engine import Cast, Conversation
from simulator.conversation.record import Record, record
from simulator.grading.case import recorded
from simulator.grading.grader import grade
from simulator.offline.actor import OfflineActor
from simulator.offline.judge import OfflineJudge
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona, load_rubric
from simulator.trainer.explain import Bench, Said
from tests.fakes import MemoryJournal, started

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Scorecard

TOP = Path(__file__).parents[2]
LINES = sorted((TOP / "tests" / "lines").glob("*.yaml"))
TALKS = sorted((TOP / "tests" / "talks").glob("*-*-??.txt"))
TAGS = {"en": "en", "zh": "zh-Hans"}
GOOD, POOR = 85, 30
"""The least total of a good talk and the greatest of a poor one, out of 100."""


@lru_cache
def persona_of(name: str) -> Persona:
    path = TOP / "personas" / f"{name}.yaml"
    return load_persona(path.read_bytes(), path.name).value


@lru_cache
def the_rubric() -> Rubric:
    path = TOP / "rubrics" / "moments-of-truth.yaml"
    return load_rubric(path.read_bytes(), path.name).value


def of_each_need(kind: str) -> list[Any]:
    """Parameters (persona, need, language, lines) for every need that a file of lines knows."""
    return [
        pytest.param(file.stem, need, language, tuple(lines), id=f"{file.stem}-{need}-{language}")
        for file in LINES
        for need, by_language in yaml.safe_load(file.read_text(encoding="utf-8"))[kind].items()
        for language, lines in by_language.items()
    ]


def of_each_talk(quality: str) -> list[Any]:
    """Parameters (persona, language, file) for every talk of this quality."""
    parts = ((*file.stem.rsplit("-", 2), file) for file in TALKS)
    return [pytest.param(name, TAGS[tag], file, id=file.stem) for name, kind, tag, file in parts if kind == quality]


def opened_by(line: str, persona: str, language: str) -> tuple[str, ...]:
    """What the line opens where trust is full and no need has to wait for another."""
    bench = Bench(OfflineListener(), persona_of(persona), trust=3, predecessors_open=True)
    return asyncio.run(bench.explain(Said(line, language=TAGS[language]))).opens


def held(persona: str, language: str, lines: tuple[str, ...]) -> tuple[Record, Scorecard]:
    """The talk from the opening to the last line, or to where the customer leaves, and its grade."""
    return asyncio.run(_held(persona_of(persona), language, lines))


async def _held(persona: Persona, language: str, lines: tuple[str, ...]) -> tuple[Record, Scorecard]:
    listener = OfflineListener()
    events = [started(persona=persona.id, language=language)]
    talk = Conversation(persona, Cast(listener, OfflineActor(), listener), MemoryJournal(), events)
    async for _ in talk.open():
        pass
    for line in lines:
        if talk.state.ended:
            break
        async for _ in talk.say(line):
            pass
    await talk.end("script")
    practised = record(talk.events, persona)
    judge = OfflineJudge(the_rubric())
    return practised, await grade(recorded(practised, persona), the_rubric(), judge, language)


@pytest.mark.parametrize(("persona", "need", "language", "lines"), of_each_need("fair"))
def test_a_need_opens_to_questions_in_many_words(
    persona: str, need: str, language: str, lines: tuple[str, ...]
) -> None:
    assert len(lines) >= 3
    assert [line for line in lines if need not in opened_by(line, persona, language)] == []


@pytest.mark.parametrize(("persona", "need", "language", "lines"), of_each_need("unfair"))
def test_a_need_stays_closed_to_demands_to_tellings_and_to_other_questions(
    persona: str, need: str, language: str, lines: tuple[str, ...]
) -> None:
    assert [line for line in lines if need in opened_by(line, persona, language)] == []


@pytest.mark.parametrize(("persona", "language", "file"), of_each_talk("good"))
def test_a_good_talk_opens_every_need_and_scores_high(persona: str, language: str, file: Path) -> None:
    practised, card = held(persona, language, read_script(file))
    assert {need.id: need.outcome for need in practised.needs if need.outcome != "elicited"} == {}
    assert practised.state.confirmed
    assert practised.state.confirmed.satisfied
    assert card.total is not None
    assert card.total >= GOOD


@pytest.mark.parametrize(("persona", "language", "file"), of_each_talk("poor"))
def test_a_poor_talk_scores_low_and_satisfies_nobody(persona: str, language: str, file: Path) -> None:
    practised, card = held(persona, language, read_script(file))
    assert not (practised.state.confirmed and practised.state.confirmed.satisfied)
    assert card.total is not None
    assert card.total <= POOR
