"""A judged conversation as items to walk through: what came to light, the score, what to do next, what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.reports.layout import bar, cells, padded
from simulator.reports.page import SIGNS
from simulator.reports.terminal import became, quoted
from simulator.text_gate import clean
from simulator.tui.widgets.items import Item, heading, item
from simulator.tui.widgets.prose import BLANK, HEADING, QUIET, Piece
from simulator.tui.widgets.timeline import Moment, timeline
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.events import Contestable
    from simulator.reports.criteria import CriterionView
    from simulator.reports.side_by_side import SideBySide
    from simulator.reports.view import NewsView, StageView, View

BAR = 12
"""Columns of a stage's bar."""


@dataclass(frozen=True, slots=True)
class Place:
    """What can be done about an item: `turn` is where it happened, `retry` the learner's turn to try again, `contest`
    what may be held to be wrongly found.
    """

    turn: int | None = None
    retry: int | None = None
    contest: tuple[Contestable, str] | None = None


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the items are made from. `beside` None: the run branches from none."""

    view: View
    record: Record
    beside: SideBySide | None = None

    def items(self) -> tuple[Item[Place], ...]:
        """All items, in the order in which one wants to know."""
        return (
            *self._ending(),
            *self._guess(),
            *self._needs(),
            *self._score(),
            *self._beside(),
            *self._first(),
            *(one for stage in self.view.stages for one in self._stage(stage)),
            *self._promises(),
            *self._card(),
            *self._remarks(),
        )

    def _ending(self) -> Iterator[Item[Place]]:
        if self.view.epilogue:
            yield _item(Piece(self.view.epilogue, "italic"), BLANK)

    def _guess(self) -> Iterator[Item[Place]]:
        guess = self.view.guess
        if guess is None:
            return
        yield _heading(say("What you guessed"))
        right = sum(hit for _, hit in guess.lines)
        told = say(
            "{right} of {guesses} guesses right; they name {found} of the {needs} needs",
            found=guess.found,
            needs=len(self.view.needs),
            right=right,
            guesses=len(guess.lines),
        )
        lines = [Piece(clean(line), first="✓ " if hit else "· ") for line, hit in guess.lines]
        yield _item(*lines, Piece(told, QUIET), BLANK)

    def _needs(self) -> Iterator[Item[Place]]:
        if not self.view.needs:
            return
        yield _heading(say("What was not said at first"))
        turns = len(self.record.transcript.turns)
        moments = self._moments()
        yield Item(lambda width: [*(Piece(line, drawn=True) for line in timeline(turns, moments, width)), BLANK])
        lines = [turn.n for turn in self.record.transcript.turns if turn.speaker == "learner"]
        for need, outcome in zip(self.view.needs, self.record.needs, strict=True):
            cued = self.record.state.cues.get(outcome.id)
            turn = (need.words.turn if need.words else None) or need.turn or cued
            after = next((n for n in lines if turn is not None and n >= turn), lines[0] if lines else None)
            yield _item(
                Piece(need.text, "bold", f"{SIGNS[need.outcome]} "),
                *(Piece(line, first="  ") for line in became(need)),
                BLANK,
                turn=turn,
                retry=None if need.outcome == "elicited" else after,
            )

    def _moments(self) -> list[Moment]:
        """What stands on the axis: where a need came up, or its hint was let go, and the tempting question."""
        moments = []
        for need in self.record.needs:
            turn = need.by_turn or need.turn or self.record.state.cues.get(need.id)
            if turn:
                moments.append(Moment(turn, need.outcome))
        if self.record.state.trap_turn:
            moments.append(Moment(self.record.state.trap_turn, "trap"))
        return sorted(moments, key=lambda moment: moment.turn)

    def _score(self) -> Iterator[Item[Place]]:
        view = self.view
        total = "–" if view.total is None else f"{view.total:.0f}"
        widest = max((cells(stage.name) for stage in view.stages), default=0) + 2
        pieces = [Piece(view.verdict, "bold", f"{total}  "), BLANK]
        for stage in view.stages:
            number = say("not scored") if stage.share is None else f"{stage.share:3.0f}"
            pieces.append(Piece(f"{padded(stage.name, widest)}{bar(stage.share, BAR)} {number}", drawn=True))
        yield _item(*pieces, *(Piece(told, QUIET) for told in view.unscored), BLANK)
        for cap in view.fired:
            yield _item(
                Piece(cap.text, "$error", "! "), *self._contested("cap", cap.id), BLANK, contest=("cap", cap.id)
            )

    def _beside(self) -> Iterator[Item[Place]]:
        beside = self.beside
        if beside is None:
            return
        yield _heading(say("Beside the run before"))
        names = {None: say("Total"), **dict(zip(self._stage_ids(), (s.name for s in self.view.stages), strict=True))}
        widest = max(map(cells, names.values())) + 2
        pieces = [
            Piece(
                f"{padded(names[one.stage], widest)}{_number(one.before)} → {_number(one.after)}  {_sign(one.by)}",
                drawn=True,
            )
            for one in beside.changes
        ]
        if not beside.comparable:
            pieces.append(
                Piece(say("Judge, rubric or scenario differ between the two: compare with care."), "$warning")
            )
        said = [
            Piece(say("then: “{line}”", line=beside.said_before), QUIET),
            Piece(say("now: “{line}”", line=beside.said_after)),
        ]
        yield _item(*pieces, BLANK, *said, BLANK, turn=beside.turn, retry=beside.turn)

    def _stage_ids(self) -> Sequence[str | None]:
        return [change.stage for change in self.beside.changes if change.stage] if self.beside else []

    def _first(self) -> Iterator[Item[Place]]:
        if self.view.first:
            yield _heading(say("What to work on first"))
        for number, piece in enumerate(self.view.first, 1):
            lines = [Piece(piece.criterion, "bold", f"{number}  ")]
            if piece.quote:
                lines.append(Piece(say("you said: {quote}", quote=quoted(piece.quote)), first="   "))
            if piece.better:
                lines.append(Piece(say("better: “{line}”", line=piece.better), "$success", "   "))
            lines.append(Piece(piece.advice, first="   "))
            turn = piece.quote.turn if piece.quote else None
            yield _item(*lines, BLANK, turn=turn, retry=self._own(turn))

    def _own(self, turn: int | None) -> int | None:
        """The turn, where it is the learner's."""
        mine = any(one.n == turn and one.speaker == "learner" for one in self.record.transcript.turns)
        return turn if mine else None

    def _stage(self, stage: StageView) -> Iterator[Item[Place]]:
        yield _heading(stage.name)
        for criterion in stage.criteria:
            turn = criterion.quotes[0].turn if criterion.quotes else None
            yield _item(*_criterion(criterion), BLANK, turn=turn, retry=self._own(turn))

    def _promises(self) -> Iterator[Item[Place]]:
        if self.view.promises or self.view.news:
            yield _heading(say("What you promised, and what had to be told"))
        for promise, standing in self.view.promises:
            mark = "$error" if promise.within_authority is False and promise.withdrawn_at is None else ""
            yield _item(
                Piece(say("“{quote}” (turn {turn})", quote=promise.quote, turn=promise.turn)),
                Piece(standing, mark or QUIET, "   "),
                *self._contested("promise", promise.quote),
                BLANK,
                turn=promise.turn,
                retry=self._own(promise.turn),
                contest=("promise", promise.quote),
            )
        for news in self.view.news:
            turn = news.turn or (news.partly.turn if news.partly else None)
            style = QUIET if news.turn else "$warning" if news.partly else "$error"
            yield _item(
                Piece(news.text),
                Piece(_told(news), style, "   "),
                BLANK,
                turn=turn,
                retry=None if news.turn else self._own(turn),
            )

    def _contested(self, what: str, item: str) -> Iterator[Piece]:
        for one in self.record.state.contested:
            if (one.what, one.item) == (what, item):
                yield Piece(say("contested: {reason}", reason=one.reason), "$warning", "   ")

    def _card(self) -> Iterator[Item[Place]]:
        if not self.view.card:
            return
        yield _heading(say("The customer's own card"))
        widest = max(cells(one.statement) for one in self.view.card) + 2
        yield _item(
            *(Piece(f"{padded(one.statement, widest)}{_stars(one.score)}", drawn=True) for one in self.view.card), BLANK
        )
        for moment in self.view.moments:
            yield _item(
                Piece(f"{moment.name} · {_felt(moment.mood)}", QUIET),
                Piece(quoted(moment.words), first="   "),
                BLANK,
                turn=moment.words.turn,
                retry=moment.words.turn,
            )

    def _remarks(self) -> Iterator[Item[Place]]:
        if self.view.remarks:
            yield _heading(say("About this judgement"))
            yield _item(*(Piece(remark, QUIET) for remark in self.view.remarks))


def _item(
    *pieces: Piece,
    turn: int | None = None,
    retry: int | None = None,
    contest: tuple[Contestable, str] | None = None,
) -> Item[Place]:
    return item(*pieces, about=Place(turn, retry, contest))


def _heading(text: str) -> Item[Place]:
    return heading(Piece(text, HEADING))


def _criterion(criterion: CriterionView) -> Iterator[Piece]:
    reached = "" if criterion.level is None else say("level {level} of {top}", level=criterion.level, top=LEVELS[-1])
    yield Piece(criterion.name, "bold")
    yield Piece(" · ".join(filter(None, (reached, criterion.judged))), QUIET, "   ")
    if criterion.reason:
        yield Piece(criterion.reason, first="   ")
    if criterion.level is None:
        return
    yield Piece(criterion.anchor, first="   ")
    for quote in criterion.quotes:
        yield Piece(quoted(quote), "italic", "   ")
    if criterion.next_level:
        level, anchor = criterion.next_level
        yield Piece(say("Level {level} would be: {anchor}", level=level, anchor=anchor), QUIET, "   ")
    if criterion.tip:
        yield Piece(criterion.tip, "$success", "   ")


def _told(news: NewsView) -> str:
    """What became of a piece of bad news."""
    if news.turn:
        return say("told in turn {turn}", turn=news.turn)
    return say("told only in part: {quote}", quote=quoted(news.partly)) if news.partly else say("never told")


def _number(share: float | None) -> str:
    return "  –" if share is None else f"{share:3.0f}"


def _sign(by: float | None) -> str:
    if by is None:
        return ""
    return f"▲ +{by:.0f}" if round(by) > 0 else f"▼ {by:.0f}" if round(by) < 0 else "="


def _stars(score: float | None) -> str:
    """1..5 in full and empty stars, rounded; what nobody can say is said."""
    if score is None:
        return say("not scored")
    full = round(score)
    return "★" * full + "☆" * (LEVELS[-1] - full)


def _felt(mood: float) -> str:
    """A mood (-3..3) in a word."""
    if mood <= -1:
        return say("annoyed")
    return say("at ease") if mood >= 1 else say("composed")
