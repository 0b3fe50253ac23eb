from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.conversation import ledger, offers, promise_ledger
from simulator.conversation.ledger import Ledger, partly_told, told_in_parts
from simulator.domain.acts import ActSpan, HeardSentence
from simulator.domain.learner import Authority, AuthorityItem
from simulator.domain.scorecard import NeedRecord, Promise, Quote
from simulator.domain.transcript import Transcript, Turn
from tests.fakes import a_persona, hearing, match, sentence, text

NEEDS = (NeedRecord("L1", "elicited", 3, 2), NeedRecord("L2", "missed"))


def ledger_of(*lines: tuple[HeardSentence, ...], expectation: int | None = None) -> Ledger:
    """The ledger of a talk in which the learner's n-th line is turn 2n and the customer only says Hm."""
    turns = [Turn(1, "persona", "Hello?")]
    hearings = {}
    for index, line in enumerate(lines, start=1):
        turns += [Turn(2 * index, "learner", " ".join(s.text for s in line)), Turn(2 * index + 1, "persona", "Hm.")]
        hearings[2 * index] = hearing(*line)
    return ledger.read(Transcript(tuple(turns), "en"), hearings, a_persona(), NEEDS, expectation)


def promised(*texts: str) -> tuple[Promise, ...]:
    return ledger_of(*((sentence(text, "promise"),) for text in texts)).promises


def test_an_offer_answers_what_was_said_or_nothing() -> None:
    paper = (sentence("I could send the paper.", "propose"),)
    hidden = (sentence("I could own it for you.", "propose"),)
    idle = (sentence("One moment.", "inform"),)
    book = ledger_of(idle, paper, hidden)
    assert [(offer.turn, offer.items) for offer in book.offers] == [(4, ("OC2",))]
    assert (book.first_offer_turn, book.last_offer_turn) == (4, 4)


def test_a_brush_off_is_an_offer_and_an_unknown_proposal_is_unplaced() -> None:
    away = (sentence("Try head office.", "pass_the_buck"),)
    other = (sentence("We could send a pigeon.", "propose"),)
    book = ledger_of(away, other)
    assert [offer.brush_off for offer in book.offers] == [True, False]
    assert [offer.text for offer in book.unplaced_offers] == ["We could send a pigeon."]


def test_offers_after_the_new_expectation_belong_to_the_next_loop() -> None:
    note = (sentence("I could leave a note.", "propose"),)
    assert ledger_of(note, note, expectation=3).last_offer_turn == 2


def test_the_words_that_meet_an_item_are_kept_and_a_question_meets_none() -> None:
    asked = (sentence("Shall there be a note?", "closed_question"),)
    written = (sentence("I am writing the note now.", "act_now"),)
    covered = ledger_of(asked, written).coverage
    assert covered == {"OC1": Quote(4, "I am writing the note now.")}


def test_what_a_word_stands_for_is_named_in_the_sentence_before() -> None:
    plain = a_persona()
    item = replace(plain.checklist.complete[0], match=match(("seat",), ("hold",)))
    persona = replace(plain, checklist=replace(plain.checklist, complete=(item,)))

    def met(*line: HeardSentence) -> set[str]:
        return set(offers.coverage({2: hearing(*line)}, persona))

    seat = sentence("There is one seat left.", "inform")
    assert met(seat, sentence("I'll hold it until six.", "promise")) == {item.id}
    assert met(seat, sentence("I'll hold the line until six.", "promise")) == set()
    assert met(seat, sentence("I'll paint it.", "promise")) == set()
    assert met(seat, sentence("Nobody will hold it.", "inform")) == set()
    assert met(seat, sentence("Right.", "greet"), sentence("I'll hold it until six.", "promise")) == set()


def test_a_recap_that_undertakes_something_meets_an_item() -> None:
    given_back = (sentence("So, the note.", "summary_check"),)
    undertaken = (sentence("So, I send the note by four.", "summary_check", "promise"),)
    assert not ledger_of(given_back).coverage
    assert set(ledger_of(undertaken).coverage) == {"OC1"}


def test_bad_news_is_told_by_a_statement_not_by_a_question() -> None:
    asked = (sentence("Is half past three too late?", "closed_question"),)
    stated = (sentence("He is out until half past three.", "inform"),)
    assert ledger_of(asked).told == {"B1": None}
    told = ledger_of(asked, stated).told["B1"]
    assert told is not None
    assert (told.turn, told.text) == (4, "He is out until half past three.")


def test_bad_news_is_told_by_what_stands_before_a_question() -> None:
    words, ask = "He is out until half past three, can you wait?", "can you wait?"
    tells = replace(sentence(words, "closed_question"), acts=(ActSpan("closed_question", ask),))
    assert ledger_of((tells,)).told == {"B1": Quote(2, words)}
    asks = replace(tells, acts=(ActSpan("closed_question", words),))
    checks = replace(tells, acts=(*tells.acts, ActSpan("summary_check", words)))
    assert ledger_of((asks,), (checks,)).told == {"B1": None}


def test_news_told_over_several_sentences_is_quoted_where_most_of_it_stands() -> None:
    news = replace(a_persona().bad_news[0], match=match(("he", "ms chen"), ("half past three",), ("demo",)))
    told = (
        sentence("All right, Ms Chen.", "affirm"),
        sentence("He's back at half past three.", "inform"),
        sentence("There's a demo.", "inform"),
    )
    turns = (Turn(1, "persona", "Hello?"), Turn(2, "learner", " ".join(one.text for one in told)))
    persona = a_persona(bad_news=(news,))
    book = ledger.read(Transcript(turns, "en"), {2: hearing(*told)}, persona, NEEDS, None)
    assert book.told == {"B1": Quote(2, "He's back at half past three.")}


def test_news_told_in_part_is_the_limit_that_names_it_or_what_completes_it_later() -> None:
    news = match(("half past three",), ("he is out", "not here"))
    limit = hearing(sentence("I'm afraid he is out.", "state_limit"))
    plain = hearing(sentence("He is out.", "inform"))
    later = hearing(sentence("Half past three, then.", "inform"))
    asked = hearing(sentence("Is half past three too late?", "closed_question"))
    assert partly_told(news, {2: limit}) == Quote(2, "I'm afraid he is out.")
    assert partly_told(news, {2: plain, 4: later}) == Quote(4, "Half past three, then.")
    assert partly_told(news, {2: plain}) is None
    assert partly_told(news, {2: plain, 4: asked}) is None


def test_news_is_told_in_parts_where_every_part_is_stated() -> None:
    news = match(("half past three",), ("he is out", "not here"))
    plain = hearing(sentence("He is out.", "inform"))
    later = hearing(sentence("Half past three, then.", "inform"))
    asked = hearing(sentence("Is half past three too late?", "closed_question"))
    assert told_in_parts(news, {2: plain, 4: later})
    assert not told_in_parts(news, {2: plain, 4: asked})


def test_news_that_no_item_knows_is_unplaced() -> None:
    other = (sentence("I'm afraid the office is closed.", "bad_news"),)
    assert [quote.text for quote in ledger_of(other).unplaced_news] == ["I'm afraid the office is closed."]


def test_what_is_pushed_for_and_the_last_wish_leave_no_news_unplaced() -> None:
    pushed = (sentence("I'm afraid he can't ring you.", "bad_news"),)
    limit = (sentence("I can't say that yet.", "state_limit"),)
    assert ledger_of(pushed).unplaced_news == ()
    assert ledger_of(pushed, limit, expectation=3).unplaced_news == ()
    assert len(ledger_of(pushed, limit).unplaced_news) == 1


@pytest.mark.parametrize(
    ("text", "promise_class", "within", "item"),
    [
        ("I guarantee he'll ring you.", "P5", False, "N1"),
        ("I'll send the file now.", "P3", True, "M1"),
        ("He will ring you in ten minutes.", "P4", False, "N1"),
        ("I'll have it here by four.", "P4", False, "K1"),
        ("I'll have it here by four if Finance stamps it.", "P2", True, "K1"),
        ("I'll see what I can do.", "P1", None, None),
        ("I'll water the plants.", "P1", None, None),
    ],
)
def test_a_promise_is_classed_by_its_form_and_the_authority(
    text: str,
    promise_class: str,
    within: bool | None,  # noqa: FBT001 -- a table
    item: str | None,
) -> None:
    (promise,) = promised(text)
    assert (promise.promise_class, promise.within_authority, promise.item) == (promise_class, within, item)


@pytest.mark.parametrize(
    "text", ["I can't guarantee he'll ring you.", "He said he would ring you.", "Shall I ask him to ring you?"]
)
def test_what_is_negated_reported_or_asked_is_no_promise(text: str) -> None:
    assert promised(text) == ()


def test_a_summary_of_needs_promises_nothing() -> None:
    assert ledger_of((sentence("So you'd have me send the file, right?", "summary_check"),)).promises == ()


def test_a_recap_promises_what_it_undertakes_for_the_first_time() -> None:
    (over,) = ledger_of((sentence("So he rings you by four, okay?", "summary_check", "promise"),)).promises
    assert (over.promise_class, over.item, over.turn) == ("P4", "N1", 2)


def test_a_recap_repeats_a_promise_and_makes_no_second_one() -> None:
    made = (sentence("He will ring you in ten minutes.", "promise"),)
    again = (sentence("So he rings you by four, okay?", "summary_check", "promise"),)
    assert [promise.turn for promise in ledger_of(made, again).promises] == [2]


def test_a_withdrawal_takes_back_the_promise_it_shares_words_with() -> None:
    back = (sentence("I take back that he'll ring you.", "withdraw_promise"),)
    said = ((sentence(text, "promise"),) for text in ("I'll send the file now.", "He will ring you in ten minutes."))
    first, second = ledger_of(*said, back).promises
    assert (first.withdrawn_at, second.withdrawn_at) == (None, 6)


def test_a_bare_withdrawal_takes_back_the_latest_promise_outside_authority() -> None:
    back = (sentence("I take that back.", "withdraw_promise"),)
    said = ((sentence(text, "promise"),) for text in ("He will ring you in ten minutes.", "I'll send the file now."))
    over, fine = ledger_of(*said, back).promises
    assert (over.withdrawn_at, fine.withdrawn_at) == (6, None)


def test_a_withdrawal_that_names_something_else_takes_nothing_back() -> None:
    back = (sentence("I take back what I said about the file.", "withdraw_promise"),)
    (over,) = ledger_of((sentence("He will ring you in ten minutes.", "promise"),), back).promises
    assert (over.promise_class, over.withdrawn_at) == ("P4", None)


def test_a_promise_said_twice_in_one_turn_is_one() -> None:
    twice = (sentence("I'll send the file.", "promise"), sentence("I'll send the file.", "promise"))
    assert len(ledger_of(twice).promises) == 1
    assert len(ledger_of(twice[:1], twice[1:]).promises) == 2


def test_a_condition_that_was_said_with_the_item_need_not_be_said_again() -> None:
    first, again = promised("I'll have it there by four if Finance agrees.", "I'll send the file by four.")
    assert (first.promise_class, again.promise_class, again.within_authority) == ("P2", "P2", True)


def test_a_condition_said_about_something_else_does_not_cover_the_item() -> None:
    _, file = promised("I'll write to you if Finance agrees.", "I'll send the file by four.")
    assert (file.promise_class, file.within_authority) == ("P4", False)


def test_a_bare_conditional_item_is_outside_authority_whatever_else_is_promised() -> None:
    (promise,) = promised("I'll send the file by four.")
    assert (promise.promise_class, promise.item) == ("P4", "K1")


@pytest.mark.parametrize(
    "text",
    [
        "I will never ring you about it.",
        "We will not call you.",
        "I promise you we will never ring you.",
        "We will not have it here by four.",
    ],
)
def test_what_is_forgone_is_neither_forbidden_nor_waits_for_a_condition(text: str) -> None:
    (promise,) = promised(text)
    assert (promise.promise_class, promise.within_authority, promise.item) == ("P1", None, None)


def test_what_is_forgone_may_be_within_authority() -> None:
    (promise,) = promised("I won't share the file.")
    assert (promise.promise_class, promise.within_authority, promise.item) == ("P3", True, "M1")


@pytest.mark.parametrize(
    "text",
    [
        "I can't have him ring you, but I'll send the file now.",
        "I'll send the file now, but I won't have him ring you.",
        "I'll send the file, and I can't say that he'll call you or ring you.",
    ],
)
def test_what_cannot_or_will_not_be_done_is_not_what_is_promised_beside_it(text: str) -> None:
    (promise,) = promised(text)
    assert (promise.promise_class, promise.item) == ("P3", "M1")


@pytest.mark.parametrize(
    "text",
    [
        "I won't send the file, but he'll ring you at three.",
        "I won't send the file, he will ring you.",
        "I can't send the file and I'll have him ring you.",
    ],
)
def test_what_is_promised_beside_a_refusal_is_judged_all_the_same(text: str) -> None:
    (promise,) = promised(text)
    assert (promise.promise_class, promise.item) == ("P4", "N1")


def test_vouching_beside_what_is_forgone_vouches_all_the_same() -> None:
    (promise,) = promised("A call is guaranteed, he'll ring you, and I won't share the file.")
    assert (promise.promise_class, promise.item) == ("P5", "N1")


SERVICE = replace(
    a_persona(),
    profile=replace(
        a_persona().profile,
        learner=replace(
            a_persona().profile.learner,
            authority=Authority(
                may=(AuthorityItem("M1", text("word"), match(("tell you", "myself"))),),
                conditional=(),
                may_not=(
                    AuthorityItem("N1", text("a viewing"), match(("see him",))),
                    AuthorityItem("N2", text("the service"), match(("service", "it"), ("on saturday",))),
                ),
            ),
        ),
    ),
)
"""May tell what is possible; may promise neither a viewing nor the day of the service, which `it` may stand for."""


@pytest.mark.parametrize(
    "back",
    [
        "I take that back, I can't promise it.",
        "I got ahead of myself.",
        "I shouldn't have told you that.",
        "I take it back.",
    ],
)
def test_words_that_only_point_name_nothing_in_a_withdrawal(back: str) -> None:
    lines = ("Your mother will see him.", "Fine.", back)
    turns = tuple(Turn(n, "learner", line) for n, line in enumerate(lines, start=1))
    heard = {1: hearing(sentence(lines[0], "promise")), 3: hearing(sentence(back, "withdraw_promise"))}
    (over,) = promise_ledger.promises(Transcript(turns, "en"), heard, SERVICE)
    assert (over.promise_class, over.withdrawn_at) == ("P4", 3)


def test_a_bare_withdrawal_takes_back_the_last_promise_where_none_is_outside_authority() -> None:
    back = (sentence("I take that back.", "withdraw_promise"),)
    said = ((sentence(text, "promise"),) for text in ("I'll send the file now.", "I'll water the plants."))
    file, plants = ledger_of(*said, back).promises
    assert (file.withdrawn_at, plants.withdrawn_at) == (None, 6)


def test_of_two_promises_a_withdrawal_takes_back_the_one_it_shares_most_with() -> None:
    back = (sentence("I take back that I send the file and he rings you.", "withdraw_promise"),)
    said = ((sentence(text, "promise"),) for text in ("He'll ring you and send the file.", "I'll send the file."))
    both, file = ledger_of(*said, back).promises
    assert (both.withdrawn_at, file.withdrawn_at) == (6, None)


@pytest.mark.parametrize("again", ["Actually, I'll send the file by four.", "I'll send the file by four, actually."])
def test_what_is_promised_against_an_earlier_condition_is_not_conditional(again: str) -> None:
    *_, bare = promised("I'll have it there by four if Finance agrees.", again)
    assert (bare.promise_class, bare.item) == ("P4", "K1")


def test_a_condition_said_with_such_a_promise_counts() -> None:
    (promise,) = promised("Actually, I'll have it by four, Finance willing.")
    assert (promise.promise_class, promise.item) == ("P2", "K1")


def test_a_condition_named_as_a_case_that_changes_nothing_is_none() -> None:
    (promise,) = promised("I'll have it by four, even if Finance says no.")
    assert (promise.promise_class, promise.item) == ("P4", "K1")
    (again,) = promised("Actually, I'll have it by four, even if Finance says no.")
    assert again.promise_class == "P4"


def test_an_offer_that_is_taken_up_is_a_promise() -> None:
    def kept(answer: str, *line: HeardSentence) -> tuple[str, ...]:
        turns = (Turn(1, "persona", "Hello?"), Turn(2, "learner", "line"), Turn(3, "persona", answer))
        made = promise_ledger.promises(Transcript(turns, "en"), {2: hearing(*line)}, a_persona())
        return tuple(promise.quote for promise in made)

    chart = sentence("I can have your chart by half past four.", "propose")
    assert kept("Fine. Do that.", chart) == ("I can have your chart by half past four",)
    assert kept("No, that's too late.", chart) == ()
    assert kept("Fine. Do that.", chart, sentence("I can send the file.", "propose")) == ()
    assert kept("Fine. Do that.", sentence("I can send it by post or by mail.", "propose")) == ()


def test_a_bare_yes_is_no_promise_beside_the_one_that_follows() -> None:
    turns = (Turn(1, "persona", "Could you send the file?"), Turn(2, "learner", "line"), Turn(3, "persona", "Hm."))
    line = (sentence("Of course!", "promise"), sentence("I'll send the file at noon.", "promise"))
    made = promise_ledger.promises(Transcript(turns, "en"), {2: hearing(*line)}, a_persona())
    assert [promise.quote for promise in made] == ["I'll send the file at noon"]
    alone = promise_ledger.promises(Transcript(turns, "en"), {2: hearing(line[0])}, a_persona())
    assert [promise.quote for promise in alone] == ["Of course"]


def test_what_stands_before_a_promise_is_not_what_it_waits_for() -> None:
    (promise,) = promised("It may be in by four, and I'll send the file.")
    assert (promise.promise_class, promise.item) == ("P3", "M1")
    (promise,) = promised("Whether he can ring you or not, I'll send the file.")
    assert (promise.promise_class, promise.item) == ("P3", "M1")
    (promise,) = promised("I'll send the file, and he'll ring you.")
    assert (promise.promise_class, promise.item) == ("P4", "N1")


@pytest.mark.parametrize(
    ("line", "act", "classes"),
    [
        ("We can have him ring you tonight.", "propose", ["P4"]),
        ("You can have him ring you tonight.", "inform", ["P4"]),
        ("Could he ring you tonight?", "closed_question", []),
        ("You said that he can ring you.", "summary_check", []),
        ("He can't ring you.", "refuse", []),
        ("We can have him ring you and send the file.", "propose", []),
        ("We can have him write to you.", "propose", []),
    ],
)
def test_what_nobody_may_promise_misleads_before_it_is_taken_up(line: str, act: str, classes: list[str]) -> None:
    assert [promise.promise_class for promise in ledger_of((sentence(line, act),)).promises] == classes
