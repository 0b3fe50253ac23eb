"""Keys whose descriptions are in the language spoken: they are bound when a screen is made, not when it is imported."""

from __future__ import annotations

from textual.binding import Binding
from textual.dom import DOMNode


def bind(node: DOMNode, *bindings: Binding) -> None:
    """Bind keys (several, by comma, for one action: only the first is shown) on a screen or widget."""
    for binding in bindings:
        first, *others = binding.key.split(",")
        node._bindings.bind(  # noqa: SLF001 -- the toolkit has no public way to bind when a node is made
            first, binding.action, binding.description, show=binding.show, key_display=binding.key_display
        )
        for key in others:
            node._bindings.bind(key, binding.action, show=False)  # noqa: SLF001
