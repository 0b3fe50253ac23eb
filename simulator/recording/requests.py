"""The requests of one replay: what was recorded, what was asked instead, and what nobody asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.errors import BadInput
from simulator.recording.cassette import to_play
from simulator.wording import say

if TYPE_CHECKING:
    from vcr.request import Request


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A request that is not in the cassette. `number` is that of the recorded one (from 1) that it came in place of,
    and `recorded` that one's body; None where there was none.
    """

    asked: bytes
    number: int | None
    recorded: bytes | None


class Requests:
    """Keeps account of a cassette while it is played."""

    def __init__(self, file: Path, recorded: int) -> None:
        """Raises BadInput for a cassette that is damaged, or does not hold so many interactions."""
        self.cassette = to_play(file)
        if len(self.cassette) > recorded:
            cut_short = say(
                "the recording was cut short; go on with it: mot practice --resume --record {folder}",
                folder=file.parent,
            )
            raise BadInput(cut_short)
        if len(self.cassette) != recorded:
            raise BadInput(
                say(
                    "{file}: damaged: {found} of {count} requests are there",
                    file=file,
                    found=len(self.cassette),
                    count=recorded,
                )
            )
        self.strangers: dict[bytes, Unmatched] = {}

    def unmatched(self, asked: Request) -> Mapping[str, Any] | None:
        """The recorded answer that a request gets which is not in the cassette: that of the one it came in place of.

        So one changed word in a prompt shows as that, and not as everything that would follow from no answer.
        """
        place = self._counterpart(asked)
        recorded = None if place is None else self.cassette.requests[place].body
        self.strangers.setdefault(asked.body, Unmatched(asked.body, None if place is None else place + 1, recorded))
        if place is None:
            return None
        self.cassette.play_counts[place] += 1
        answer: Mapping[str, Any] = self.cassette.responses[place]
        return answer

    @property
    def unused(self) -> tuple[int, ...]:
        """The recorded requests that were not made, by their numbers from 1."""
        return tuple(place + 1 for place in range(len(self.cassette)) if not self.cassette.play_counts[place])

    def _counterpart(self, asked: Request) -> int | None:
        """Of the recorded requests not made yet that ask for the same kind of thing, the one whose last words are most
        alike, the first of several: what was asked at once was answered in any order.
        """
        wanted = _kind(asked)
        same = [
            place
            for place, recorded in enumerate(self.cassette.requests)
            if not self.cassette.play_counts[place] and _kind(recorded) == wanted
        ]
        said = _last_words(asked.body)
        return max(same, key=lambda place: len(said & _last_words(self.cassette.requests[place].body)), default=None)


def _kind(request: Request) -> tuple[str, bool, tuple[str, ...]]:
    """What a request asks for: its path, whether it streams, and in which form the answer is to be."""
    body = parsed(request.body)
    form = body.get("response_format") or {}
    return request.uri, bool(body.get("stream")), (str(form.get("type")), *("tool" for _ in body.get("tools", ())))


@lru_cache(maxsize=2048)
def _last_words(body: bytes) -> frozenset[str]:
    """The words of a request's last message."""
    messages = parsed(body).get("messages") or [{}]
    return frozenset(str(messages[-1].get("content")).split())


def parsed(body: bytes) -> dict[str, Any]:
    """A request's body; empty where it is no JSON object."""
    try:
        value = json.loads(body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
