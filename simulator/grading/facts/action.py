"""Facts about what was set in motion, who answers for it, and how the customer will hear of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.grading.facts.offer import offering
from simulator.grading.facts.registry import NO, once, shown, yes_or_no
from simulator.grading.reading import Reading, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.domain.scorecard import Fact

REPAIRS = ("apologize", "own_it", "withdraw_promise", "reflect_feeling")
"""What takes a reproach back."""


@yes_or_no()
def acted_now(reading: Reading) -> Fact:
    """A first step was taken or started during the conversation."""
    return shown(said for said in reading.said if said.acts_now)


@yes_or_no()
def result_reported(reading: Reading) -> Fact:
    """What was started is said to have been done."""
    return shown(said for said in reading.said if (said.tells or said.acts_now) and said.shows("result"))


@yes_or_no()
def owner_named(reading: Reading) -> Fact:
    """Somebody undertakes what remains: a promise, an update, or the case taken on. "I" is an owner."""
    return shown(s for s in reading.said if s.does("promise", "guarantee", "own_it") or s.updates or s.acts_now)


@yes_or_no()
def deadline_given(reading: Reading) -> Fact:
    """What remains has a time today or an explicit deadline."""
    return shown(
        said
        for said in reading.said
        if (said.commits or said.does("guarantee")) and not said.does("pass_the_buck") and said.shows("time", "event")
    )


@yes_or_no()
def pushed_back(reading: Reading) -> Fact:
    """The customer is sent to do what the learner could do, and nothing is done for them in that turn."""
    helping = {said.turn for said in offering(reading)}
    return shown(said for said in reading.doing("pass_the_buck") if said.turn not in helping)


@yes_or_no()
def unrepaired_dispute(reading: Reading) -> Fact:
    """The customer was argued with, blamed or slighted, and no later sentence takes it back."""
    return shown(unrepaired(reading, "argue", "blame", "contempt"))


def unrepaired(reading: Reading, *acts: str) -> Iterator[Said]:
    """Sentences that do any of these acts, after the last that takes a reproach back."""
    last = max((said.turn for said in reading.doing(*REPAIRS)), default=0)
    return (said for said in reading.doing(*acts) if said.turn > last)


@once
def updates(reading: Reading) -> tuple[Said, ...]:
    """Sentences that undertake to send word."""
    return tuple(said for said in offering(reading) if said.updates)


def _near_updates(reading: Reading, *signs: str) -> Iterator[Said]:
    """Updates that show a sign, and sentences beside an update, in the same turn, that go on with it."""
    for update in updates(reading):
        turn = reading.around(update.turn)
        at = turn.index(update)
        for said in turn[max(0, at - 1) : at + 2]:
            if (said is update or said.tells or said.commits) and said.shows(*signs):
                yield said


@yes_or_no()
def update_promised(reading: Reading) -> Fact:
    """Word is promised."""
    return shown(updates(reading))


@yes_or_no()
def update_timed(reading: Reading) -> Fact:
    """Word is promised for a time or after an event."""
    return shown(said for said in updates(reading) if said.shows("time", "event"))


@yes_or_no()
def update_channel(reading: Reading) -> Fact:
    """The promise of word says how it comes; who sends it is the one who speaks or is named."""
    return shown(said for said in updates(reading) if said.shows("channel"))


@yes_or_no()
def update_regardless(reading: Reading) -> Fact:
    """Word comes whatever happens, or at each step."""
    return shown(dict.fromkeys(_near_updates(reading, "regardless")))


def _fallbacks(reading: Reading) -> tuple[Said, ...]:
    return tuple(said for said in reading.said if (said.tells or said.commits) and said.shows("fails"))


@yes_or_no()
def fallback_named(reading: Reading) -> Fact:
    """What happens if the first plan fails is said."""
    return shown(_fallbacks(reading))


@yes_or_no()
def fallback_timed(reading: Reading) -> Fact:
    """The fallback has a time or an event that sets it off."""
    return shown(said for said in _fallbacks(reading) if said.shows("time", "event"))


@yes_or_no()
def others_coordinated(reading: Reading) -> Fact:
    """A third party is brought in with a task, or told what it is about."""
    helping = {said.turn for said in offering(reading)}
    kept = (s for s in reading.said if s.turn in helping and (s.commits or s.tells or s.does("open_question")))
    return shown(s for s in kept if not s.does("pass_the_buck", "guarantee", "blame") and s.shows("coordinates"))


@yes_or_no()
def single_owner(reading: Reading) -> Fact:
    """The learner gives a name with the case, or takes it on to the end."""
    if not offering(reading):
        return NO
    return shown(said for said in reading.said if not said.asks and said.shows("owner"))
