"""A learner's course: best scores, loops, trends, mastery, and what to practise next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from simulator.domain.run import Run
from simulator.packs.find import PackShelf, default_folders
from simulator.progress.advice import when, why
from simulator.progress.course import Course, course_of, syllabus
from simulator.progress.mastery import skill
from simulator.progress.plan import find_plan
from simulator.progress.scenarios import read_heading
from simulator.wording import speaking
from tests.runs import FIRST_DAY, MODEL, OFFLINE, levels, mark, run

TOP = Path(__file__).parents[2]
PLAN = find_plan(())
EVERY = {name for drill in PLAN.drills for name in drill.focus}


@pytest.fixture(scope="module")
def shelf() -> PackShelf:
    return PackShelf(default_folders((), TOP, TOP))


def looked_at(shelf: PackShelf, *runs: Run, day: int = 40, language: str = "en") -> Course:
    """The course on the n-th day, after these practices, the earliest first."""
    return course_of(tuple(reversed(runs)), syllabus(shelf, language), "Wen", FIRST_DAY + timedelta(days=day))


def test_a_course_of_somebody_else_is_not_mixed_in(shelf: PackShelf) -> None:
    course = looked_at(shelf, run(1), run(2, learner="Ana"))

    assert [one.id for one in course.runs] == ["s-01"]


def test_nothing_practised_is_a_course_too(shelf: PackShelf) -> None:
    course = looked_at(shelf)

    assert (course.loops.done, course.series, course.weakest, course.unfinished) == (0, (), None, ())
    assert course.next is not None
    assert (course.next.scenario, course.next.reason) == ("s01-phone-for-xiaowang", "plan")
    assert why(course.next, {}, "en") == "Ask one open question before anything else."
    assert not any(one.runs for one in course.scenarios)


@pytest.mark.parametrize("spoilt", [{"hints": 1}, {"undone": 1}, {"branch_of": "s-00:3"}, {"damaged": True}])
def test_help_is_no_disgrace_but_does_not_count(shelf: PackShelf, spoilt: dict[str, object]) -> None:
    own = run(1, "s02-forgotten-ticket", mark(70, E1=4))
    helped = run(2, "s02-forgotten-ticket", mark(99, E1=1), **spoilt)

    course = looked_at(shelf, own, helped)

    scenario = course.scenario("s02-forgotten-ticket")
    assert scenario is not None
    assert scenario.best is not None
    assert (scenario.best.total, scenario.best.session) == (70, "s-01")
    assert course.loops.done == 1
    assert [len(one.streak) for one in course.skills if one.criterion == "E1"] == [1]
    assert [found.total for _, found in course.series[0].points] == [70, 99]  # it shows its score
    assert course.weakest is not None
    assert course.weakest.practices == 1


def test_best_scores_of_two_judges_are_kept_apart(shelf: PackShelf) -> None:
    kind = run(1, "s02-forgotten-ticket", mark(95, OFFLINE))
    strict = run(2, "s02-forgotten-ticket", mark(60, MODEL))

    scenario = looked_at(shelf, kind, strict).scenario("s02-forgotten-ticket")

    assert scenario is not None
    assert [(best.total, best.provenance.judge) for best in scenario.bests] == [(60, "model-7"), (95, "offline")]
    assert scenario.best == scenario.bests[0]


def test_no_line_mixes_two_provenances(shelf: PackShelf) -> None:
    twice = run(1, graded=mark(50, OFFLINE), marks=(mark(50, OFFLINE), mark(40, MODEL), mark(55, OFFLINE)))
    course = looked_at(shelf, twice, run(2, graded=mark(60, OFFLINE)), run(3, graded=mark(65, MODEL)))

    assert [one.provenance for one in course.series] == [MODEL, OFFLINE]
    assert [[found.total for _, found in one.points] for one in course.series] == [[40, 65], [55, 60]]
    assert all(found.provenance == one.provenance for one in course.series for _, found in one.points)


def test_a_full_loop_is_finished_from_explore_to_confirm(shelf: PackShelf) -> None:
    course = looked_at(
        shelf,
        run(1, "a"),
        run(2, "b", explored=False),
        run(3, "c", confirmed=False),
        run(4, "d", ended="walked_away"),
        run(5, "e", ended="technical"),
        run(6, "f", ended=None),
        run(7, "a"),
    )

    assert (course.loops.done, course.loops.scenarios, course.loops.reached) == (2, 1, False)
    assert [one.id for one in course.unfinished] == ["s-06"]


def test_a_practice_that_left_a_stage_out_is_no_full_loop_and_a_poor_one_that_did_not_is(shelf: PackShelf) -> None:
    poor = replace(mark(15), stages={"explore": 20.0, "offer": 10.0, "action": 0.0, "confirm": 15.0})
    weak = replace(mark(20), stages={"explore": 20.0, "offer": None, "action": 8.0, "confirm": 15.0})

    assert looked_at(shelf, run(1, "a", poor)).loops.done == 0
    assert looked_at(shelf, run(1, "a", weak)).loops.done == 1


def test_the_milestone_takes_twenty_one_loops_on_six_scenarios(shelf: PackShelf) -> None:
    five = [run(day, "abcde"[day % 5]) for day in range(21)]

    assert not looked_at(shelf, *five).loops.reached
    assert looked_at(shelf, *five, run(21, "f")).loops.reached
    assert not looked_at(shelf, *five[:15], run(16, "f")).loops.reached


def streak(*practised: Run) -> list[str]:
    found = skill("E1", [(one, one.marks[0]) for one in practised], PLAN, FIRST_DAY.tzinfo)
    return [one.scenario for one in found.streak]


def test_mastery_is_three_passes_in_a_row_on_different_scenarios_each_after_its_gap() -> None:
    good, bad = mark(E1=4), mark(E1=3)

    assert streak(run(1, "a", good), run(2, "b", good), run(5, "c", good)) == ["a", "b", "c"]
    assert streak(run(1, "a", good), run(2, "a", good), run(5, "c", good)) == ["a", "c"]
    assert streak(run(1, "a", good), run(1, "b", good), run(1, "c", good)) == ["a"]
    assert streak(run(1, "a", good), run(2, "b", good), run(4, "c", good)) == ["a", "b"]
    assert streak(run(1, "a", good), run(2, "b", bad), run(5, "c", good)) == ["c"]
    assert streak(run(1, "a", good), run(2, "b", mark(E1=None)), run(5, "c", good)) == ["a", "c"]


def test_a_mastered_criterion_is_due_again_after_a_longer_gap() -> None:
    good = mark(E1=5)
    practised = [(one, good) for one in (run(1, "a", good), run(2, "b", good), run(5, "c", good))]

    found = skill("E1", practised, PLAN, FIRST_DAY.tzinfo)

    assert (found.mastered, found.due) == (True, date(2026, 1, 6 + 7))
    assert skill("E1", practised[:2], PLAN, FIRST_DAY.tzinfo).due == date(2026, 1, 3 + 3)


def test_a_drill_is_passed_by_its_focus_on_its_own_scenario(shelf: PackShelf) -> None:
    first = PLAN.drills[0]
    other = run(1, "s02-forgotten-ticket", mark(40, E2=5))
    tried = run(2, first.scenario, mark(40, E2=3))
    passed = run(3, first.scenario, mark(40, E2=4))

    assert looked_at(shelf, other, tried).drills[0].passed_on is None
    state = looked_at(shelf, other, tried, passed).drills[0]
    assert (state.tries, state.passed_on) == (2, date(2026, 1, 4))


def test_a_loop_drill_is_passed_by_a_full_loop_that_passes(shelf: PackShelf) -> None:
    loop = next(drill for drill in PLAN.drills if drill.kind == "loop")
    at = loop.number - 1

    short = run(1, loop.scenario, mark(90), confirmed=False)
    weak = run(2, loop.scenario, mark(60))
    assert looked_at(shelf, short, weak).drills[at].passed_on is None
    assert looked_at(shelf, run(3, loop.scenario, mark(70))).drills[at].passed_on == date(2026, 1, 4)


def test_next_comes_the_first_drill_whose_gap_is_over(shelf: PackShelf) -> None:
    there = [drill for drill in PLAN.drills if looked_at(shelf).scenario(drill.scenario)]
    first, second = there[:2]
    passed = run(1, first.scenario, mark(60, **levels(4, *first.focus, *second.focus)))

    the_same_day = looked_at(shelf, passed, day=1).next
    later = looked_at(shelf, passed, day=9).next

    assert the_same_day is not None
    assert the_same_day.drill is not None
    assert not set(the_same_day.drill.drill.focus) & {*first.focus, *second.focus}
    assert later is not None
    assert later.drill is not None
    assert later.drill.drill == second


def test_when_all_drills_are_passed_what_is_due_is_practised_on_another_scenario(shelf: PackShelf) -> None:
    there = [one.heading.id for one in looked_at(shelf).scenarios]
    done = [run(day, name, mark(90, **levels(4, *EVERY))) for day, name in enumerate(there)]
    best = [run(30, name, mark(90, **levels(3 if name == there[0] else 5, *EVERY))) for name in there]

    course = looked_at(shelf, *done, *best, day=60)

    assert course.next is not None
    assert course.next.reason == "again"
    taken = next(one for one in course.skills if one.criterion == course.next.criterion)
    assert course.next.scenario not in {one.scenario for one in taken.streak}
    assert "Question craft" in why(course.next, {"E2": "Question craft"}, "en")


def test_the_weakest_criterion_is_told_by_the_last_five_practices(shelf: PackShelf) -> None:
    old = [run(day, graded=mark(E1=1, C1=5)) for day in range(4)]
    new = [run(day, graded=mark(E1=4, C1=3)) for day in range(4, 9)]

    weakest = looked_at(shelf, *old, *new).weakest

    assert weakest is not None
    assert (weakest.criterion, weakest.level, weakest.practices) == ("C1", 3, 5)


def test_days_are_those_of_the_learners_own_calendar(shelf: PackShelf) -> None:
    course = looked_at(shelf, run(1), run(1, id="again"), run(3))

    assert course.days == {date(2026, 1, 2): 2, date(2026, 1, 4): 1}


def test_a_heading_says_what_the_whole_pack_says(shelf: PackShelf) -> None:
    for name in shelf.personas():
        whole, heading = shelf.persona(name).value.profile, read_heading(shelf, name)
        assert heading is not None
        parts = ("id", "title", "sector", "channel", "difficulty", "languages")
        assert [getattr(heading, part) for part in parts] == [getattr(whole, part) for part in parts]


def test_a_pack_that_cannot_be_listed_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "personas"
    folder.mkdir()
    (folder / "broken.yaml").write_text("format: persona/1\ntitle: [a]\n", encoding="utf-8")
    (folder / "odd.yaml").write_bytes(b"\xff\xfe")

    course = looked_at(PackShelf((folder,)))

    assert (course.scenarios, course.next) == ((), None)


def test_traditional_chinese_has_wordings_of_its_own(shelf: PackShelf) -> None:
    course = looked_at(shelf, language="zh-Hant")

    assert "zh-Hant" in course.plan.drills[0].text.by_language
    assert "zh-Hant" in course.scenarios[0].heading.title.by_language


def test_days_are_told_as_people_say_them() -> None:
    today = date(2026, 5, 20)
    told = [when(today + timedelta(days=days), today) for days in (0, 1, 4, -1, -3, -30, -31)]

    assert told == ["today", "tomorrow", "in 4 days", "yesterday", "3 days ago", "30 days ago", "2026-04-19"]
    with speaking("zh-Hans"):
        assert when(today, today)


def test_a_grade_by_another_rubric_takes_nothing_away_and_earns_nothing() -> None:
    first = mark(90.0, E1=5)
    opinion = mark(10.0, replace(OFFLINE, rubric="listening", rubric_hash="3" * 64), LS1=1)
    again = replace(run(1, "a", first), marks=(first, opinion))
    assert again.mark == first
    elsewhere = replace(run(2, "a", opinion), rubric="listening", rubric_hash="3" * 64)
    assert elsewhere.mark == opinion


def test_a_rubric_that_was_edited_is_another_one() -> None:
    first = mark(90.0, E1=5)
    edited = mark(10.0, replace(OFFLINE, rubric_hash="3" * 64), E1=1)
    again = replace(run(1, "a", first), marks=(first, edited))
    assert again.mark == first
    assert replace(again, marks=(edited,)).mark is None
