"""`mot`, also `python -m simulator`. The version is answered before anything is imported that takes time."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulator import __version__

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

INTERRUPTED = 130

ALLOCATIONS = 10_000
"""New objects after which garbage is looked for, for CPython's 700: packs, lexicons and what is heard all stay, and
looking through them again and again took a twelfth of a grade."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. `arguments` None: those of the process. Returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    try:
        collect_seldom()
        _open_closed_streams()
        _let_narration_go()
        if given in (["--version"], ["-V"]):
            with contextlib.suppress(OSError):  # the command line says what is wrong with standard output
                sys.stdout.write(f"mot {__version__}\n")
                sys.stdout.flush()
                return 0
        from simulator.cli.app import run  # noqa: PLC0415 -- the version needs no command line

        return run(given)
    except KeyboardInterrupt:  # before a command was there to be interrupted
        return INTERRUPTED


def collect_seldom() -> None:
    """Look for garbage less often for as long as the process lives, and not when it ends.

    At its end Python looks through all there is, twice, though all goes anyway: a quarter of what one line explained
    took. What wants an orderly end has had it by then: files and stores are closed by those who opened them.
    """
    gc.set_threshold(ALLOCATIONS)
    atexit.register(gc.freeze)


def _open_closed_streams() -> None:
    """Let a stream that whoever started us has closed lead nowhere.

    Its number is the lowest that is free, so this gets it; else the first file opened later would, and be written to.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            stream = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(stream, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115 -- stays open


class _Narration(io.FileIO):
    """Standard error. What it cannot take (a full disk, a reader who left) is dropped: the work goes on."""

    def write(self, data: ReadableBuffer) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _let_narration_go() -> None:
    """Let nothing fail because nobody can be told about it."""
    told = sys.stderr
    if told is sys.__stderr__ and isinstance(told, io.TextIOWrapper) and not told.isatty():
        raw = io.BufferedWriter(_Narration(told.fileno(), "w", closefd=False))
        sys.stderr = io.TextIOWrapper(raw, told.encoding, told.errors, line_buffering=True)


if __name__ == "__main__":
    sys.exit(main())
