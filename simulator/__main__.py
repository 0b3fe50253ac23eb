"""`mot`, also `python -m simulator`. The version is answered before anything is imported that takes time."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from simulator import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line. `arguments` None: those of the process. Returns the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given in (["--version"], ["-V"]):
        sys.stdout.write(f"mot {__version__}\n")
        return 0
    from simulator.cli.app import run  # noqa: PLC0415 -- the version needs no command line

    return run(given)


if __name__ == "__main__":
    sys.exit(main())
