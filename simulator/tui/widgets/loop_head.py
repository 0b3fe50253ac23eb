"""The head of a conversation: its title, and where one stands in the loop."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from simulator.conversation.stages import STAGES, stage
from simulator.domain.acts import Hearing
from simulator.tui.widgets.head import Head
from simulator.wording import say

HERE, ELSEWHERE = "bold underline $accent", "$foreground 45%"


class LoopHead(Head):
    """A title on the left, the four stages on the right with the present one marked."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._title = title

    def entitle(self, title: str) -> None:
        """Another title, from the next `stand` on."""
        self._title = title

    def stand(self, hearings: Mapping[int, Hearing], *, shown: bool) -> None:
        """Mark the stage that these lines led to, or show none."""
        here = stage(hearings)
        names = (say("Explore"), say("Offer"), say("Action"), say("Confirm"))
        loop = Content.styled(" · ", ELSEWHERE).join(
            Content.styled(name, HERE if one == here else ELSEWHERE) for one, name in zip(STAGES, names, strict=True)
        )
        self.show(self._title, loop if shown else "")
