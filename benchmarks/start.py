"""How long the program takes to say its first word, beside a floor measured in the same run.

    python benchmarks/start.py [--runs N]

Medians of whole processes. The floor is `python -c 'import argparse, json, sqlite3'`: what any command line with a
store would pay. The order of the runs is mixed, so that a busy machine slows all of them alike.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import time

FLOOR = "import argparse, json, sqlite3"
COMMANDS = {
    "floor": ["-c", FLOOR],
    "import typer": ["-c", "import typer"],
    "mot --version": ["-m", "simulator", "--version"],
    "mot practice --help": ["-m", "simulator", "practice", "--help"],
    "mot --help": ["-m", "simulator", "--help"],
    "mot list personas": ["-m", "simulator", "list", "personas"],
}
AIMS = {"mot --version": "at most 2.0x the floor", "mot practice --help": "under 200 ms"}


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=15, help="processes for each command")
    runs = parser.parse_args().runs
    # Byte code is kept, as an installed package keeps it, whatever this shell says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    took: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for name in COMMANDS:  # once unmeasured: byte code and the disk's cache
        seconds(name, environment)
    rounds = [name for name in COMMANDS for _ in range(runs)]
    random.shuffle(rounds)
    for name in rounds:
        took[name].append(seconds(name, environment))
    floor = statistics.median(took["floor"])
    for name, times in took.items():
        median = statistics.median(times)
        print(f"{name:22} {median * 1000:6.0f} ms  {median / floor:4.1f}x  {AIMS.get(name, '')}")


def seconds(name: str, environment: dict[str, str]) -> float:
    """One process from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *COMMANDS[name]], check=True, stdout=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
