"""The way into the app. It keeps what must happen before the toolkit is imported."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.errors import ExitCode
from simulator.tui.preferences import Preferences
from simulator.wording import speak

if TYPE_CHECKING:
    from simulator.domain.opening import Opening
    from simulator.settings import Settings


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
        speak(shown.language or shown.locale)
        app = MotApp(shown, opening, preferences)
        left = app.run()
        if not isinstance(left, Again):
            return ExitCode.FINE if app.return_code in {0, None} else int(app.return_code)
        # What was chosen in the app counts from here on, whatever a flag said.
        settings = replace(settings, language=None)
        opening = replace(opening, choice=None, resume=None, moment=None)
