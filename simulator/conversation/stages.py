"""Where a conversation stands in the loop of explore, offer, action and confirm, told from what the learner did.

It is for the learner's own orientation while talking. What a stage is worth is the rubric's to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from simulator.domain.acts import QUESTIONS, Hearing

Stage = Literal["explore", "offer", "action", "confirm"]

STAGES: tuple[Stage, ...] = ("explore", "offer", "action", "confirm")
"""The loop, in order."""

_SHOWN_BY: Mapping[str, Stage] = {
    **dict.fromkeys((*QUESTIONS, "follow_up", "reflect_content", "reflect_feeling", "summary_check"), "explore"),
    **dict.fromkeys(("bad_news", "propose", "promise", "guarantee", "withdraw_promise", "pass_the_buck"), "offer"),
    **dict.fromkeys(("act_now", "update_commit"), "action"),
    "confirm_ask": "confirm",
}
"""Acts that show a stage. The others (greeting, apologising, owning up) belong to any."""


def stage(hearings: Mapping[int, Hearing]) -> Stage:
    """The stage that the latest line with any such act left the conversation in: a line that offers and then asks goes
    back to exploring. `hearings` are in the order of their turns, as the state keeps them.
    """
    for hearing in reversed(tuple(hearings.values())):
        for sentence in reversed(hearing.sentences):
            for act in reversed(sentence.acts):
                if shown := _SHOWN_BY.get(act.act):
                    return shown
    return "explore"
