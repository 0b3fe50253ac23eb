"""What a drill of every persona within reach costs.

    python -m benchmarks.drill [PERSONA...]

Printed is the wall time of `mot drill`, processes and all, with how many conversations that is.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time


def main() -> int:
    """Drill, and print what it took. Returns the drill's own exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("personas", nargs="*", metavar="PERSONA")
    command = [
        sys.executable,
        "-m",
        "simulator",
        "drill",
        "--offline",
        "--format",
        "json",
        *parser.parse_args().personas,
    ]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begun
    sys.stderr.write(done.stderr)
    results = json.loads(done.stdout or "[]")
    plays = sum(len(one["learners"]) for one in results)
    print(f"{len(results)} drills, {plays} conversations, graded: {took:.1f} s")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
