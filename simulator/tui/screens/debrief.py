"""After the conversation: guess, then see what was hidden, how it was judged, and where to try again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Input, Static

from simulator.errors import MomentError, StoreError
from simulator.text_gate import clean
from simulator.tui.debriefing import Debrief, Place
from simulator.tui.keys import bind
from simulator.tui.screens.ask import AskScreen
from simulator.tui.screens.transcript import TranscriptScreen
from simulator.tui.waiting import waited
from simulator.tui.widgets.head import Head
from simulator.tui.widgets.items import Items
from simulator.tui.widgets.keys import Keys
from simulator.tui.widgets.prose import BLANK, QUIET, Piece, Prose
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.events import Contestable
    from simulator.domain.rubric import Stage
    from simulator.domain.scorecard import Scorecard
    from simulator.practice import Practice
    from simulator.reports.side_by_side import SideBySide
    from simulator.tui.app import MotApp


class DebriefScreen(Screen[None]):
    """One session that is over. It holds the session's lock until it is left."""

    DEFAULT_CSS = """
    DebriefScreen #guessing { height: auto; padding: 1 2 0 2; }
    DebriefScreen #guess { border: none; padding: 0; height: 1; margin: 1 2; background: $panel; }
    DebriefScreen #status { height: 1; padding: 0 1; color: $foreground 60%; }
    """

    app: MotApp

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._language = practice.started.language
        self._guesses: list[str] = []
        self._judgement: tuple[Scorecard, SideBySide | None]
        self._shown = False
        self._unanswered = False
        bind(
            self,
            Binding("r", "retry", say("retry this moment"), tooltip=say("try again from the line under the highlight")),
            Binding("g", "judge", say("judge again"), tooltip=say("ask the judge once more")),
            Binding("t", "transcript", say("transcript"), tooltip=say("all that was said")),
            Binding("l", "promises", say("promises"), tooltip=say("to what you promised")),
            Binding("c", "contest", say("contest"), tooltip=say("hold a promise or a deduction to be wrongly found")),
            Binding("e", "export", say("export"), tooltip=say("write the transcript into the working folder")),
            Binding("o", "report", say("report"), tooltip=say("open the report in a browser")),
            Binding("escape", "leave", say("home")),
        )

    def compose(self) -> ComposeResult:
        """A head, the guess, later the items, the keys."""
        title = self._practice.persona.profile.title.in_language(self._language)
        yield Head(title, say("debrief"))
        yield Prose(id="guessing")
        guess = Input(id="guess", compact=True)
        bind(guess, Binding("enter", "submit", say("one more, or show"), tooltip=say("on an empty line: show")))
        yield guess
        yield Items[Place](say("to the turn"), id="items")
        yield Static("", id="status", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Ask for a guess, unless one was made or the needs have been shown."""
        self._items.display = False
        if self._practice.conversation.state.guess is None and not self._practice.graded:
            self._ask()
        else:
            self._reveal()

    async def on_unmount(self) -> None:
        """Give the session back."""
        await self._practice.close()
        self._practice.give_back()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is about the items waits until they are shown; the judge is asked again where it did not answer."""
        del parameters
        if action == "judge":
            return self._unanswered
        return self._shown or action in {"leave", "transcript"} or action not in _ABOUT_ITEMS

    def _ask(self) -> None:
        name = self._practice.persona.profile.name.in_language(self._language)
        gone = [say("{name} has left.", name=name)] if self._practice.conversation.state.ended == "walked_away" else []
        question = say("What do you think {name} did not say?", name=name)
        how = say("Write what comes to mind, one a line. Enter on an empty line shows what it was.")
        pieces = [
            *(Piece(told, "bold $warning") for told in gone),
            Piece(question, "bold"),
            Piece(how, QUIET),
            BLANK,
        ]
        self.query_one("#guessing", Prose).show([*pieces, *(Piece(line, first="· ") for line in self._guesses)])
        self.query_one("#guess", Input).focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """One more guess; an empty line ends guessing."""
        line = clean(event.value).strip()
        event.input.clear()
        if line:
            self._guesses.append(line)
            self._ask()
            return
        event.input.disabled = True
        if self._guesses:
            try:
                await self._practice.conversation.guess("\n".join(self._guesses))
            except StoreError as error:
                self.app.tell(str(error), "error")
        self._reveal()

    @work(exclusive=True)
    async def _reveal(self) -> None:
        for selector in ("#guessing", "#guess"):
            self.query_one(selector).display = False
        self._items.display = True
        scorecard = await self._judged()
        if scorecard is None:
            return
        try:
            beside = await waited(self, asyncio.to_thread(self._beside, scorecard))
        except MomentError as error:  # the run before was purged, or its store is damaged
            beside = None
            self.app.tell(str(error), "warning")
        self._show(scorecard, beside)

    async def _judged(self) -> Scorecard | None:
        """The scorecard kept with the session, or a fresh one that is kept from here on; None: it could not be had."""
        try:
            kept = await waited(self, asyncio.to_thread(lambda: self._practice.scorecard))
            if kept is not None:
                return kept
            self._status(say("judging…"))
            scorecard = await waited(self, self._practice.grade(self._told))
        except MomentError as error:
            self._answered(str(error))
            return None
        self._answered(scorecard.unjudged)
        try:
            await waited(self, self._practice.keep(scorecard))
        except StoreError as error:
            self.app.tell(say("not kept: {reason}", reason=error), "error")
        return scorecard

    def _answered(self, trouble: str) -> None:
        """The judge is done; `trouble` says why it answered nothing, or is empty."""
        self._unanswered = bool(trouble)
        self._status(say("nothing was judged: {reason}; g asks again", reason=trouble) if trouble else "")
        self.refresh_bindings()

    def _told(self, stage: Stage) -> None:
        self._status(say("judging… {stage} is done", stage=stage.name.in_language(self._language)))

    def _beside(self, scorecard: Scorecard) -> SideBySide | None:
        from simulator.reports.side_by_side import side_by_side  # noqa: PLC0415 -- only a branch needs it

        origin = self._practice.origin()
        return side_by_side(origin, (self._record, scorecard)) if origin else None

    @property
    def _record(self) -> Record:
        return self._practice.record

    def _show(self, scorecard: Scorecard, beside: SideBySide | None) -> None:
        from simulator.reports.view import view_of  # noqa: PLC0415 -- after the end

        practice = self._practice
        with speaking(self._language):
            view = view_of(scorecard, practice.rubric, self._language, practice.persona, self._record)
            items = Debrief(view, self._record, beside).items()
        self._judgement = scorecard, beside
        listed = self._items
        listed.show(items)
        listed.focus()
        self._shown = True
        self.refresh_bindings()

    def _status(self, told: str) -> None:
        self.query_one("#status", Static).update(clean(told))

    def on_option_list_option_selected(self) -> None:
        """To the turn this is about."""
        place = self._place
        if place and place.turn:
            self.app.push_screen(TranscriptScreen(self._practice, place.turn))
        elif place:
            self.app.tell(say("This is about no one turn; t shows the whole conversation."))

    def action_transcript(self) -> None:
        """The whole conversation."""
        self.app.push_screen(TranscriptScreen(self._practice, None))

    def action_promises(self) -> None:
        """To the promise ledger."""
        self._items.jump(lambda place: place.contest is not None and place.contest[0] == "promise")

    def action_retry(self) -> None:
        """Try again from the line this is about."""
        place = self._place
        if place is None or place.retry is None:
            self.app.tell(say("There is no line of yours here to try again; choose another entry."))
            return
        from simulator.domain.opening import Opening  # noqa: PLC0415 -- after the first paint

        self.app.take_up(Opening(moment=(self._practice.started.session, place.retry)))

    def action_contest(self) -> None:
        """Hold a promise or a cap to be wrongly found."""
        place = self._place
        if place is None or place.contest is None:
            told = say(
                "Promises and deductions (!) can be contested; choose one of those. Advice follows from levels, and a "
                "level is answered by judging the conversation yourself: mot rate {session} --rater NAME",
                session=self._practice.started.session,
            )
            self.app.tell(told)
            return
        self._contest(*place.contest)

    @work
    async def _contest(self, what: Contestable, which: str) -> None:
        question = AskScreen(say("What is wrong about it? It is kept beside the score."))
        if (reason := await self.app.push_screen_wait(question)).strip():
            try:
                await self._practice.conversation.contest(what, which, reason)
            except MomentError as error:
                self.app.tell(say("not kept: {reason}", reason=error), "error")
                return
            self._show(*self._judgement)

    def action_export(self) -> None:
        """The transcript as a file."""
        self.app.export(self._practice)

    def action_report(self) -> None:
        """The report in a browser."""
        self.app.report(self._practice)

    def commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """What the command palette offers here. The report tells what was hidden: it waits until that is shown."""
        yield say("Transcript"), say("All that was said"), self.action_transcript
        yield say("Export"), say("The transcript as Markdown, into the working folder"), self.action_export
        if self._shown:
            yield say("Report"), say("Scores, timeline and quotes as a page in a browser"), self.action_report

    def action_judge(self) -> None:
        """Ask the judge again."""
        self._answered("")
        self._reveal()

    def action_leave(self) -> None:
        """Back to home."""
        self.dismiss()

    @property
    def _items(self) -> Items[Place]:
        return self.query_one("#items", Items)

    @property
    def _place(self) -> Place | None:
        return self._items.chosen


_ABOUT_ITEMS = frozenset({"retry", "promises", "contest", "export", "report"})
