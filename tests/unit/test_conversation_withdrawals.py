"""Which promise a withdrawal takes back, where it stretches over neighbouring sentences."""

from __future__ import annotations

from simulator.conversation import promise_ledger
from simulator.domain.acts import HeardSentence
from simulator.domain.transcript import Transcript, Turn
from tests.fakes import a_persona, hearing, sentence


def after_two_promises(*back: HeardSentence) -> tuple[int | None, int | None]:
    """When the call outside authority, and then the file within it, were taken back."""
    call, file = sentence("He will ring you in ten minutes.", "promise"), sentence("I'll send the file now.", "promise")
    heard = {2: hearing(call), 4: hearing(file), 6: hearing(*back)}
    turns = (Turn(n, "learner", " ".join(one.text for one in heard[n].sentences)) for n in heard)
    first, second = promise_ledger.promises(Transcript(tuple(turns), "en"), heard, a_persona())
    return first.withdrawn_at, second.withdrawn_at


def test_a_bare_withdrawal_takes_back_what_its_neighbour_names() -> None:
    back = sentence("I was wrong.", "withdraw_promise")
    assert after_two_promises(back, sentence("I can't send the file.", "state_limit")) == (None, 6)
    assert after_two_promises(sentence("About the file.", "inform"), back) == (None, 6)


def test_what_a_neighbour_asks_or_undertakes_names_nothing_taken_back() -> None:
    back = sentence("I was wrong.", "withdraw_promise")
    assert after_two_promises(back, sentence("I'll post the file.", "act_now")) == (6, None)
    assert after_two_promises(back, sentence("Do you need the file?", "closed_question")) == (6, None)


def test_two_sentences_of_one_withdrawal_take_back_one_promise() -> None:
    twice = (sentence("I take that back.", "withdraw_promise"), sentence("I spoke too soon.", "withdraw_promise"))
    assert after_two_promises(*twice) == (6, None)
