"""How far long work is, on standard error: a bar on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from simulator.cli.narration import narrate
from simulator.wording import say

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

EVERY = 1000
"""Items between two lines where there is no terminal."""


class Watch:
    """Counts items of work as they are taken, and shows that under `what`."""

    def __init__(self, what: str, count: int) -> None:
        self._what = what
        self._count = count
        self._bar: Progress | None = None

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """The items, counted."""
        if self._count < 2 or not sys.stderr.isatty():  # noqa: PLR2004 -- one is no long work
            yield from self._told(items)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(self._what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(
            *columns,
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # else standard output would follow the bar to standard error
            redirect_stderr=False,
        )
        task = bar.add_task(self._what, total=self._count)
        self._bar = bar
        try:
            with bar:
                for item in items:
                    yield item
                    bar.advance(task)
        finally:
            self._bar = None

    @contextmanager
    def paused(self) -> Iterator[None]:
        """A while in which something else may be shown or asked."""
        if self._bar:
            self._bar.stop()
        try:
            yield
        finally:
            if self._bar:
                self._bar.start()

    def _told(self, items: Iterable[T]) -> Iterator[T]:
        for number, item in enumerate(items, 1):
            yield item
            if number % EVERY == 0 and number < self._count:
                told = say("{what}: {number:,} of {count:,}", what=self._what, number=number, count=self._count)
                narrate(told)
