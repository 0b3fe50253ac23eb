"""A course in words and as a page: the same figures, nothing mixed, and names that are never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from simulator.domain.run import Run
from simulator.packs.find import PackShelf, default_folders
from simulator.progress.course import Course, course_of, syllabus
from simulator.reports.group import group_view
from simulator.reports.html import group_html, learner_html
from simulator.reports.layout import cells
from simulator.reports.progress import Names, progress_view
from simulator.reports.progress_json import progress_json
from simulator.reports.progress_text import progress_text
from simulator.text_gate import clean
from simulator.wording import speaking
from tests.pages import Reader, flat
from tests.payloads import PAYLOADS
from tests.runs import FIRST_DAY, MODEL, OFFLINE, mark, run
from tests.schemas import held_to_schema

TOP = Path(__file__).parents[2]
KNOWN = syllabus(PackShelf(default_folders((), TOP, TOP)))
NAMES = Names(
    stages={"1" * 64: {"explore": "Explore"}},
    criteria={"1" * 64: {"E1": "Finding needs", "C1": "Confirming"}},
    fallback="1" * 64,
)


def course(*runs: Run, learner: str = "Wen") -> Course:
    return course_of(tuple(reversed(runs)), KNOWN, learner, FIRST_DAY + timedelta(days=9))


def practised(learner: str = "Wen") -> list[Run]:
    return [
        run(1, "s02-forgotten-ticket", mark(40, E1=2, C1=1), learner=learner),
        run(2, "s02-forgotten-ticket", mark(55, E1=3, C1=None), learner=learner),
        run(3, "s01-phone-for-xiaowang", mark(90, E1=5, C1=5), learner=learner, hints=2),
        run(4, "s01-phone-for-xiaowang", mark(70, MODEL, E1=4), learner=learner),
        run(5, "s02-forgotten-ticket", learner=learner, ended=None, turn=6),
    ]


def test_a_line_is_drawn_through_what_counts_and_was_graded_alike() -> None:
    view = progress_view(course(*practised()), NAMES, "en", UTC)

    offline = next(one for one in view.judged if "offline" in one.heading)
    total, explore = offline.trends
    assert [dot.value for dot in total.dots] == [40, 55, 90]
    assert [dot.counts for dot in total.dots] == [True, True, False]
    assert [len(part) for part in total.parts] == [2]
    assert (total.latest, explore.name) == ("55", "Explore")
    assert total.told == "Total: 40 at first, 55 at last, 55 at best; practices: 2"
    assert len(view.judged) == 2


def test_the_map_has_a_column_a_practice_and_says_which_do_not_count() -> None:
    heat = progress_view(course(*practised()), NAMES, "en", UTC).judged[1].heat

    assert heat.columns == ("01-02", "01-03", "01-04 *")
    assert [(row.name, [cell.text for cell in row.cells]) for row in heat.rows] == [
        ("Finding needs", ["2", "3", "5"]),
        ("Confirming", ["1", "–", "5"]),
    ]


def test_what_is_remarked_of_a_practice_is_listed_as_the_language_lists() -> None:
    left = run(1, "s02-forgotten-ticket", mark(40), ended="walked_away", hints=1, undone=1)
    listed = {"en": "with hints, with exchanges taken back, walked away", "zh-Hans": "用过提示，撤回过，客户走了"}
    for language, told in listed.items():
        with speaking(language):
            [row] = progress_view(course(left), NAMES, language, UTC).practices
        assert row.remarks == told


def test_a_rubric_that_is_gone_leaves_its_ids() -> None:
    view = progress_view(course(*practised()), Names({}, {}, ""), "en", UTC)

    assert {row.name for row in view.judged[0].heat.rows} == {"E1"}


def test_a_course_of_thousands_is_drawn_by_its_latest_part() -> None:
    many = [run(day, graded=mark(50, E1=3)) for day in range(200)]

    judged = progress_view(course(*many), NAMES, "en", UTC).judged[0]

    assert len(judged.trends[0].dots) == 40
    assert len(judged.heat.columns) == 24


def test_one_practice_is_a_dot_and_no_line_of_one_point() -> None:
    (trend, _) = progress_view(course(run(1, graded=mark(50))), NAMES, "en", UTC).judged[0].trends

    assert [(dot.x, dot.y) for dot in trend.dots] == [(316, 50)]


def test_text_page_and_json_tell_the_same_figures() -> None:
    found = course(*practised())
    view = progress_view(found, NAMES, "en", UTC)
    text, page, figures = progress_text(view), learner_html(view), progress_json(found)

    assert figures["loops"]["done"] == 3
    assert "3 of 21 full loops" in text
    assert "3/21" in page
    assert "Explore  ▇▇▇▇▁▁▁▁  40 55" in text
    assert "Practices that do not count: 1 (with hints," in text
    assert "A full loop is a practice with no hint, undo or second try" in text
    assert [point["counts"] for point in figures["series"][1]["points"]] == [True, True, False]
    assert figures["unfinished"] == ["s-05"]
    assert "s-05 The ticket on the hotel desk, 2026-01-06" in text
    assert "with hints" in text
    assert "with hints" in page


MASTERED = [run(9 * n, scenario, mark(80, E1=5)) for n, scenario in enumerate(("s02-forgotten-ticket", "s01", "s03"))]
LOST = run(1, "s02-forgotten-ticket", mark(None, E1=None), last_at=None, damaged=True)


@pytest.mark.parametrize("runs", [[], practised(), MASTERED, [LOST]], ids=["none", "some", "mastered", "damaged"])
def test_json_fits_its_schema_which_knows_every_key(runs: list[Run]) -> None:
    held_to_schema("progress", progress_json(course(*runs)))


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_no_line_of_the_text_is_wider_than_the_terminal(columns: int, language: str) -> None:
    text = progress_text(progress_view(course(*practised()), NAMES, language, UTC), columns)

    assert max(map(cells, text.splitlines())) <= columns


def several(names: Sequence[str]) -> list[Course]:
    return [course(*practised(name), learner=name) for name in names]


def test_a_group_shows_each_learner_and_never_two_ways_of_grading_in_one_map() -> None:
    view = group_view(several(["Ana", "Wen"]), NAMES, "en", UTC)

    assert [(row.name, row.practices, row.loops) for row in view.learners] == [("Ana", 4, "3/21"), ("Wen", 4, "3/21")]
    assert [row.latest for row in view.learners] == [(70,), (70,)]
    model, offline = view.heat
    assert [cell.text for cell in offline.rows[0].cells] == ["2.5", "2.5"]
    assert [cell.text for cell in model.rows[0].cells] == ["4.0", "4.0"]
    assert ("The ticket on the hotel desk", 4, 2) in view.scenarios


def test_a_large_group_is_mapped_in_parts_that_fit_a_page() -> None:
    view = group_view(several([f"learner {n}" for n in range(30)]), NAMES, "en", UTC)

    assert [len(one.columns) for one in view.heat] == [24, 6, 24, 6]


def test_learners_without_a_grade_stand_in_a_group_too() -> None:
    document = group_html(group_view([course(run(1))], NAMES, "en", UTC))

    assert "Wen" in document


HARMLESS = Reader(learner_html(progress_view(course(*practised("zyx"), learner="zyx"), NAMES, "en", UTC)))
GROUP = Reader(group_html(group_view(several(["zyx", "Wen"]), NAMES, "en", UTC)))


@pytest.mark.parametrize("payload", PAYLOADS[::5])
def test_a_learners_name_is_words_and_nothing_else(payload: str) -> None:
    name = f"zyx {payload}"
    own = Reader(learner_html(progress_view(course(*practised(name), learner=name), NAMES, "en", UTC)))
    group = Reader(group_html(group_view(several([name, "Wen"]), NAMES, "en", UTC)))

    for read, plain in ((own, HARMLESS), (group, GROUP)):
        assert read.tags == plain.tags
        assert not read.links
        assert flat(read.words).count(flat(clean(name))) == flat(plain.words).count("zyx")


def test_every_picture_of_a_course_has_a_text() -> None:
    for read in (HARMLESS, GROUP):
        pictures = [set(names) for tag, names in read.tags if tag == "svg"]
        assert pictures
        assert all({"role", "aria-label"} <= names for names in pictures)


def test_two_provenances_have_names_of_their_own() -> None:
    view = progress_view(course(*practised()), NAMES, "en", UTC)

    assert [re.findall(r"Judged by (.*),", one.heading) for one in view.judged] == [["model-7"], ["the offline judge"]]
    assert OFFLINE != MODEL


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_what_the_plan_says_of_practising_stands_over_its_drills(language: str) -> None:
    view = progress_view(course(), NAMES, language, UTC)
    assert view.principles == tuple(one.in_language(language) for one in course().plan.principles)
    for shown in ("".join(progress_text(view, 400).split()), "".join(html.unescape(learner_html(view)).split())):
        places = [shown.rfind("".join(line.split())) for line in (*view.principles, view.drills[0].text)]
        assert -1 not in places
        assert places == sorted(places)
