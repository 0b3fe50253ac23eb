"""How long the app takes to its first paint, beside a minimal chat in the same toolkit, both as whole processes.

    python -m benchmarks.paint [RUNS]

Runs take turns, so that a busy machine slows both. The aim is a ratio of at most 1.25.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from statistics import median
from time import perf_counter

MINIMAL = """
import os
from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import Footer, Input, Static

class Chat(App):
    def compose(self):
        with VerticalScroll():
            yield Static("hello")
        yield Input()
        yield Footer()

    def on_ready(self):
        self.call_after_refresh(os._exit, 0)

Chat().run(headless=True)
"""
OURS = """
import os
from simulator.settings import read_settings
from simulator.domain.opening import Opening
from simulator.tui.app import MotApp

class Painted(MotApp):
    def on_ready(self):
        self.call_after_refresh(os._exit, 0)

Painted(read_settings({}, os.environ), Opening()).run(headless=True)
"""
AIM = 1.25


def seconds(code: str, home: str) -> float:
    """One process from start to its first paint, where it ends at once."""
    environment = {**os.environ, "MOT_HOME": home, "TEXTUAL_DISABLE_KITTY_KEY": "1"}
    begun = perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, capture_output=True, timeout=60)
    return perf_counter() - begun


def main(runs: int) -> None:
    """Print the medians and their ratio."""
    with tempfile.TemporaryDirectory() as home:
        for code in (MINIMAL, OURS):  # compiled files and the disk's cache
            seconds(code, home)
        pairs = [(seconds(MINIMAL, home), seconds(OURS, home)) for _ in range(runs)]
    minimal, ours = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    ratio = median(mine / theirs for theirs, mine in pairs)
    print(f"minimal chat {minimal * 1000:6.0f} ms\nhome         {ours * 1000:6.0f} ms")
    print(f"ratio {ratio:.2f} (aim {AIM})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
