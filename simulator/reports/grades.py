"""The grades of one run in whatever format was asked for, all from the same pages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.wording import speaking

if TYPE_CHECKING:
    from simulator.domain.events import Ended
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript
    from simulator.reports.page import Page

Form = Literal["text", "json", "md", "html", "csv", "junit"]


@dataclass(frozen=True, slots=True)
class Grade:
    """One conversation with its grade. `learner` and `ended` are known of our own sessions alone."""

    page: Page
    scorecard: Scorecard
    transcript: Transcript
    learner: str = ""
    ended: Ended | None = None


def grades_in(form: Form, graded: Sequence[Grade], *, several: bool = False, fail_under: float | None = None) -> str:
    """The grades in this format, without a line feed at the end. `several` were asked for: a list then, however many
    there are. `fail_under` is what a total must reach, for JUnit.
    """
    match form:
        case "text":
            return _text(graded, several=several)
        case "json":
            return _json(graded, several=several)
        case "csv":
            return _csv(graded)
        case "md":
            from simulator.reports.markdown import debriefs_markdown  # noqa: PLC0415 -- each format for who wants it

            return debriefs_markdown([one.page for one in graded])
        case "html":
            from simulator.reports.html import session_html  # noqa: PLC0415

            return session_html([one.page for one in graded]).rstrip("\n")
        case "junit":
            from simulator.reports.grades_junit import grades_junit  # noqa: PLC0415

            return grades_junit([(one.page, one.scorecard) for one in graded], fail_under)


def _text(graded: Sequence[Grade], *, several: bool) -> str:
    from simulator.reports.terminal import rendered  # noqa: PLC0415

    texts = []
    for one in graded:
        with speaking(one.page.language):
            texts.append(rendered(one.page.view))
    if not several:
        return texts[0]
    return "\n\n\n".join(f"{one.page.id}\n\n{text}" for one, text in zip(graded, texts, strict=True))


def _json(graded: Sequence[Grade], *, several: bool) -> str:
    from simulator.grading.scorecard_json import to_json  # noqa: PLC0415

    cards = [to_json(one.scorecard) for one in graded]
    if not several:
        return json.dumps(cards[0], ensure_ascii=False)
    named = [{"subject": one.page.id, "scorecard": card} for one, card in zip(graded, cards, strict=True)]
    return json.dumps(named, ensure_ascii=False)


def _csv(graded: Sequence[Grade]) -> str:
    from simulator.exchange.kept import Kept  # noqa: PLC0415
    from simulator.exchange.results import results_csv  # noqa: PLC0415
    from simulator.grading.scorecard_json import to_json  # noqa: PLC0415

    rows = (
        Kept(one.page.id, one.learner, one.transcript, (to_json(one.scorecard),), one.page.at, one.ended)
        for one in graded
    )
    return results_csv(rows).rstrip("\r\n")
