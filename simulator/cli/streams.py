"""The process's own streams: input by lines and within bounds, text at a terminal's width, results whole or not."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TextIO

import typer

from simulator.errors import BadInput
from simulator.exchange.files import write_whole
from simulator.reports.layout import Flow, wrapped
from simulator.wording import say

MAX_BYTES = 64 * 1024
"""Longest line of standard input, in bytes: a learner's line of 4,000 characters with its context fits many times."""

MAX_READ = 1 << 17
"""Characters kept of one typed line: what is longer is refused anyway."""


def input_lines() -> Iterator[tuple[int, str]]:
    """The lines of standard input that are not blank, with their numbers. Raises BadInput with the number."""
    number = 0
    while raw := sys.stdin.buffer.readline(MAX_BYTES + 1):
        number += 1
        if len(raw) > MAX_BYTES:
            raise BadInput(say("line {number}: longer than {limit:,} bytes", number=number, limit=MAX_BYTES))
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise BadInput(say("line {number}: not text in UTF-8", number=number)) from None
        if "\0" in line:
            raise BadInput(say("line {number}: binary data, not text", number=number))
        if line:
            yield number, line


def typed_lines(prompt: str = "> ") -> Iterator[str]:
    """Lines as a person types or a pipe brings them, until the end. Raises BadInput for bytes that are no text.

    A terminal is prompted. Of a line over MAX_READ characters only its beginning is given.
    """
    terminal = sys.stdin.isatty()
    if terminal:
        import readline  # noqa: F401 -- gives input() editing and history, where the platform has it
    elif isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")  # whatever the locale: nothing is guessed
    while True:
        try:
            line = input(prompt) + "\n" if terminal else _read_line()
        except EOFError:
            return
        except UnicodeDecodeError as error:
            raise BadInput(say("standard input is not UTF-8 text")) from error
        if not line:
            return
        yield line.rstrip("\n")


def _read_line() -> str:
    """A line of standard input, cut where it is overlong: what is left of it must not pass for the next one."""
    line = piece = sys.stdin.readline(MAX_READ)
    while len(piece) == MAX_READ and not piece.endswith("\n"):
        piece = sys.stdin.readline(MAX_READ)
    return line


def write(text: str, output: Path | None) -> None:
    """Write the text and a line feed to `output`, whole or not at all; None: standard output.

    Raises what writing the file raises.
    """
    if output is None:
        typer.echo(text)
    else:
        write_whole(text + "\n", output)


def write_of(ids: Collection[str], text: str, output: Path | None, home: Path) -> None:
    """`write` what holds something of these conversations, and keep track of it where purging has to find it.

    Raises what writing the file raises, and StoreError.
    """
    from simulator.exchange.written import keep_track

    write(text, output)
    keep_track(home, output, ids)


def columns(stream: TextIO) -> int | None:
    """The width of the terminal a stream writes to, or None where it writes to something else."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def fitted(text: str, stream: TextIO) -> str:
    """The text broken at words to the terminal's width, so that nothing is cut in the middle of one."""
    width = columns(stream)
    if width is None:
        return text
    indent = " " * (len(text) - len(text.lstrip()))
    return "\n".join(line for part in text.split("\n") for line in wrapped(part.strip(), width, indent + "  ", indent))


class Speech:
    """One person's words as they come, after `head`: broken at words at the terminal's width, or whole on one line."""

    def __init__(self, stream: TextIO, head: str) -> None:
        self._stream = stream
        width = columns(stream)
        self._flow = Flow(width, indent="  ", first="") if width else None
        self.write(head)

    def write(self, text: str) -> None:
        """More of it. A line feed is a space here: a line ends only with `end`."""
        self._put(self._flow.feed(text) if self._flow else text.replace("\n", " "))

    def end(self) -> None:
        """The last of it, and the end of the line."""
        self._put((self._flow.close() if self._flow else "") + "\n")

    def _put(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
