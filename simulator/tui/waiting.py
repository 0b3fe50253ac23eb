"""What a screen waits for, which may come when the screen is no more."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable
from typing import TypeVar

from textual.widget import Widget

T = TypeVar("T")


async def waited(widget: Widget, work: Awaitable[T]) -> T:
    """What `work` comes to, for a worker of this widget. Raises what `work` raises.

    Raises CancelledError where its screen was left meanwhile: the toolkit takes away what is in a screen before it
    cancels the screen's workers. One that went on would look for widgets that are gone, or dismiss the screen below.
    """
    try:
        return await work
    finally:
        if not widget.is_running or widget.screen not in widget.app.screen_stack:
            raise CancelledError
