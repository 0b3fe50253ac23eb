"""The recordings of this repository, played without key or network: whole practices, and a blind reader's judgement."""

from __future__ import annotations

import asyncio
import json
import re
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import judge

ROOT = Path(__file__).parents[2]
CASSETTES = ROOT / "tests" / "cassettes"
RECORDINGS = sorted(path.parent for path in CASSETTES.glob("*/recording.yaml"))
JUDGED = ("s01-mid-closed-zh", "s01-poor-zh", "s02-mid-withdrawn-en", "s03-mixed-en")

Run = Callable[..., tuple[int, str, str]]


def figure(name: str, table: str) -> float:
    found = re.search(rf"^{name} +([\d.]+)", table, re.MULTILINE)
    assert found
    return float(found[1])


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.name)
def test_a_recorded_practice_plays_again_as_it_was(mot: Run, recording: Path) -> None:
    code, out, _ = mot("--packs", ROOT / "personas", "replay", recording)
    assert (code, "as recorded" in out) == (0, True), out


def test_the_recordings_hold_what_they_are_there_for() -> None:
    texts = {path.name: (path / "recording.yaml").read_text(encoding="utf-8") for path in RECORDINGS}
    assert len(texts) >= 6
    assert "walked_away" in texts["s03-rude-en"]
    assert re.search(r"status: failed", texts["s03-fault-en"])
    assert "extracts_prompt" in texts["s02-injection-en"]
    assert "NeedOpened" not in texts["s02-injection-en"].partition("Where in the room")[0]


def test_nothing_personal_stands_in_a_recording() -> None:
    files = [path for path in CASSETTES.rglob("*.yaml") if path.name not in {"persona.yaml", "rubric.yaml"}]
    personal = re.compile(
        r"sk-[a-z]+-|/(?:home|root|tmp)/|127\.0\.0\.1|authorization|cookie|x-stainless", re.IGNORECASE
    )
    assert files
    found = {path: personal.search(path.read_text(encoding="utf-8")) for path in files}
    assert not [(path.parent.name, match[0]) for path, match in found.items() if match]


def test_a_blind_reader_of_the_judges_requests_agrees_with_the_labels(capsys: pytest.CaptureFixture[str]) -> None:
    options = Namespace(
        base_url=None,
        model="relay",
        cassette=CASSETTES / "judged.yaml",
        judge_only=JUDGED,
        samples=1,
        seconds=60,
        kept=None,
        transcripts=ROOT / "tests" / "labelled",
        personas=ROOT / "personas",
        rubric=ROOT / "rubrics" / "moments-of-truth.yaml",
        details=False,
    )
    asyncio.run(judge.run(options))
    out = capsys.readouterr().out
    assert figure("kappa", out) > 0.8
    assert figure("error of the total", out) < 6
    assert figure("levels within one", out) > 0.92
    assert "order: 3 of 3" in out


def test_the_judged_transcripts_are_the_ones_with_labels() -> None:
    for name in JUDGED:
        assert json.loads((ROOT / "tests" / "labelled" / f"{name}.labels.json").read_bytes())["observations"]
