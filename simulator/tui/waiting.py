"""What a screen waits for, which may come when the screen is no more."""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Awaitable
from typing import TypeVar

from textual.message_pump import MessagePump

T = TypeVar("T")


async def waited(widget: MessagePump, work: Awaitable[T]) -> T:
    """What `work` comes to, for a worker of this widget. Raises what `work` raises.

    Raises CancelledError where the widget went meanwhile: the toolkit takes away what is in a screen before it cancels
    the screen's workers, so one that went on would look for widgets that are gone.
    """
    try:
        return await work
    finally:
        if not widget.is_running:
            raise CancelledError
