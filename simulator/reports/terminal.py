"""The debrief as text: for a terminal, a pipe, or a screen reader. Nothing in it depends on colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.domain.rubric import LEVELS
from simulator.reports.criteria import CriterionView
from simulator.reports.layout import bar, cells, padded, wrapped
from simulator.reports.page import SIGNS
from simulator.reports.view import NeedView, StageView, View, view_of
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Quote, Scorecard

WIDTH = 96
"""Columns of a line; a wider one is hard to read."""
GAP = 10
"""Columns from the longest name of a stage to its bar."""


def debrief_text(
    record: Record, scorecard: Scorecard, persona: Persona, rubric: Rubric, columns: int | None = None
) -> str:
    """The debrief of one of our own sessions, in its language, for a terminal of so many `columns`, if for any."""
    language = record.started.language
    with speaking(language):
        return rendered(view_of(scorecard, rubric, language, persona, record), min(WIDTH, columns or WIDTH))


def rendered(view: View, width: int = WIDTH) -> str:
    """The view as lines of at most `width` columns, without a line feed at the end."""
    blocks = (
        _summary(view, width),
        _first(view, width),
        _guess(view, width),
        _needs(view, width),
        *(_stage(stage, width) for stage in view.stages),
    )
    last = (_promises(view, width), _remarks(view, width))
    return "\n\n".join(text for block in (*blocks, *last) if (text := "\n".join(block)))


def _summary(view: View, width: int) -> Iterator[str]:
    if view.epilogue:
        yield from wrapped(view.epilogue, width)
        yield ""
    yield from wrapped(view.verdict, width, "     ", "  –  " if view.total is None else f"{view.total:4.0f} ")
    widest = max((cells(stage.name) for stage in view.stages), default=0)
    for stage in view.stages:
        number = say("not scored") if stage.share is None else f"{stage.share:3.0f}"
        yield f"  {padded(stage.name, widest + GAP)} {bar(stage.share)} {number}"
    for told in view.unscored:
        yield from wrapped(told, width, "  ", "")
    for cap in view.fired:
        yield from wrapped(cap.text, width, "    ", "  ! ")


def _first(view: View, width: int) -> Iterator[str]:
    if view.first:
        yield say("What to work on first")
    for number, piece in enumerate(view.first, 1):
        yield from wrapped(piece.criterion, width, "    ", f"  {number} ")
        if piece.quote:
            yield from wrapped(say("you said: {quote}", quote=quoted(piece.quote)), width, "      ")
        if piece.better:
            yield from wrapped(say("better: “{line}”", line=piece.better), width, "      ")
        yield from wrapped(piece.advice, width, "      ")


def _needs(view: View, width: int) -> Iterator[str]:
    if not view.needs:
        return
    yield say("What was not said at first")
    for need in view.needs:
        yield from wrapped(need.text, width, "    ", f"  {SIGNS[need.outcome]} ")
        for line in became(need):
            yield from wrapped(line, width, "      ")


def became(need: NeedView) -> Iterator[str]:
    """What became of a need, a sentence a line."""
    quote = quoted(need.words) if need.words else ""
    match need.outcome:
        case "elicited":
            yield say("opened by you: {quote}", quote=quote)
        case "volunteered":
            yield say("came by itself, in turn {turn}", turn=need.turn)
        case "blocked":
            yield say("asked for, but too early: {quote}", quote=quote)
            if need.missing == "trust":
                yield say("They did not trust you enough yet: first take up what they said and felt, then ask again.")
            elif need.missing:
                yield say("Something else has to come to light first: ask for that, then for this again.")
        case "missed":
            if need.cue:
                yield say("the hint was: “{cue}”", cue=need.cue)
            yield say("you could have asked: “{question}”", question=need.question)


def _stage(stage: StageView, width: int) -> Iterator[str]:
    yield stage.name
    for criterion in stage.criteria:
        yield from _criterion(criterion, width)


def _criterion(criterion: CriterionView, width: int) -> Iterator[str]:
    reached = "" if criterion.level is None else say("level {level} of {top}", level=criterion.level, top=LEVELS[-1])
    yield from wrapped(" · ".join(filter(None, (criterion.name, reached, criterion.judged))), width, "    ", "  ")
    if criterion.reason:
        yield from wrapped(criterion.reason, width, "      ")
    if criterion.level is None:
        return
    for quote in criterion.quotes:
        yield from wrapped(quoted(quote), width, "      ")
    if criterion.next_level:
        level, anchor = criterion.next_level
        yield from wrapped(say("Level {level} would be: {anchor}", level=level, anchor=anchor), width, "      ")
    if criterion.tip:
        yield from wrapped(criterion.tip, width, "      ")


def _guess(view: View, width: int) -> Iterator[str]:
    if view.guess is None:
        return
    yield say("What you guessed")
    for line, hit in view.guess.lines:
        yield from wrapped(line, width, "    ", f"  {SIGNS['elicited' if hit else 'missed']} ")
    yield "  " + say(
        "{right} of {guesses} guesses right; they name {found} of the {needs} needs",
        found=view.guess.found,
        needs=len(view.needs),
        right=sum(hit for _, hit in view.guess.lines),
        guesses=len(view.guess.lines),
    )


def _promises(view: View, width: int) -> Iterator[str]:
    if view.promises:
        yield say("What you promised")
    for promise, standing in view.promises:
        words = say("turn {turn}: “{quote}” – {standing}", turn=promise.turn, quote=promise.quote, standing=standing)
        yield from wrapped(words, width, "    ", "  ")


def _remarks(view: View, width: int) -> Iterator[str]:
    for remark in view.remarks:
        yield from wrapped(remark, width, "  ", "")


def quoted(quote: Quote) -> str:
    """Words with their turn."""
    return say("“{text}” (turn {turn})", text=quote.text, turn=quote.turn)
