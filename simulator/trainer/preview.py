"""The persona's file while a trainer talks to it: told when it was edited, and taken up again when they ask."""

from __future__ import annotations

from dataclasses import replace

from simulator import assemble
from simulator.domain.opening import Choice
from simulator.errors import BadInput
from simulator.packs.load import hash_of, load_persona
from simulator.practice import Practice, start
from simulator.wording import say


class Preview:
    """One persona, by the id or file it was chosen by; `practice` began with it as it was.

    `news` is what there is to say of the file as it lay there at the last look: that it was edited, or what is wrong
    with it; empty where it is the one in use. `command` is what begins again, by the name a trainer knows it by.
    """

    def __init__(self, practice: Practice, persona: str | None, command: str, *, recording: bool = False) -> None:
        """`persona` None: the one the session started with. `recording`: no other session can take its place."""
        self._recording = recording
        self._command = command
        self._shelf = assemble.shelf(practice.settings)
        self._persona = persona or practice.started.persona
        self._known = self._seen = practice.started.persona_hash
        self.news = ""

    def look(self) -> bool:
        """Look at the file; whether there is something to tell that was not there at the last look."""
        before = self.news
        try:
            source, name = self._shelf.source(self._persona, "persona")
        except BadInput as gone:
            self._seen, self.news = "", str(gone)
            return self.news != before
        sha256 = hash_of(source)
        if sha256 == self._seen:
            return False
        self._seen, self.news = sha256, ""
        try:
            load_persona(source, name)
        except BadInput as refused:
            self.news = str(refused)
            return self.news != before
        if sha256 != self._known:
            self.news = say(
                "The file was edited. {command} begins again with it, and with your lines so far.",
                command=self._command,
            )
        return bool(self.news or before)

    def again(self, practice: Practice) -> Practice:
        """The practice begun again with the file as it is now. Raises BadInput, StoreError."""
        if self._recording:
            raise BadInput(say("a recording is of one session; leave --record out to begin again"))
        started = practice.started
        settings = replace(practice.settings, language=started.language)
        try:
            fresh = start(settings, Choice(self._persona, started.rubric, started.seed))
        except BadInput:
            self.look()  # what is wrong with the file is told now: the next look is not to tell it again
            raise
        self._known = self._seen = fresh.started.persona_hash
        self.news = ""
        return fresh
