"""The one way in which a file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
"""The mode of a file that nobody else may read."""


@contextmanager
def replacing(target: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write to. When the block ends well it takes the place of `target`, in one step for whoever reads that
    meanwhile, and what is in it has reached the disk before; else nothing has happened.

    `mode` is that of the new file, less what the person's own mask takes from it. A link is replaced, not followed.
    Raises OSError, and what the block raises.
    """
    part = target.with_name(f".mot-{os.urandom(4).hex()}.part")
    try:
        with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):  # whatever kept it from being made is being said
            part.unlink(missing_ok=True)
