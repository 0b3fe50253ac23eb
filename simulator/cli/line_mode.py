"""A practice on standard input and output: for pipes, screen readers, any input method, and scripts.

The customer's words and the result are data, on standard output; everything else is narration, on standard error. With
JSON the result alone is data.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from simulator.cli.aftermath import Aftermath
from simulator.cli.screen import Screen
from simulator.cli.streams import typed_lines
from simulator.conversation.engine import Delta
from simulator.conversation.hints import next_hint, no_hint
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.domain.text import Text
from simulator.errors import BadInput, EndpointError, ExitCode, LineRefused, StoreDamaged, StoreError
from simulator.packs.diagnostics import shown
from simulator.practice import Practice
from simulator.session_packs import changed_since
from simulator.wording import say, speak

if TYPE_CHECKING:
    from simulator.trainer.preview import Preview

T = TypeVar("T")


class LineMode:
    """One practice held line by line."""

    def __init__(self, practice: Practice, *, json: bool, preview: Preview | None = None) -> None:
        """Talk through the process's own streams, in the session's language. `preview`: show what the gate makes of
        each line, and look whether the persona's file is edited meanwhile.
        """
        self._json = json
        self._preview = preview
        self._sit_down(practice)
        speak(self._language)
        self._scripted = False
        self._runner = asyncio.Runner()
        self._taken_up = ExitStack()
        self._commands: dict[str, tuple[str, Callable[[str], bool]]] = {
            "/brief": (say("your role, what you know, what you may promise"), self._brief),
            "/notes": (say("keep a note: /notes TEXT; alone it shows your notes"), self._notes),
            "/hint": (say("a hint, in three steps"), self._hint),
            "/undo": (say("take the last exchange back"), self._undo),
            "/retry": (say("ask again for a reply that was broken off"), self._retry),
            "/end": (say("end the conversation and see how it went"), self._end),
            "/help": (say("these commands"), self._help),
        }
        if preview:
            told = say("begin again with the edited file, and your lines so far")
            self._commands["/reload"] = (told, lambda _: self._reload(preview))

    def _sit_down(self, practice: Practice) -> None:
        self._practice = practice
        self._talk = practice.conversation
        self._persona = practice.persona
        self._language = practice.started.language
        self._screen = Screen(self._in(self._persona.profile.name), sys.stderr if self._json else sys.stdout)
        self._narrate = self._screen.narrate

    def run(self, script: Sequence[str] | None) -> int:
        """Talk until the end, then grade. `script` None: lines come from standard input. Returns the exit code.

        The end of standard input leaves the session to be resumed; the end of a script ends it. A session that ended
        before it was graded is graded at once. Raises BadInput for one that is over, StoreError that names the session,
        EndpointError where a script finds no reply.
        """
        self._scripted = script is not None
        try:
            return self._held(script)
        except KeyboardInterrupt:
            self._leave()
            raise
        except StoreDamaged:
            raise
        except StoreError as error:
            session = self._practice.started.session
            message = say("{error}; once that is mended: mot practice --resume {id}", error=error, id=session)
            raise type(error)(message) from error
        finally:
            self._wait(self._practice.close())
            self._runner.close()
            self._taken_up.close()

    def _held(self, script: Sequence[str] | None) -> int:
        if self._talk.state.ended and self._practice.graded:
            session = self._practice.started.session
            raise BadInput(say("session {session} is over; see how it went with: mot grade {session}", session=session))
        self._open(brief=script is None)
        if self._talk.state.ended is None:
            self._converse(typed_lines() if script is None else script)
        if self._talk.state.ended is None:
            if script is None:
                self._leave()
                return ExitCode.FINE
            self._wait(self._talk.end("script"))
        Aftermath(self._practice, self._screen, self._wait, json=self._json).tell(
            ask=script is None and sys.stdin.isatty()
        )
        return ExitCode.FINE

    def _converse(self, lines: Iterable[str]) -> None:
        for line in lines:
            if self._scripted:
                self._screen.spoken("learner", line)
            if self._take(line):
                break

    def _leave(self) -> None:
        session = self._practice.started.session
        if self._talk.state.ended is None:
            self._narrate(say("left for now; go on with: mot practice --resume {id}", id=session))
        elif not self._practice.graded:
            self._narrate(say("not graded yet; see how it went with: mot practice --resume {id}", id=session))

    def _open(self, *, brief: bool) -> None:
        """Say where we are; a session taken up again shows what was said and answers the line that still waits."""
        endpoint = self._practice.endpoint
        title, session = self._in(self._persona.profile.title), self._practice.started.session
        player = endpoint.model if endpoint else say("offline")
        self._narrate(say("{title} · {player} · session {id}", title=title, player=player, id=session))
        if endpoint and not endpoint.local and self._talk.state.ended is None:
            self._narrate(say("What you say leaves this machine: it goes to {address}", address=endpoint.address))
        if brief and self._talk.state.ended is None:
            self._brief("")
            self._narrate(say("Type what you say. /help shows the commands."))
        if self._talk.state.turns:
            for told in changed_since(self._practice.settings, self._practice.started):
                self._narrate(told)
            for turn in self._talk.state.turns:
                self._screen.turn(turn)
            if pending := self._talk.state.pending:
                self._narrate(say("This line still waited for its reply: {line}", line=pending.text))
                self._reply(self._talk.answer())
        else:
            self._reply(self._talk.open())

    def _take(self, line: str) -> bool:
        """One line of the learner's; True when it ended the conversation."""
        word, _, rest = line.strip().partition(" ")
        try:
            if word in self._commands:
                return self._commands[word][1](rest.strip())
            if word.startswith("/"):
                self._narrate(say("no command {word}; /help shows them", word=shown(word)))
            elif not self._talk.state.pending:
                self._reply(self._talk.say(line))
            elif word:
                told = say("Not said, for the line before it still waits; Enter asks again: {line}", line=shown(line))
                self._narrate(told)
            else:
                self._reply(self._talk.answer())
        except LineRefused as refused:
            if line.strip():
                self._narrate(str(refused))
        return self._talk.state.ended is not None

    def _reply(self, events: AsyncGenerator[Any, None], *, again: bool = False) -> None:
        """Show a reply to its end. In a script, where nobody can, ask once more for one that failed or broke off.

        Raises EndpointError where a script still has no reply.
        """
        changed = self._followed(events)
        state = self._talk.state
        self._screen.tell(changed)
        if self._preview:
            self._show_gate(changed, self._preview)
        if not self._scripted:
            if changed and state.pending:
                self._narrate(say("Press Enter to ask again."))
            elif changed and state.cut_off and state.ended is None:
                self._narrate(say("/retry asks again."))
        elif state.pending and again:
            self._give_up(next(event.reason for event in changed if isinstance(event, e.PersonaSpoke)))
        elif state.pending or (state.cut_off and not again):
            self._reply(self._talk.answer() if state.pending else self._talk.retry(), again=True)

    def _show_gate(self, changed: Sequence[e.Event], preview: Preview) -> None:
        from simulator.trainer.gate_view import lacking, reasoning, standing

        told = list(reasoning(changed))
        if any(isinstance(event, e.Heard) for event in changed):
            told += [standing(self._talk.state), *lacking(self._talk.state, self._persona)]
        for line in told:
            self._narrate(f"  {line}")
        if preview.look() and preview.news:
            self._narrate(preview.news)

    def _give_up(self, reason: str) -> NoReturn:
        self._wait(self._talk.end("technical"))
        if self._json:
            from simulator.reports.session import session_json

            sys.stdout.write(session_json(self._practice.record, self._persona, None) + "\n")
        session = self._practice.started.session
        raise EndpointError(
            say("{reason}; the session ends here, and is kept: mot show {id}", reason=reason, id=session)
        )

    def _followed(self, events: AsyncGenerator[e.Event | Delta | Waiting, None]) -> list[e.Event]:
        """What a reply changed. Ctrl-C stops the reply; in a script, or pressed twice, it stops the program."""
        stopped = False

        async def follow() -> list[e.Event]:
            nonlocal stopped
            try:
                return await self._screen.follow(events)
            finally:
                stopped = True

        try:
            return self._wait(follow())
        except KeyboardInterrupt:
            if self._scripted or not stopped:
                raise
            self._screen.settle()
            pending = self._talk.state.pending
            self._narrate(
                say("Stopped. Press Enter to ask again.") if pending else say("Stopped; what was said stays.")
            )
            return []
        finally:
            self._screen.settle()

    def _brief(self, _: str) -> bool:
        self._screen.brief(self._persona.profile.learner, self._language)
        return False

    def _notes(self, text: str) -> bool:
        if text:
            self._wait(self._talk.note(text))
        for note in self._talk.state.notes:
            self._narrate(f"  · {note.text}")
        return False

    def _hint(self, _: str) -> bool:
        hint = next_hint(self._talk.state, self._persona)
        if hint is None:
            self._narrate(no_hint(self._talk.state, self._persona))
        else:
            self._narrate(hint.text)
            self._wait(self._talk.hint(hint.need, hint.step))
        return False

    def _undo(self, _: str) -> bool:
        undone = self._wait(self._talk.undo())
        self._narrate(say("There is nothing to take back.") if undone is None else say("Taken back; say it again."))
        return False

    def _retry(self, _: str) -> bool:
        if self._talk.state.cut_off:
            self._reply(self._talk.retry())
        elif self._talk.state.pending:
            self._reply(self._talk.answer())
        else:
            self._narrate(say("No reply was broken off."))
        return self._talk.state.ended is not None

    def _reload(self, preview: Preview) -> bool:
        """A new session with the file as it is now, and what the learner has said so far heard by it."""
        lines = [turn.text for turn in self._talk.state.turns if turn.speaker == "learner"]
        try:
            fresh = self._taken_up.enter_context(preview.again(self._practice))
        except BadInput as refused:
            self._narrate(str(refused))
            return False
        self._wait(self._talk.end("learner"))
        self._wait(self._practice.close())
        self._sit_down(fresh)
        self._open(brief=False)
        for line in lines:
            if self._talk.state.ended is None:
                self._screen.spoken("learner", line)
                self._reply(self._talk.say(line))
        return self._talk.state.ended is not None

    def _end(self, _: str) -> bool:
        self._wait(self._talk.end("learner"))
        return True

    def _help(self, _: str) -> bool:
        for command, (meaning, _action) in self._commands.items():
            self._narrate(f"  {command:8} {meaning}")
        return False

    def _in(self, text: Text) -> str:
        return text.in_language(self._language)

    def _wait(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)
