"""Practices recorded for tests: offline, and against a loopback endpoint whose answers follow from what it is asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from simulator import practice as sessions
from simulator.conversation.engine import Conversation, Delta
from simulator.domain.opening import Choice
from simulator.practice import Practice
from simulator.recording.recorder import recorded
from simulator.settings import NamedModel, Settings
from tests.endpoint import LoopbackEndpoint, Play, Request, fails, says

PERSONA = "s02-forgotten-ticket"
LINES = (
    "That's a horrible moment. What is waiting for you over there today?",
    "So the whole deal hangs on two o'clock. What else did you leave in that room?",
    "I'll ask the hotel to send it over at once.",
)
Do = Callable[[Conversation], Any]


def settings_for(home: Path, **changes: Any) -> Settings:
    """Offline, in English, with nothing of the person's own."""
    return replace(Settings(home=home, config_folder=home / "config", language="en"), **changes)


def online(home: Path, server: LoopbackEndpoint, **changes: Any) -> Settings:
    return settings_for(home, endpoint=NamedModel("loop-1", server.base_url, "key-of-nobody"), **changes)


def reader(request: Request) -> Play:
    """Answers a listener with a label for each sentence, a judge with no, and an actor with words that echo its own.

    Whoever asks for something else is refused.
    """
    if request.streamed:
        return says(f"Well, you said “{request.messages[-1]['content'][:40]}”. 好的。")
    told = json.loads(next(message["content"] for message in request.messages if message["role"] == "user"))
    if "label" in told:
        return says(json.dumps({"sentences": [_label(int(n), text) for n, text in told["label"].items()]}))
    if statements := next((value for key, value in told.items() if key.startswith("statements")), None):
        return says(json.dumps({"answers": [{"id": one["id"], "quotes": [], "met": "no"} for one in statements]}))
    return fails(422, "this reader answers no such thing")


def _label(n: int, text: str) -> dict[str, Any]:
    return {"n": n, "flag": None, "acts": ["open_question"] if "?" in text else ["inform"], "topics": []}


def practise(
    settings: Settings, folder: Path, lines: Sequence[str | Do], *, ends: bool = True, seed: int = 1
) -> Practice:
    """Hold a practice and record it: lines are said, functions are done with the conversation; then it is graded."""
    practice = sessions.start(settings, Choice(PERSONA, settings.rubric, seed))
    with practice, recorded(practice, folder):
        asyncio.run(_hold(practice, lines, ends=ends))
    return practice


def go_on(settings: Settings, session: str, folder: Path, lines: Sequence[str | Do]) -> None:
    """Take a recorded practice up again, and end it."""
    practice = sessions.resume(settings, session)
    with practice, recorded(practice, folder):
        asyncio.run(_hold(practice, lines, ends=True))


async def _hold(practice: Practice, lines: Sequence[str | Do], *, ends: bool) -> None:
    talk = practice.conversation
    try:
        await said_by(talk.open())
        for line in lines:
            if isinstance(line, str):
                await said_by(talk.say(line))
            else:
                await line(talk)
        if ends:
            await talk.end("script")
            await practice.keep(await practice.grade())
    finally:
        await practice.close()


async def said_by(events: Any) -> str:
    """All that is shown of a reply."""
    return "".join([event.text async for event in events if isinstance(event, Delta)])
