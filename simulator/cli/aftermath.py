"""What follows the end of a practice in line mode: the guess, the judging, the debrief, and keeping the scorecard."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from typing import Any

from simulator.cli.screen import Screen
from simulator.cli.streams import columns, typed_lines
from simulator.domain.rubric import Stage
from simulator.domain.scorecard import Scorecard
from simulator.errors import EndpointError, StoreError
from simulator.practice import Practice
from simulator.wording import say


class Aftermath:
    """The rest of one practice whose conversation is over. `wait` runs work to its end; with `json` the result is
    written for programs.
    """

    def __init__(
        self, practice: Practice, screen: Screen, wait: Callable[[Coroutine[Any, Any, Any]], Any], *, json: bool
    ) -> None:
        self._practice = practice
        self._talk = practice.conversation
        self._screen = screen
        self._wait = wait
        self._json = json
        self._language = practice.started.language
        self._name = practice.persona.profile.name.in_language(self._language)

    def tell(self, *, ask: bool) -> None:
        """Judge, show and keep; `ask` for what was hidden first.

        Raises StoreError where the scorecard could not be kept, after it was shown; EndpointError where nothing was
        judged.
        """
        if self._talk.state.ended == "walked_away":
            self._screen.narrate(say("{name} has left.", name=self._name))
        if ask and self._talk.state.guess is None:
            self._guess()
        if self._practice.endpoint:
            self._screen.narrate(say("Judging…"))
        scorecard: Scorecard = self._wait(self._practice.grade(self._judging))
        self._screen.spent((*self._talk.state.usage, *scorecard.usage), self._practice.settings.prices)
        unsaved = self._unsaved(scorecard)
        self._show(scorecard)
        if unsaved:
            raise unsaved
        if scorecard.unjudged:
            session, reason = self._practice.started.session, scorecard.unjudged
            raise EndpointError(say("nothing was judged: {reason}; again: mot grade {id}", reason=reason, id=session))

    def _show(self, scorecard: Scorecard) -> None:
        from simulator.reports.session import session_json
        from simulator.reports.terminal import debrief_text

        practice, record = self._practice, self._practice.record
        if self._json:
            sys.stdout.write(session_json(record, practice.persona, scorecard) + "\n")
        else:
            width = columns(sys.stdout)
            self._screen.write(debrief_text(record, scorecard, practice.persona, practice.rubric, width))
        sys.stdout.flush()

    def _judging(self, stage: Stage) -> None:
        self._screen.narrate(say("Judged: {stage}", stage=stage.name.in_language(self._language)))

    def _unsaved(self, scorecard: Scorecard) -> StoreError | None:
        """Keep the scorecard; why that failed, for after it has been shown."""
        try:
            self._wait(self._practice.keep(scorecard))
        except StoreError as error:
            return error
        return None

    def _guess(self) -> None:
        self._screen.narrate(
            say("What do you think {name} did not say? One a line; an empty line shows it.", name=self._name)
        )
        guesses = []
        for line in typed_lines():
            if not line.strip():
                break
            guesses.append(line)
        if guesses:
            self._wait(self._talk.guess("\n".join(guesses)))
