"""The words of pages that do not come from a conversation: headings, labels, and what signs and pictures mean."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.wording import say


def headings() -> Mapping[str, str]:
    """All of them by the name that templates use, in the language spoken."""
    return {**_of_conversations(), **_of_courses()}


def _of_conversations() -> dict[str, str]:
    return {
        "score": say("Score"),
        "of_100": say("of 100"),
        "no_total": say("no total"),
        "not_scored": say("not scored"),
        "stages": say("Stages"),
        "profile": say("Profile"),
        "first": say("What to work on first"),
        "you_said": say("You said"),
        "better": say("Better"),
        "timeline": say("What came to light, and when"),
        "needs": say("What was not said at first"),
        "conversation": say("The conversation"),
        "guess": say("What you guessed"),
        "promises": say("What you promised"),
        "news": say("Bad news"),
        "told": say("told"),
        "untold": say("not told"),
        "partly": say("told only in part"),
        "card": say("The customer's own card"),
        "moments": say("What the customer remembers"),
        "fired": say("What limits the score"),
        "contested": say("Contested"),
        "notes": say("Your notes"),
        "about": say("Where this comes from"),
        "mood": say("mood"),
        "cut": say("broken off"),
        "criterion": say("Criterion"),
        "level": say("Level"),
        "hint": say("the hint was"),
        "ask": say("you could have asked"),
        "next_level": say("The next level"),
        "later": say("What happened later"),
        "contents": say("On this page"),
    }


def _of_courses() -> dict[str, str]:
    return {
        "course": say("Course"),
        "loops": say("Full loops"),
        "loops_meant": say(
            "A full loop is a practice with no hint, undo or second try that brings a need to light, leaves no stage "
            "out, and asks whether it fits."
        ),
        "practices": say("Practices"),
        "next": say("What to practise next"),
        "weakest": say("Weakest lately"),
        "over_time": say("Over time"),
        "map": say("Map of criteria"),
        "latest_total": say("Latest total"),
        "hollow": say(
            "Hollow dots and columns with * do not count: with hints, taken back, a second try, or broken off."
        ),
        "scenarios": say("Scenarios"),
        "scenario": say("Scenario"),
        "sector": say("Sector"),
        "difficulty": say("Difficulty"),
        "best": say("Best"),
        "last": say("Last practised"),
        "new": say("new"),
        "mastery": say("On the way to mastery"),
        "in_a_row": say("Passes in a row"),
        "state": say("State"),
        "plan": say("The practice plan"),
        "drill": say("Drill"),
        "latest_practices": say("Latest practices"),
        "day": say("Day"),
        "learners": say("Learners"),
        "learner": say("Learner"),
        "latest_totals": say("Latest totals"),
    }


def uncounted(practices: int) -> str:
    """How many practices are left out, and what leaves one out."""
    return say(
        "Practices that do not count: {count} (with hints, taken back, a second try, or broken off).", count=practices
    )


def signs() -> Mapping[str, str]:
    """What each kind of moment means, in the language spoken."""
    return {
        "elicited": say("opened by you"),
        "volunteered": say("came by itself"),
        "blocked": say("asked for too early"),
        "missed": say("missed"),
        "trap": say("the tempting question"),
        "promise": say("a promise"),
        "news": say("bad news told"),
        "confirm": say("confirm question answered"),
    }
