"""`mot`, also `python -m simulator`. The version is answered before anything is imported that takes time."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from simulator import __version__

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
        if given in (["--version"], ["-V"]):
            sys.stdout.write(f"mot {__version__}\n")
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


if __name__ == "__main__":
    sys.exit(main())
