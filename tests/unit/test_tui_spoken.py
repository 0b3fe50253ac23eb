"""What a session's events look like in the transcript."""

from __future__ import annotations

from dataclasses import replace

from simulator.conversation.state import fold
from simulator.domain import events as e
from simulator.domain.persona import Persona
from simulator.tui.spoken import Telling
from tests.fakes import a_persona, hearing, sentence, started, text

HEARD = hearing(sentence("Hello.", "greet"))
PLAIN = a_persona()
LEAVING = replace(PLAIN, profile=replace(PLAIN.profile, bearing={"leaving": text("she gets her coat")}))
SENT_AWAY = (
    e.PersonaSpoke(1, "Hello?"),
    e.LearnerSpoke(2, "Ring the hotline."),
    e.Heard(2, HEARD, "offline"),
    e.StateMoved(2, 1, -1, 1, ("I1",)),
)


def seen(*events: e.Event, persona: Persona | None = None) -> list[str]:
    """The blocks, one a line, without names."""
    entries = Telling(persona or a_persona(), "en").all((started(), *events))
    return [" | ".join(filter(None, (one.text, one.beside, one.mark))) for one in entries]


def test_patience_is_a_bearing_beside_the_name_and_never_a_number() -> None:
    told = seen(*SENT_AWAY, e.PersonaSpoke(3, "Really."), persona=LEAVING)
    assert told == ["Hello?", "Ring the hotline.", "Really. | she gets her coat"]


def test_the_same_bearing_is_told_once_in_three_replies() -> None:
    told = seen(*SENT_AWAY, *(e.PersonaSpoke(turn, "Really.") for turn in (3, 5, 7, 9, 11)), persona=LEAVING)
    assert [line.partition(" | ")[2] for line in told[2:]] == ["she gets her coat", "", "", "she gets her coat", ""]


def test_what_was_taken_back_stays_and_says_so() -> None:
    told = seen(
        e.PersonaSpoke(1, "Hello?"),
        e.LearnerSpoke(2, "Oops."),
        e.PersonaSpoke(3, "What?"),
        e.ExchangeUndone(2),
        e.LearnerSpoke(2, "Good morning."),
    )
    assert told == ["Hello?", "Oops. | taken back", "What? | taken back", "Good morning."]


def test_a_reply_asked_for_again_is_the_only_one_marked() -> None:
    told = seen(
        e.LearnerSpoke(1, "Morning."),
        e.PersonaSpoke(2, "Wel", "interrupted", "cut"),
        e.ReplyDiscarded(2),
        e.PersonaSpoke(2, "Well, no."),
    )
    assert told == ["Morning.", "Wel | asked again", "Well, no."]


def test_a_reply_that_failed_is_no_turn() -> None:
    assert seen(e.LearnerSpoke(1, "Morning."), e.PersonaSpoke(2, "", "failed", "no key")) == ["Morning."]


def test_who_listens_instead_is_said_once() -> None:
    events = [e.Heard(2 * n, HEARD, "offline", fallback="no answer") for n in (1, 2, 3)]
    assert len(seen(*events)) == 1


def test_live_and_looked_back_on_tell_the_same() -> None:
    events = (started(), e.PersonaSpoke(1, "Hello?"), e.LearnerSpoke(2, "Hi."), e.PersonaSpoke(3, "W", "interrupted"))
    persona, live = a_persona(), []
    telling = Telling(persona, "en")
    for n, event in enumerate(events, start=1):
        live += telling.of(event, fold(events[:n], persona))
    assert live == Telling(persona, "en").all(events)
