"""What happened in a session, as the blocks of its transcript."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from simulator.conversation.bearing import bearing
from simulator.conversation.state import State, advance, fold
from simulator.domain import events as e
from simulator.domain.persona import Persona
from simulator.text_gate import clean
from simulator.tui.widgets.entry import Entry
from simulator.wording import say

SEEN_AGAIN = 6
"""Turns (three replies) before the same bearing is told once more: it is news once, and tiresome after that."""


class Telling:
    """Tells the events of one session in the words of its persona. What is said once in a session it says once."""

    def __init__(self, persona: Persona, language: str) -> None:
        self._persona = persona
        self._language = language
        self._told: set[str] = set()
        self._seen: dict[str, int] = {}
        self.name = persona.profile.name.in_language(language)

    def all(self, events: Sequence[e.Event]) -> list[Entry]:
        """The whole session so far. What was taken back stays to be read, and says so."""
        shown: list[Entry] = []
        state = fold((), self._persona)
        self._told.clear()
        self._seen.clear()
        for position, event in enumerate(events, start=1):
            if isinstance(event, e.ExchangeUndone):
                shown = list(_marked(shown, event.turn, say("taken back")))
                state = fold(events[:position], self._persona)
            elif isinstance(event, e.ReplyDiscarded):
                shown = list(_marked(shown, event.turn, say("asked again")))
                state = fold(events[:position], self._persona)
            else:
                state = advance(state, event)
                shown += self.of(event, state)
        return shown

    def of(self, event: e.Event, state: State) -> Iterable[Entry]:
        """What one event adds, which left the conversation in `state`."""
        match event:
            case e.LearnerSpoke(turn, text):
                yield Entry("learner", text, say("You"), turn)
            case e.PersonaSpoke(turn, text, status, reason) if status != "failed":
                mark = {"complete": "", "interrupted": say("stopped")}[status]
                yield Entry(
                    "persona",
                    text,
                    self.name,
                    turn,
                    beside=self._bearing(state, turn),
                    mark=say("broken off: {reason}", reason=clean(reason)) if reason else mark,
                )
            case e.Heard(fallback=reason) if reason:
                told = say("the model did not hear that line ({reason}); the program heard it itself", reason=reason)
                yield from self._once("listener", told)
            case e.ModelAnswered(usage=usage) if usage.left_out:
                told = say("the model's window is full: from here on the oldest exchanges are not sent to it")
                yield from self._once("window", told)

    def _bearing(self, state: State, turn: int) -> str:
        """How the customer looks at this turn, unless that was told of late."""
        seen = bearing(state, self._persona)
        look = seen.in_language(self._language) if seen else ""
        if not look or 0 < turn - self._seen.get(look, -SEEN_AGAIN) < SEEN_AGAIN:
            return ""
        self._seen[look] = turn
        return look

    def _once(self, kind: str, told: str) -> Iterable[Entry]:
        if kind not in self._told:
            self._told.add(kind)
            yield Entry("aside", clean(told))


def _marked(shown: Iterable[Entry], turn: int, mark: str) -> Iterable[Entry]:
    """The entries, those of `turn` and later taken back."""
    for entry in shown:
        yield replace(entry, mark=mark, undone=True) if entry.turn >= turn else entry
