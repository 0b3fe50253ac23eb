"""Recaps with a check: in one sentence, or points in some and the check after them; a question mark may be the check.

A recap gives back what was said and so commits to nothing, but for what it says its speaker does by when.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from simulator.language.promises import restated
from simulator.language.questions import is_stated
from simulator.language.questions_chinese import is_stated_in_chinese
from simulator.language.reflections import takes_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.language.settling import Reading

_POINTS = re.compile(r"[,;:、]| and |以及|还有| (?=[\u4e00-\u9fff])")
_GIVES_WAY = (  # a feeling that is named stays named
    *("open_question", "closed_question", "confirm_ask", "implication_question", "reflect_content"),
    *("inform", "argue", "propose", "bad_news", "state_limit", "promise", "own_it", "act_now", "update_commit"),
    "pass_the_buck",
)
_GIVES_BACK = ("reflect_content", "reflect_feeling", "summary_check")
_NOT_IN_A_RECAP = ("withdraw_promise", "blame", "open_question", "guarantee")
_UNDERTAKING = ("promise", "propose", "act_now", "update_commit")
_SHORT_CHECK = {True: 24, False: 70}
"""Characters of a check that stands as a sentence of its own, in Chinese or not."""

_ENOUGH_POINTS = 2


def join_tags(readings: Sequence[Reading]) -> None:
    """Let a bare English "Okay?" ask where it stands behind what was undertaken; elsewhere it keeps talk going.

    Behind a single step it is mere courtesy; behind several points it asks whether the arrangement will do.
    """
    for at, reading in enumerate(readings):
        if reading.sentence.is_chinese or not reading.sentence.finds("acts.bare_tag"):
            continue
        points = _undertaken_before(readings[:at])
        if points:
            reading.form = "closed"
            acts = ("closed_question", "confirm_ask")[: min(points, _ENOUGH_POINTS)]
            reading.acts.update(dict.fromkeys(acts, reading.sentence.quote()))


def _undertaken_before(before: Sequence[Reading]) -> int:
    """Points of the last statements, if they undertake anything: up to a question, or to what does nothing."""
    points = 0
    for reading in reversed(before):
        if reading.form or not reading.acts:
            break
        points += _points(reading, len(reading.sentence.text))
        if reading.has(*_UNDERTAKING):
            return points
    return 0


def join_summaries(readings: Sequence[Reading], context: str) -> None:
    """Turn recap and check into one summary_check, on every sentence that takes part in it. `context` is the customer's
    turn before the line.
    """
    for at, reading in enumerate(readings):
        check = reading.sentence.finds("acts.check_back")
        if check is None or reading.has(*(act for act in _NOT_IN_A_RECAP if act != "open_question" or check.start())):
            announced = _announces_check(reading) and _points(reading, len(reading.sentence.text)) >= _ENOUGH_POINTS
            if announced or _rises(reading, readings[:at], context):
                _mark(reading)
            continue
        before = _recap_before(readings[:at]) if _stands_alone(reading) else []
        if _asks_if_it_fits(reading) and any(part.promise for part in before) and not any(map(_opens_recap, before)):
            continue  # a promise and whether it will do: nothing is given back
        if before:
            commits = any(restated(part.sentence) for part in before)
            for part in before:
                _mark(part)
            _mark(reading, commits=commits)
        elif (
            _points(reading, check.start()) >= _ENOUGH_POINTS
            or (check.start() == 0 and _opens_recap(reading))
            or _lists_after(reading)
        ):
            _mark(reading)


def _recap_before(readings: Sequence[Reading]) -> list[Reading]:
    """The sentences a check looks back on: from an opened recap on, or the one before if it has points enough."""
    for at in range(len(readings) - 1, -1, -1):
        if readings[at].form and not readings[at].has("summary_check"):
            break
        if _opens_recap(readings[at]):
            return list(readings[at:])
    last = readings[-1] if readings else None
    if last is None or last.form or last.has(*_NOT_IN_A_RECAP, "greet", "close"):
        return []
    return [last] if _points(last, len(last.sentence.text)) >= _ENOUGH_POINTS else []


def _opens_recap(reading: Reading) -> bool:
    return reading.sentence.finds("acts.recap") is not None and not reading.has(*_NOT_IN_A_RECAP)


def _announces_check(reading: Reading) -> bool:
    return _opens_recap(reading) and reading.sentence.finds("acts.announced_check") is not None


def _rises(reading: Reading, before: Sequence[Reading], context: str) -> bool:
    """Whether the question mark is the check: two statements in one give back what the customer has just said, or go on
    giving back.
    """
    sentence = reading.sentence
    if not reading.has(*_GIVES_BACK) or reading.has(*_NOT_IN_A_RECAP) or not sentence.finds("acts.second_statement"):
        return False
    if not (is_stated_in_chinese(sentence) if sentence.is_chinese else is_stated(sentence)):
        return False
    return takes_up(sentence, context) or any(part.has(*_GIVES_BACK) for part in before[-1:])


def _lists_after(reading: Reading) -> bool:
    """Whether the check comes first and the points after it: "您看我理解得对不对:..."."""
    return _announces_check(reading) and _points(reading, len(reading.sentence.text)) > _ENOUGH_POINTS


def _stands_alone(reading: Reading) -> bool:
    return len(reading.sentence.text) < _SHORT_CHECK[reading.sentence.is_chinese]


def _mark(reading: Reading, *, commits: bool = False) -> None:
    """A part of the recap. `commits`: what stands before a check undertakes something, and it asks if that will do."""
    given = restated(reading.sentence)
    asked = reading.acts.get("confirm_ask")
    reading.drop(*(act for act in _GIVES_WAY if act != "open_question" or reading.form != "open"))
    reading.acts["summary_check"] = reading.sentence.quote()
    reading.acts.update(given)
    if asked and (given or commits or _asks_if_it_fits(reading)):
        reading.acts["confirm_ask"] = asked


def _asks_if_it_fits(reading: Reading) -> bool:
    """Whether it asks what the arrangement does for the customer, or lacks, beyond whether the recap is right."""
    return reading.sentence.finds("acts.fits_you") is not None


def _points(reading: Reading, end: int) -> int:
    """How many points stand before `end`: stretches between commas, colons and "and"."""
    return sum(len(part.strip()) > 1 for part in _POINTS.split(reading.sentence.text[:end]))
