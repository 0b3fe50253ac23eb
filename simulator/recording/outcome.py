"""What came of a practice this time that had not come of it before: words, hearing, needs, ledger, scorecard."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count
from typing import Any

from simulator.domain import events as e
from simulator.grading.scorecard_json import to_json as card_json
from simulator.recording.drift import Drift
from simulator.recording.recording import Recording, ledger_json
from simulator.recording.replay import Replayed
from simulator.recording.words import Words, marked
from simulator.wording import say

_NO_TURN = 0
_TOLD = (e.LearnerSpoke, e.PersonaSpoke, e.Heard)
_ELSEWHERE = {"criteria", "provenance", "format"}
_MOST_SHOWN = 12
_LONGEST_VALUE = 160  # characters of a value that is only shown where it came or went
_NOTHING = object()
"""In place of an item that only one of two lists has."""


def outcome_drifts(recording: Recording, replayed: Replayed, explained: Words) -> Iterator[Drift]:
    """The differences, in order of the session. Texts that differ by `explained` words alone are left out: they follow
    from a change that is told already.
    """
    yield from _session_drifts(recording.events, replayed.events, explained)
    if replayed.stopped:
        told = say("the recorded session could not be held to its end: {reason}", reason=replayed.stopped)
        yield Drift("stopped", told)
    if recording.scorecard is not None and replayed.scorecard is not None:
        card = card_json(replayed.scorecard)
        yield from _criterion_drifts(recording.scorecard, card, explained)
        if found := _differences(_rest(recording.scorecard), _rest(card), explained):
            yield Drift("judged", say("the scorecard differs"), found)
    if ledger := _differences(recording.ledger, ledger_json(replayed.record.ledger), explained):
        yield Drift("ledger", say("the ledger differs"), ledger)


def _session_drifts(before: Sequence[e.Event], now: Sequence[e.Event], explained: Words) -> Iterator[Drift]:
    was, became = _by_turn(before), _by_turn(now)
    for turn in sorted(was.keys() | became.keys()):
        if was.get(turn) != became.get(turn):
            yield from _turn_drifts(turn, was.get(turn, []), became.get(turn, []), explained)


def _by_turn(events: Iterable[e.Event]) -> dict[int, list[e.Event]]:
    found: dict[int, list[e.Event]] = {}
    for event in events:
        found.setdefault(getattr(event, "turn", _NO_TURN), []).append(_comparable(event))
    return found


def _comparable(event: e.Event) -> e.Event:
    """The event without what may differ between two runs of the same: versions, and what counting tokens came to."""
    if isinstance(event, e.SessionStarted):
        return replace(event, persona_hash="", rubric_hash="", program="")
    if isinstance(event, e.ModelAnswered):
        usage = replace(event.usage, cost=None)
        if usage.measured != "reported":  # by whatever was ready to count at that moment
            usage = replace(usage, prompt_tokens=0, reply_tokens=0, measured="estimated")
        return replace(event, usage=usage)
    return event


def _turn_drifts(turn: int, was: Sequence[e.Event], became: Sequence[e.Event], explained: Words) -> Iterator[Drift]:
    said, now = ("\n".join(filter(None, map(_words, some))) for some in (was, became))
    shown, words = marked(said, now)
    if not explained.issuperset(words):
        yield Drift("said", say("turn {turn} reads differently", turn=turn), (shown,))
    heard, now_heard = (_plain(event for event in some if isinstance(event, e.Heard)) for some in (was, became))
    if _differences(heard, now_heard, explained):
        details = _against(list(map(_hearing, heard)), list(map(_hearing, now_heard)))
        yield Drift("heard", say("turn {turn} was heard differently", turn=turn), details)
    moves, now_moves = (_plain(event for event in some if not isinstance(event, _TOLD)) for some in (was, became))
    if _differences(moves, now_moves, explained):
        place = say("turn {turn} led to something else", turn=turn) if turn else say("the session went another way")
        yield Drift("moved", place, _against(list(map(_move, moves)), list(map(_move, now_moves))))


def _plain(events: Iterable[e.Event]) -> list[dict[str, Any]]:
    return [e.to_json(event) for event in events]


def _words(event: e.Event) -> str:
    if isinstance(event, e.PersonaSpoke):
        ending = "" if event.status == "complete" else f" [{event.status}] {event.reason}".rstrip()
        return event.text + ending
    return event.text if isinstance(event, e.LearnerSpoke) else ""


def _hearing(heard: Mapping[str, Any]) -> str:
    sentences = [
        f"“{sentence['text']}” {_listed(sentence['acts'], 'act')} / {_listed(sentence['topics'], 'topic')}"
        + (f" ({sentence['flag']})" if sentence["flag"] else "")
        for sentence in heard["hearing"]["sentences"]
    ]
    return f"{heard['listener']} {heard['fallback']}".rstrip() + ": " + "; ".join(sentences)


def _listed(spans: Iterable[Mapping[str, str]], name: str) -> str:
    return ", ".join(span[name] for span in spans) or "-"


def _move(event: Mapping[str, Any]) -> str:
    values = {name: value for name, value in event.items() if name not in {"kind", "turn"}}
    shown = ", ".join(f"{name} {value}" for name, value in values.items() if value not in ("", None, []))
    return f"{event['kind']} {shown}".rstrip()


def _against(was: Sequence[str], became: Sequence[str]) -> tuple[str, ...]:
    gone = [f"[-{one}-]" for one in was if one not in became]
    come = [f"{{+{one}+}}" for one in became if one not in was]
    return (*gone, *come) or (say("in another order, or by other words"),)


def _criterion_drifts(was: Mapping[str, Any], became: Mapping[str, Any], explained: Words) -> Iterator[Drift]:
    """Observations that flipped, with their quotes, then what else is judged differently of each criterion."""
    now = {criterion["id"]: criterion for criterion in became["criteria"]}
    for criterion in was["criteria"]:
        other = now.pop(criterion["id"], None)
        if other is None:
            yield Drift("judged", say("criterion {id} is no longer judged", id=criterion["id"]))
            continue
        again = {verdict["id"]: verdict for verdict in other["observations"]}
        flipped = [v for v in criterion["observations"] if v["outcome"] != again.get(v["id"], {}).get("outcome")]
        for verdict in flipped:
            yield _flip(criterion["id"], verdict, again.get(verdict["id"]))
        told = {verdict["id"] for verdict in flipped}
        if left := _differences(_others(criterion, told), _others(other, told), explained):
            yield Drift("judged", say("criterion {id} is judged differently", id=criterion["id"]), left)
    for name in now:
        yield Drift("judged", say("criterion {id} was not judged before", id=name))


def _flip(criterion: str, was: Mapping[str, Any], became: Mapping[str, Any] | None) -> Drift:
    told = say(
        "criterion {criterion}, observation {id}: {was}, now {became}",
        criterion=criterion,
        id=was["id"],
        was=was["outcome"],
        became=became["outcome"] if became else say("not asked"),
    )
    return Drift("judged", told, _against(_quotes(was), _quotes(became)))


def _quotes(verdict: Mapping[str, Any] | None) -> list[str]:
    quotes = verdict["quotes"] if verdict else []
    return [say("turn {turn}: “{text}”", turn=quote["turn"], text=quote["text"]) for quote in quotes]


def _others(criterion: Mapping[str, Any], told: Container[str]) -> dict[str, Any]:
    """The criterion without the observations that were told."""
    return {**criterion, "observations": {v["id"]: v for v in criterion["observations"] if v["id"] not in told}}


def _rest(card: Mapping[str, Any]) -> dict[str, Any]:
    usage = [_counted(one) for one in card.get("usage", ())]
    return {**{name: value for name, value in card.items() if name not in _ELSEWHERE}, "usage": usage}


def _counted(usage: Mapping[str, Any]) -> dict[str, Any]:
    """What requests came to, without what depends on who counted."""
    uncertain = (
        {"cost"} if usage.get("measured") == "reported" else {"cost", "measured", "prompt_tokens", "reply_tokens"}
    )
    return {name: value for name, value in usage.items() if name not in uncertain}


def _differences(was: Any, became: Any, explained: Words) -> tuple[str, ...]:
    """The values that differ by more than explained words, each with the way to it."""
    if was == became:  # nearly always
        return ()
    found = list(_different(was, became, explained, ""))
    left = len(found) - _MOST_SHOWN
    return (*found[:_MOST_SHOWN], say("… and {count} more", count=left)) if left > 0 else tuple(found)


def _different(was: Any, became: Any, explained: Words, way: str) -> Iterator[str]:
    if isinstance(was, dict) and isinstance(became, dict):
        for name in sorted(was.keys() | became.keys()):
            yield from _different(was.get(name), became.get(name), explained, f"{way}.{name}".removeprefix("."))
    elif isinstance(was, list) and isinstance(became, list):
        for place, one, other in _paired(was, became):
            yield from _different(one, other, explained, f"{way}[{place}]")
    elif isinstance(was, str) and isinstance(became, str):
        shown, words = marked(was, became)
        if not explained.issuperset(words):
            yield f"{way}: {shown}"
    elif was != became:
        gone = "" if was is _NOTHING else f"[-{_plainly(was)}-]"
        come = "" if became is _NOTHING else f"{{+{_plainly(became)}+}}"
        yield f"{way}: {gone}{come}"


def _paired(was: Sequence[Any], became: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Items that may differ, each with its place. Where as many came as went, those in the same place are paired."""
    if len(was) == len(became):
        yield from zip(count(), was, became, strict=False)
        return
    before, after = ([json.dumps(item, sort_keys=True) for item in items] for items in (was, became))
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal" and b - a == d - c:
            yield from zip(count(c), was[a:b], became[c:d], strict=False)
        elif kind != "equal":
            yield from ((place, was[place], _NOTHING) for place in range(a, b))
            yield from ((place, _NOTHING, became[place]) for place in range(c, d))


def _plainly(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
