"""What is read off the words of a talk that nobody recorded."""

from __future__ import annotations

from simulator.conversation.reconstruct import reconstruct
from simulator.domain.acts import Hearing
from simulator.domain.scorecard import NeedRecord
from simulator.domain.transcript import Speaker, Transcript, Turn
from tests.fakes import a_persona, hearing, sentence

PERSONA = a_persona()  # L1 opens to an open question on the paper, L2 to a feeling named on the worry


def talk(*said: tuple[Speaker, str]) -> Transcript:
    return Transcript(tuple(Turn(n, speaker, text) for n, (speaker, text) in enumerate(said, 1)), "en")


def needs(hearings: dict[int, Hearing], *said: tuple[Speaker, str]) -> dict[str, NeedRecord]:
    return {need.id: need for need in reconstruct(talk(*said), hearings, PERSONA).needs}


def test_a_need_voiced_after_its_act_was_elicited_and_the_sentence_on_its_topic_is_shown() -> None:
    asks = hearing(
        sentence("May I have your name?", "open_question"),
        sentence("And the paper?", "open_question", topics=["L1"]),
    )
    found = needs({1: asks}, ("learner", "May I have your name? And the paper?"), ("persona", "It is secret-L1."))
    assert found["L1"] == NeedRecord("L1", "elicited", 2, 1, "And the paper?", reconstructed=True)
    assert found["L2"] == NeedRecord("L2", "missed", reconstructed=True)


def test_without_a_sentence_on_its_topic_the_first_that_has_its_act_is_shown() -> None:
    asks = hearing(sentence("One moment.", "inform"), sentence("What else?", "open_question"))
    found = needs({1: asks}, ("learner", "One moment. What else?"), ("persona", "It is secret-L1."))
    assert found["L1"].span == "What else?"


def test_a_need_voiced_after_another_act_or_before_anybody_spoke_was_volunteered() -> None:
    told = {2: hearing(sentence("He is out.", "inform"))}
    found = needs(told, ("persona", "It is secret-L2."), ("learner", "He is out."), ("persona", "It is secret-L1."))
    assert {need.id: (need.outcome, need.turn) for need in found.values()} == {
        "L1": ("volunteered", 3),
        "L2": ("volunteered", 1),
    }


def test_a_sentence_in_another_language_than_the_rest_of_its_turn_is_read_in_its_own() -> None:
    told = "It is secret-L1. 这件事说来话长，我已经在这里等了一个多小时了，谁都没有来过。"
    assert needs({}, ("persona", told))["L1"].outcome == "volunteered"


def test_what_was_asked_counts_though_the_learner_goes_on_before_the_answer() -> None:
    heard = {1: hearing(sentence("What is it for?", "open_question")), 2: hearing(sentence("Lovely day.", "inform"))}
    asks: tuple[tuple[Speaker, str], ...] = (("learner", "What is it for?"), ("learner", "Lovely day."))
    found = needs(heard, *asks, ("persona", "It is secret-L1."))
    assert (found["L1"].outcome, found["L1"].by_turn) == ("elicited", 1)
    later = needs(heard, asks[0], ("persona", "Why?"), asks[1], ("persona", "It is secret-L1."))
    assert later["L1"].outcome == "volunteered"


def test_the_new_expectation_is_raised_only_after_a_confirm_question() -> None:
    asked = {2: hearing(sentence("Does that suit you?", "confirm_ask"))}
    spoken: tuple[tuple[Speaker, str], ...] = (
        ("persona", "My deputy told me."),
        ("learner", "Does that suit you?"),
        ("persona", "Could my deputy have it too?"),
    )
    assert reconstruct(talk(*spoken), asked, PERSONA).expectation_turn == 3
    assert reconstruct(talk(*spoken), {}, PERSONA).expectation_turn is None


def test_the_push_for_a_promise_is_the_last_turn_that_asks_for_it() -> None:
    spoken: tuple[tuple[Speaker, str], ...] = (
        ("persona", "He never did ring."),
        ("learner", "I see."),
        ("persona", "So he will ring me at once?"),
        ("learner", "I'll ask him."),
        ("persona", "Good, I'll wait for the ring."),
    )
    assert reconstruct(talk(*spoken), {}, PERSONA).trap_turn == 3
    assert reconstruct(talk(*spoken[:2]), {}, PERSONA).trap_turn == 1
    assert reconstruct(talk(spoken[1]), {}, PERSONA).trap_turn is None
