"""Coaching: what weighs most first, tied to the learner's own words, with a line of the pack's and no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from simulator.domain.scorecard import Coaching, Fact, Quote, Scorecard
from simulator.exchange.read import read_transcript
from simulator.grading.case import Case, outside
from simulator.grading.coaching import coach
from simulator.grading.evidence import verify
from simulator.grading.grader import grade
from simulator.grading.moments import moments
from simulator.grading.reading import read
from simulator.offline.judge import OfflineJudge
from simulator.offline.listener import OfflineListener
from tests.grading_talks import ROOT, case_of, shipped_persona, shipped_rubric, talk

LABELLED = ROOT / "tests" / "labelled"
SHIPPED = {path.stem for path in (ROOT / "personas").glob("*.yaml")}
TALKS = sorted(LABELLED.glob("*.yaml"))


async def judged(path: Path) -> tuple[Case, Scorecard]:
    transcript = read_transcript(path)
    persona = shipped_persona(transcript.persona) if transcript.persona in SHIPPED else None
    case = await outside(transcript, persona, OfflineListener())
    rubric = shipped_rubric()
    language = "en" if transcript.language == "en" else "zh-Hans"
    return case, await grade(case, rubric, OfflineJudge(rubric), language)


async def pieces(name: str) -> dict[str, Coaching]:
    _, card = await judged(LABELLED / f"{name}.yaml")
    return {piece.criterion: piece for piece in card.coaching}


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
async def test_each_criterion_below_the_top_has_one_piece_and_every_quote_is_the_learners(path: Path) -> None:
    case, card = await judged(path)
    below = {score.id for score in card.criteria if score.level is not None and score.level < 5}
    assert sorted(piece.criterion for piece in card.coaching) == sorted(below)
    for piece in card.coaching:
        assert piece.advice
        assert piece.source == "pack"
        assert not piece.quote or not verify(piece.quote, case.transcript, "learner", case.hearings)
        assert case.persona or piece.better is None


async def test_what_a_failing_cap_is_about_comes_first_then_what_costs_most() -> None:
    card = (await judged(LABELLED / "s02-poor-en.yaml"))[1]
    assert [piece.criterion for piece in card.coaching][:4] == ["X2", "X4", "E1", "O1"]


async def test_over_promise_is_quoted_with_what_it_hid_and_the_honest_answer() -> None:
    persona = shipped_persona("s01-phone-for-xiaowang")
    piece = (await pieces("s01-poor-zh"))["X3"]
    assert piece.quote == Quote(8, "行行行,我让他一定十分钟内给您回")
    assert piece.advice.startswith(persona.trap.why_wrong.in_language("zh-Hans"))
    assert piece.better == persona.trap.good_answer.in_language("zh-Hans")


async def test_conditional_item_promised_outright_names_the_condition_and_its_proper_form() -> None:
    persona = shipped_persona("s01-phone-for-xiaowang")
    said = talk(
        "Hello, is Xiao Wang there?",
        "He's out. What do you need?",
        "Your quotation with the company seal.",
        "You'll have the sealed file by ten to four. Goodbye.",
        "All right.",
    )
    case = await outside(replace(said, persona=persona.id), persona, OfflineListener())
    card = await grade(case, shipped_rubric(), OfflineJudge(shipped_rubric()), "en")
    piece = next(piece for piece in card.coaching if piece.criterion == "X3")
    assert piece.advice.startswith("Yours to promise only with its condition: a time for the stamped file, if")
    assert piece.better == persona.model_lines["promise"].in_language("en")


async def test_hint_that_was_let_go_is_answered_by_the_needs_own_question() -> None:
    """The customer says "Today of all days" in turn 3."""
    persona = shipped_persona("s02-forgotten-ticket")
    piece = (await pieces("s02-poor-en"))["E1"]
    assert piece.quote == Quote(4, "You should have checked your pockets before you left the hotel.")
    assert piece.better == persona.need("L1").example.in_language("en")


async def test_hint_counts_before_a_need_that_nobody_hinted_at_and_however_it_was_embedded() -> None:
    persona = shipped_persona("s01-phone-for-xiaowang")
    poor = (await pieces("s01-poor-zh"))["E1"]  # L1 stands first in the file, the hint that was dropped is L3's
    assert poor.better == persona.need("L3").example.in_language("zh-Hans")
    late = (await pieces("s01-mid-noconfirm-en"))["E1"]  # "I had to go through your switchboard, by the way."
    assert (late.quote, late.better) == (Quote(14, "Noted."), persona.need("L4").example.in_language("en"))


async def test_empathy_is_looked_for_where_the_person_spoke() -> None:
    found = await pieces("s01-mid-noconfirm-en")
    assert found["X2"].quote == Quote(8, "Then that's me, Mei Chen, until four.")  # "My director pulled me up"


async def test_words_are_not_quoted_twice_where_others_are_as_good() -> None:
    found = await pieces("s02-poor-en")
    assert found["X4"].quote == Quote(2, "Without a ticket nobody boards.")
    assert found["O1"].quote == Quote(6, "You can buy a new ticket at counter nine, or try again tomorrow.")


async def test_a_greeting_is_not_what_fell_short() -> None:
    said = talk("Hello, is Xiao Wang there?", "Hello. Please ring again later.")
    reading = read(await case_of(said, "s01-phone-for-xiaowang"))
    assert moments("reflect_feeling", (), reading) == (Quote(2, "Please ring again later."),)


async def test_a_summary_is_made_better_where_it_stood_before_the_offer() -> None:
    """The recap of what was arranged is none that should have come earlier."""
    recap = "So you need him today, and your number is the old one, is that right?"
    said = talk("Hello, is Xiao Wang there?", "I can offer to look for him.", "Good.", recap, "Yes.")
    reading = read(await case_of(said, "s01-phone-for-xiaowang"))
    assert any(said.turn == 4 for said in reading.doing("summary_check"))
    assert {quote.turn for quote in moments("summary_check", (), reading)} == {2}


async def test_a_missing_summary_belongs_before_the_main_offer_whatever_was_left_unanswered() -> None:
    offer = "I can message him now and ring you back, or take the matter over myself."
    said = talk("Hello, is Xiao Wang there?", "One moment.", "Where is he?", offer, "Good.", "Goodbye then.")
    case = await case_of(said, "s01-phone-for-xiaowang")
    assert moments("summary_check", (), read(case)) == (Quote(4, offer),)
    card = await grade(case, shipped_rubric(), OfflineJudge(shipped_rubric()), "en")
    unanswered = replace(card, facts={**card.facts, "n_unanswered": Fact(1, (Quote(2, "One moment."),))})
    found = {piece.criterion: piece.quote for piece in coach(unanswered, read(case), shipped_rubric(), "en")}
    assert found["E4"] == Quote(4, offer)


async def test_customers_words_are_never_held_against_the_learner() -> None:
    case, card = await judged(LABELLED / "s02-excellent-en.yaml")
    theirs = Quote(3, case.transcript.turn(3).text)
    scores = tuple(
        replace(score, observations=tuple(replace(verdict, quotes=(theirs,)) for verdict in score.observations))
        for score in card.criteria
    )
    [piece] = coach(replace(card, criteria=scores), read(case), shipped_rubric(), "en")
    assert piece.quote
    assert case.transcript.turn(piece.quote.turn).speaker == "learner"


async def test_bad_news_untold_is_the_better_line() -> None:
    persona = shipped_persona("s02-forgotten-ticket")
    assert (await pieces("s02-poor-en"))["X4"].better == persona.bad_news[0].text.in_language("en")


async def test_goodbye_stands_where_the_confirm_question_belongs() -> None:
    piece = (await pieces("s01-mid-noconfirm-en"))["C1"]
    assert piece.quote == Quote(14, "Goodbye, Ms Chen.")
    assert piece.better == shipped_persona("s01-phone-for-xiaowang").model_lines["confirm_ask"].in_language("en")


async def test_word_to_come_belongs_to_what_was_undertaken_last_not_to_the_goodbye() -> None:
    reading = read(await case_of(talk("Hello", "I'll hold the seat for you.", "Good.", "Safe travels!", "Bye.")))
    assert moments("update_commit", (), reading) == (Quote(2, "I'll hold the seat for you."),)
    assert moments("confirm_ask", (), reading) == (Quote(4, "Safe travels!"),)


async def test_new_expectation_that_was_raised_has_an_answer_of_its_own() -> None:
    piece = (await pieces("s01-mid-closed-zh"))["C3"]
    expectation = shipped_persona("s01-phone-for-xiaowang").closing.new_expectation
    assert expectation
    assert piece.better == expectation.good_response.in_language("zh-Hans")
    assert piece.quote
    assert piece.quote.turn == 16


async def test_what_nearly_got_there_is_told_what_it_lacked() -> None:
    found = await pieces("s02-mid-withdrawn-en")
    assert found["O2"].advice.startswith("Still missing: Names a constraint of the customer")


async def test_what_could_not_be_told_is_no_mistake_and_comes_after_what_was_missing() -> None:
    case, card = await judged(LABELLED / "s01-excellent-zh.yaml")
    [piece] = card.coaching
    assert (piece.criterion, piece.better) == ("C2", None)
    assert "不漏也不加" in piece.advice
    scores = tuple(
        replace(
            score,
            level=3,
            observations=tuple(
                replace(verdict, outcome={"c2b": "undecided", "c2c": "not_met"}.get(verdict.id, verdict.outcome))
                for verdict in score.observations
            ),
        )
        if score.id == "C2"
        else score
        for score in card.criteria
    )
    [piece] = coach(replace(card, criteria=scores), read(case), shipped_rubric(), "zh-Hans")
    assert "不漏也不加" in piece.advice
    assert piece.better


async def test_confirming_is_not_held_against_whom_the_customer_left() -> None:
    case, card = await judged(LABELLED / "s02-poor-en.yaml")
    caps = tuple(replace(cap, outcome="fired") if cap.id == "CAP_WALKAWAY" else cap for cap in card.caps)
    left = coach(replace(card, caps=caps), read(replace(case, walked_away=True)), shipped_rubric(), "en")
    assert {piece.criterion for piece in left[-3:]} == {"C1", "C2", "C3"}


async def test_unscored_conversation_has_no_coaching() -> None:
    case = await outside(talk("Hello?", "Yes."), None, OfflineListener())
    card = await grade(case, shipped_rubric(), OfflineJudge(shipped_rubric()), "en")
    assert card.coaching == ()


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_act_the_rubric_points_at_has_a_line_in_each_shipped_persona(name: str) -> None:
    persona = shipped_persona(name)
    wanted = {criterion.better for criterion in shipped_rubric().criteria} - {"need", "trap", "news", "expectation"}
    assert {*persona.model_lines} == {*wanted, "bad_news"}  # what is told late or baldly has its line as well


@pytest.mark.parametrize(
    ("persona", "lines", "within"),
    [
        ("s12-hospital-reception", ("Is the doctor here?", "I'll be back at eleven.", "Aye."), [True]),
        ("s12-hospital-reception", ("Is the doctor here?", "He'll be back at eleven.", "Aye."), [False]),
        (
            "s04-forty-five-million",
            (
                "Send me your final price.",
                "Would a call with our VP tomorrow at four be useful?",
                "Tomorrow at four I could do.",
                "So: a report on Wednesday, our VP calls you at four tomorrow, and you'll hear from me on Friday.",
                "Fine.",
            ),
            [True],
        ),
    ],
)
async def test_what_was_asked_first_or_is_in_ones_own_hands_is_promised_within_authority(
    persona: str, lines: tuple[str, ...], within: list[bool]
) -> None:
    promises = (await case_of(talk(*lines), persona)).ledger.promises
    assert [promise.within_authority for promise in promises if promise.item] == within
