"""What to practise next, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from simulator.progress.course import Next
from simulator.wording import say

A_MONTH = 30
"""Days after which a date says more than a count."""


def why(found: Next, criteria: Mapping[str, str], language: str) -> str:
    """The reason in a line, in the language spoken. `criteria` are names by id; `language` is for the plan's words."""
    name = criteria.get(found.criterion or "", found.criterion)
    match found.reason:
        case "plan" if found.drill:
            return found.drill.drill.text.in_language(language)
        case "again":
            return say("once more on another scenario, so that it stays: {criterion}", criterion=name)
        case "weakest":
            return say("your weakest point lately: {criterion}", criterion=name)
        case _:
            return say("a good one to begin with")


def when(day: date, today: date) -> str:
    """A day as people say it, from today's point of view, in the language spoken."""
    ago = (today - day).days
    if ago == 0:
        return say("today")
    if ago < 0:
        return say("tomorrow") if ago == -1 else say("in {count} days", count=-ago)
    if ago == 1:
        return say("yesterday")
    return say("{count} days ago", count=ago) if ago <= A_MONTH else f"{day:%Y-%m-%d}"
