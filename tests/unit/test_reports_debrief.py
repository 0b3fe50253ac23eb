"""The debrief in words: what was reached, by which words, and what to do next time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from simulator.conversation.record import record
from simulator.domain import events as e
from simulator.domain import rubric as r
from simulator.domain.persona import Persona
from simulator.domain.scorecard import (
    CapResult,
    Coaching,
    CriterionScore,
    CriterionStatus,
    NeedRecord,
    Promise,
    Quote,
    Scorecard,
    Verdict,
)
from simulator.reports.layout import cells
from simulator.reports.terminal import WIDTH, debrief_text, rendered
from simulator.reports.view import view_of
from simulator.wording import speaking
from tests.fakes import a_persona, hearing, match, sentence, started, text
from tests.pages import flat

ASKED = "What is on the paper?"


def rule(source: str) -> r.Rule:
    return r.Rule(source, 1, 1)


def scorecard_text(card: Scorecard, rubric: r.Rubric, language: str, persona: Persona | None = None) -> str:
    """The debrief of an outside transcript."""
    with speaking(language):
        return rendered(view_of(card, rubric, language, persona))


def criterion(name: str, *observations: r.Observation) -> r.Criterion:
    return r.Criterion(
        id=name,
        stage="explore",
        weight=50,
        name=text(f"criterion {name}"),
        what=text("what"),
        observations=observations,
        levels=tuple(r.LevelRule(level, rule("true")) for level in (5, 1)),
        anchors={level: text(f"anchor {level} of {name}") for level in r.LEVELS},
        next_time=text("advice"),
    )


VIRTUE = r.Observation("v", text("a virtue"), "code", "learner")
FAULT = r.Observation("f", text("a fault"), "code", "learner", fault=True)
RUBRIC = r.Rubric(
    id="a-rubric",
    version="1",
    title=text("A rubric"),
    languages=("en", "zh-Hans"),
    stages=(
        r.Stage("explore", text("Explore"), (criterion("E1", VIRTUE, FAULT), criterion("E2", VIRTUE), criterion("E3"))),
    ),
    cap_observations=(),
    caps=(
        r.Cap("C1", text("Told too late."), rule("true"), {}, {}, 50, fail=False),
        r.Cap("C2", text("Contempt."), rule("true"), {}, {}, 50, fail=False),
        r.Cap("C3", text("Left."), rule("true"), {}, {}, 50, fail=False),
    ),
    bands=(r.Band("good", 50, text("good work")),),
    pass_rule=r.PassRule(50, 0),
    card=(),
)
CARD = Scorecard(
    total=73.6,
    scored_weight=0.9,
    band="good",
    passed=True,
    stages={"explore": 73.6},
    criteria=(
        CriterionScore(
            "E1",
            "explore",
            50,
            "estimate",
            3,
            "offline",
            (
                Verdict("v", "met", (Quote(2, ASKED),)),
                Verdict("f", "met", (Quote(4, "Wait please."),)),
            ),
            reason="undecided: x",
        ),
        CriterionScore(
            "E2", "explore", 25, "unscored", None, "offline", (Verdict("v", "undecided"),), reason="undecided: v"
        ),
        CriterionScore("E3", "explore", 25, "scored", 5, "code", ()),
    ),
    caps=(CapResult("C1", "fired"), CapResult("C2", "not_assessable"), CapResult("C3", "not_fired")),
    card={},
    needs=(NeedRecord("L1", "elicited", 3, 2, ASKED), NeedRecord("L2", "missed")),
    promises=(
        Promise(4, "I'll ring", "P4", within_authority=False),
        Promise(6, "I'll send it", "P3", within_authority=True),
        Promise(8, "I'll look", "P1", within_authority=None),
        Promise(9, "by four", "P4", within_authority=False, withdrawn_at=10),
    ),
    bad_news={},
    flags=("turn 5: addresses_grader",),
    facts={},
    provenance={},
    coaching=(Coaching("E1", "Ask about the paper.", Quote(4, "Wait please."), "What is on it?"),),
)
PERSONA = a_persona()


def debrief(card: Scorecard = CARD, *more: e.Event) -> str:
    heard = hearing(sentence(ASKED, "open_question", topics=["L1"]))
    events = (
        started(),
        e.LearnerSpoke(2, ASKED),
        e.Heard(2, heard, "offline"),
        e.NeedOpened(2, "L1", "open_question", ASKED),
        e.CueDropped(3, "L2"),
        e.PersonaSpoke(3, "It is the paper."),
        *more,
        e.SessionEnded("learner"),
    )
    return debrief_text(record(events, PERSONA), card, PERSONA, RUBRIC)


def test_total_band_and_stage_stand_on_top() -> None:
    lines = debrief().splitlines()
    assert "  74 good work · passed" in lines
    assert any(line.split() == ["Explore", "▇▇▇▇▇▇▁▁", "74"] for line in lines)


def test_criterion_shows_level_judge_quote_and_next_level() -> None:
    told = debrief()
    assert "criterion E1 · level 3 of 5 · offline estimate, lower of two" in told
    assert f"“{ASKED}” (turn 2)" in told
    assert "Level 4 would be: anchor 4 of E1" in told


def test_level_to_reach_for_is_never_one_that_describes_mistakes() -> None:
    score = replace(CARD.criteria[0], level=1)
    told = debrief(replace(CARD, criteria=(score, *CARD.criteria[1:])))
    assert "Level 3 would be: anchor 3 of E1" in told
    assert "anchor 2" not in told


def test_what_weighs_most_stands_on_top_with_the_words_the_better_line_and_the_advice() -> None:
    told = debrief()
    first = told.partition("What to work on first")[2].partition("What was not said")[0].split("\n")
    assert [line.strip() for line in first if line] == [
        "1 criterion E1",
        "you said: “Wait please.” (turn 4)",
        "better: “What is on it?”",
        "Ask about the paper.",
    ]
    assert "Ask about the paper." not in told.partition("What was not said")[2]


def test_only_three_pieces_come_first_none_says_another_again_and_the_rest_is_one_line_each() -> None:
    names = [f"E{number}" for number in range(1, 7)]
    lines = ["A?", "A?", "B?", None, "C?", "B?"]
    rubric = replace(
        RUBRIC, stages=(r.Stage("explore", text("Explore"), tuple(criterion(name, VIRTUE) for name in names)),)
    )
    card = replace(
        CARD,
        criteria=tuple(CriterionScore(name, "explore", 10, "scored", 3, "code", ()) for name in names),
        coaching=tuple(Coaching(n, f"Do {n}.", None, line) for n, line in zip(names, lines, strict=True)),
    )
    top, _, rest = scorecard_text(card, rubric, "en").partition("Explore\n")
    assert [line.strip() for line in top.splitlines() if "criterion" in line] == [
        "1 criterion E1",
        "2 criterion E3",
        "3 criterion E4",
    ]
    tips = {
        name: [line.strip() for line in rest.partition(f"criterion {name} ")[2].split("criterion")[0].splitlines()[2:]]
        for name in names
    }
    shown = {name: [line for line in told if line.startswith(("Do", "Next"))] for name, told in tips.items()}
    assert shown == {
        "E1": [],
        "E2": ["Do E2."],
        "E3": [],
        "E4": [],
        "E5": ["Next time: “C?”"],
        "E6": ["Do E6."],
    }


def test_a_better_line_that_takes_what_was_not_said_yet_is_one_for_next_time() -> None:
    secret = PERSONA.need("L2").keywords.groups("en")[0][0]
    line = f"So it is about the {secret}."
    early = replace(CARD, coaching=(Coaching("E1", "Ask about it.", Quote(4, "Wait please."), line),))
    first, _, rest = debrief(early).partition("What was not said")
    assert "Ask about it." in first
    assert line not in first
    assert f"Next time: “{line}”" in rest


def test_quote_of_a_fault_comes_before_those_of_virtues() -> None:
    told = debrief().partition("criterion E1")[2]
    assert told.index("Wait please.") < told.index(ASKED)


def test_beside_a_low_level_no_virtue_is_quoted_as_if_it_proved_it() -> None:
    low = replace(CARD, coaching=(), criteria=(replace(CARD.criteria[0], level=1), *CARD.criteria[1:]))
    told = debrief(low).partition("criterion E1")[2].partition("criterion E2")[0]
    assert "Wait please." in told
    assert ASKED not in told


def test_unscored_criterion_says_in_words_what_was_undecided_and_gives_no_level() -> None:
    told = debrief().partition("criterion E2")[2].partition("criterion E3")[0]
    assert "not scored" in told
    assert "undecided: a virtue" in told
    assert "Level" not in told


@pytest.mark.parametrize(
    ("status", "reason", "told"),
    [
        ("unscored", "fewer than 2 learner turns", "学员说得太少，无法评判"),
        ("unscored", "judge-1: no answer", "judge-1: no answer"),
        ("not_applicable", "applies only if has_bad_news", "这场对话没有用到这一项"),
        ("not_applicable", "needs a persona file", "没有人物资料，无法评判这一项"),
        ("estimate", "held at 3 by C1", "判断所依据的内容无法确定"),
    ],
)
def test_reason_is_told_in_the_language_spoken(status: CriterionStatus, reason: str, told: str) -> None:
    level = 3 if status == "estimate" else None
    score = CriterionScore("E1", "explore", 50, status, level, "offline", (), reason=reason)
    with speaking("zh-Hans"):
        view = view_of(replace(CARD, criteria=(score, *CARD.criteria[1:])), RUBRIC, "en")
    assert view.stages[0].criteria[0].reason == told


def test_undecided_observations_are_listed_as_the_language_lists() -> None:
    both = (Verdict("v", "undecided"), Verdict("f", "undecided"))
    score = replace(CARD.criteria[0], status="unscored", level=None, observations=both, reason="undecided: v, f")
    with speaking("zh-Hans"):
        view = view_of(replace(CARD, criteria=(score, *CARD.criteria[1:])), RUBRIC, "en")
    assert view.stages[0].criteria[0].reason == "未能判定：a virtue；a fault"


def test_top_level_has_nothing_above_it() -> None:
    told = debrief().partition("criterion E3")[2]
    assert "level 5 of 5 · judged by code" in told
    assert "would be" not in told.partition("What you promised")[0]


def test_opened_need_names_the_words_and_missed_one_its_hint_and_question() -> None:
    told = debrief()
    assert "◆ wants the paper sorted" in told
    assert f"opened by you: “{ASKED}” (turn 2)" in told
    assert "✕ wants the worry sorted" in told
    assert "the hint was: “Hm, the worry.”" in told
    assert "you could have asked: “What about the worry?”" in told


@pytest.mark.parametrize(("missing", "told"), [("trust", "not trust you"), ("predecessor", "Something else")])
def test_what_was_asked_for_too_early_says_what_to_do_first(missing: Any, told: str) -> None:
    blocked = e.NeedBlocked(2, "L2", ASKED, missing)
    card = replace(CARD, needs=(CARD.needs[0], NeedRecord("L2", "blocked", None, 2, ASKED)))
    assert told in " ".join(debrief(card, blocked).split())


@pytest.mark.parametrize(("reason", "told"), [("too few commitments", "fewer than two"), ("too early", "too early")])
def test_a_recap_that_was_begun_is_told_what_it_lacked(reason: str, told: str) -> None:
    verdict = Verdict("v", "not_met", judge="offline", reason=f"recap: {reason}")
    score = replace(CARD.criteria[0], status="scored", level=1, observations=(verdict,), reason="")
    found = " ".join(debrief(replace(CARD, criteria=(score, *CARD.criteria[1:]))).split())
    assert told in found.partition("criterion E1 · level 1")[2].partition("criterion E2")[0]


def test_news_that_was_told_in_part_is_not_called_untold() -> None:
    news = replace(PERSONA.bad_news[0], match=match(("half past three",), ("he is out",)))
    persona = replace(PERSONA, bad_news=(news,))
    said = hearing(sentence("I'm afraid he is out.", "state_limit"))
    spoken = (started(), e.LearnerSpoke(2, "I'm afraid he is out."), e.Heard(2, said, "offline"))
    whole = record((*spoken, e.SessionEnded("learner")), persona)
    view = view_of(replace(CARD, needs=(), bad_news={"B1": None}), RUBRIC, "en", persona, whole)
    assert [(one.turn, one.partly) for one in view.news] == [(None, Quote(2, "I'm afraid he is out."))]


def test_volunteered_and_blocked_needs_say_so() -> None:
    needs = (NeedRecord("L1", "volunteered", 3), NeedRecord("L2", "blocked", None, 2, ASKED))
    told = debrief(replace(CARD, needs=needs))
    assert "○ wants the paper sorted\n      came by itself, in turn 3" in told
    assert f"△ wants the worry sorted\n      asked for, but too early: “{ASKED}” (turn 2)" in told


def test_promises_say_whose_they_were_to_give() -> None:
    told = debrief().partition("What you promised")[2]
    for standing in ("not yours to promise", "yours to promise", "authority unknown", "taken back in turn 10"):
        assert standing in told


def test_promises_say_what_they_were_checked_against() -> None:
    item = PERSONA.profile.learner.authority.may_not[0]
    made = Promise(4, "I guarantee it", "P5", within_authority=False, item=item.id)
    told = debrief(replace(CARD, promises=(made,))).partition("What you promised")[2]
    assert f"a guarantee · not yours to promise · {item.text.in_language('en')}" in " ".join(told.split())


def test_fired_caps_stand_on_top_and_open_ones_in_the_remarks() -> None:
    told = debrief()
    assert "! Told too late." in told
    assert "Could not be assessed: Contempt" in told
    assert "Left." not in told


def test_remarks_tell_how_much_was_scored_and_what_was_set_aside() -> None:
    told = debrief()
    assert "90% of the weight is scored." in told
    assert "speaks to the program: turn 5" in told
    assert "addresses_grader" not in told
    assert "read off the words" not in told


def test_epilogue_is_for_those_who_never_asked_whether_it_fits() -> None:
    epilogue = "She rings somebody else."
    assert debrief().startswith(epilogue)
    assert epilogue not in debrief(CARD, e.ConfirmAnswered(3, satisfied=True, expectation=None))


def test_a_stage_without_a_score_says_why_where_parts_of_it_have_levels() -> None:
    told = "Explore is not scored: levels stand for 75% of its weight, a score takes 80%."
    without = replace(CARD, stages={"explore": None})
    nothing = tuple(replace(one, status="unscored", level=None) for one in CARD.criteria)
    assert flat(told) in flat(debrief(without))
    assert "a score takes" not in debrief().replace("\n", " ")
    assert "a score takes" not in debrief(replace(without, criteria=nothing)).replace("\n", " ")


def test_guesses_and_needs_are_counted_apart() -> None:
    told = debrief(CARD, e.Guessed("secret-L1\nit is Tuesday\nsecret-L1 again"))
    assert "2 of 3 guesses right; they name 1 of the 2 needs" in told


def test_no_total_says_why() -> None:
    told = debrief(replace(CARD, total=None, band=None, passed=None, scored_weight=0.5, stages={"explore": None}))
    assert "  –  no total: only 50% of the weight could be scored" in told


def test_outside_transcript_is_headed_by_what_is_missing() -> None:
    told = scorecard_text(replace(CARD, ground_truth=False, needs=()), RUBRIC, "en")
    assert "without ground truth" in told
    assert "What was not said" not in told
    read_off = replace(CARD, needs=(NeedRecord("L1", "missed", reconstructed=True),))
    assert "read off the words" in scorecard_text(read_off, RUBRIC, "en", PERSONA)


def test_chinese_debrief_is_in_the_packs_chinese_and_no_line_is_too_wide() -> None:
    told = scorecard_text(CARD, RUBRIC, "zh-Hans", PERSONA)
    assert "「anchor 4 of E1」" in told
    assert all(cells(line) <= WIDTH for line in told.splitlines())


@pytest.mark.parametrize(("moods", "worst"), [((0, -1, 0), 1), ((0, 0, 1), 0), ((1, 0, 0), 1), ((0, 1, 0), 0)])
def test_a_worst_moment_is_told_only_where_it_got_worse(moods: tuple[int, ...], worst: int) -> None:
    events: list[e.Event] = [started()]
    for turn, mood in zip((2, 4, 6), moods, strict=True):
        events += [e.LearnerSpoke(turn, "Go on."), e.StateMoved(turn, 1, mood, 3, ()), e.PersonaSpoke(turn + 1, "Hm.")]
    seen = view_of(CARD, RUBRIC, "en", PERSONA, record((*events, e.SessionEnded("learner")), PERSONA))
    assert [moment.name for moment in seen.moments] == ["first moment", *["worst moment"] * worst, "last moment"]


def test_what_was_undecided_is_told_in_short_and_without_the_judges_marks() -> None:
    fault = r.Observation(
        "v",
        text("FAULT: sends（如果……会怎样）away. Unless it is made up for; once is enough"),
        "judge",
        "learner",
        fault=True,
    )
    rubric = replace(RUBRIC, stages=(replace(RUBRIC.stages[0], criteria=(criterion("E1", fault),)),))
    score = CriterionScore(
        "E1", "explore", 25, "unscored", None, "offline", (Verdict("v", "undecided", reason="x"),), "y"
    )
    told = scorecard_text(replace(CARD, criteria=(score,), coaching=()), rubric, "en")
    assert "undecided: sends（如果……会怎样）away" in told
    assert "FAULT" not in told
    assert "made up for" not in told


def test_beside_a_level_stand_the_words_that_show_most_of_it_and_least_of_others() -> None:
    once, twice, common = Quote(2, "Once."), Quote(4, "Twice."), Quote(6, "Everywhere.")
    virtues = (Verdict("v", "met", (common, once, twice)), Verdict("w", "met", (twice,)))
    scores = (
        CriterionScore("E1", "explore", 50, "scored", 4, "offline", virtues),
        CriterionScore("E2", "explore", 50, "scored", 4, "offline", (Verdict("v", "met", (common,)),)),
    )
    stages = view_of(replace(CARD, criteria=(*scores, CARD.criteria[2])), RUBRIC, "en").stages
    assert stages[0].criteria[0].quotes == (twice, once)
