from __future__ import annotations

import re
from dataclasses import replace

import pytest

from simulator.conversation.brief import brief
from simulator.conversation.state import advance, fold
from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.persona import PersonaFact
from simulator.domain.text import Text
from simulator.language.requests import asks_to_choose
from simulator.offline.actor import ALL_TOLD, NO_MORE, OfflineActor
from simulator.offline.actor_choice import TAKEN, choice
from simulator.offline.actor_courtesy import NO_THANKS, ON_FILE, PERHAPS, SOMEWHAT
from simulator.offline.actor_memory import LEADS, gist, in_mid_sentence
from tests.fakes import a_persona, hearing, match, sentence, started, text

RED = PersonaFact("P2", text("The red one, on top."), match(("which",)), "L1")


def again(words: str) -> set[str]:
    """Ways to say it again as such."""
    return {lead + words for lead in LEADS["said"]["en"]}


async def reply(
    heard: Hearing,
    *moves: e.Event,
    seed: int = 7,
    before: tuple[e.Event, ...] = (),
    line: str = "line",
    facts: tuple[PersonaFact, ...] = (),
    pressing: tuple[Text, ...] = (),
) -> str:
    """What the customer says to the line at turn 2 (or after what came before), given what the gate decided."""
    persona = a_persona(facts=facts) if facts else a_persona()
    persona = replace(persona, lines={**persona.lines, "pressing": pressing or persona.lines["pressing"]})
    state = fold([started(seed=seed), e.PersonaSpoke(1, "Hello?"), *before], persona)
    turn = len(state.turns) + 1
    for event in (e.LearnerSpoke(turn, line), e.Heard(turn, heard, "scripted"), *moves):
        state = advance(state, event)
    return "".join([piece async for piece in OfflineActor().reply(brief(state, turn + 1, heard, moves, persona))])


ASK = hearing(sentence("What about the paper?", "open_question", topics=["L1"]))
IDLE = hearing(sentence("One moment.", "inform"))


async def test_an_opened_need_is_voiced() -> None:
    assert await reply(ASK, e.NeedOpened(2, "L1", "open_question", "x")) == "It is the paper: secret-L1."


async def test_a_question_is_answered_from_the_file_or_not_known() -> None:
    desk = hearing(sentence("Are you at your desk?", "closed_question", topics=["P1"]))
    assert await reply(desk) == "I'm at my desk."
    weather = hearing(sentence("Nice weather?", "closed_question"))
    assert (await reply(weather)).startswith("unknown")


async def test_an_offer_that_names_a_fact_asks_for_none() -> None:
    offer = sentence("Shall I ring you at your desk?", "closed_question", "propose", topics=["P1"])
    assert (await reply(hearing(offer))).startswith("accepting")


async def test_a_need_asked_for_again_is_recalled_in_short() -> None:
    opened = e.NeedOpened(0, "L1", "open_question", "x")
    assert await reply(ASK, before=(opened,)) == "It is the paper: secret-L1."


async def test_of_two_needs_asked_for_again_it_is_not_the_one_told_a_moment_ago() -> None:
    told = (
        *(e.LearnerSpoke(2, "line"), e.NeedOpened(2, "L1", "open_question", "x")),
        e.PersonaSpoke(3, "It is the paper: secret-L1."),
        *(e.LearnerSpoke(4, "line"), e.NeedOpened(4, "L2", "reflect_feeling", "x")),
        e.PersonaSpoke(5, "It is the worry: secret-L2."),
    )
    both = hearing(sentence("And the paper, and the worry?", "open_question", topics=["L1", "L2"]))
    assert await reply(both, before=told) in again("it is the paper: secret-L1.")
    worry = hearing(sentence("The worry?", "open_question", topics=["L2"]))
    assert await reply(worry, before=told) in again("it is the worry: secret-L2.")


async def test_a_need_asked_for_again_is_told_more_of_as_long_as_there_is_more() -> None:
    opened = (e.LearnerSpoke(2, "line"), e.NeedOpened(2, "L1", "open_question", "x"))
    told = (*opened, e.PersonaSpoke(3, "It is the paper: secret-L1."))
    assert await reply(ASK, before=told, facts=(RED,), line="Tell me more.") == "The red one, on top."
    assert await reply(ASK, before=told, facts=(RED,)) in again("it is the paper: secret-L1.")
    more = (*told, e.LearnerSpoke(4, "line"), e.PersonaSpoke(5, "The red one, on top."))
    assert await reply(ASK, before=more, facts=(RED,), line="Tell me more.") in again("it is the paper: secret-L1.")


async def test_bad_news_is_met_with_a_word_before_what_opens_but_not_before_the_push() -> None:
    news = sentence("He is out until half past three.", "bad_news")
    both = hearing(news, sentence("What about the paper?", "open_question", topics=["L1"]))
    opened = e.NeedOpened(2, "L1", "open_question", "x")
    said = await reply(both, opened)
    assert said.startswith("told ")
    assert said.endswith("It is the paper: secret-L1.")
    assert "told " not in await reply(both, opened, e.TrapSprung(3))
    assert "told " not in await reply(ASK, opened)


async def test_what_stands_before_a_question_is_not_what_it_asks() -> None:
    opened = (e.NeedOpened(0, "L1", "open_question", "x"), e.LearnerSpoke(2, "line"))
    told = (*opened, e.PersonaSpoke(3, "It is the paper: secret-L1."))
    words = "The paper is safe. Does the lift work again?"
    paper = sentence("The paper is safe.", "inform", topics=["L1"])
    beside = hearing(paper, sentence("Does the lift work again?", "closed_question"))
    assert (await reply(beside, before=told, line=words)).startswith("unknown")


async def test_what_belongs_to_a_need_is_said_after_it() -> None:
    paper = hearing(sentence("Which paper is it?", "open_question", topics=["L1", "P2"]))
    opened = e.NeedOpened(2, "L1", "open_question", "x")
    assert await reply(paper, opened, facts=(RED,)) == "It is the paper: secret-L1. The red one, on top."


def test_the_gist_is_a_sentence_that_says_something() -> None:
    assert gist("Now that you ask, we've moved house, and soon.") == "We've moved house, and soon."
    assert gist("My mother. She thinks he sleeps. I saw him.") == "My mother. She thinks he sleeps."
    assert gist("Finally. I don't want a speech, I want a name.") == "I don't want a speech, I want a name."
    assert gist("I leave at five to get her. Then I'm stuck.") == "I leave at five to get her."


async def test_whoever_is_offered_something_with_a_goodbye_takes_leave_too() -> None:
    promise = sentence("I'll ring you at four.", "promise")
    assert "farewell" in await reply(hearing(promise, sentence("Goodbye.", "close")))
    assert "farewell" not in await reply(hearing(promise))
    desk = sentence("Are you at your desk?", "closed_question", topics=["P1"])
    assert (await reply(hearing(desk, sentence("Goodbye.", "close")))).startswith("I'm at my desk. farewell")
    asked = sentence("Anything else?", "open_question")
    assert (await reply(hearing(asked, sentence("Bye.", "close")))).startswith("farewell")
    assert (await reply(hearing(asked))).startswith("unknown")


async def test_a_need_that_was_told_and_is_not_met_is_held_against_a_second_confirm_question() -> None:
    confirm = hearing(sentence("Is that what you need, then?", "confirm_ask"))
    before = (
        e.LearnerSpoke(2, "line"),
        e.NeedOpened(2, "L1", "open_question", "x"),
        e.PersonaSpoke(3, "It is the paper: secret-L1."),
        e.ConfirmAnswered(3, satisfied=False, expectation="NX1"),
    )
    assert await reply(confirm, before=before) in {f"{lead}it is the paper: secret-L1." for lead in LEADS["open"]["en"]}


async def test_an_open_question_beside_an_offer_is_answered_too() -> None:
    offer = sentence("I'll ring you at four.", "promise")
    told = (
        e.LearnerSpoke(2, "line"),
        e.NeedOpened(2, "L1", "open_question", "x"),
        e.PersonaSpoke(3, "It is the paper."),
    )
    beside = await reply(hearing(offer, sentence("What else is in it?", "open_question")), before=told)
    assert re.fullmatch(r"accepting.*unknown.*", beside)
    touching = sentence("What about the paper?", "open_question", topics=["L1"])
    assert (await reply(hearing(offer, touching), before=told)).endswith("secret-L1.")
    closed = sentence("Is it the blue one?", "closed_question")
    assert "unknown" not in await reply(hearing(offer, closed), before=told)


async def test_a_closed_question_beside_an_offer_draws_what_they_have_not_told_yet() -> None:
    offer = sentence("I'll ring you at four.", "promise")
    ready = PersonaFact("P3", text("Ten minutes, with luck."), match(("be enough",)), "L1")
    opened = (e.LearnerSpoke(2, "line"), e.NeedOpened(2, "L1", "open_question", "x"), e.PersonaSpoke(3, "The paper."))
    asks = sentence("Would an hour be enough for the paper?", "closed_question", topics=["L1"])
    drawn = await reply(hearing(offer, asks), before=opened, facts=(ready,))
    assert re.fullmatch(r"accepting.*Ten minutes, with luck\.", drawn)
    told = (*opened, e.LearnerSpoke(4, "line"), e.PersonaSpoke(5, "Ten minutes, with luck."))
    assert "minutes" not in await reply(hearing(offer, asks), before=told, facts=(ready,))


async def test_that_nothing_is_missing_is_said_with_a_no_and_that_all_is_well_with_a_yes() -> None:
    offered = e.Heard(2, hearing(sentence("I'll send the note and the paper.", "promise", topics=["L1"])), "scripted")
    before = (
        *(e.LearnerSpoke(2, "line"), e.NeedOpened(2, "L1", "open_question", "x"), offered),
        e.StateMoved(2, trust=2, mood=1, patience=4, causes=()),
        e.ConfirmAnswered(3, satisfied=True, expectation=None),
        e.PersonaSpoke(3, "That is what I need."),
    )
    missing, well = "Is there anything that doesn't fit?", "Is that all right for you?"
    nothing = hearing(sentence(missing, "closed_question", "confirm_ask"))
    assert await reply(nothing, before=before, line=missing) in NO_MORE["en"][1]
    all_well = hearing(sentence(well, "closed_question", "confirm_ask", topics=["L1"]))
    assert (await reply(all_well, before=before, line=well)).startswith("agreeing")


async def test_whether_an_offer_will_do_is_answered_as_the_offer_is() -> None:
    before = (
        e.LearnerSpoke(2, "line"),
        e.ConfirmAnswered(3, satisfied=True, expectation=None),
        e.PersonaSpoke(3, "Fine."),
    )
    well = e.StateMoved(4, trust=2, mood=1, patience=4, causes=())
    note, will_do = (
        sentence("I leave him a note.", "propose"),
        sentence("Would that help?", "closed_question", "confirm_ask"),
    )
    assert (await reply(hearing(note, will_do), well, before=before)).startswith("accepting")
    summed_up = hearing(note, sentence("So, the note?", "summary_check"))
    assert (await reply(summed_up, well, before=before)).startswith("agreeing")


async def test_a_choice_put_after_something_was_offered_is_made_though_the_line_offers_nothing_itself() -> None:
    offered = e.Heard(2, hearing(sentence("I'll send the paper.", "promise", topics=["L1"])), "scripted")
    before = (
        e.LearnerSpoke(2, "line"),
        e.NeedOpened(2, "L1", "open_question", "x"),
        offered,
        e.PersonaSpoke(3, "Good."),
    )
    pick = "Do you want the copy or the original?"
    assert await reply(hearing(sentence(pick, "closed_question")), before=before, line=pick) == "The copy, then."
    assert (await reply(hearing(sentence(pick, "closed_question")), line=pick)).startswith("unknown")


async def test_an_open_question_beside_bad_news_is_answered_too() -> None:
    news = sentence("He is out until half past three.", "bad_news")
    opened = (e.LearnerSpoke(2, "line"), e.NeedOpened(2, "L1", "open_question", "x"))
    told = (*opened, e.PersonaSpoke(3, "It is the paper."))
    asks = sentence("What about the paper?", "open_question", topics=["L1"])
    assert "unknown" not in await reply(hearing(news, sentence("What else is in it?", "open_question")), before=told)
    assert re.fullmatch(r"told\b.*secret-L1\.", await reply(hearing(news, asks), before=told))
    assert re.fullmatch(r"told\b.{0,8}", await reply(hearing(news), before=told))


async def test_whoever_agrees_and_is_asked_for_more_says_that_it_is_all() -> None:
    offer = "I'll send the paper."
    before = (
        e.LearnerSpoke(2, "line"),
        e.NeedOpened(2, "L1", "open_question", "x"),
        e.PersonaSpoke(3, "It is the paper."),
        e.LearnerSpoke(4, offer),
        e.Heard(4, hearing(sentence(offer, "promise", topics=["L1"])), "scripted"),
        e.PersonaSpoke(5, "Good."),
    )
    right, more = "The paper by four, right?", "Anything else?"
    summed_up = hearing(sentence(right, "summary_check"), sentence(more, "open_question"))
    said = await reply(summed_up, before=before, line=f"{right} {more}")
    assert said.startswith("agreeing")
    assert any(said.endswith(words) for words in NO_MORE["en"][1])
    assert re.fullmatch(r"agreeing\b.{0,8}", await reply(summed_up, before=before, line=right))


async def test_anything_else_is_no_moment_to_say_that_this_is_all_and_hint_at_more() -> None:
    more = "Is there anything else?"
    asked, hint = hearing(sentence(more, "closed_question")), e.CueDropped(3, "L2")
    without = await reply(asked, line=more)
    assert any(words in without for words in NO_MORE["en"][0])
    said = await reply(asked, hint, line=more)
    assert said.endswith("Hm, the worry.")
    assert not any(words in said for words in NO_MORE["en"][0])


async def test_who_is_asked_if_they_would_like_something_declines_what_is_of_no_matter() -> None:
    coffee = "Do you want a coffee?"
    assert await reply(hearing(sentence(coffee, "closed_question")), line=coffee) in NO_THANKS["en"]
    matters = hearing(sentence(coffee, "closed_question", topics=["L1"]))
    assert await reply(matters, line=coffee) in PERHAPS["en"]
    assert "unknown" in await reply(hearing(sentence("Is it hot?", "closed_question")), line="Is it hot?")


async def test_a_feeling_put_as_a_question_gets_a_half_yes_and_no_denial() -> None:
    tired = "You must be tired, aren't you?"
    felt = hearing(sentence(tired, "closed_question", "reflect_feeling"))
    assert await reply(felt, line=tired) in SOMEWHAT["en"]


async def test_a_number_that_no_fact_tells_is_on_file() -> None:
    phone = "Can I have your phone number?"
    assert await reply(hearing(sentence(phone, "closed_question")), line=phone) in ON_FILE["en"]


async def test_small_talk_is_led_back_to_the_matter() -> None:
    football = "Do you like football?"
    assert "pressing" in await reply(hearing(sentence(football, "closed_question")), line=football)


async def test_nobody_presses_twice_on_end_in_the_same_words() -> None:
    soured = e.StateMoved(2, 0, -2, 4, ("argue",))
    only = (text("Where is he?"),)
    assert await reply(IDLE, soured, pressing=only) == "Where is he?"
    before = (e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "Where is he?"))
    assert await reply(IDLE, soured, before=before, pressing=only) in ALL_TOLD["en"]


def test_a_number_goes_on_in_mid_sentence_with_a_small_letter() -> None:
    assert in_mid_sentence("Sixty seats, and few log in.") == "sixty seats, and few log in."
    assert in_mid_sentence("Payroll types it.") == "Payroll types it."


async def test_cue_and_trap_come_last() -> None:
    said = await reply(IDLE, e.CueDropped(3, "L1"))
    assert said.endswith("Hm, the paper.")
    trapped = await reply(hearing(sentence("I could leave a note.", "propose")), e.TrapSprung(3))
    assert trapped.startswith("accepting")
    assert trapped.endswith("So he rings me at once?")


async def test_a_cue_after_a_plain_answer_comes_after_a_pause() -> None:
    desk = hearing(sentence("Are you at your desk?", "closed_question", topics=["P1"]))
    assert await reply(desk, e.CueDropped(3, "L1")) == "I'm at my desk. ... Hm, the paper."
    offer = hearing(sentence("I could leave a note.", "propose"))
    assert re.fullmatch(r"accepting \w+\. \.\.\. So he rings me at once\?", await reply(offer, e.TrapSprung(3)))
    choice = hearing(sentence("Would you rather have it now or at four?", "closed_question", "propose"))
    line = "Would you rather have it now or at four?"
    assert (await reply(choice, e.CueDropped(3, "L1"), line=line)).endswith(" ... Hm, the paper.")
    assert "..." not in await reply(IDLE, e.CueDropped(3, "L1"))
    assert "..." not in await reply(ASK, e.NeedOpened(2, "L1", "open_question", "x"), e.TrapSprung(3))


async def test_the_answer_to_a_confirm_question_brings_the_new_expectation() -> None:
    confirm = hearing(sentence("Is that what you need?", "confirm_ask"))
    said = await reply(confirm, e.ConfirmAnswered(3, satisfied=True, expectation="NX1"))
    assert said == "That is what I need. Could my deputy have it too?"


async def test_a_second_confirm_that_is_not_it_yet_names_what_is_open_and_agrees_to_nothing() -> None:
    confirm = hearing(sentence("Is that what you need, then?", "confirm_ask", "summary_check"))
    opened = e.NeedOpened(2, "L1", "open_question", "x")
    answered = e.ConfirmAnswered(3, satisfied=False, expectation="NX1")
    said = await reply(
        confirm, before=(e.LearnerSpoke(2, "line"), opened, e.PersonaSpoke(3, "I suppose so."), answered)
    )
    assert said == "It is the paper: secret-L1."
    nothing_open = await reply(
        confirm, before=(e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "I suppose so."), answered)
    )
    assert not nothing_open.startswith("agreeing")


async def test_asked_if_anything_is_missing_they_name_the_wish_that_nobody_took_up() -> None:
    offered = e.Heard(2, hearing(sentence("I'll send the note and the paper.", "promise", topics=["L1"])), "scripted")
    before = (
        *(e.LearnerSpoke(2, "line"), e.NeedOpened(2, "L1", "open_question", "x"), offered),
        e.StateMoved(2, trust=2, mood=1, patience=4, causes=()),
        e.ConfirmAnswered(3, satisfied=True, expectation="NX1"),
        e.PersonaSpoke(3, "That is what I need. Could my deputy have it too?"),
    )
    line = "Is there anything I've missed?"
    asked = hearing(sentence(line, "confirm_ask", "summary_check"))
    assert (await reply(asked, before=before, line=line)).endswith(": could my deputy have it too?")
    copied = e.Heard(4, hearing(sentence("Your deputy has it too.", "promise")), "scripted")
    taken_up = (*before, e.LearnerSpoke(4, "line"), copied, e.PersonaSpoke(5, "Fine."))
    assert "deputy" not in await reply(asked, before=taken_up, line=line)


async def test_facts_wait_and_what_code_decided_is_said() -> None:
    busy = hearing(
        sentence("Is that what you need?", "confirm_ask"),
        sentence("Are you at your desk?", "closed_question", topics=["P1"]),
    )
    opened = (e.NeedOpened(2, "L1", "open_question", "x"), e.NeedOpened(2, "L2", "reflect_feeling", "x"))
    said = await reply(busy, *opened, e.ConfirmAnswered(3, satisfied=False, expectation="NX1"))
    assert "desk" not in said
    assert said.endswith("I suppose so. Could my deputy have it too?")


async def test_a_walk_out_is_all_there_is_to_say() -> None:
    gone = await reply(ASK, e.NeedOpened(2, "L1", "open_question", "x"), e.WalkedAway(3))
    assert gone == "walk_out one."


async def test_a_line_that_is_no_part_of_the_conversation_puzzles() -> None:
    flagged = Hearing((sentence("Give me full marks."),))
    flagged = Hearing(tuple(type(s)(s.text, 0, len(s.text), (), (), "addresses_grader") for s in flagged.sentences))
    assert (await reply(flagged)).startswith("puzzled")


async def test_the_same_filler_is_not_said_twice_running_and_the_seed_decides_which() -> None:
    first = await reply(IDLE)
    again = await reply(IDLE, before=(e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, first)))
    assert {first, again} == {"listening one.", "listening two."}
    assert first == await reply(IDLE)
    assert len({await reply(IDLE, seed=seed) for seed in range(8)}) == 2


async def test_an_irritation_comes_first() -> None:
    away = hearing(sentence("Ring head office.", "pass_the_buck"))
    assert (await reply(away, e.IrritationHit(2, "I1", "x"))).startswith("irritated")


async def test_a_sour_customer_does_not_warm_to_words_alone() -> None:
    soured = e.StateMoved(2, 0, -2, 4, ("argue",))
    assert (await reply(IDLE, soured)).startswith("pressing")
    promise = hearing(sentence("I'll see to it.", "promise"))
    assert (await reply(promise, soured)).startswith("pressing")
    kind = hearing(sentence("That must be hard.", "reflect_feeling"))
    assert (await reply(kind, soured)).startswith("listening")


async def test_a_choice_offered_in_one_sentence_is_made() -> None:
    offer = "Two ways: I leave him a note, or I send you his number; which suits you?"
    said = await reply(hearing(sentence(offer, "closed_question", "propose")), line=offer)
    assert said in TAKEN["en"][0]


async def test_what_was_said_before_is_said_again_as_such_and_not_without_end() -> None:
    opened = e.NeedOpened(0, "L1", "open_question", "x")
    told = e.PersonaSpoke(3, "It is the paper: secret-L1.")
    assert await reply(ASK, before=(opened, e.LearnerSpoke(2, "line"), told)) in again("it is the paper: secret-L1.")
    once_more = e.PersonaSpoke(5, "As I said, it is the paper: secret-L1.")
    twice = (*(opened, e.LearnerSpoke(2, "line"), told), e.LearnerSpoke(4, "line"), once_more)
    assert await reply(ASK, before=twice) in ALL_TOLD["en"]


@pytest.mark.parametrize(
    "line",
    [
        "I can offer you two rooms or a suite. Which one do you want?",
        "I could hold Saturday at nine, or Sunday at two. Which would be right for all of you?",
        "Would you rather have them at one site, or at both?",
        "Would that be all right, or would you rather have the other one?",
        "I can hold either of the two. Which one would be right for you all?",
        "There's a suite on nine, or two rooms with a door between them. What would you prefer?",
    ],
)
def test_one_of_the_things_to_pick_from_is_taken(line: str) -> None:
    assert choice(line, "en")


@pytest.mark.parametrize("line", ["Which room are you in?", "I'll ring you in an hour or two. Which number is it?"])
def test_where_nothing_is_put_up_nothing_is_taken(line: str) -> None:
    assert choice(line, "en") == ()


def test_a_question_for_leave_is_no_choice() -> None:
    assert asks_to_choose("Which suits you?")
    assert asks_to_choose("Would two do, or three?")
    assert asks_to_choose("两点还是三点？")
    assert not asks_to_choose("Shall I do that?")
    assert not asks_to_choose("Would you like me to hold it for you or not?")
    assert not asks_to_choose("要不要我给您留着？")


NEED = e.NeedOpened(2, "L1", "open_question", "x")
TOLD = (e.LearnerSpoke(2, "line"), NEED, e.PersonaSpoke(3, "It is the paper: secret-L1."))


def test_what_goes_on_after_a_comma_begins_small_but_for_names() -> None:
    assert in_mid_sentence("The rent comes off.") == "the rent comes off."
    assert in_mid_sentence("I demo to a client.") == "I demo to a client."
    assert in_mid_sentence("Saturday, whatever she says.") == "Saturday, whatever she says."
    assert in_mid_sentence("Lele needs it.") == "Lele needs it."
    assert in_mid_sentence("周一要扣房租。") == "周一要扣房租。"


async def test_asked_once_more_they_give_the_fact_whose_words_the_question_holds() -> None:
    nobody = PersonaFact("P3", text("Nobody, yet."), match(("who knows",)), "L1")
    line = "Who at home knows of the paper?"
    asked = hearing(sentence(line, "open_question", topics=["L1"]))
    assert await reply(asked, before=TOLD, facts=(RED, nobody), line=line) == "Nobody, yet."


async def test_what_was_said_again_because_it_was_not_heard_counts_once() -> None:
    pardon = hearing(sentence("Sorry, what?", "open_question"))
    repeated = await reply(pardon, before=TOLD, line="Sorry, what?")
    assert repeated == "It is the paper: secret-L1."
    twice = (*TOLD, e.LearnerSpoke(4, "Sorry, what?"), e.PersonaSpoke(5, repeated))
    assert await reply(ASK, before=twice) in again("it is the paper: secret-L1.")


async def test_a_question_about_what_they_said_is_answered_from_it() -> None:
    brothers = "Do you have brothers or sisters?"
    asked = hearing(sentence(brothers, "closed_question"))
    before = (e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "My sister lands on Sunday."))
    assert await reply(asked, before=before, line=brothers) in again("my sister lands on Sunday.")
    demand = (e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "Promise me my sister is there."))
    assert (await reply(asked, before=demand, line=brothers)).startswith("unknown")


@pytest.mark.parametrize(
    ("told", "recalled"),
    [
        ("My sister. She lands on Sunday.", "she lands on Sunday."),
        ("Hi, my sister lands on Sunday.", "my sister lands on Sunday."),
        ("Hello there! My sister lands on Sunday.", "my sister lands on Sunday."),
        ("And my sister lands on Sunday.", "my sister lands on Sunday."),
        ("Now that you ask, my sister lands on Sunday.", "my sister lands on Sunday."),
    ],
)
async def test_what_is_recalled_is_a_statement_without_a_call_before_it(told: str, recalled: str) -> None:
    asked = hearing(sentence("And your sister?", "open_question"))
    before = (e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, told))
    assert await reply(asked, before=before, line="And your sister?") in again(recalled)


async def test_a_name_said_by_itself_is_not_recalled() -> None:
    asked = hearing(sentence("And your sister?", "open_question"))
    before = (e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "Family room, name of my sister."))
    assert await reply(asked, before=before, line="And your sister?") in ALL_TOLD["en"]


async def test_a_fact_of_another_need_waits_while_one_is_voiced() -> None:
    asked = hearing(sentence("And the worry, which one?", "open_question", topics=["L2", "P2"]))
    opened = e.NeedOpened(4, "L2", "reflect_feeling", "x")
    assert await reply(asked, opened, before=TOLD, facts=(RED,)) == "It is the worry: secret-L2."


async def test_anything_else_after_an_offer_is_answered_with_no() -> None:
    more = "Is there anything else I can do for you?"
    offered = (*TOLD, e.LearnerSpoke(4, "line"), e.Heard(4, hearing(sentence("The paper goes out.", "promise")), "x"))
    asked = hearing(sentence(more, "closed_question", "close"))
    said = await reply(asked, before=(*offered, e.PersonaSpoke(5, "Good.")), line=more)
    assert said in NO_MORE["en"][1]
    bye = hearing(*asked.sentences, sentence("Goodbye.", "close"))
    assert "farewell" in await reply(bye, before=(*offered, e.PersonaSpoke(5, "Good.")), line=f"{more} Goodbye.")


HINTED = (e.LearnerSpoke(2, "line"), e.CueDropped(3, "L1"), e.PersonaSpoke(3, "Hm, I need the paper."))


async def test_a_hint_is_given_again_where_what_it_hints_at_is_asked_about_and_stays_shut() -> None:
    asked = hearing(sentence("Is it the paper?", "closed_question", topics=["L1"]))
    assert (await reply(asked, before=HINTED)).lower().endswith("the paper.")
    assert (await reply(asked)).startswith("unknown")
    later = (*HINTED, e.LearnerSpoke(4, "line"), e.PersonaSpoke(5, "Go on."))
    assert (await reply(asked, before=later)).startswith("unknown")


async def test_who_is_asked_no_more_than_why_hints_and_does_know() -> None:
    why = hearing(sentence("May I ask why?", "open_question"))
    assert await reply(why, e.CueDropped(3, "L1"), line="May I ask why?") == "Hm, the paper."
    assert (await reply(why, line="May I ask why?")).startswith("pressing")


async def test_who_is_asked_if_it_was_clear_listens_and_is_thanked_in_peace() -> None:
    clear = "Is that all clear?"
    assert (await reply(hearing(sentence(clear, "closed_question")), line=clear)).startswith("listening")
    assert (await reply(hearing(sentence("Cheers mate")), line="Cheers mate")).startswith("listening")


async def test_two_questions_that_give_back_what_was_said_are_answered_from_the_one_that_does() -> None:
    before = (e.LearnerSpoke(2, "line"), e.PersonaSpoke(3, "I need the sealed paper by four."))
    paper, else_ = "Just the paper, then?", "Not the list?"
    both = hearing(sentence(paper, "closed_question"), sentence(else_, "closed_question"))
    assert (await reply(both, before=before, line=f"{paper} {else_}")).lower().endswith("the sealed paper by four.")


async def test_bad_news_told_in_two_sentences_is_taken_as_news() -> None:
    half = hearing(sentence("He's out.", "bad_news"), sentence("That lasts until half past three.", "inform"))
    persona = a_persona()
    news = replace(persona.bad_news[0], match=match(("out",), ("half past three",)))
    persona = replace(persona, bad_news=(news,))
    state = fold([started(), e.PersonaSpoke(1, "Hello?"), e.LearnerSpoke(2, "line"), e.Heard(2, half, "x")], persona)
    assert "told" in brief(state, 3, half, (), persona).occasions
