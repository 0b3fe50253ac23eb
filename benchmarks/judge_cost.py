"""What judging with a model costs on our side of the wire, beside the bare clients, in one run.

    python -m benchmarks.judge_cost [--transcripts N]

The model is a process of its own on this machine that answers each statement at once. Transcripts of 20 turns (those of
benchmarks.many) are judged, a request a stage; then the very same requests are made by httpx2 and by the official
client as its examples use it. All take turns, so that a slow moment meets them all: ratios count, absolute figures are
this machine's. Printed is this process's own time for a request: that of the judge (prompt, request, answer read and
checked, answer kept), and that of the whole grade, what code judges and verifies included.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
from openai import AsyncOpenAI

from benchmarks.endpoint import listen, model
from benchmarks.grading import ROOT, persona_of
from benchmarks.many import recombined
from simulator.domain.rubric import Rubric
from simulator.domain.scorecard import Verdict
from simulator.domain.transcript import Transcript
from simulator.grading.case import Case, outside
from simulator.grading.grader import grade
from simulator.grading.observations import StageRequest
from simulator.llm.docket import Bench, Docket
from simulator.llm.endpoint import Endpoint
from simulator.llm.judge import LlmJudge, messages_of
from simulator.llm.tokens import Counter
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_rubric
from simulator.session_packs import in_language

RUBRIC = ROOT / "rubrics" / "moments-of-truth.yaml"
NAME = "m"
WARM = 3
"""Transcripts that pay for the client, the packs and the lexicons."""

AIM = 4.0
"""Milliseconds."""


def serve(told: Connection) -> None:
    """A model that says no to every statement."""
    listen(told, no_to_all)


def no_to_all(body: dict[str, Any]) -> Iterator[bytes]:
    """Its answer."""
    told = json.loads(body["messages"][-1]["content"])
    statements = next(value for key, value in told.items() if key.startswith("statements"))
    said = json.dumps({"answers": [{"id": one["id"], "quotes": [], "met": "no"} for one in statements]})
    whole = {
        "id": "c-1",
        "object": "chat.completion",
        "created": 1,
        "model": NAME,
        "choices": [{"index": 0, "message": {"role": "assistant", "content": said}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200},
    }
    content = json.dumps(whole).encode()
    yield b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(content) + content


class Timed:
    """A judge around a judge that keeps what it is asked, and the time that its answers take: of several under way at
    once, the time is counted once.
    """

    proves = True

    def __init__(self, judge: LlmJudge) -> None:
        self.judge = judge
        self.asked: list[StageRequest] = []
        self.seconds = 0.0
        self.begun = 0.0
        self.under_way = 0

    @property
    def name(self) -> str:
        """The judge's own."""
        return self.judge.name

    async def answer(self, request: StageRequest) -> Sequence[Verdict]:
        """What the judge says."""
        self.asked.append(request)
        if not self.under_way:
            self.begun = time.process_time()
        self.under_way += 1
        try:
            return await self.judge.answer(request)
        finally:
            self.under_way -= 1
            if not self.under_way:
                self.seconds += time.process_time() - self.begun


async def spent(asking: Callable[[list[Any]], Awaitable[None]], asked: Sequence[list[Any]]) -> float:
    """Milliseconds of this process that each of these requests takes."""
    begun = time.process_time()
    for messages in asked:
        await asking(messages)
    return (time.process_time() - begun) * 1000 / len(asked)


async def measured(base_url: str, transcripts: Sequence[Transcript], kept: Path) -> None:
    """Print the table."""
    rubric = load_rubric(RUBRIC.read_bytes(), RUBRIC.name).value
    endpoint = Endpoint(NAME, base_url, "none")
    bench = Bench(endpoint, Counter(NAME), None, kept)
    times: dict[str, list[float]] = {"httpx2": [], "openai, typed": [], "this judge": [], "the whole grade": []}
    asked, characters = 0, 0
    async with httpx2.AsyncClient() as client, AsyncOpenAI(base_url=base_url, api_key="none") as official:

        async def bare(messages: list[Any]) -> None:
            answer = await client.post(f"{base_url}/chat/completions", json={"model": NAME, "messages": messages})
            json.loads(answer.json()["choices"][0]["message"]["content"])

        async def typed(messages: list[Any]) -> None:
            answer = await official.chat.completions.create(model=NAME, messages=messages)
            json.loads(answer.choices[0].message.content or "")

        for number, transcript in enumerate(transcripts):
            case, worded = await _case(transcript, rubric)
            docket = Docket(bench)
            judge = Timed(LlmJudge(docket))
            begun = time.process_time()
            docket.concluded(await grade(case, worded, judge, transcript.language))
            took = {"the whole grade": time.process_time() - begun, "this judge": judge.seconds}
            each = {name: seconds * 1000 / len(judge.asked) for name, seconds in took.items()}
            sent = [messages_of(request) for request in judge.asked]
            each |= {"httpx2": await spent(bare, sent), "openai, typed": await spent(typed, sent)}
            if number >= WARM:
                asked += len(sent)
                characters += sum(len(message["content"]) for messages in sent for message in messages)
                for name, milliseconds in each.items():
                    times[name].append(milliseconds)
    await endpoint.close()
    count = len(transcripts) - WARM
    print(f"{count} transcripts, {asked / count:.1f} requests and {characters / count:,.0f} prompt characters each")
    floor = median(times["httpx2"])
    for name, found in times.items():
        note = f"at most {AIM:.0f}" if name == "this judge" else ""
        print(f"  {name:16} {median(found):6.2f} ms a request  {median(found) / floor:5.2f}x  {note}".rstrip())


async def _case(transcript: Transcript, rubric: Rubric) -> tuple[Case, Rubric]:
    language = transcript.language
    persona = persona_of(ROOT / "personas", transcript.persona or "")
    case = await outside(transcript, in_language(persona, language) if persona else None, OfflineListener())
    return case, in_language(rubric, language)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transcripts", type=int, default=60)
    count = parser.parse_args().transcripts
    with tempfile.TemporaryDirectory() as kept, model(serve) as base_url:
        asyncio.run(measured(base_url, list(recombined(WARM + count)), Path(kept)))


if __name__ == "__main__":
    main()
