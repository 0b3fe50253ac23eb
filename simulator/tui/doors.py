"""Where an entry of a list leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from simulator.domain.opening import Opening

if TYPE_CHECKING:
    from simulator.tui.app import MotApp


@dataclass(frozen=True, slots=True)
class Door:
    """Into a session, to go on with or to look at again, or to the brief of a scenario."""

    kind: Literal["session", "scenario"]
    id: str

    def go_through(self, app: MotApp) -> None:
        """Show what lies behind."""
        if self.kind == "session":
            app.take_up(Opening(resume=self.id))
        else:
            from simulator.tui.screens.brief import BriefScreen  # noqa: PLC0415 -- after the first paint

            app.push_screen(BriefScreen(self.id))
