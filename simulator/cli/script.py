"""The learner's lines from a file: one a line, `#` comments, blank lines skipped."""

from __future__ import annotations

from pathlib import Path

from simulator.conversation.engine import overlong
from simulator.errors import BadInput
from simulator.exchange.read import decoded, read_bounded
from simulator.text_gate import MAX_LINE, clean
from simulator.wording import say


def read_script(path: Path) -> tuple[str, ...]:
    """The lines, checked before a session is begun. Raises BadInput in one line, with the number of that at fault."""
    lines: list[str] = []
    for number, raw in enumerate(decoded(read_bounded(path), str(path)).splitlines(), start=1):
        line = clean(raw).strip()
        if len(line) > MAX_LINE:
            raise BadInput(say("{path}:{number}: {reason}", path=path, number=number, reason=overlong(len(line))))
        if line and not line.startswith("#"):
            lines.append(line)
    if not lines:
        raise BadInput(say("{path}: no lines to say", path=path))
    return tuple(lines)
