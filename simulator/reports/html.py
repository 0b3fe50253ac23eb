"""Pages for a browser and for paper: one file each, no script, nothing fetched from anywhere.

Whatever comes from a conversation, a pack or a person is escaped by the template engine and passes the text gate once
more on its way out; no template marks anything as safe that did not come from a template.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.domain.rubric import LEVELS
from simulator.reports.headings import headings, signs
from simulator.reports.page import SIGNS, Page
from simulator.text_gate import clean
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from jinja2 import Environment

    from simulator.reports.group import GroupView
    from simulator.reports.progress import ProgressView

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with a page: show it, with the styles inside it."""


def session_html(pages: Sequence[Page]) -> str:
    """One conversation as a page; several as one page with a list of them on top, in the language of the first."""
    with speaking(pages[0].language):
        title = pages[0].title if len(pages) == 1 else say("{count} conversations", count=len(pages))
        return _rendered("session.html", pages[0].language, title, pages=pages)


def learner_html(view: ProgressView, pages: Sequence[Page] = ()) -> str:
    """A learner over time; `pages` are conversations to show with it."""
    with speaking(view.language):
        return _rendered("learner.html", view.language, view.heading, view=view, pages=pages)


def group_html(view: GroupView, pages: Sequence[Page] = ()) -> str:
    """Several learners beside one another; `pages` are conversations to show with it."""
    with speaking(view.language):
        return _rendered("group.html", view.language, view.heading, view=view, pages=pages)


def _rendered(template: str, language: str, title: str, **values: Any) -> str:
    known = {"w": headings(), "meaning": signs(), "signs": SIGNS, "top": LEVELS[-1], "policy": POLICY}
    known |= {"turn_n": _turn, "level_n": _level, "before": _before}
    return _environment().get_template(template).render(language=language, title=title, **known, **values)


def _turn(number: int) -> str:
    return say("turn {turn}", turn=number)


def _level(level: int) -> str:
    return say("level {level} of {top}", level=level, top=LEVELS[-1])


def _before(words: str) -> str:
    return say("{heading}: ", heading=words)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 -- only for those who want a page

    return Environment(
        loader=PackageLoader("simulator.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_gated,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _gated(value: object) -> object:
    """A text as it may be shown; what a template wrote itself is left as it is."""
    return clean(value) if type(value) is str else value
