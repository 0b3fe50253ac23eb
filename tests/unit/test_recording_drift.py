"""Differences told to a person: what was changed, once and with its place, then what came of it."""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from simulator.domain import events as e
from simulator.errors import BadInput
from simulator.llm import listener, prompts
from simulator.recording import causes
from simulator.recording.check import Checked, check, check_all
from simulator.recording.drift import Drift
from simulator.recording.recording import CASSETTE, FILE, found_in, load, store
from simulator.recording.report import report
from simulator.recording.words import changes, marked
from tests.endpoint import LoopbackEndpoint
from tests.recorded import LINES, PERSONA, online, practise, reader, settings_for

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice recorded offline, one with an endpoint, and the packs that were practised: for tests to copy."""
    top = tmp_path_factory.mktemp("once")
    for kind, name in (("personas", PERSONA), ("rubrics", "moments-of-truth")):
        (top / "packs" / kind).mkdir(parents=True)
        (top / "packs" / kind / f"{name}.yaml").write_bytes((TOP / kind / f"{name}.yaml").read_bytes())
    practise(settings_for(top / "home", packs=(top / "packs",)), top / "offline", LINES)
    with LoopbackEndpoint(answer_by=reader) as server:
        practise(online(top / "home", server, packs=(top / "packs",)), top / "asked", LINES)
    return top


@pytest.fixture
def packs(once: Path, tmp_path: Path) -> Path:
    """A folder with the packs that were practised, to be changed."""
    return Path(shutil.copytree(once / "packs", tmp_path / "packs"))


@pytest.fixture
def offline(once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(once / "offline", tmp_path / "offline"))


@pytest.fixture
def asked(once: Path, tmp_path: Path) -> Iterator[Path]:
    yield Path(shutil.copytree(once / "asked", tmp_path / "asked"))
    read_prompts_anew()


def read_prompts_anew() -> None:
    for kept in (prompts._template, causes._prompts, listener._asked):
        kept.cache_clear()


def drifts(folder: Path, home: Path, packs: Path) -> tuple[Drift, ...]:
    result = check(folder, settings_for(home, packs=(packs,)))
    assert not result.trouble, result.trouble
    return result.drifts


def change(file: Path, old: str, new: str) -> int:
    """Replace a word in a file; gives its line."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1


@pytest.mark.parametrize("recorded", ["offline", "asked"])
@pytest.mark.parametrize(
    ("kind", "file", "old", "new"),
    [
        ("persona", f"personas/{PERSONA}.yaml", "flight goes", "plane goes"),
        ("persona", f"personas/{PERSONA}.yaml", "Daniel Reyes", "Samuel Reyes"),
        ("rubric", "rubrics/moments-of-truth.yaml", "Gets the customer to voice", "Brings the customer to voice"),
    ],
)
def test_a_changed_word_in_a_pack_is_told_as_exactly_that(  # noqa: PLR0917 -- a table
    recorded: str, kind: str, file: str, old: str, new: str, home: Path, packs: Path, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(recorded)
    line = change(packs / file, old, new)
    (drift,) = drifts(folder, home, packs)
    assert (drift.kind, drift.file, drift.line) == (kind, str(packs / file), line)
    (detail,) = drift.details
    was, became = (set(words.split()) - set(other.split()) for words, other in ((old, new), (new, old)))
    assert f"[-{was.pop()}-]{{+{became.pop()}+}}" in detail


@pytest.mark.parametrize(
    ("prompt", "old", "new"),
    [
        ("listener.en.md", "label", "tag"),
        ("actor.en.md", "people", "folks"),
        ("judge.en.md", "the", "thee"),
    ],
)
def test_a_changed_word_in_a_prompt_file_is_told_as_exactly_that(  # noqa: PLR0917 -- a table
    prompt: str,
    old: str,
    new: str,
    asked: Path,
    home: Path,
    packs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "prompts"
    folder.mkdir()
    for file in Path(prompts.__file__).parent.glob("*.md"):
        (folder / file.name).write_bytes(file.read_bytes())
    line = change(folder / prompt, old, new)
    monkeypatch.setattr(prompts, "files", lambda _: folder)
    monkeypatch.setattr(causes.resources, "files", lambda _: folder)
    read_prompts_anew()
    (drift,) = drifts(asked, home, packs)
    assert (drift.kind, Path(drift.file or "").name, drift.line) == ("prompt", prompt, line)
    (detail,) = drift.details
    assert f"[-{old}-]{{+{new}+}}" in detail


def test_another_line_is_told_with_its_words(asked: Path, home: Path, packs: Path) -> None:
    recording = load(asked)
    said = [event for event in recording.events if isinstance(event, e.LearnerSpoke)][1]
    events = tuple(replace(one, text="Quite another line.") if one is said else one for one in recording.events)
    store(replace(recording, events=events), asked)
    found = drifts(asked, home, packs)
    assert {"request"} <= {drift.kind for drift in found}
    assert any("Quite another line" in detail for drift in found for detail in drift.details)


def test_a_session_that_ends_sooner_says_so_and_names_what_nobody_asked(asked: Path, home: Path, packs: Path) -> None:
    recording = load(asked)
    places = [place for place, event in enumerate(recording.events) if isinstance(event, e.LearnerSpoke)]
    shorter = (*recording.events[: places[-1]], recording.events[-1])
    store(replace(recording, events=shorter), asked)
    unused = next(drift for drift in drifts(asked, home, packs) if drift.kind == "unused")
    assert unused.told.startswith("recorded requests that were not made again: ")


def test_a_flipped_observation_is_named_with_its_criterion_and_quotes(offline: Path, home: Path, packs: Path) -> None:
    recording = load(offline)
    card = json.loads(json.dumps(recording.scorecard))
    criterion = next(
        c for c in card["criteria"] if any(v["outcome"] == "met" and v["quotes"] for v in c["observations"])
    )
    verdict = next(v for v in criterion["observations"] if v["outcome"] == "met" and v["quotes"])
    quote = verdict["quotes"][0]["text"]
    verdict["outcome"], verdict["quotes"] = "not_met", []
    store(replace(recording, scorecard=card), offline)
    (drift,) = drifts(offline, home, packs)
    assert drift.kind == "judged"
    assert drift.told == f"criterion {criterion['id']}, observation {verdict['id']}: not_met, now met"
    assert any(quote in detail for detail in drift.details)


@pytest.mark.parametrize("name", ["ledger", "transcript", "total"])
def test_another_ledger_transcript_or_total_is_told(name: str, offline: Path, home: Path, packs: Path) -> None:
    recording = load(offline)
    if name == "ledger":
        changed = replace(recording, ledger={**recording.ledger, "first_refusal_turn": 99})
    elif name == "total":
        changed = replace(recording, scorecard={**(recording.scorecard or {}), "scored_weight": 0.123})
    else:
        reply = [event for event in recording.events if isinstance(event, e.PersonaSpoke)][1]
        events = tuple(replace(one, text="No.") if one is reply else one for one in recording.events)
        changed = replace(recording, events=events)
    store(changed, offline)
    (drift,) = drifts(offline, home, packs)
    assert drift.kind == {"ledger": "ledger", "transcript": "said", "total": "judged"}[name]
    assert any(word in "".join(drift.details) for word in ("99", "0.123", "No"))


def test_a_pack_that_is_nowhere_is_the_recordings_own(offline: Path, home: Path, packs: Path) -> None:
    for file in (*packs.glob("*/*.yaml"), offline / "persona.yaml", offline / FILE):
        file.write_text(file.read_text("utf-8").replace(PERSONA, "s99-nobody"), encoding="utf-8")
    recorded = (offline / FILE).read_text("utf-8")
    old = recorded.partition("persona_hash: ")[2][:64]
    new = sha256((offline / "persona.yaml").read_bytes()).hexdigest()
    (offline / FILE).write_text(recorded.replace(old, new), encoding="utf-8")
    assert drifts(offline, home, packs) == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (FILE, "format: recording/1", "format: recording/2", ":1: recording/2 is newer"),
        (FILE, "format: recording/1", "format: talk/1", ":1: format is 'talk/1'"),
        (FILE, "  turn: 2\n", "  turn: two\n", "turn: damaged"),
        (FILE, "- kind: LearnerSpoke", "- kind: LearnerSang", "no event of this program: 'LearnerSang'"),
        (FILE, "- kind: SessionStarted", "- kind: NoteTaken", "events[0]"),
        (FILE, "\nrequests: ", "\nrequest: ", "'requests' is missing"),
        (FILE, "- first: 0", "- first: 1", "first sitting"),
        (FILE, "\nrequests: ", "\nrequests: 1", "requests are there"),
        ("persona.yaml", "Daniel", "Samuel", "SHA-256 differs"),
        (CASSETTE, "version: 1", "version: 7", ":1: cassette/7 is newer"),
    ],
)
def test_a_damaged_recording_names_the_place(  # noqa: PLR0917 -- a table
    file: str, old: str, new: str, says: str, asked: Path, home: Path, packs: Path
) -> None:
    change(asked / file, old, new)
    result = check(asked, settings_for(home, packs=(packs,)))
    assert not result.drifts
    assert says in result.trouble
    assert "\n" not in result.trouble
    assert file in result.trouble or file == FILE


@pytest.mark.parametrize("file", [FILE, CASSETTE, "persona.yaml"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- a\n- b\n", b"format: recording/1\nversion: 1\n"])
def test_what_is_no_recording_is_refused_in_a_line(
    file: str, content: bytes, asked: Path, home: Path, packs: Path
) -> None:
    (asked / file).write_bytes(content)
    result = check(asked, settings_for(home, packs=(packs,)))
    assert file in result.trouble
    assert "\n" not in result.trouble


def test_a_recording_that_was_cut_off_anywhere_is_refused(offline: Path) -> None:
    lines = (offline / FILE).read_text("utf-8").splitlines(keepends=True)
    for kept in range(0, len(lines) - 1, 7):
        (offline / FILE).write_text("".join(lines[:kept]), encoding="utf-8")
        with pytest.raises(BadInput, match=FILE):
            load(offline)
    (offline / FILE).write_text("".join(lines[: lines.index("scorecard:\n")]), encoding="utf-8")
    with pytest.raises(BadInput, match=r"recording\.yaml: damaged: cut off in 'ledger'"):
        load(offline)


def test_one_recording_that_cannot_be_played_is_no_hindrance_to_the_others(
    offline: Path, home: Path, packs: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / FILE).write_text("format: recording/1\n", encoding="utf-8")
    found = found_in([tmp_path / "broken", offline, tmp_path])
    assert found == (broken, offline)
    results = list(check_all(found, settings_for(home, packs=(packs,)), jobs=1))
    assert [bool(one.trouble) for one in results] == [True, False]


def test_reports_hold_every_difference_in_their_own_form(tmp_path: Path) -> None:
    drift = Drift("persona", "persona x has changed", ("3: a [-b-]{+c+}",), str(tmp_path / "x.yaml"), 3)
    results = [
        Checked(Path("a")),
        Checked(Path("b"), (drift,)),
        Checked(Path("c"), trouble="c/recording.yaml:3: damaged"),
    ]
    assert report(results, "text").splitlines() == [
        "a: as recorded",
        "b: not as recorded (1)",
        f"  persona x has changed ({tmp_path / 'x.yaml'}:3)",
        "      3: a [-b-]{+c+}",
        "c: c/recording.yaml:3: damaged",
    ]
    assert [one["outcome"] for one in json.loads(report(results, "json"))] == ["same", "drift", "unusable"]
    junit = report(results, "junit")
    assert 'tests="3"' in junit
    assert 'failures="1"' in junit
    assert 'errors="1"' in junit
    github = report(results, "github").splitlines()
    assert len(github) == 2
    assert github[0].startswith(f"::error file={tmp_path / 'x.yaml'},line=3")
    assert github[1] == "::error file=c/recording.yaml,line=3,col=1,title=unusable::c: damaged"


def test_junit_is_xml_whatever_a_model_said() -> None:
    said = "a\ufffe \x1b[1mb\uffff"
    results = [
        Checked(Path("a\uffff"), (Drift("request", said, (said,)),)),
        Checked(Path("b"), trouble=said),
    ]
    failure, error = (case[0] for case in ET.fromstring(report(results, "junit")).iter("testcase"))  # noqa: S314 -- ours
    assert (failure.tag, failure.get("message"), error.tag, error.get("message")) == ("failure", "a b", "error", "a b")
    assert str(failure.text).splitlines()[1:] == ["  a b", "      a b"]


@pytest.mark.parametrize(
    ("trouble", "place", "told"),
    [
        ("{here}/personas/x.yaml:7:3: P014 id: unknown", "personas/x.yaml,line=7,col=3", "P014 id: unknown"),
        ("c/persona.yaml: not the pack", "c/persona.yaml,line=1,col=1", "not the pack"),
        ("recording.yaml is missing", "c/recording.yaml,line=1,col=1", "recording.yaml is missing"),
    ],
)
def test_an_annotation_points_where_the_trouble_is(trouble: str, place: str, told: str) -> None:
    result = Checked(Path("c"), trouble=trouble.format(here=Path.cwd()))
    assert report([result], "github") == f"::error file={place},title=unusable::c: {told}"


def test_of_a_long_list_only_what_came_or_went_is_told_and_shortly(offline: Path, home: Path, packs: Path) -> None:
    recording = load(offline)
    assert recording.scorecard
    promises = recording.scorecard["promises"]
    older = {"turn": 99, "quote": "x" * 9_000, "class": "P1"}
    again = [dict(reversed(promise.items())) for promise in promises]
    store(replace(recording, scorecard={**recording.scorecard, "promises": [older, *again]}), offline)
    (drift,) = drifts(offline, home, packs)
    (detail,) = drift.details
    assert detail.startswith('promises[0]: [-{"class": "P1", "quote": "xxx')
    assert len(detail) < 200


def test_words_are_marked_in_any_script() -> None:
    assert marked("我先记下来。", "我马上记下来。")[0] == "我[-先-]{+马上+}记下来。"
    assert marked("a b c", "a c")[0] == "a [-b -]c"
    (change_,) = changes("one\ntwo\nthree", "one\n2\nthree")
    assert (change_.line, change_.shown) == (2, "[-two-]{+2+}")
    assert [one.shown for one in changes("a", "a\nb")] == ["{+b+}"]
    assert changes("a\nb", "a\nb") == ()
