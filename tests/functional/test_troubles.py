"""What goes wrong at the end of a practice: a kill before the grade, a full disk, a pack that changed meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.errors import SessionBusy, StoreError, StoreFull
from simulator.store.store import Store
from simulator.store.writer import SessionWriter

TOP = Path(__file__).parents[2]
TICKET = "s02-forgotten-ticket"
PRACTICE = ("practice", TICKET, "--language", "en", "--seed", "1")

Run = Callable[..., tuple[int, str, str]]


def only_session(mot: Run) -> str:
    (row,) = json.loads(mot("list", "sessions", "--format", "json")[1])
    return str(row["id"])


def ended_ungraded(mot: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A session that was interrupted between its end and its grade."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("simulator.practice.Practice.grade", interrupted)
        code, _, err = mot(*PRACTICE, typed="What is waiting for you over there today?\n/end\n")
    assert code == 130
    session = only_session(mot)
    assert err.splitlines()[-1].endswith(f"mot practice --resume {session}")
    return session


def test_a_session_that_ended_ungraded_is_graded_when_it_is_resumed(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    session = ended_ungraded(mot, monkeypatch)
    code, out, err = mot("practice", "--resume", session)
    assert code == 0
    assert "What was not said at first" in out
    assert "Type what you say" not in err
    assert json.loads(mot("show", session, "--format", "json")[1])["scorecard"] is not None


def test_a_session_that_is_over_and_graded_is_not_graded_again_by_resuming(
    mot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = ended_ungraded(mot, monkeypatch)
    mot("practice", "--resume", session)
    code, out, err = mot("practice", "--resume", session)
    assert (code, out) == (2, "")
    assert err == f"mot: session {session} is over; see how it went with: mot grade {session}\n"


def test_a_pack_that_changed_is_named_on_resume_and_grade_and_only_then(
    mot: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "personas").mkdir()
    persona = Path(shutil.copy(TOP / "personas" / f"{TICKET}.yaml", tmp_path / "personas"))
    session = ended_ungraded(mot, monkeypatch)
    assert "has changed" not in mot("grade", session)[2]
    persona.write_text(persona.read_text("utf-8") + "# another edition\n", encoding="utf-8")
    told = f"{TICKET} has changed since this session began; the session's own copy of it is used\n"
    assert mot("grade", session)[2] == told
    persona.write_text("format: persona/1\nbroken: yes\n", encoding="utf-8")
    assert mot("grade", session)[2] == told
    persona.write_text((TOP / "personas" / f"{TICKET}.yaml").read_text("utf-8") + "#\n", encoding="utf-8")
    mot(*PRACTICE, typed="")
    persona.write_text(persona.read_text("utf-8") + "# a third\n", encoding="utf-8")
    assert told in mot("practice", "--resume", typed="")[2]


def failing(monkeypatch: pytest.MonkeyPatch, error: StoreError, *, after: int, times: int) -> list[float]:
    """Let appends fail, once `after` have succeeded, so many `times`; gives the tries that failed."""
    append = SessionWriter.append
    done: list[float] = []
    failed: list[float] = []

    def appended(writer: SessionWriter, events: object) -> None:
        if len(done) >= after and len(failed) < times:
            failed.append(0)
            raise error
        done.append(0)
        append(writer, events)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(SessionWriter, "append", appended)
    return failed


LINE = "What is waiting for you over there today?\n"


def test_a_store_that_recovers_within_a_second_is_not_noticed(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = failing(monkeypatch, StoreFull("full"), after=2, times=2)
    code, _, err = mot(*PRACTICE, typed=LINE)
    assert (code, len(failed)) == (0, 2)
    assert "full" not in err


def test_a_full_disk_leaves_the_reply_on_the_screen_and_one_line_that_names_the_session(
    mot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failed = failing(patch, StoreFull("the disk is full"), after=2, times=99)
        code, out, err = mot(*PRACTICE, typed=LINE)
    session = only_session(mot)
    assert (code, len(failed)) == (4, 4)
    opening, reply, rest = out.split("\n")
    assert opening.startswith("Daniel Reyes: ")
    assert reply.startswith("Daniel Reyes: ")
    assert rest == ""
    last = err.splitlines()[-1]
    assert last == f"mot: the disk is full; once that is mended: mot practice --resume {session}"
    on = mot("practice", "--resume", session, typed="/end\n")
    assert on[0] == 0
    assert reply in on[1]


def test_waiting_is_no_remedy_where_another_program_writes(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = failing(monkeypatch, SessionBusy("busy"), after=2, times=99)
    assert mot(*PRACTICE, typed=LINE)[0] == 4
    assert len(failed) == 1


def full(*_: object) -> None:
    raise StoreFull("the disk is full")


def test_a_scorecard_that_cannot_be_saved_is_shown_and_ends_with_4(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    session = ended_ungraded(mot, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "save_scorecard", full)
        graded = mot("grade", session, "--format", "json")
        resumed = mot("practice", "--resume", session, "--format", "json")
    assert graded[0] == resumed[0] == 4
    assert json.loads(graded[1]) == json.loads(resumed[1])["scorecard"]
    assert graded[2] == f"mot: the grade of session {session} was not saved: the disk is full\n"
    assert resumed[2].endswith(f"mot practice --resume {session}\n")


LIMITED = """
import resource, sys
from pathlib import Path
from simulator.__main__ import main
size = Path(sys.argv[1], "sessions.db").stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
sys.exit(main(sys.argv[2:]))
"""


def test_a_limit_on_the_size_of_files_counts_as_a_full_disk(mot: Run, home: Path) -> None:
    mot(*PRACTICE, typed="")
    session = only_session(mot)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(home), "practice", "--resume"],
        input=LINE * 40, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(TOP)}, check=False,
    )  # fmt: skip
    assert done.returncode == 4
    last = done.stderr.splitlines()[-1]
    assert last.startswith("mot: the disk is full: ")
    assert last.endswith(f"mot practice --resume {session}")
