"""Transcripts and results in and out by the command line."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from simulator.errors import StoreDamaged
from simulator.exchange.dossier import write_folder, write_zip

Run = Callable[..., tuple[int, str, str]]

COURIER = "s03-courier-never-came"
VTT = """\
WEBVTT

00:01.000 --> 00:02.000
<v Anna>My {what} never came.

00:02.000 --> 00:03.000
<v Bert>What did you miss?
"""
TALK = "Customer: My parcel never came.\nLearner: What did you miss by waiting?\n"


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Two readable transcripts, one with names, one broken, one hidden and one file of another kind."""
    folder = tmp_path / "calls"
    (folder / "june").mkdir(parents=True)
    (folder / "a.txt").write_text(TALK, encoding="utf-8")
    (folder / "june" / "b.txt").write_text(TALK.replace("parcel", "letter"), encoding="utf-8")
    (folder / "c.vtt").write_text(VTT.format(what="box"), encoding="utf-8")
    (folder / "d.srt").write_text("1\n00:00:01,000 -> 2\nx", encoding="utf-8")
    (folder / ".e.txt").write_text(TALK, encoding="utf-8")
    (folder / "f.docx").write_bytes(b"PK")
    return folder


def listed(mot: Run, kind: str = "imported") -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads(mot("list", kind, "--format", "json")[1])
    return rows


def test_what_can_be_read_comes_in_and_the_rest_is_named(mot: Run, calls: Path) -> None:
    code, out, err = mot("import", calls, "--learner", "wen", "--persona", COURIER)
    assert code == 2
    assert len(out.split()) == 2
    assert "c.vtt: who is the learner among 'Anna', 'Bert'? Say it with --learner-name NAME" in err
    assert "d.srt:1:1: no cue" in err
    assert err.endswith("2 imported, 0 there already, 2 not read\n")
    assert [(one["source"], one["learner"], one["persona"]) for one in listed(mot)] == [
        ("b.txt", "wen", COURIER),
        ("a.txt", "wen", COURIER),
    ]


def test_the_learners_name_serves_the_files_that_have_it(mot: Run, calls: Path) -> None:
    _, out, err = mot("import", calls, "--learner-name", "bert")
    assert len(out.split()) == 3
    assert "2 not read" not in err
    shown = mot("show", out.split()[1])[1]
    assert "Customer: My box never came." in shown
    assert "Learner: What did you miss?" in shown


def test_what_is_there_is_skipped_and_its_id_told_again(mot: Run, calls: Path) -> None:
    (calls / "d.srt").unlink()
    first = mot("import", calls, "--learner-name", "Bert")
    again = mot("import", calls / "c.vtt", calls, "--learner-name", "Bert")
    assert (first[0], again[0]) == (0, 0)
    assert again[1].split() == [first[1].split()[1], *first[1].split()]
    assert again[2].endswith("0 imported, 4 there already, 0 not read\n")
    assert len(listed(mot)) == 3


def test_a_person_is_asked_once_for_the_same_speakers(mot: Run, calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (calls / "d.srt").unlink()
    (calls / "z.vtt").write_text(VTT.format(what="bag"), encoding="utf-8")
    asked: list[tuple[str, ...]] = []

    def answered(_path: Path, unknown: object) -> str:
        asked.append(unknown.names)  # type: ignore[attr-defined]
        return "Bert"

    monkeypatch.setattr("simulator.cli.import_._asked", answered)
    monkeypatch.setattr("simulator.cli.import_.at_terminal", lambda: True)
    code, out, _ = mot("import", calls)
    assert (code, len(out.split()), asked) == (0, 4, [("Anna", "Bert")])


@pytest.mark.parametrize(("typed", "code"), [("3\n\nbert\n", 0), ("2\n", 0), ("", 2)])
def test_the_answer_is_a_number_or_a_name(
    mot: Run, calls: Path, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr("simulator.cli.import_.at_terminal", lambda: True)
    ended, out, err = mot("import", calls / "c.vtt", typed=typed)
    assert "who is the learner?\n  1  Anna\n  2  Bert\n" in err
    assert (ended, len(out.split())) == (code, 0 if code else 1)


def test_an_interrupted_import_keeps_what_is_in_and_goes_on(tmp_path: Path, mot: Run) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for n in range(1200):
        (many / f"{n}.txt").write_text(TALK.replace("parcel", f"parcel {n}"), encoding="utf-8")
    command = [sys.executable, "-m", "simulator", "import", str(many)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root, env=os.environ) as child:
        assert child.stdout
        first = child.stdout.readline()
        child.send_signal(signal.SIGINT)
        rest, err = child.communicate()
    told = [first.decode().strip(), *rest.decode().split()]
    assert child.returncode == 130
    assert b"the same command goes on from here" in err
    assert 0 < len(told) < 1200
    assert {one["id"] for one in listed(mot)} >= set(told)

    code, out, err_again = mot("import", many)
    kept = len(listed(mot))
    assert (code, kept, len(out.split())) == (0, 1200, 1200)
    assert "importing: 1,000 of 1,200" in err_again
    known = int(err_again.rpartition(" imported, ")[2].split()[0].replace(",", ""))
    assert known >= len(told)


@pytest.mark.skipif(os.name == "nt", reason="it has no pseudo-terminals")
@pytest.mark.parametrize(
    "work",
    [
        ["-m", "simulator", "import", "a.txt", "june/b.txt"],
        ["-c", "from simulator.cli.watching import Watch as W\nfor n in W('importing', 2).over('ab'): print(n)"],
    ],
)
def test_with_a_bar_on_the_terminal_what_is_printed_still_goes_to_the_pipe(calls: Path, work: list[str]) -> None:
    import pty  # noqa: PLC0415 -- as above

    ours, theirs = pty.openpty()
    command = [sys.executable, *work]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=calls,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 65536)
    os.close(ours)
    assert len(done.stdout.split()) == 2
    assert "importing" in shown.decode()
    assert b"transcript:" not in shown


def test_an_imported_transcript_is_graded_rated_and_compared_by_its_id(mot: Run, calls: Path, tmp_path: Path) -> None:
    identity = mot("import", calls / "a.txt")[1].strip()
    code, out, _ = mot("grade", identity, "--persona", COURIER, "--format", "json")
    assert code == 0
    assert json.loads(out)["needs"][0]["reconstructed"] is True
    assert mot("grade", calls / "a.txt", "--persona", COURIER, "--format", "json")[1] == out
    assert mot("grade", "--compare")[0] == 0
    labels = tmp_path / "labels.json"
    labels.write_text('{"observations": []}', encoding="utf-8")
    assert mot("rate", identity, "--rater", "mine", "--labels", labels)[0] == 0
    assert mot("agree")[0] == 0
    assert mot("show", identity.partition(":")[2], "--format", "md")[1].count("**") == 4
    assert json.loads(mot("show", identity, "--format", "json")[1])["turns"][0]["text"] == "My parcel never came."


@pytest.mark.parametrize("form", ["yaml", "jsonl", "csv", "md"])
def test_a_session_goes_out_and_comes_back(mot: Run, tmp_path: Path, form: str) -> None:
    session = practised(mot, tmp_path, "wen")
    turns = json.loads(mot("show", session, "--format", "json")[1])["turns"]
    target = tmp_path / f"talk.{form}"
    assert mot("export", session, "--format", form, "-o", target)[0] == 0
    identity = mot("import", target)[1].strip()
    back = json.loads(mot("show", identity, "--format", "json")[1])
    assert (back["turns"], back["persona"], back["language"]) == (turns, COURIER, "en")
    assert mot("export", identity, "--format", form)[1].encode() == target.read_bytes()


def practised(mot: Run, tmp_path: Path, learner: str) -> str:
    script = tmp_path / "lines.txt"
    script.write_text("What happened?\n=SUM(A1) is what I would do. What did you miss?\n", encoding="utf-8")
    done = mot(
        "practice", COURIER, "--plain", "--script", script, "--learner", learner, "--offline", "--format", "json"
    )
    session: str = json.loads(done[1])["session"]
    return session


def test_several_go_into_a_folder_and_results_into_one_table(mot: Run, tmp_path: Path, calls: Path) -> None:
    session = practised(mot, tmp_path, "wen")
    identity = mot("import", calls / "a.txt", "--learner", "wen")[1].strip()
    assert mot("export")[0] == 2
    assert mot("export", "--learner", "nobody")[0] == 2
    assert mot("export", session, "--learner", "wen")[0] == 2
    assert mot("export", "--learner", "wen", "-o", tmp_path / "out")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{session}.yaml",
        f"{identity.replace(':', '-')}.yaml",
    ]
    table = mot("export", "--format", "results")[1]
    assert table.startswith("\ufeffid,learner,")
    assert len(table.splitlines()) == 3
    schema = resources.files("simulator.exchange").joinpath("schema/xapi-1.0.3.json").read_text("utf-8")
    statements = json.loads(mot("export", "--format", "xapi")[1])
    Draft7Validator(json.loads(schema)).validate(statements)
    assert {one["verb"]["display"]["en"] for one in statements} == {"completed", "failed", "scored"}
    assert mot("schema", "xapi")[1] == schema


@pytest.mark.parametrize("target", ["anna", "anna.zip"])
def test_a_learner_gets_everything_that_is_theirs_and_nothing_else(
    mot: Run, tmp_path: Path, calls: Path, target: str
) -> None:
    session, other = practised(mot, tmp_path, "anna"), practised(mot, tmp_path, "wen")
    identity = mot("import", calls / "a.txt", "--learner", "anna")[1].strip().replace(":", "-")
    labels = tmp_path / "labels.json"
    labels.write_text('{"observations": []}', encoding="utf-8")
    mot("rate", session, "--rater", "mine", "--labels", labels)
    assert mot("export", "--everything", "--learner", "anna", "-o", tmp_path / target)[0] == 0
    files = read_all(tmp_path / target)
    mine = {f"sessions/{session}/{name}" for name in ("events.jsonl", "scorecards.json", "ratings.json")}
    said = {
        f"{folder}/transcript.{form}"
        for folder in (f"sessions/{session}", f"imported/{identity}")
        for form in ("yaml", "md")
    }
    assert files.keys() == {"README.txt", "results.csv", "xapi.json"} | mine | said
    assert b"=SUM(A1) is what I would do" in files[f"sessions/{session}/events.jsonl"]
    assert not any(other.encode() in text for text in files.values())
    assert mot("export", "--everything", "--learner", "anna", "-o", tmp_path / target)[0] == 2
    assert not list(tmp_path.glob(".mot-*"))


@pytest.mark.parametrize("write", [write_folder, write_zip])
def test_what_cannot_be_written_whole_is_not_written(tmp_path: Path, write: Callable[..., None]) -> None:
    def breaking() -> Iterator[tuple[str, str]]:
        yield "a/b.txt", "x"
        raise StoreDamaged("the rest is damaged")

    with pytest.raises(StoreDamaged):
        write(breaking(), tmp_path / "out")
    assert list(tmp_path.glob("[.o]*")) == []


def test_what_is_damaged_is_named_and_the_rest_goes_out(mot: Run, tmp_path: Path, calls: Path, home: Path) -> None:
    session = practised(mot, tmp_path, "anna")
    mot("import", calls / "a.txt", "--learner", "anna")
    with closing(sqlite3.connect(home / "sessions.db", isolation_level=None)) as file:
        file.execute("DROP TRIGGER events_update")
        file.execute("UPDATE events SET payload = replace(payload, 'What happened', 'Nothing') WHERE seq > 1")
    code, _, err = mot("export", "--everything", "--learner", "anna", "-o", tmp_path / "out")
    assert code == 4
    assert f"mot: session {session} is damaged" in err
    assert not (tmp_path / "out" / "sessions").exists()
    assert (tmp_path / "out" / "imported").exists()


def test_what_is_good_of_a_damaged_session_goes_on_elsewhere(
    mot: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = practised(mot, tmp_path, "anna")
    assert mot("export", "--salvage")[0] == 2
    with closing(sqlite3.connect(home / "sessions.db", isolation_level=None)) as file:
        file.execute("DROP TRIGGER events_update")
        file.execute("UPDATE events SET payload = replace(payload, 'What happened', 'Nothing') WHERE seq > 1")
    _, _, refused = mot("show", session)
    assert f"mot export {session} --salvage" in refused
    code, _, told = mot("export", session, "--salvage")
    assert code == 0
    monkeypatch.setenv("MOT_HOME", told.rpartition("MOT_HOME=")[2].strip())
    (tmp_path / "more.txt").write_text("Shall I ring the hotel?", encoding="utf-8")
    assert mot("show", session)[0] == 0
    code, out, _ = mot("practice", "--plain", "--resume", session, "--script", tmp_path / "more.txt")
    assert (code, "Shall I ring the hotel?" in out) == (0, True)


def read_all(target: Path) -> dict[str, bytes]:
    if target.suffix == ".zip":
        with zipfile.ZipFile(target) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in target.rglob("*") if path.is_file()}


def test_everything_is_for_one_learner_into_one_place(mot: Run) -> None:
    code, _, err = mot("export", "--everything")
    assert (code, "--learner NAME -o" in err) == (2, True)
