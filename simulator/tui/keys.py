"""Keys whose descriptions are in the language spoken: they are bound when a screen is made, not when it is imported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

_NAMES = {"escape": "Esc", "slash": "/", "question_mark": "?", "pageup": "PgUp", "pagedown": "PgDn"}
"""Keys that people know by another name than the toolkit's."""


def bind(node: DOMNode, *bindings: Binding) -> None:
    """Bind keys (several, by comma, for one action: only the first is shown) on a screen or widget, before those that
    its class brought along. The tooltip tells more than the description where that is too short to be understood.
    """
    bound = node._bindings.key_to_bindings  # noqa: SLF001 -- the toolkit has no public way to bind when a node is made
    for binding in bindings:
        first, *others = binding.key.split(",")
        told = binding.tooltip or binding.description
        bound.pop(first, None)  # its place is after those bound before it
        bound[first] = [replace(binding, key=first, tooltip=told, show=binding.show and bool(binding.description))]
        for key in others:
            bound[key] = [replace(binding, key=key, description="", tooltip="", show=False)]


def key_name(binding: Binding) -> str:
    """The key as people read it: `Esc`, `F2`, `Ctrl+J`, `r`."""
    if binding.key_display:
        return binding.key_display
    *held, key = binding.key.split("+")
    name = _NAMES.get(key) or (key if len(key) == 1 and not held else key.capitalize())
    return "+".join((*(one.capitalize() for one in held), name))


def keys_of(screen: Screen[object]) -> Iterator[tuple[str, str]]:
    """Every key that does something on a screen now, by its name, and what it does.

    Those that nobody bound here (to move within a line of text, say) are as everywhere, and the toolkit tells of them
    in English only.
    """
    for active in screen.active_bindings.values():
        if active.enabled and active.binding.tooltip:
            yield key_name(active.binding), active.binding.tooltip
