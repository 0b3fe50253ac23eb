"""A debrief as Markdown: to share, to keep beside the code, to paste into a page.

Whatever comes from outside is escaped sign by sign, so that it reads as it was said and nothing of it is markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from simulator.reports.headings import headings, signs
from simulator.reports.page import SIGNS
from simulator.text_gate import clean
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.domain.scorecard import Quote
    from simulator.reports.criteria import CriterionView
    from simulator.reports.page import Page
    from simulator.reports.view import NeedView

# CommonMark lets every ASCII sign be escaped. A colon or a dot that is escaped keeps GitHub from making an address of
# what follows; a sign at the start of a line would begin a list, a heading or a rule.
_SIGN = re.compile(r"[\\`*_{}\[\]<>()|~^$&!@]|:(?=//)|(?<=www)\.|(?<=xmpp):|(?<=mailto):", re.IGNORECASE)
_START = re.compile(r"^(\s*)([#+=\-]|\d{1,9}[.)])")


def debriefs_markdown(pages: Sequence[Page]) -> str:
    """The pages one after another, each in its own language, without a line feed at the end."""
    return "\n\n---\n\n".join(_debrief(page) for page in pages)


def escaped(text: str) -> str:
    """The text on one line, as Markdown that shows it as it is."""
    plain = _SIGN.sub(r"\\\g<0>", " ".join(clean(text).split()))
    begun = _START.match(plain)
    return f"{plain[: begun.end() - 1]}\\{plain[begun.end() - 1 :]}" if begun else plain


def _debrief(page: Page) -> str:
    with speaking(page.language):
        blocks = (
            [f"# {escaped(page.title)}"],
            _summary(page),
            _first(page),
            _needs(page),
            _criteria(page),
            _ledgers(page),
            _conversation(page),
            _about(page),
        )
        return "\n\n".join(text for block in blocks if (text := "\n".join(block)))


def _summary(page: Page) -> Iterator[str]:
    view, words = page.view, headings()
    total = words["no_total"] if view.total is None else f"{view.total:.0f}"
    yield f"**{total}** {escaped(view.verdict)}"
    yield ""
    yield f"| {words['stages']} | {words['score']} |"
    yield "|---|---:|"
    for stage in view.stages:
        yield f"| {escaped(stage.name)} | {'–' if stage.share is None else f'{stage.share:.0f}'} |"
    for text in (*view.unscored, *(cap.text for cap in view.fired), *page.beside, *filter(None, [view.epilogue])):
        yield f"\n> {escaped(text)}"


def _first(page: Page) -> Iterator[str]:
    words = headings()
    if page.view.first:
        yield f"## {words['first']}\n"
    for number, piece in enumerate(page.view.first, 1):
        yield f"{number}. **{escaped(piece.criterion)}**: {escaped(piece.advice)}"
        if piece.quote:
            yield f"   - {words['you_said']}: {_quoted(piece.quote)}"
        if piece.better:
            yield f"   - {words['better']}: “{escaped(piece.better)}”"


def _needs(page: Page) -> Iterator[str]:
    if page.view.needs:
        yield f"## {headings()['needs']}\n"
    for need in page.view.needs:
        yield f"- {SIGNS[need.outcome]} {escaped(need.text)} ({_became(need)})"


def _became(need: NeedView) -> str:
    words, parts = headings(), [signs()[need.outcome]]
    if need.words:
        parts.append(_quoted(need.words))
    if need.outcome == "missed":
        parts += [f"{words['hint']} “{escaped(need.cue)}”"] if need.cue else []
        parts.append(f"{words['ask']} “{escaped(need.question)}”")
    return "; ".join(parts)


def _criteria(page: Page) -> Iterator[str]:
    words = headings()
    yield f"## {words['profile']}\n"
    yield f"| {words['criterion']} | {words['level']} | |"
    yield "|---|---:|---|"
    for stage in page.view.stages:
        for one in stage.criteria:
            yield f"| {escaped(one.name)} | {one.level or '–'} | {_row(one)} |"


def _row(one: CriterionView) -> str:
    parts = [escaped(one.judged), escaped(one.reason), *map(_quoted, one.quotes if one.level else ())]
    return "; ".join(filter(None, parts))


def _ledgers(page: Page) -> Iterator[str]:
    view, words = page.view, headings()
    if view.promises:
        yield f"## {words['promises']}\n"
    for promise, standing in view.promises:
        yield f"- {say('turn {turn}', turn=promise.turn)}: “{escaped(promise.quote)}” ({escaped(standing)})"
    if view.news:
        yield f"\n## {words['news']}\n"
    for news in view.news:
        told = say("turn {turn}", turn=news.turn) if news.turn else words["untold"]
        if news.partly:
            told = f"{words['partly']}, {say('turn {turn}', turn=news.partly.turn)}"
        yield f"- {escaped(news.text)} ({told})"
    if page.contested or page.notes:
        yield ""
    for item, reason in page.contested:
        yield f"- {words['contested']}: {escaped(item)}: {escaped(reason)}"
    for turn, note in page.notes:
        yield f"- {words['notes']}, {say('turn {turn}', turn=turn)}: {escaped(note)}"


def _conversation(page: Page) -> Iterator[str]:
    words, known = headings(), signs()
    yield f"## {words['conversation']}\n"
    for turn in page.turns:
        cut = f" \\[{words['cut']}\\]" if turn.cut else ""
        yield f"**{turn.n} {escaped(turn.name)}:** {escaped(turn.text)}{cut}  "
        yield from (f"{SIGNS[one.kind]} {known[one.kind]}: {escaped(one.text)}  " for one in turn.moments)
        yield ""


def _about(page: Page) -> Iterator[str]:
    yield from (f"{escaped(remark)}\n" for remark in page.view.remarks)
    yield " · ".join(f"{label}: {escaped(value)}" for label, value in page.about)


def _quoted(quote: Quote) -> str:
    return say("“{text}” (turn {turn})", text=escaped(quote.text), turn=quote.turn)
