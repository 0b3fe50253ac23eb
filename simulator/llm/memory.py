"""What was found out about an endpoint, kept so that it is found out once: by address and model, in a JSON file.

Nothing secret is kept: the address has lost its credentials and its query, and there is no key.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from simulator.replacing import PRIVATE, replacing

OPENAI = "https://api.openai.com/v1"
"""Where requests go when no base URL is set."""

Rung = Literal["json_schema", "tool", "json_object", "prompt"]
"""Ways to ask for structured output, the strictest first."""

ThinkingHabit = Literal["none", "untagged"]
"""How a model's thinking shows in its replies, as far as the next reply has to be read by it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was found out about one model at one address.

    `rung` is the best way of structured output it took; `thinking` is "untagged" where its thinking ends in a lone
    `</think>`; `stream_usage` says whether it takes `stream_options`; `window` is in tokens. None: not known yet.
    """

    rung: Rung | None = None
    thinking: ThinkingHabit | None = None
    stream_usage: bool = True
    window: int | None = None


def address_of(base_url: str | None) -> str:
    """The base URL as it may be shown and stored: without user, password, query and fragment."""
    if not base_url:
        return OPENAI
    try:
        parts = urlsplit(base_url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # not a URL; whatever it holds, it is shown to nobody
        return "?"
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{port}{parts.path}".rstrip("/")


class Memory:
    """What is known of every endpoint asked so far. With `path` None only this process remembers.

    A file that cannot be read or written costs nothing but asking anew: neither is worth a failed turn.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: dict[str, Known] = {}

    def recall(self, base_url: str | None, model: str) -> Known:
        """What is known of the model at the address; a blank Known for one never asked."""
        key = _key(base_url, model)
        if key not in self._known:
            self._known[key] = _known_from(self._read().get(key))
        return self._known[key]

    def learn(self, base_url: str | None, model: str, known: Known) -> None:
        """Remember it, in one step for anybody who reads the file meanwhile."""
        key = _key(base_url, model)
        self._known[key] = known
        if self._path is None:
            return
        with suppress(OSError):
            stored = {**self._read(), key: asdict(known)}
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # as the store makes it
            with replacing(self._path, PRIVATE) as file:
                file.write(json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, Any]:
        if self._path is None:
            return {}
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return stored if isinstance(stored, dict) else {}


@lru_cache(maxsize=16)  # asked for several times a request
def _key(base_url: str | None, model: str) -> str:
    return f"{address_of(base_url)} {model}"


def _known_from(stored: Any) -> Known:
    """What a file says, field by field: one that makes no sense is as good as not there."""
    if not isinstance(stored, dict):
        return Known()
    sound = {
        "rung": lambda value: value in get_args(Rung),
        "thinking": lambda value: value in get_args(ThinkingHabit),
        "stream_usage": lambda value: isinstance(value, bool),
        "window": lambda value: isinstance(value, int) and not isinstance(value, bool) and value > 0,
    }
    names = [field.name for field in fields(Known)]
    return Known(**{name: stored[name] for name in names if name in stored and sound[name](stored[name])})
