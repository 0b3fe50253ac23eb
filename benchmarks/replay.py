"""What playing recordings again costs.

    python -m benchmarks.replay [--requests N] [--recordings N] [--turns N]

First a single request at 10, 100 and 1,000 recorded interactions, through the program's own client: answered without a
cassette (the floor), by ours, and by plain vcrpy that matches method, path and body; with the time that loading takes.
Then whole recorded practices with their grade, one after the other in one process: one where a model on this machine
played, and one offline. Printed are medians, and of all recordings the sum, of the process's own time.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from simulator.exchange.read import read_transcript
from simulator.llm.endpoint import Endpoint
from simulator.recording.cassette import request_of, to_play, to_write
from simulator.recording.check import check
from simulator.recording.kept import canonical
from simulator.recording.tape import Player, in_place_of_network
from tests.endpoint import LoopbackEndpoint
from tests.recorded import online, practise, reader, settings_for

TALK = Path(__file__).resolve().parents[1] / "tests" / "labelled" / "s02-excellent-en.yaml"
SIZES = (10, 100, 1000)
ADDRESS = "http://endpoint.invalid/v1"
SYSTEM = "You are Daniel Reyes: a buyer on a short trip. You speak as people do.\n" * 12


def messages(n: int) -> list[dict[str, str]]:
    """A request of some 2 kB; n makes it the n-th."""
    return [
        {"role": "system", "content": SYSTEM},
        {"role": "user", "content": "What is waiting for you over there today?"},
        {"role": "assistant", "content": "We sign at two. If I'm not in the room they go to the other bidder."},
        {"role": "user", "content": f"So the whole deal hangs on two o'clock. 一共 {n} 次。"},
    ]


def body_of(n: int) -> bytes:
    """The body of the n-th request."""
    return canonical({"model": "m", "messages": messages(n)})


def answer_of(n: int) -> dict[str, Any]:
    """A cassette's answer to it."""
    said = {
        "model": "m",
        "choices": [{"index": 0, "message": {"content": f"By the lamp, {n}."}, "finish_reason": "stop"}],
    }
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": {"content-type": ["application/json"]},
        "body": {"string": json.dumps(said).encode()},
    }


def ours(folder: Path, size: int) -> Callable[[], AbstractContextManager[None]]:
    """Our cassette of so many interactions, to be played."""
    file = folder / f"ours-{size}.yaml"
    with to_write(file) as cassette:
        for n in range(size):
            cassette.append(request_of("POST", "/chat/completions", body_of(n)), answer_of(n))

    @contextmanager
    def played() -> Iterator[None]:
        player = Player(to_play(file), lambda _: None)
        with in_place_of_network(lambda _: player.send):
            yield

    return played


def plain(folder: Path, size: int) -> Callable[[], AbstractContextManager[None]]:
    """A cassette of vcrpy's own, as its documentation has it, with the body matched."""
    import vcr  # noqa: PLC0415 -- only to compare with
    from vcr.request import Request  # noqa: PLC0415
    from vcr.serialize import serialize  # noqa: PLC0415
    from vcr.serializers import yamlserializer  # noqa: PLC0415

    file = folder / f"plain-{size}.yaml"
    kind = {"content-type": "application/json"}
    requests = [Request("POST", f"{ADDRESS}/chat/completions", body_of(n), kind) for n in range(size)]
    cassette = {"requests": requests, "responses": [answer_of(n) for n in range(size)]}
    file.write_text(serialize(cassette, yamlserializer), encoding="utf-8")
    recorder = vcr.VCR(match_on=["method", "path", "body"], record_mode="none")
    return lambda: recorder.use_cassette(str(file))


def floor(_: Path, __: int) -> Callable[[], AbstractContextManager[None]]:
    """An answer that is there at once."""

    @contextmanager
    def played() -> Iterator[None]:
        import httpx2  # noqa: PLC0415

        content = answer_of(0)["body"]["string"]

        async def send(_: object, request: httpx2.Request) -> httpx2.Response:
            await request.aread()
            return httpx2.Response(200, headers={"content-type": "application/json"}, stream=httpx2.ByteStream(content))

        with in_place_of_network(lambda _: send):
            yield

    return played


async def asked(numbers: Sequence[int]) -> list[float]:
    """Seconds of this process's time that each of these requests takes."""
    endpoint = Endpoint("m", ADDRESS, "none")
    took = []
    try:
        for n in numbers:
            begun = time.process_time()
            await endpoint.ask(messages(n), seconds=60)
            took.append(time.process_time() - begun)
    finally:
        await endpoint.close()
    return took[1:]  # the first one builds the client


def print_requests(folder: Path, most: int) -> None:
    """The table of single requests: sizes and ways take turns, so that what else the machine does is shared."""
    ways = {
        (name, size): way(folder, size)
        for name, way in (("floor", floor), ("ours", ours), ("plain vcrpy", plain))
        for size in SIZES
    }
    took: dict[tuple[str, int], list[float]] = {each: [] for each in ways}
    loading = {}
    while any(len(times) < most for times in took.values()):
        for (name, size), cassette in ways.items():
            if len(took[name, size]) >= most:
                continue
            gc.collect()
            begun = time.process_time()
            with cassette():
                loading[name, size] = time.process_time() - begun
                took[name, size] += asyncio.run(asked(random.sample(range(size), min(size, 10))))
    print(f"{'a request, ms':22}" + "".join(f"{size:>10,}" for size in SIZES) + "   loading, ms")
    for name in dict.fromkeys(name for name, _ in ways):
        medians = "".join(f"{statistics.median(took[name, size]) * 1000:10.2f}" for size in SIZES)
        print(f"{name:22}{medians}   {' / '.join(f'{loading[name, size] * 1000:,.0f}' for size in SIZES)}", flush=True)


def print_practices(folder: Path, recordings: int, turns: int) -> None:
    """Whole practices, each checked as `mot replay` does."""
    lines = [turn.text for turn in read_transcript(TALK).learner_turns][:turns]
    lines += [f"And what else is on your mind about point {n + 1}?" for n in range(turns - len(lines))]
    with LoopbackEndpoint(answer_by=reader) as server:
        practise(online(folder / "home", server), folder / "asked", lines)
    practise(settings_for(folder / "home"), folder / "offline", lines)
    for name in ("asked", "offline"):
        took = []
        for _ in range(recordings):
            begun = time.process_time()
            result = check(folder / name, settings_for(folder / "home"))
            took.append(time.process_time() - begun)
            if result.drifts or result.trouble:
                sys.exit(f"not as recorded: {result}")
        print(
            f"{turns} turns with grade, {name:8} first {took[0]:.2f} s, "
            f"then {statistics.median(took[1:]) * 1000:.0f} ms; {recordings} in {sum(took):.1f} s"
        )


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=60, help="requests timed for each size")
    parser.add_argument("--recordings", type=int, default=100)
    parser.add_argument("--turns", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print_requests(Path(folder), options.requests)
        print_practices(Path(folder), options.recordings, options.turns)


if __name__ == "__main__":
    main()
