"""Pages, Markdown and JUnit: what comes from outside is shown and is never markup; one view stands behind them all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pytest
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from simulator.conversation.record import Record, record
from simulator.domain import events as e
from simulator.domain import rubric as r
from simulator.domain.persona import Persona
from simulator.domain.scorecard import Coaching, CriterionScore, Promise, Quote, Scorecard, Verdict
from simulator.reports.grades import Form, Grade, grades_in
from simulator.reports.html import POLICY, session_html
from simulator.reports.markdown import debriefs_markdown
from simulator.reports.page import Page, page_of
from simulator.text_gate import clean
from tests.fakes import a_persona, hearing, sentence, started, text
from tests.pages import Reader, flat
from tests.payloads import PAYLOADS

CRITERIA = tuple(
    r.Criterion(
        id=name,
        stage="explore",
        weight=50,
        name=text(f"criterion {name}"),
        what=text("what"),
        observations=(r.Observation("v", text("a virtue"), "judge", "learner"),),
        levels=(),
        anchors={level: text(f"anchor {level}") for level in r.LEVELS},
        next_time=text("advice"),
    )
    for name in ("E1", "E2")
)
RUBRIC = r.Rubric(
    id="a-rubric",
    version="1",
    title=text("A rubric"),
    languages=("en", "zh-Hans"),
    stages=(r.Stage("explore", text("Explore"), CRITERIA), r.Stage("offer", text("Offer"), ())),
    cap_observations=(),
    caps=(),
    bands=(r.Band("good", 50, text("good work")),),
    pass_rule=r.PassRule(50, 0),
    card=(),
)


def session(persona: Persona, says: str = "zyx", learner: str = "Wen") -> Record:
    """Four turns in which the first need opens and the second is hinted at; every free text says `says`."""
    heard = hearing(sentence("What is on the paper?", "open_question", topics=["L1"]))
    return record(
        [
            started(learner=learner),
            e.PersonaSpoke(1, "Hello, is he there?"),
            e.LearnerSpoke(2, f"What is on the paper? {says}"),
            e.Heard(2, heard, "offline"),
            e.StateMoved(2, 2, 1, 4, ("relevant_question",)),
            e.NeedOpened(2, "L1", "open_question", says),
            e.CueDropped(3, "L2"),
            e.PersonaSpoke(3, f"It is the paper. {says}", "interrupted"),
            e.NoteTaken(3, says),
            e.LearnerSpoke(4, "Goodbye."),
            e.StateMoved(4, 2, -1, 3, ()),
            e.PersonaSpoke(5, "Bye."),
            e.SessionEnded("learner"),
            e.Contested("promise", says, says),
        ],
        persona,
    )


def card(says: str = "zyx") -> Scorecard:
    told = Quote(2, says)
    return Scorecard(
        total=64,
        scored_weight=1,
        band="good",
        passed=True,
        stages={"explore": 64, "offer": None},
        criteria=(
            CriterionScore("E1", "explore", 50, "scored", 3, "model-7", (Verdict("v", "met", (told,)),)),
            CriterionScore("E2", "explore", 50, "unscored", None, "model-7", (), reason=says),
        ),
        caps=(),
        card={},
        needs=(),
        promises=(Promise(4, says, "P5", within_authority=False),),
        bad_news={},
        flags=("turn 4: addresses_grader",),
        facts={},
        provenance={"judge": "offline", "rubric_hash": "1" * 64, "program": says},
        coaching=(Coaching("E1", says, told, says, "model"),),
    )


def page(says: str = "zyx") -> Page:
    """A page on which everything that comes from outside says the same."""
    plain = a_persona()
    profile = replace(plain.profile, title=text(says), name=text(says))
    persona = replace(plain, profile=profile)
    held = session(persona, says, says)
    return page_of("s-1", card(says), RUBRIC, held.transcript, persona=persona, record=held)


HARMLESS = Reader(session_html([page()]))
SHOWN = flat(HARMLESS.words).count("zyx")


def test_there_are_two_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) == 200


@pytest.mark.parametrize("payload", PAYLOADS)
def test_on_a_page_a_payload_is_words_in_every_place_and_nothing_else(payload: str) -> None:
    read = Reader(session_html([page(f"zyx {payload}")]))

    assert read.tags == HARMLESS.tags
    assert all(link.startswith("#") for link in read.links)
    assert flat(read.words).count(flat(clean(f"zyx {payload}"))) == SHOWN
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", read.words)


MARKDOWN = MarkdownIt("gfm-like", {"html": True})
MARKDOWN.linkify.add("//", None)  # GitHub makes no address of a bare //
PLAIN = Reader(MARKDOWN.render(debriefs_markdown([page()])))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_markdown_a_payload_is_words_and_nothing_else(payload: str) -> None:
    read = Reader(MARKDOWN.render(debriefs_markdown([page(f"zyx {payload}")])))

    assert read.tags == PLAIN.tags
    assert not read.links
    assert flat(read.words).count(flat(clean(f"zyx {payload}"))) == flat(PLAIN.words).count("zyx")


@pytest.mark.parametrize("payload", PAYLOADS[::10])
def test_in_junit_a_payload_is_words(payload: str) -> None:
    xml = grades_in("junit", [graded(page(f"zyx {payload}\ufffe"))])

    (suite,) = JUnitXml.fromroot(JUnitXml.fromstring(xml.encode())._elem)
    case = next(one for one in suite if one.name == "criterion E1")
    assert flat(clean(payload)) in flat(case.system_out)


def graded(one: Page, found: Scorecard | None = None) -> Grade:
    return Grade(one, found or card(), session(a_persona()).transcript, "Wen", "learner")


def test_a_page_says_what_it_may_do_and_in_which_language_it_is() -> None:
    document = session_html([page()])

    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY.replace(chr(39), "&#39;")}">' in document
    assert '<html lang="en">' in document
    assert "<script" not in document
    assert "url(" not in document
    assert "http:" not in document.replace("http-equiv", "")
    assert "https:" not in document


def test_every_picture_has_a_text_and_every_turn_a_place_to_jump_to() -> None:
    pictures = [names for tag, names in HARMLESS.tags if tag == "svg"]

    assert pictures
    assert all({"role", "aria-label"} <= set(names) for names in pictures)
    document = session_html([page()])
    places = set(re.findall(r' id="([^"]+)"', document))
    assert {link.removeprefix("#") for link in HARMLESS.links} <= places
    assert len(places) == len(re.findall(r' id="', document))


def test_headings_go_down_one_step_at_a_time() -> None:
    for pages in ([page()], [page(), page()]):
        levels = [int(tag[1]) for tag, _ in Reader(session_html(pages)).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_timeline_stands_along_the_conversation() -> None:
    one = page()

    assert [turn.signs for turn in one.turns] == [(), (), ("elicited", "missed"), ("promise",), ()]
    assert [turn.mood for turn in one.turns] == [None, 1, None, -1, None]
    assert "1 at first, -1 at worst in turn 4" in one.mood_told


def test_help_stands_beside_the_score() -> None:
    persona = a_persona()
    events = [
        started(branch_of="s-0:4"),
        e.PersonaSpoke(1, "Hello?"),
        e.HintShown(1, "L1", 1),
        e.LearnerSpoke(2, "Yes."),
        e.ExchangeUndone(2),
        e.SessionEnded("learner"),
    ]
    held = record(events, persona)

    beside = page_of("s-1", card(), RUBRIC, held.transcript, persona=persona, record=held).beside

    assert [re.findall(r"\d+", line) for line in beside] == [["1"], ["1"], ["4", "0"], []]
    assert "does not count" in beside[-1]


def test_several_conversations_make_one_page_with_a_list_on_top() -> None:
    document = session_html([page(), page()])

    assert Counter(re.findall(r'<article class="page" id="(\w+)"', document)) == {"s1": 1, "s2": 1}
    assert '<a href="#s2">' in document


@pytest.mark.parametrize(
    ("fail_under", "passed", "failed"),
    [(None, True, False), (None, False, True), (64.0, False, False), (65.0, True, True)],
)
def test_junit_is_red_where_the_run_ends_red(fail_under: float | None, passed: bool, failed: bool) -> None:  # noqa: FBT001
    xml = grades_in("junit", [graded(page(), replace(card(), passed=passed))], fail_under=fail_under)

    (suite,) = JUnitXml.fromstring(xml.encode())
    cases = {case.name: case for case in suite}
    assert (suite.tests, suite.failures, suite.skipped, suite.errors) == (3, int(failed), 1, 0)
    assert cases["total"].is_failure == failed
    assert cases["criterion E2"].is_skipped
    assert "level 3 of 5" in cases["criterion E1"].system_out
    assert JUnitXml.fromfile(BytesIO(xml.encode())).tests == 3


def test_junit_calls_it_an_error_where_nobody_judged() -> None:
    xml = grades_in("junit", [graded(page(), replace(card(), total=None, unjudged="no answer"))])

    (suite,) = JUnitXml.fromstring(xml.encode())
    assert suite.errors == 1
    assert next(iter(suite)).result[0].message == "no answer"


@pytest.mark.parametrize("form", ["text", "json", "md", "html", "csv", "junit"])
def test_every_format_tells_the_same_total(form: Form) -> None:
    assert "64" in grades_in(form, [graded(page())])
