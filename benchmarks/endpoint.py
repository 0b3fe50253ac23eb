"""What talking to a model costs on our side of the wire, beside the bare clients, in one run.

    python -m benchmarks.endpoint [--runs N]

The model is a process of its own on this machine that answers at once, so what is measured is the clients. They take
turns, so that a slow moment meets them all; ratios count, absolute figures are this machine's. Three tables:

- from the request to the first token, warm (wall time), with 4 and with 400 messages;
- a streamed token (this process's CPU time), from the wire to text that may be shown;
- preparing an actor's request, with 4 and with 400 exchanges behind it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
from openai import AsyncOpenAI

from simulator.conversation.brief import Brief, brief
from simulator.conversation.state import fold
from simulator.domain.acts import Hearing
from simulator.domain.events import Event, LearnerSpoke, PersonaSpoke, SessionStarted
from simulator.domain.persona import Persona
from simulator.llm.actor import exchanges_of, system_text
from simulator.llm.endpoint import Endpoint
from simulator.llm.memory import Known, Memory
from simulator.llm.tokens import Counter
from simulator.llm.window import fit
from simulator.packs.load import load_persona

WORDS = "Could you tell me what happened with the parcel after it had left the depot?"
LENGTHS = (4, 400)
WINDOW = 128_000
"""Tokens: room for the longest of them."""
PACK = Path(__file__).resolve().parents[1] / "personas" / "s02-forgotten-ticket.yaml"
SHORT, LONG = 8, 2000
"""Tokens of a reply: for the time to the first, and for the cost of each. The model's name says which is wanted."""

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"

Client = Callable[[str, Sequence[dict[str, str]]], AsyncGenerator[str, None]]
"""Asks a model with these messages; gives the words of the reply as they come."""


# --- the model -------------------------------------------------------------------------------------------------------


def serve(told: Connection) -> None:
    """Answer every request with as many tokens as the model's name says, each in a chunk of its own."""
    listen(told, streamed)


def streamed(body: dict[str, Any]) -> Iterator[bytes]:
    """The bytes of such an answer."""
    yield HEAD
    for event in events(int(body["model"])):
        yield b"%x\r\n%s\r\n" % (len(event), event)
    yield b"0\r\n\r\n"


def listen(told: Connection, answer: Callable[[dict[str, Any]], Iterator[bytes]]) -> None:
    """Tell a port and answer every request there with the parts that `answer` makes of its body."""

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                for part in answer(json.loads(await reader.readexactly(int(length.partition(b":")[2])))):
                    writer.write(part)
                    await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):  # the client has gone
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(converse, "127.0.0.1", 0, limit=1 << 20)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def events(tokens: int) -> Iterator[bytes]:
    """A reply of the usual shape."""
    for n in range(tokens):
        yield event({"index": 0, "delta": {"content": f"word{n % 10} "}, "finish_reason": None})
    yield event({"index": 0, "delta": {}, "finish_reason": "stop"})
    yield b"data: [DONE]\n\n"


def event(choice: dict[str, Any]) -> bytes:
    """One event of the stream."""
    chunk = {"id": "c-1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


@contextmanager
def model(serve: Callable[[Connection], None] = serve) -> Iterator[str]:
    """The base URL of a server in a process of its own, which ends with the block. `serve` tells a port and serves."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=serve, args=(there,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{here.recv()}/v1"
    finally:
        process.terminate()
        process.join()


# --- its clients -----------------------------------------------------------------------------------------------------


def bare(client: httpx2.AsyncClient, base_url: str) -> Client:
    """The protocol by hand: what no client can do without."""

    async def reply(model: str, messages: Sequence[dict[str, str]]) -> AsyncGenerator[str, None]:
        body = {"model": model, "messages": messages, "stream": True}
        async with client.stream("POST", f"{base_url}/chat/completions", json=body) as response:
            async for line in response.aiter_lines():
                if line.startswith("data: {"):
                    yield json.loads(line[6:])["choices"][0]["delta"].get("content", "")

    return reply


def typed(client: AsyncOpenAI) -> Client:
    """The official client as its own examples use it."""

    async def reply(model: str, messages: Sequence[Any]) -> AsyncGenerator[str, None]:
        stream = await client.chat.completions.create(model=model, messages=list(messages), stream=True)
        async for chunk in stream:
            yield chunk.choices[0].delta.content or ""

    return reply


def ours(endpoints: dict[str, Endpoint]) -> Client:
    """The program's own: watchdog, caps, thinking and text gate included."""

    async def reply(model: str, messages: Sequence[dict[str, str]]) -> AsyncGenerator[str, None]:
        async with aclosing(endpoints[model].stream(messages, seconds=60).pieces()) as pieces:
            async for piece in pieces:
                yield str(piece)

    return reply


def endpoints(base_url: str) -> dict[str, Endpoint]:
    """An endpoint for each length of reply, of a model that is known not to think aloud."""
    memory = Memory(None)
    names = [str(SHORT), str(LONG)]
    for name in names:
        memory.learn(base_url, name, Known(thinking="none"))
    return {name: Endpoint(name, base_url, None, memory) for name in names}


# --- what they cost --------------------------------------------------------------------------------------------------


def talk(messages: int) -> list[dict[str, str]]:
    """A conversation of so many messages, the last one the learner's."""
    roles = ["system", *(("user", "assistant")[n % 2] for n in range(messages - 1))]
    return [{"role": role, "content": f"{n}: {WORDS * 2}"} for n, role in enumerate(roles)]


async def first_token(reply: Client, messages: Sequence[dict[str, str]]) -> float:
    """Milliseconds until the first words are there; the rest is read unmeasured."""
    begun, spent = time.perf_counter(), 0.0
    async for piece in reply(str(SHORT), messages):
        if piece and not spent:
            spent = time.perf_counter() - begun
    return spent * 1000


async def token(reply: Client, messages: Sequence[dict[str, str]]) -> float:
    """Microseconds of this process for each token of a long reply."""
    begun, said = time.process_time(), 0
    async for piece in reply(str(LONG), messages):
        said += len(piece)
    if said < LONG * len("word0 "):
        raise SystemExit(f"{said} characters came: not the whole reply")
    return (time.process_time() - begun) / LONG * 1e6


def preparation(exchanges: int, runs: int) -> float:
    """Milliseconds to prepare a request, median of new lines with so many exchanges behind them, all within the window.

    The encoding is ready, and what was said before has been counted before: so it is in every turn but the first.
    """
    persona = load_persona(PACK.read_bytes(), PACK.name).value
    told = told_after(exchanges, persona)
    counter = Counter("gpt-4o")
    counter.prepare()
    spent = []
    for run in range(runs + 2):
        asked = replace(told, line=f"{run}: {WORDS}")
        begun = time.perf_counter()
        fitted = fit(counter, system_text(asked), exchanges_of(asked.history), asked.line, WINDOW)
        spent.append((time.perf_counter() - begun) * 1000)
        if len(fitted.messages) != 2 * exchanges + 2:
            raise SystemExit(f"{fitted.left_out} exchanges were left out: not what was to be measured")
    return median(spent[2:])


def told_after(exchanges: int, persona: Persona) -> Brief:
    """What an actor knows after so many exchanges."""
    names = dict.fromkeys(("session", "persona_hash", "rubric", "rubric_hash", "listener", "actor", "program"), "")
    events: list[Event] = [SessionStarted(persona=persona.id, language="en", seed=1, learner="", **names)]
    events.append(PersonaSpoke(1, WORDS))
    for n in range(exchanges):
        events += [LearnerSpoke(2 * n + 2, f"{n}: {WORDS}"), PersonaSpoke(2 * n + 3, f"{n}: {WORDS * 2}")]
    events.append(LearnerSpoke(2 * exchanges + 2, WORDS))
    return brief(fold(events, persona), 2 * exchanges + 3, Hearing(()), (), persona)


async def compared(
    clients: dict[str, Client],
    measure: Callable[[Client, Sequence[dict[str, str]]], Any],
    messages: Sequence[dict[str, str]],
    runs: int,
) -> dict[str, float]:
    """The median of each client, after two unmeasured rounds."""
    spent: dict[str, list[float]] = {name: [] for name in clients}
    for run in range(runs + 2):
        for name, reply in clients.items():
            took = await measure(reply, messages)
            if run > 1:
                spent[name].append(took)
    return {name: median(times) for name, times in spent.items()}


async def measured(base_url: str, runs: int) -> None:
    """Print the tables of the wire."""
    known = endpoints(base_url)
    async with httpx2.AsyncClient() as client, AsyncOpenAI(base_url=base_url, api_key="none") as official:
        clients = {"httpx2": bare(client, base_url), "openai, typed": typed(official), "this program": ours(known)}
        for length in LENGTHS:
            times = await compared(clients, first_token, talk(length), runs)
            added = times["this program"] - times["httpx2"]
            print(f"to the first token, warm, {length} messages, median of {runs}")
            table(times, "ms", f"adds {added:.2f} ms to a bare request; at most 5")
        times = await compared(clients, token, talk(LENGTHS[0]), max(5, runs // 10))
        print(f"a streamed token, replies of {LONG}")
        table(times, "us", "at most 40, text gate included")
    for endpoint in known.values():
        await endpoint.close()


def table(times: dict[str, float], unit: str, aim: str) -> None:
    """Print one table, beside the first of its lines."""
    floor = next(iter(times.values()))
    for name, spent in times.items():
        note = aim if name == "this program" else ""
        print(f"  {name:16} {spent:8.2f} {unit}  {spent / floor:5.2f}x  {note}".rstrip())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=100, help="requests of each client")
    runs = parser.parse_args().runs
    with model() as base_url:
        asyncio.run(measured(base_url, runs))
    print(f"preparing an actor's request, median of {runs}; at most 4 ms, however long the talk")
    for length in LENGTHS:
        print(f"  {length:3} exchanges    {preparation(length, runs):8.2f} ms")


if __name__ == "__main__":
    main()
