"""The way into the app. It keeps what must happen before the toolkit is imported."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.errors import ExitCode
from simulator.tui.preferences import Preferences
from simulator.wording import speak

if TYPE_CHECKING:
    from simulator.domain.opening import Opening
    from simulator.settings import Settings
    from simulator.tui.app import Again, MotApp


def run(settings: Settings, opening: Opening) -> int:
    """Show the app until the learner leaves it. Returns the exit code.

    The language of the interface is a matter of the whole run: when it is changed, the app begins again in the new one.
    """
    # Under the kitty keyboard protocol the toolkit garbles what a Chinese input method commits.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from simulator.tui.app import Again, MotApp  # noqa: PLC0415 -- after the line above, and only for those who see it

    while True:
        preferences = Preferences.read(settings.home)
        shown = preferences.applied(settings)
        speak(shown.spoken)
        app = MotApp(shown, opening, preferences)
        left = _shown(app)
        if not isinstance(left, Again):
            return ExitCode.FINE if app.return_code in {0, None} else int(app.return_code)
        # What was chosen in the app counts from here on, whatever a flag said.
        settings = replace(settings, language=None)
        opening = replace(opening, choice=None, resume=None, moment=None)


def _shown(app: MotApp) -> Again | None:
    """Show the app to its end. Stopped from outside, too, it gives the terminal back as it found it."""
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        if sys.platform != "win32":
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, app.exit, None, 128 + number)
        return app.run(loop=loop)
