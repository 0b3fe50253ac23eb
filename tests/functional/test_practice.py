"""Whole practices as a learner holds them: scripts, pipes, pauses and kills, through the command itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from simulator.domain.events import LearnerSpoke, PersonaSpoke
from simulator.exchange.read import read_transcript
from simulator.store.store import open_store
from tests.sessions import Clock

LABELLED = Path(__file__).parents[1] / "labelled"
SCALE = int(os.environ.get("MOT_TEST_SCALE") or "1")
MOT = (sys.executable, "-m", "simulator")


def mot(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*MOT, *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=120,
        check=False,
    )


def script_of(name: str, folder: Path) -> Path:
    """The learner's lines of a labelled transcript, as a script."""
    transcript = read_transcript(LABELLED / f"{name}.yaml")
    path = folder / f"{name}.txt"
    path.write_text("\n".join(turn.text for turn in transcript.learner_turns), encoding="utf-8")
    return path


def practised(name: str, persona: str, language: str, folder: Path, *more: str) -> dict[str, Any]:
    script = str(script_of(name, folder))
    done = mot("practice", persona, "--language", language, "--script", script, "--format", "json", *more)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def sessions() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(mot("list", "sessions", "--format", "json").stdout)
    return found


@pytest.mark.parametrize(
    ("name", "persona", "language"),
    [
        ("s02-excellent-en", "s02-forgotten-ticket", "en"),
        ("s01-excellent-zh", "s01-phone-for-xiaowang", "zh-Hans"),
    ],
)
def test_the_excellent_lines_open_every_need_and_score_above_85(
    name: str, persona: str, language: str, tmp_path: Path
) -> None:
    session = practised(name, persona, language, tmp_path)
    assert [need["outcome"] for need in session["needs"]] == ["elicited"] * 4
    assert session["scorecard"]["total"] > 85
    assert session["ended"] == "script"


@pytest.mark.parametrize(
    ("name", "persona", "language"),
    [("s02-poor-en", "s02-forgotten-ticket", "en"), ("s01-poor-zh", "s01-phone-for-xiaowang", "zh-Hans")],
)
def test_the_poor_lines_open_nothing_and_score_below_30(name: str, persona: str, language: str, tmp_path: Path) -> None:
    session = practised(name, persona, language, tmp_path)
    assert not [need for need in session["needs"] if need["outcome"] in {"elicited", "volunteered"}]
    assert session["scorecard"]["total"] < 30


def test_a_seed_makes_a_practice_repeatable_and_another_one_differ(tmp_path: Path) -> None:
    script = tmp_path / "idle.txt"
    script.write_text("One moment, I'm looking.\n" * 6, encoding="utf-8")
    common = ("--language", "en", "--script", str(script), "--format", "json")
    held = [mot("practice", "s02-forgotten-ticket", "--seed", seed, *common).stdout for seed in ("7", "7", "8")]
    first, again, other = ([turn["text"] for turn in json.loads(one)["turns"]] for one in held)
    assert first == again
    assert first != other


def test_the_end_of_input_leaves_a_session_that_goes_on() -> None:
    left = mot("practice", "s02-forgotten-ticket", "--plain", "--language", "en", typed="Who is flying with you?\n")
    assert left.returncode == 0
    assert "mot practice --resume" in left.stderr
    on = mot("practice", "--resume", "--plain", typed="Where exactly did you leave it?\n/end\n")
    assert on.returncode == 0, on.stderr
    (session,) = sessions()
    shown = json.loads(mot("show", session["id"], "--format", "json").stdout)
    assert [turn["n"] for turn in shown["turns"]] == [1, 2, 3, 4, 5]
    assert shown["ended"] == "learner"


def test_control_c_leaves_a_session_that_goes_on() -> None:
    with subprocess.Popen(
        [*MOT, "practice", "s02-forgotten-ticket", "--plain", "--language", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stdin
        assert child.stdout
        assert child.stdout.readline()
        child.stdin.write("Who is flying with you?\n")
        child.stdin.flush()
        assert child.stdout.readline()
        child.send_signal(signal.SIGINT)
        _, narration = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Traceback" not in narration
    assert "mot practice --resume" in narration


def test_an_empty_line_is_no_turn_and_an_overlong_one_is_refused_with_the_limit() -> None:
    typed = "\n   \n" + "x" * 100_000 + "\n"
    done = mot("practice", "s02-forgotten-ticket", "--plain", "--language", "en", typed=typed)
    assert "at most 4,000" in done.stderr
    assert [session["turns"] for session in sessions()] == [1]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"# only a comment\n\n", "no lines"),
        (b"\xff\xfe\x00bin", "UTF-8"),
        (b"bin\x00ary", "binary"),
        (b"x" * 100_000, "4,000"),
        (b"line\n" * 1_200_000, "larger"),
    ],
)
def test_a_bad_script_is_refused_in_one_line_and_nothing_is_begun(content: bytes, says: str, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_bytes(content)
    done = mot("practice", "s02-forgotten-ticket", "--language", "en", "--script", str(script))
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert sessions() == []


def test_an_unknown_persona_suggests_the_nearest() -> None:
    done = mot("practice", "s02-forgoten-tiket", "--plain")
    assert done.returncode == 2
    assert "s02-forgotten-ticket" in done.stderr


def test_a_second_process_on_a_session_is_told_at_once() -> None:
    with subprocess.Popen(
        [*MOT, "practice", "s02-forgotten-ticket", "--plain", "--language", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as child:
        assert child.stdout
        child.stdout.readline()
        second = mot("practice", "--resume", "--plain", typed="Hello?\n")
        child.terminate()
    assert second.returncode == 4
    assert "another program" in second.stderr


def test_no_acknowledged_turn_is_lost_by_a_kill(tmp_path: Path) -> None:
    chance = Random(1)  # noqa: S311 - instants, not secrets
    for kill in range(8 * SCALE):
        home = tmp_path / str(kill)
        answered = _killed_while_practising(home, chance.uniform(0, 0.25))
        store = open_store(home, Clock())
        (session,) = store.sessions()
        events = store.events(session.id)
        replies = [event.text for event in events if isinstance(event, PersonaSpoke)]
        assert replies[: len(answered)] == answered
        lines = sum(isinstance(event, LearnerSpoke) for event in events)
        on = mot("practice", "--resume", "--plain", typed="/end\n", MOT_HOME=str(home))
        assert on.returncode == 0, on.stderr
        after = [event for event in store.events(session.id) if isinstance(event, LearnerSpoke)]
        assert len(after) == lines  # the line that waited was answered, not sent again


def _killed_while_practising(home: Path, wait: float) -> list[str]:
    """Practise in a child that is killed at some instant; the customer's lines that it had shown whole."""
    with subprocess.Popen(
        [*MOT, "practice", "s02-forgotten-ticket", "--plain", "--language", "en"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "MOT_HOME": str(home)},
    ) as child:
        assert child.stdin
        assert child.stdout
        shown = [child.stdout.readline()]
        child.stdin.write("One moment, let me look.\n" * 40)
        child.stdin.flush()
        time.sleep(wait)
        child.kill()
        shown += child.stdout.readlines()
    return [line.removeprefix("Daniel Reyes: ").rstrip("\n") for line in shown if line.endswith("\n")]
