"""`mot report`, `mot progress` and the formats of `mot grade`, from the command line to the file."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from junitparser import JUnitXml

from simulator.__main__ import main
from simulator.store.store import open_store
from tests.functional.conftest import Run
from tests.runs import FIRST_DAY

LINES = (
    "That's a horrible moment. What is waiting for you over there today?",
    "So the whole deal hangs on two o'clock. Who is travelling with you?",
    "I'll issue a temporary ticket and send the driver to the hotel now.",
    "Does this get you to the table at two?",
    "Have a good flight.",
)


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a finished and graded practice each of Ana and of somebody whose name leads out of a folder."""
    folder = tmp_path_factory.mktemp("practised")
    script = folder / "lines.txt"
    script.write_text("\n".join(LINES), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()):
        patch.setenv("MOT_HOME", str(folder / "home"))
        for name, language in (("Ana", "en"), ("../文", "zh-Hans")):
            options = ("--script", str(script), "--language", language, "--learner", name)
            assert main(["practice", "s02-forgotten-ticket", *options]) == 0
    return folder / "home"


@pytest.fixture
def sessions(practised: Path, home: Path) -> dict[str, str]:
    """The ids of these practices by learner; they are in this test's own store."""
    shutil.copytree(practised, home)
    return {one.learner: one.id for one in open_store(home, lambda: FIRST_DAY).sessions()}


def test_a_report_of_a_session_is_a_page_in_its_language(mot: Run, sessions: dict[str, str], tmp_path: Path) -> None:
    code, out, err = mot("report", sessions["../文"], "-o", "page.html")

    page = (tmp_path / "page.html").read_text("utf-8")
    assert (code, out, err) == (0, "", "")
    assert '<html lang="zh-Hans">' in page
    assert "落在酒店的机票" in page
    assert "../文" in page
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")


@pytest.mark.usefixtures("sessions")
def test_in_a_folder_a_report_is_called_after_what_it_is_of(mot: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    assert mot("report", "--learner", "../文", "-o", "out")[0] == 0
    assert mot("report", "--group", "-o", "out")[0] == 0

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["group.html", "文.html"]


@pytest.mark.usefixtures("sessions")
def test_learners_are_shown_without_what_was_said_unless_asked(mot: Run) -> None:
    both = ("--learner", "Ana", "--learner", "../文")
    plain = [mot("report", *who)[1] for who in (("--learner", "Ana"), ("--group",), both)]
    told = [mot("report", *who, "--transcripts")[1] for who in (("--learner", "Ana"), ("--group",))]

    assert not any("the whole deal hangs" in page for page in plain)
    line = "So the whole deal hangs on two o&#39;clock. Who is travelling with you?</div>"
    assert [page.count(line) for page in told] == [1, 2]
    assert "文" not in plain[0]
    assert all("Ana" in page and "文" in page for page in plain[1:])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name what the report is of"),
        (("s-1", "--group"), "not of both"),
        (("--learner", "Nobody"), "no practice of Nobody is kept; there is ../文, Ana"),
        (("nothing",), "no session nothing"),
    ],
)
@pytest.mark.usefixtures("sessions")
def test_a_report_of_nothing_is_refused(mot: Run, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = mot("report", *arguments)

    assert (code, out) == (2, "")
    assert told in err


def test_a_group_of_nobody_is_refused(mot: Run) -> None:
    code, _, err = mot("report", "--group")

    assert code == 2
    assert "nobody has practised yet" in err


def test_a_session_without_a_grade_says_how_to_get_one(mot: Run, home: Path) -> None:
    code, out, _ = mot("practice", "s02-forgotten-ticket", "--plain", typed="What is waiting for you?\n")
    assert code == 0, out
    (session,) = (one.id for one in open_store(home, lambda: FIRST_DAY).sessions())

    code, _, err = mot("report", session)

    assert code == 2
    assert f"mot grade {session}" in err


@pytest.mark.usefixtures("sessions")
def test_progress_tells_the_same_figures_as_text_and_as_json(mot: Run) -> None:
    code, text, _ = mot("progress", "--learner", "Ana")
    figures = json.loads(mot("progress", "--learner", "Ana", "--format", "json")[1])

    assert code == 0
    assert (figures["format"], figures["learner"], figures["loops"]["target"]) == ("progress/1", "Ana", 21)
    assert figures["next"]["scenario"] == "s01-phone-for-xiaowang"
    assert "Ask one open question before anything else." in text
    (series,) = figures["series"]
    (point,) = series["points"]
    assert series["provenance"]["judge"] == "offline"
    assert re.search(rf"Total +\S+  {point['total']:.0f}$", text, re.MULTILINE)
    assert sum(figures["days"].values()) == 1
    assert max(map(len, text.splitlines())) <= 96


def test_progress_before_the_first_practice_says_where_to_begin(mot: Run) -> None:
    code, text, _ = mot("progress")

    assert code == 0
    assert "0 of 21 full loops" in text
    assert "A call for Xiao Wang" in text


@pytest.mark.usefixtures("sessions")
def test_progress_speaks_chinese_of_what_has_chinese_words(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_LANGUAGE", "zh-Hant")

    text = mot("progress", "--learner", "Ana")[1]

    assert "先問一個開放式問題再說別的。" in text
    assert "找小王的電話" in text


@pytest.mark.parametrize("form", ["md", "html", "csv", "junit"])
def test_grades_come_in_every_format_and_several_at_once(
    mot: Run, sessions: dict[str, str], talk: Path, form: str
) -> None:
    session = sessions["Ana"]

    code, out, _ = mot("grade", session, talk, "--jobs", "2", "--format", form, "-o", f"grades.{form}")

    text = (talk.parent / f"grades.{form}").read_text("utf-8")
    assert (code, out) == (0, "")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert session in text
    assert "talk.txt" in text
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
        assert [row["id"] for row in rows] == [session, str(talk)]
        assert rows[0]["learner"] == "Ana"
    if form == "junit":
        assert [suite.name for suite in JUnitXml.fromstring(text.encode())] == [session, str(talk)]


def test_junit_fails_exactly_when_the_command_does(mot: Run, sessions: dict[str, str]) -> None:
    for wanted in ("1", "99"):
        code, out, _ = mot("grade", sessions["Ana"], "--format", "junit", "--fail-under", wanted)
        (suite,) = JUnitXml.fromstring(out.encode())
        assert suite.failures == code == int(wanted == "99")


def test_a_comparison_is_text_or_json(mot: Run) -> None:
    code, _, err = mot("grade", "--compare", "--format", "html")

    assert code == 2
    assert "--compare is shown as text or as json" in err
