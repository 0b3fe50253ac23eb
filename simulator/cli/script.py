"""The learner's lines from a file: one a line, `#` comments, blank lines skipped."""

from __future__ import annotations

from pathlib import Path

from simulator.errors import BadInput
from simulator.text_gate import MAX_LINE, clean
from simulator.wording import say

MAX_BYTES = 1 << 20
"""A script of 1 MiB is over a thousand turns; more is another file by mistake."""


def read_script(path: Path) -> tuple[str, ...]:
    """The lines, checked before a session is begun. Raises BadInput in one line, with the line's number."""
    try:
        with path.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(say("{path}: not UTF-8 text (byte {byte})", path=path, byte=error.start)) from error
    except OSError as error:
        raise BadInput(say("{path}: {reason}", path=path, reason=error.strerror)) from error
    if len(source) > MAX_BYTES:
        raise BadInput(say("{path}: over {limit:,} bytes", path=path, limit=MAX_BYTES))
    if "\0" in text:
        raise BadInput(say("{path}: binary, not text", path=path))
    lines: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = clean(raw).strip()
        if not line or line.startswith("#"):
            continue
        if len(line) > MAX_LINE:
            message = say(
                "{path}:{number}: {length:,} characters; at most {limit:,} make a turn",
                path=path,
                number=number,
                length=len(line),
                limit=MAX_LINE,
            )
            raise BadInput(message)
        lines.append(line)
    if not lines:
        raise BadInput(say("{path}: no lines to say", path=path))
    return tuple(lines)
