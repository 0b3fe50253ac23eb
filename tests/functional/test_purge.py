"""Deleting deletes: what `mot purge` has taken stands in no file of the program's any more."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator import assemble
from simulator.exchange.written import TRACK
from simulator.session_packs import started_of
from simulator.store.store import Store, open_store
from simulator.tui import taking_out
from tests.recorded import settings_for

Run = Callable[..., tuple[int, str, str]]

COURIER = "s03-courier-never-came"
CANARY = "Kanarienvogel"


def holding(home: Path) -> list[str]:
    """The files under MOT_HOME that hold the canary, by name or by content."""
    return [
        path.name
        for path in home.rglob("*")
        if CANARY in path.name or (path.is_file() and CANARY.encode() in path.read_bytes())
    ]


def practised(mot: Run, tmp_path: Path, learner: str, line: str = "What did you miss?") -> str:
    script = tmp_path / "lines.txt"
    script.write_text(f"{line}\n", encoding="utf-8")
    done = mot(
        "practice", COURIER, "--plain", "--script", script, "--learner", learner, "--offline", "--format", "json"
    )
    session: str = json.loads(done[1])["session"]
    return session


def imported(mot: Run, tmp_path: Path, learner: str, line: str) -> str:
    talk = tmp_path / f"{learner}.txt"
    talk.write_text(f"Customer: My parcel never came.\nLearner: {line}\n", encoding="utf-8")
    return mot("import", talk, "--learner", learner)[1].strip()


def store_of(home: Path) -> Store:
    return open_store(home, assemble.now)


@pytest.fixture
def people(mot: Run, tmp_path: Path) -> dict[str, str]:
    """A session and an import of each of two learners, one called by the canary."""
    line = f"My name is {CANARY}. What did you miss by waiting?"
    return {
        "session": practised(mot, tmp_path, CANARY, line),
        "kept": practised(mot, tmp_path, "wen"),
        "import": imported(mot, tmp_path, CANARY, line),
        "kept_import": imported(mot, tmp_path, "wen", "What did you miss?"),
    }


@pytest.fixture
def full(mot: Run, tmp_path: Path, home: Path, people: dict[str, str]) -> dict[str, str]:
    """The same with everything else that can hold their words."""
    labels = tmp_path / "labels.json"
    labels.write_text('{"observations": []}', encoding="utf-8")
    for name in people.values():
        assert mot("rate", name, "--rater", "mine", "--labels", labels)[0] == 0
        assert mot("grade", name)[0] == 0
    store_of(home).salvage(people["session"])
    taking_out.report(settings_for(home), started_of(store_of(home).events(people["session"])[0]))
    (home / "judging").mkdir()
    (home / "judging" / "0a.json").write_text(f'{{"value": "{CANARY}"}}', encoding="utf-8")
    return people


def test_a_learner_who_is_purged_is_in_no_file(mot: Run, home: Path, full: dict[str, str]) -> None:
    held = set(holding(home))
    assert {"sessions.db", "0a.json", f"{full['session']}.html"} <= held
    before = store_of(home)
    events, cards = before.events(full["kept"]), before.scorecards(full["kept"])

    code, out, err = mot("purge", "--learner", CANARY, "--yes")

    assert code == 0
    assert out.split() == [full["session"], full["import"]]
    assert "conversations: 2; grades: 3; ratings: 2; salvaged copies: 1" in err
    assert "answers of a model for unfinished grades, whatever they are about: 1" in err
    assert holding(home) == []
    assert not any(full["session"] in path.name for path in home.rglob("*"))
    after = store_of(home)
    assert (after.events(full["kept"]), after.scorecards(full["kept"])) == (events, cards)
    assert after.imports.ids() == (full["kept_import"],)
    assert len(after.ratings()) == 2
    assert mot("grade", full["kept"])[0] == 0  # its packs are there


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("export", "SESSION"), "talk.yaml"),
        (("export", "--learner", CANARY), "talks"),
        (("export", "SESSION", "--format", "results"), "results.csv"),
        (("export", "--learner", CANARY, "--everything"), "all"),
        (("export", "--learner", CANARY, "--everything"), "all.zip"),
        (("report", "SESSION"), "page.html"),
        (("report", "--learner", CANARY, "--transcripts"), "learner.html"),
        (("grade", "SESSION", "--format", "json"), "grade.json"),
    ],
)
def test_what_was_written_under_the_home_goes_with_it_and_nothing_else(
    mot: Run, home: Path, people: dict[str, str], arguments: tuple[str, ...], name: str
) -> None:
    theirs = home / "taken out"
    theirs.mkdir()
    if name == "talks":
        (theirs / name).mkdir()
    for file in ("notes.txt", f"kept-{name.replace('.zip', '')}"):
        (theirs / file).write_text("mine", "utf-8")
    named = [people["session"] if one == "SESSION" else one for one in arguments]
    assert mot(*named, "-o", theirs / name)[0] == 0
    assert mot("export", people["kept"], "-o", theirs / "kept.yaml")[0] == 0

    assert mot("purge", "--learner", CANARY, "--yes")[0] == 0

    left = {path.name for path in theirs.rglob("*") if path.is_file()}
    assert left == {"notes.txt", f"kept-{name.replace('.zip', '')}", "kept.yaml"}
    assert holding(home) == []
    assert mot("purge", people["kept"], "--yes")[0] == 0
    assert not (theirs / "kept.yaml").exists()


def test_what_was_written_elsewhere_stays(mot: Run, tmp_path: Path, people: dict[str, str]) -> None:
    assert mot("export", people["session"], "-o", tmp_path / "talk.yaml")[0] == 0
    assert mot("purge", people["session"], "--yes")[0] == 0
    assert (tmp_path / "talk.yaml").exists()


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", '{"at": "."}', '{"at": "../talk.yaml", "of": ["ID"]}', '{"at": ".", "of": ["ID"]}']
)
def test_a_track_that_a_fault_struck_deletes_nothing_else(
    mot: Run, home: Path, people: dict[str, str], line: str
) -> None:
    outside = home.parent / "talk.yaml"
    outside.write_text("mine", "utf-8")
    (home / TRACK).write_text(line.replace("ID", people["session"]) + "\n", "utf-8")
    assert mot("purge", people["session"], "--yes")[0] == 0
    assert outside.exists()
    assert store_of(home).history()


def test_it_says_what_goes_and_asks(
    mot: Run, home: Path, full: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (home / "sessions.db").read_bytes()
    code, out, err = mot("purge", full["session"])
    assert (code, out) == (2, "")
    assert f"  {full['session']}  {CANARY}  {COURIER}  2" in err
    assert "nobody can be asked here, so nothing was deleted; add --yes" in err
    monkeypatch.setattr("simulator.cli.purge.at_terminal", lambda: True)
    for answer in ("n\n", "\n", ""):
        code, out, err = mot("purge", full["session"], typed=answer)
        assert (code, out) == (0, "")
        assert err.endswith("Delete it? (y/n)\nNothing was deleted.\n")
    assert (home / "sessions.db").read_bytes() == before
    assert (home / "judging" / "0a.json").exists()
    code, out, _ = mot("purge", full["session"], typed="y\n")
    assert (code, out.split()) == (0, [full["session"]])


def test_one_is_purged_by_the_beginning_of_its_id_and_the_others_stay(
    mot: Run, home: Path, people: dict[str, str]
) -> None:
    digest = people["import"].partition(":")[2]
    assert mot("purge", digest[:8], people["import"], "--yes")[1].split() == [people["import"]]
    assert {one.id for one in store_of(home).history()} == {people["session"], people["kept"]}
    assert mot("show", people["import"])[0] == 2


def test_a_transcript_that_was_only_rated_is_purged_by_its_whole_id(mot: Run, home: Path, tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text(f"Customer: Hello.\nLearner: {CANARY}, what happened?\n", encoding="utf-8")
    labels = tmp_path / "labels.json"
    labels.write_text('{"observations": []}', encoding="utf-8")
    mot("rate", talk, "--rater", "mine", "--labels", labels)
    (rating,) = store_of(home).ratings()
    assert holding(home)
    assert mot("purge", rating.subject, "--yes")[0] == 0
    assert holding(home) == []


def test_age_is_counted_from_the_last_word(
    mot: Run, home: Path, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mot("purge", "--older-than", "1", "--yes")[2] == "There is nothing to delete.\n"
    later = datetime.now(UTC) + timedelta(days=30)
    monkeypatch.setattr("simulator.assemble.now", lambda: later)
    assert mot("purge", "--older-than", "31", "--yes")[1] == ""
    assert mot("purge", "--older-than", "29", "--learner", "wen", "--yes")[1].split() == [
        people["kept"],
        people["kept_import"],
    ]
    assert mot("purge", "--older-than", "29", "--yes")[1].split() == [people["session"], people["import"]]
    assert store_of(home).sessions() == ()


def test_a_session_that_is_being_practised_stays_and_is_named(mot: Run, home: Path, people: dict[str, str]) -> None:
    with store_of(home).writer(people["session"]):
        code, out, err = mot("purge", "--learner", CANARY, "--yes")
    assert (code, out.split()) == (4, [people["import"]])
    assert f"session {people['session']} is open in another program; it was not deleted" in err
    assert mot("show", people["session"])[0] == 0


def test_a_branch_that_keeps_the_beginning_is_named(mot: Run, tmp_path: Path, people: dict[str, str]) -> None:
    again = tmp_path / "again.txt"
    again.write_text("What happened?\n", encoding="utf-8")
    branched = mot("practice", "--from", f"{people['session']}:2", "--plain", "--offline", "--script", again)
    assert branched[0] == 0
    _, _, err = mot("purge", people["session"])
    assert f" stays; it goes on from {people['session']} and keeps its beginning" in err


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name what to delete"),
        (("20", "--learner", "wen"), "name what to delete"),
        (("nothing",), "there is no session nothing"),
        (("--older-than", "-1"), "not in the range"),
    ],
)
def test_what_is_not_clearly_named_is_not_deleted(mot: Run, home: Path, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = mot("purge", *arguments, "--yes")
    assert (code, out) == (2, "")
    assert told in err
    assert len(store_of(home).history()) == 2


@pytest.mark.skipif(os.name == "nt", reason="folders without rights are made otherwise there")
def test_where_a_file_cannot_be_deleted_nothing_is(
    mot: Run, home: Path, people: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("simulator.cli.purge.shutil.rmtree", refused)
    code, out, err = mot("purge", people["session"], "--yes")
    assert (code, out) == (4, "")
    assert "judging: not deleted: Permission denied" in err
    assert mot("show", people["session"])[0] == 0
    assert home.exists()
