"""The persona's file while a trainer talks to it: told when it was edited, and taken up again when they ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from simulator import assemble
from simulator.domain.opening import Choice
from simulator.errors import BadInput
from simulator.practice import Practice, start
from simulator.settings import Settings
from simulator.wording import say


class Preview:
    """One persona, by the id or file it was chosen by. `known` is the hash (SHA-256) of the file as it began;
    `recording`: the session is being recorded, and no other can take its place.
    """

    def __init__(self, settings: Settings, persona: str, known: str, *, recording: bool) -> None:
        self._recording = recording
        self._shelf = assemble.shelf(settings)
        self._persona = persona
        self._known = known
        self._refused = ""

    def news(self) -> Iterator[str]:
        """What there is to say of the file as it lies there now: each edit once, and what is wrong with it."""
        try:
            found = self._shelf.persona(self._persona).sha256
        except BadInput as refused:
            if self._refused != str(refused):
                self._refused = str(refused)
                yield self._refused
            return
        self._refused = ""
        if found != self._known:
            self._known = found
            yield say("The file was edited. /reload begins again with it, and with your lines so far.")

    def again(self, practice: Practice) -> Practice:
        """The practice begun again with the file as it is now. Raises BadInput, StoreError."""
        if self._recording:
            raise BadInput(say("a recording is of one session; leave --record out to begin again"))
        started = practice.started
        settings = replace(practice.settings, language=started.language)
        fresh = start(settings, Choice(self._persona, started.rubric, started.seed))
        self._known = fresh.started.persona_hash
        return fresh
