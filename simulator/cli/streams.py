"""Standard input read line by line and within bounds; results written whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from simulator.errors import BadInput, StoreError, StoreFull
from simulator.wording import say

MAX_BYTES = 64 * 1024
"""Longest line of standard input, in bytes: a learner's line of 4,000 characters with its context fits many times."""


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


def write(text: str, output: Path | None) -> None:
    """Write the text and a line feed to `output`, whole or not at all; None: standard output.

    Raises BadInput where there is no such folder or no right to it, StoreFull and StoreError where the disk fails.
    """
    if output is None:
        typer.echo(text)
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(output)
    except OSError as error:
        message = say("{output}: not written: {reason}", output=output, reason=error.strerror)
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise StoreFull(message) from error
        raise (StoreError if error.errno == errno.EIO else BadInput)(message) from error
    finally:
        part.unlink(missing_ok=True)
