"""What is made of a pack once for all sentences: kept for a few packs, the first to come the first to go.

A pack cannot be hashed, and hashing its parts by value takes longer than what is looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Of = TypeVar("Of")
Made = TypeVar("Made")

MOST_KEPT = 16
"""Objects for which it is kept what was made of them, each with the object itself."""


def once_per_pack(make: Callable[[Of], Made]) -> Callable[[Of], Made]:
    """Make it once of each object, which must not change, and keep it until enough others were asked for."""
    known: dict[int, tuple[Of, Made]] = {}

    def look_up(of: Of) -> Made:
        found = known.get(id(of))
        if found is not None:  # the object is kept alive beside it, so no other one has its id
            return found[1]
        made = make(of)
        for oldest in list(known)[: max(0, 1 + len(known) - MOST_KEPT)]:
            known.pop(oldest, None)
        known[id(of)] = of, made
        return made

    return look_up
