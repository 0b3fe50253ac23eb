"""The hash chain of a session: a changed, missing, added or moved event is noticed.

Each event's digest is the SHA-256 of its predecessor's digest (32 bytes) and its own payload. Before the first stands a
genesis digest made from the session's id, so that one session's events cannot pass for another's. The payload is the
event's canonical JSON: keys sorted, no white space, UTF-8, no NaN. Stored bytes are hashed as they lie, never written
anew, so a later version of the program cannot break the chain of an earlier one.

The chain says nothing about events missing at its end: an event that follows is what vouches for the one before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from simulator.domain.events import Event, to_json
from simulator.errors import StoreDamaged
from simulator.wording import say


@dataclass(frozen=True, slots=True)
class Link:
    """One stored event. `seq` counts from 1; `at` is the wall clock in ISO 8601, information only and not hashed."""

    seq: int
    at: str
    payload: bytes
    digest: str

    @property
    def kind(self) -> str:
        """The kind of event; empty where a fault made it unreadable."""
        found = _KIND.search(self.payload)
        return found[1].decode() if found else ""


# A string inside canonical JSON cannot hold a bare quote, so this is the event's own.
_KIND = re.compile(rb'"kind":"(\w+)"')


def canonical(value: Mapping[str, Any]) -> bytes:
    """A JSON object in its one form in bytes. Raises ValueError for NaN, infinity and lone surrogates."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def genesis(session: str) -> Link:
    """What stands before a session's first event."""
    return Link(0, "", b"", sha256(b"moments-of-truth session " + session.encode()).hexdigest())


def digest(previous: str, payload: bytes) -> str:
    """The digest, in hex, of a payload that follows the event with the digest `previous`."""
    return sha256(bytes.fromhex(previous) + payload).hexdigest()


def seal(session: str, body: bytes) -> str:
    """The digest, in hex, of a body that stands alone, bound to its session or imported transcript."""
    return digest(genesis(session).digest, body)


def stored_bytes(text: str | bytes) -> bytes:
    """The bytes that are stored, whatever a fault made of them."""
    return text if isinstance(text, bytes) else text.encode(errors="surrogateescape")


def extend(tail: Link, events: Iterable[Event], at: str) -> tuple[Link, ...]:
    """The links of new events after `tail`."""
    links: list[Link] = []
    for event in events:
        payload = canonical(to_json(event))
        tail = Link(tail.seq + 1, at, payload, digest(tail.digest, payload))
        links.append(tail)
    return tuple(links)


def follows(tail: Link, link: Link) -> bool:
    """Whether this link is the one written after `tail`."""
    return link.seq == tail.seq + 1 and link.digest == digest(tail.digest, link.payload)


def unbroken(session: str, links: Sequence[Link]) -> Iterator[Link]:
    """The links one by one as far as the chain holds. Where it breaks, StoreDamaged names session and event."""
    tail = genesis(session)
    for link in links:
        if not follows(tail, link):
            raise broken(session, tail.seq + 1)
        tail = link
        yield link


def broken(session: str, seq: int) -> StoreDamaged:
    """The error that says where a session's chain breaks."""
    return StoreDamaged(
        say(
            "session {session} is damaged: event {seq} is not what was written. The {good} events before it are good: "
            "mot export {session} --salvage copies them.",
            session=session,
            seq=seq,
            good=seq - 1,
        )
    )
