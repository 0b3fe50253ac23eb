"""Grades before and after, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from simulator.grading.comparison import Change, Comparison
from simulator.wording import say

FORMAT = "comparison/1"


def comparison_json(found: Sequence[Comparison]) -> dict[str, Any]:
    """Every comparison under stable keys."""
    return {"format": FORMAT, "sessions": [{**asdict(one), "changed": one.changed} for one in found]}


def comparison_text(found: Sequence[Comparison]) -> str:
    """The sessions that changed with what changed in them, then how many did."""
    return "\n".join(_lines(found))


def _lines(found: Sequence[Comparison]) -> Iterator[str]:
    for one in found:
        if one.changed:
            yield f"{one.subject}  {_row(one.verdict)}".rstrip()
            for change in (*one.criteria, *one.caps):
                by = f" ({_row(change.by)})" if change.by else ""
                yield f"  {_shown(change)}{by}"
            if one.sources:
                yield "  " + say("not graded alike: {sources}", sources=_row(one.sources))
    changed, graded = sum(one.changed for one in found), sum(one.graded for one in found)
    yield say("{changed} of {graded} sessions changed.", changed=changed, graded=graded)
    if new := len(found) - graded:
        yield say("{count} had no earlier grade.", count=new)


def _row(changes: Sequence[Change]) -> str:
    return ", ".join(map(_shown, changes))


def _shown(change: Change) -> str:
    return f"{change.what} {_value(change.before)} → {_value(change.after)}"


def _value(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return say("yes") if value else say("no")
        case float():
            return f"{value:g}"
        case str() if len(value) == 64:  # noqa: PLR2004 -- a hash
            return value[:8]
    return str(value)
