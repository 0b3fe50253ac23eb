"""Server-sent events out of the bytes they come in, split anywhere, by the WHATWG's rules and within bounds."""

from __future__ import annotations

from collections.abc import Iterator

MOST_LINE = 1 << 20
"""Bytes of a line, and of an event's data."""


class Overlong(Exception):
    """A line or an event over MOST_LINE."""


class Events:
    """Feed it bytes, get the events they complete: (name, data), the name b"" for most. `id` and `retry` are ignored,
    as are comments.
    """

    def __init__(self) -> None:
        self._rest = b""  # of a line
        self._after_return = False  # a line feed that comes next belongs to the line end before it
        self._name = b""
        self._data: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[tuple[bytes, bytes]]:
        """The events complete by now. Raises Overlong, after those before it."""
        if self._after_return and chunk:
            chunk = chunk.removeprefix(b"\n")
            self._after_return = False
        if b"\r" in chunk:
            self._after_return = chunk.endswith(b"\r")
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        *lines, rest = chunk.split(b"\n")
        if lines:
            lines[0] = self._rest + lines[0]
            self._rest = rest
            for line in lines:
                if line:
                    self._take(line)
                    continue
                if self._data:
                    yield self._name, b"\n".join(self._data)
                self._name, self._data, self._size = b"", [], 0
        else:
            self._rest += rest
        if len(self._rest) > MOST_LINE:
            raise Overlong

    def _take(self, line: bytes) -> None:
        field, _, value = line.partition(b":")
        if field == b"data":
            self._data.append(value.removeprefix(b" "))
            self._size += len(line)
            if self._size > MOST_LINE:
                raise Overlong
        elif field == b"event":
            self._name = value.removeprefix(b" ")
