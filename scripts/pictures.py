"""Takes the pictures of the README from the app itself.

    python scripts/pictures.py        after a screen was changed

Each is an SVG in docs/pictures with no address in it. Clock, seed and lines are fixed, so the same
program takes the same pictures.
"""  # noqa: INP001 -- a script, no package

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
os.environ.pop("NO_COLOR", None)

from textual.events import Paste
from textual.worker import WorkerCancelled

from simulator import assemble, practice
from simulator.domain.opening import Choice, Opening
from simulator.settings import Settings
from simulator.tui.app import MotApp
from simulator.tui.preferences import Preferences, Theme
from simulator.wording import speaking

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SIZE = (110, 32)
SCENARIO = "s02-forgotten-ticket"
LINES = {
    "en": (
        "That's a horrible moment. Let's go to the quiet end of the counter. What is waiting for you over there?",
        "So the whole deal hangs on two o'clock. Who is travelling with you?",
    ),
    "zh-Hans": (
        "真够您急的，咱们到柜台那头清静点的地方说。今天那边有什么事在等着您？",
        "也就是说，两点的签约全看这趟飞机。今天有人跟您一起飞吗？",
    ),
}


async def settled(app: MotApp) -> None:
    """Wait for what works in the background."""
    with suppress(WorkerCancelled, TimeoutError):
        await asyncio.wait_for(app.workers.wait_for_complete(), 20)
    await asyncio.sleep(0.2)


async def taken(settings: Settings, opening: Opening, steps: Sequence[str], theme: Theme = "dark") -> str:
    """The picture after these steps: a key's name, or `say:` and a line."""
    with speaking(settings.language or "en"):
        app = MotApp(settings, opening, Preferences(theme=theme))
        async with app.run_test(size=SIZE) as pilot:
            await settled(app)
            for step in steps:
                if step.startswith("say:"):
                    app.post_message(Paste(step.removeprefix("say:")))
                    await pilot.pause()
                    step = "enter"  # noqa: PLW2901 -- a line is sent by this key
                await pilot.press(step)
                await settled(app)
            return bare(app.export_screenshot())


def bare(picture: str) -> str:
    """The picture without addresses of fonts, and without lengths of text, which are wrong for Chinese."""
    return re.sub(r' textLength="[\d.]+"', "", re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL))


def held(settings: Settings, language: str) -> str:
    """A short practice that is over; the value is its id."""

    async def hold(session: practice.Practice) -> None:
        async for _ in session.conversation.open():
            pass
        for line in LINES[language]:
            async for _ in session.conversation.say(line):
                pass
        await session.conversation.end("learner")
        await session.keep(await session.grade())

    chosen = Choice(SCENARIO, settings.rubric, seed=1, session="20260301-101500-0000")
    with practice.start(settings, chosen) as session:
        asyncio.run(hold(session))
        return session.started.session


def main() -> int:
    """Take all pictures. Returns the exit code."""
    assemble.now = lambda: NOW
    FOLDER.mkdir(exist_ok=True)
    for language, lines in LINES.items():
        with tempfile.TemporaryDirectory() as home:
            settings = Settings(home=Path(home), config_folder=Path(home), language=language)
            session = held(settings, language)
            said = [f"say:{line}" for line in lines]
            talk = Opening(Choice(SCENARIO, settings.rubric, seed=1))
            pictures = {
                "conversation": taken(settings, talk, said),
                "debrief": taken(settings, Opening(resume=session), ["down"], theme="light"),
                "home": taken(settings, Opening(), []),
            }
            for name, picture in pictures.items():
                (FOLDER / f"{name}.{language}.svg").write_text(asyncio.run(picture), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
