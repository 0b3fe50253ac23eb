"""The way into the app. It keeps what must happen before the toolkit is imported."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.errors import ExitCode
from simulator.tui.preferences import Preferences
from simulator.wording import speak

if TYPE_CHECKING:
    from simulator.practice import Choice
    from simulator.settings import Settings


@dataclass(frozen=True, slots=True)
class Opening:
    """What the app opens with; home where all is None. `resume` "" is the latest unfinished session; `moment` is a
    session and a learner's turn to try again.
    """

    choice: Choice | None = None
    resume: str | None = None
    moment: tuple[str, int] | None = None


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
        opening = Opening()
