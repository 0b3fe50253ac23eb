"""How the transcript keeps up with a streaming reply, beside a widget for each turn measured in the same run.

    python benchmarks/app.py [--seconds N] [--turns N ...]

Each way runs as a process of its own in a pseudo-terminal, with as many turns shown, while 200 tokens a second come in
and a key is pressed ten times a second. Lag is how late the event loop comes back to a task that asked for 5 ms; key to
paint is from the key's byte going in until its character comes out of the terminal. The ways take turns, so that a busy
machine slows all of them alike.
"""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import json
import os
import pty
import resource
import select
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from simulator.tui.theme import DARK
from simulator.tui.widgets.composer import Composer
from simulator.tui.widgets.entry import Entry
from simulator.tui.widgets.transcript import Transcript

SIZE = (100, 32)
TOKENS = 200
"""Tokens a second."""
REPLY = 60
"""Tokens of a reply, after which the next one begins."""
KEYS = "0123456789"
"""What is pressed: no reply holds a digit, so that one in the output is a key's."""
SAID = "The ticket is on the desk in my hotel room and your flight goes in an hour so please do something now"
WORDS = SAID.split()


class Ours(App[None]):
    """One view that draws lines."""

    def __init__(self, turns: int, seconds: float, told: Path) -> None:
        super().__init__()
        self._turns, self._seconds, self._told = turns, seconds, told
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        """The transcript above, the composer below."""
        yield self.view()
        yield Composer()

    def view(self) -> Transcript | VerticalScroll:
        """Where the turns are shown."""
        return Transcript()

    async def on_mount(self) -> None:
        """Show the turns, then let the reply come in."""
        self.query_one(Composer).focus()
        self.run_worker(self.measure())

    async def measure(self) -> None:
        """Mount, stream, and write down what was seen."""
        await asyncio.sleep(0.5)  # the app's own first paint is over
        begun = time.perf_counter()
        await self.fill()
        painted = asyncio.Event()
        self.call_after_refresh(painted.set)
        await painted.wait()
        mounted = time.perf_counter() - begun
        await self.stream(mounted)

    async def stream(self, mounted: float) -> None:
        """Tokens at their pace for as long as it takes."""
        lags: list[float] = []
        watching = asyncio.create_task(watch(lags))
        begun, sent = time.perf_counter(), 0
        while (gone := time.perf_counter() - begun) < self._seconds:
            while sent < gone * TOKENS:
                if sent % REPLY == 0:
                    await self.next_reply()
                self.token(WORDS[sent % len(WORDS)] + " ")
                sent += 1
            await asyncio.sleep(0.002)
        watching.cancel()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self._told.write_text(json.dumps({"mounted": mounted, "lags": lags, "megabytes": peak}))
        self.exit()

    async def fill(self) -> None:
        """All turns at once."""
        self.query_one(Transcript).show(Entry("persona", text, "Daniel Reyes", n) for n, text in turns(self._turns))

    async def next_reply(self) -> None:
        """A new turn begins."""
        view = self.query_one(Transcript)
        if view.entries and view.entries[-1].turn == 0:
            view.settle(Entry("persona", " ".join(WORDS * 3), "Daniel Reyes", 1))
        view.begin(Entry("persona", "", "Daniel Reyes"))

    def token(self, text: str) -> None:
        """A piece of it."""
        self.query_one(Transcript).stream(text)


class WidgetATurn(Ours):
    """A Static for each turn in a scrolling container, updated at every token: how a chat is usually written."""

    def view(self) -> VerticalScroll:
        """Where the turns are mounted."""
        return VerticalScroll()

    async def fill(self) -> None:
        """All turns at once."""
        view = self.query_one(VerticalScroll)
        await view.mount_all(Static(text + "\n", markup=False) for _, text in turns(self._turns))
        view.scroll_end(animate=False)

    async def next_reply(self) -> None:
        """A new turn begins."""
        self._text = ""
        self._reply = Static("", markup=False)
        await self.query_one(VerticalScroll).mount(self._reply)

    def token(self, text: str) -> None:
        """A piece of it."""
        self._text += text
        self._reply.update(self._text)
        self.query_one(VerticalScroll).scroll_end(animate=False)


WAYS = {"ours": Ours, "a widget a turn": WidgetATurn}


def turns(count: int) -> Iterator[tuple[int, str]]:
    """So many turns, each a few lines long, no two the same."""
    for n in range(1, count + 1):
        start = n % len(WORDS)
        yield n, " ".join(WORDS[start:] + WORDS + WORDS[:start])


async def watch(lags: list[float]) -> None:
    """How late the loop comes back, in milliseconds."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        lags.append((time.perf_counter() - begun - 0.005) * 1000)


def measured(way: str, count: int, seconds: float) -> dict[str, Any]:
    """One process in a terminal of its own, with keys pressed."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.json"
        arguments = [sys.executable, __file__, "--child", way, str(count), str(seconds), str(told)]
        child, terminal = pty.fork()
        if child == 0:
            environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execve(sys.executable, arguments, environment)  # noqa: S606 -- our own program
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
        keys = pressed(terminal)
        os.waitpid(child, 0)
        os.close(terminal)
        return {**json.loads(told.read_text()), "keys": keys}


def pressed(terminal: int) -> list[float]:
    """Milliseconds from each key to its paint, until the program ends."""
    took: list[float] = []
    waits, asked, begun, n = False, 0.0, time.perf_counter(), 0
    while True:
        now = time.perf_counter()
        if not waits and now - begun > 3 and now - asked > 0.1:  # noqa: PLR2004 -- seconds to start, and between keys
            key = KEYS[n % len(KEYS)].encode()
            n, waits, asked = n + 1, True, now
            os.write(terminal, key)
        if not select.select([terminal], [], [], 0.005)[0]:
            continue
        try:
            output = os.read(terminal, 65536)
        except OSError:
            return took
        if waits and drawn(output, key):
            took.append((time.perf_counter() - asked) * 1000)
            waits = False


def drawn(output: bytes, key: bytes) -> bool:
    """Whether the key's character stands in the output, outside its control sequences."""
    plain, rest = b"", output
    while rest:
        before, escape, rest = rest.partition(b"\x1b[")
        plain += before
        if escape:
            rest = rest.lstrip(b"0123456789;?<>=")[1:]
    return key in plain


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=8, help="how long replies come in")
    parser.add_argument("--turns", type=int, nargs="*", default=[0, 200, 1000, 2000], help="turns shown, for ours")
    options = parser.parse_args()
    runs = [("ours", count) for count in options.turns] + [("a widget a turn", 200)]
    print(f"{'way':18} {'turns':>5} {'mount':>8} {'lag 95th':>9} {'99th':>6} {'key':>6} {'memory':>8}")
    for way, count in runs:
        seen = measured(way, count, options.seconds)
        cuts = statistics.quantiles(seen["lags"], n=100)
        key = statistics.median(seen["keys"]) if seen["keys"] else float("nan")
        print(
            f"{way:18} {count:5} {seen['mounted'] * 1000:5.0f} ms {cuts[94]:6.1f} ms {cuts[98]:6.1f}"
            f" {key:6.1f} {seen['megabytes']:5.0f} MB"
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        WAYS[sys.argv[2]](int(sys.argv[3]), float(sys.argv[4]), Path(sys.argv[5])).run()
    else:
        main()
