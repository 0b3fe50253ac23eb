"""Files for other programs, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from simulator.errors import BadInput, StoreError, StoreFull
from simulator.replacing import replacing
from simulator.wording import say

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def write_whole(text: str, output: Path) -> None:
    """Write the text, whole or not at all.

    A link is followed and stays. What is no plain file (a device, a pipe) is written to as it is. Raises BadInput where
    there is no such folder or no right to it, StoreFull and StoreError where the disk fails.
    """
    try:
        if _is_open_or_special(output):
            with output.open("ab") as file:
                file.write(text.encode())
        else:
            with replacing(output.resolve()) as file:
                file.write(text.encode())
    except OSError as error:
        message = say("{output}: not written: {reason}", output=output, reason=error.strerror)
        if error.errno in _FULL:
            raise StoreFull(message) from error
        raise (StoreError if error.errno == errno.EIO else BadInput)(message) from error


def _is_open_or_special(output: Path) -> bool:
    """Whether this is no plain file, or one that is our own standard output or error: /dev/stdout by any name."""
    try:
        there = output.stat()
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(there.st_mode) or any(os.path.samestat(there, os.fstat(stream)) for stream in (1, 2))
