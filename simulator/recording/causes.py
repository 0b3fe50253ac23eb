"""What was changed since a practice was recorded: packs, prompt files, and requests otherwise.

A changed word in a persona runs through every prompt, and one in a prompt file through every request. Each change is
told once, where it was made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from simulator.packs.load import hash_of
from simulator.packs.traditional import traditional
from simulator.recording.drift import Drift
from simulator.recording.recording import Recording
from simulator.recording.replay import Replayed
from simulator.recording.requests import Unmatched, parsed
from simulator.recording.words import Change, Words, changes
from simulator.wording import say

PROMPTS = "simulator.llm.prompts"
_DIGEST = re.compile(r"[0-9a-f]{12,}")
_MOST_SHOWN = 12  # changed lines of one file or request


def pack_words(recording: Recording, replayed: Replayed) -> Words:
    """What was taken out of the packs and put in instead. A text that differs by nothing else follows from that."""
    return frozenset(
        words
        for recorded, now in (
            (recording.persona, replayed.packs.persona.source),
            (recording.rubric, replayed.packs.rubric.source),
        )
        for change in _pack_changes(recorded, now)
        for words in change.words
    )


def cause_drifts(recording: Recording, replayed: Replayed, explained: Words) -> Iterator[Drift]:
    """What was changed, each change once. `explained`: the words of the packs that have changed."""
    packs = replayed.packs
    of_persona = _pack_changes(recording.persona, packs.persona.source)
    of_rubric = _pack_changes(recording.rubric, packs.rubric.source)
    if of_persona or packs.persona.sha256 != hash_of(recording.persona):
        told = say("persona {id} has changed", id=recording.started.persona)
        yield Drift("persona", told, *_placed(of_persona, packs.persona_file))
    if of_rubric or packs.rubric.sha256 != hash_of(recording.rubric):
        told = say("rubric {id} has changed", id=recording.started.rubric)
        yield Drift("rubric", told, *_placed(of_rubric, packs.rubric_file))
    if replayed.requests:
        yield from _request_drifts(replayed.requests.strangers.values(), explained, recording.started.language)
        if unused := replayed.requests.unused:
            numbers = ", ".join(map(str, unused))
            yield Drift("unused", say("recorded requests that were not made again: {numbers}", numbers=numbers))


def _pack_changes(recorded: bytes, now: bytes) -> tuple[Change, ...]:
    return changes(recorded.decode("utf-8-sig", "replace"), now.decode("utf-8-sig", "replace"))


def _placed(found: Sequence[Change], file: str) -> tuple[tuple[str, ...], str, int | None]:
    return _shown(found), file, found[0].line if found else None


def _shown(found: Sequence[Change]) -> tuple[str, ...]:
    shown = [f"{change.line}: {change.shown}" for change in found[:_MOST_SHOWN]]
    left = len(found) - len(shown)
    return (*shown, say("… and {count} more lines", count=left)) if left else tuple(shown)


@dataclass
class _Prompt:
    """What changed in one prompt file, and in how many requests that shows."""

    changes: dict[tuple[tuple[str, str], ...], Change] = field(default_factory=dict)
    requests: int = 0


def _request_drifts(strangers: Iterable[Unmatched], explained: Words, language: str) -> Iterator[Drift]:
    prompts: dict[str, _Prompt] = {}
    for stranger in strangers:
        if stranger.recorded is None:
            yield Drift(
                "request", say("a request was made that is not in the recording"), (_last_line(stranger.asked),)
            )
            continue
        before, now = parsed(stranger.recorded), parsed(stranger.asked)
        was, became = _system(before), _system(now)
        own = [change for change in changes(was, became) if not _follows(change, explained)]
        if own:
            prompt = prompts.setdefault(_file_of(became, language), _Prompt())
            prompt.requests += 1
            for change in own:
                prompt.changes.setdefault(change.words, change)
        yield from _otherwise(stranger.number or 0, before, now, explained)
    for file, prompt in prompts.items():
        found = [_in_file(change, file, language) for change in prompt.changes.values()]
        told = say("prompt {file} has changed; {count} requests are others", file=file, count=prompt.requests)
        yield Drift("prompt", told, *_placed(found, f"{PROMPTS.replace('.', '/')}/{file}"))


def _otherwise(number: int, before: Mapping[str, Any], now: Mapping[str, Any], explained: Words) -> Iterator[Drift]:
    """What differs in a request besides its system message. A digest (a judge's marker) differs where anything does."""
    found = changes(_rest(before), _rest(now))
    words = {pair for change in found for pair in change.words}
    left = words - explained
    if left and (left == words or not all(map(_is_digest, left))):
        details = tuple(change.shown for change in found if not _follows(change, explained))
        yield Drift("request", say("request {number} has changed", number=number), details[:_MOST_SHOWN])


def _is_digest(words: tuple[str, str]) -> bool:
    return all(map(_DIGEST.fullmatch, words))


def _follows(change: Change, explained: Words) -> bool:
    """Whether a change of a pack is all there is in it."""
    return explained.issuperset(change.words)


def _system(body: Mapping[str, Any]) -> str:
    return "\n".join(str(m.get("content")) for m in body.get("messages") or () if m.get("role") == "system")


def _rest(body: Mapping[str, Any]) -> str:
    """A request without its system message, a value a line."""
    lines = [f"{m.get('role')}: {m.get('content')}" for m in body.get("messages") or () if m.get("role") != "system"]
    others = {name: value for name, value in body.items() if name != "messages"}
    return "\n".join((*lines, json.dumps(others, ensure_ascii=False, indent=1, sort_keys=True)))


def _last_line(body: bytes) -> str:
    messages = parsed(body).get("messages") or [{}]
    return str(messages[-1].get("content"))[:200]


def _file_of(text: str, language: str) -> str:
    """The prompt file of which a system message has most lines."""
    lines = {line.strip() for line in text.splitlines()} - {""}
    files = _prompts(language)
    return max(files, key=lambda name: len(lines & set(files[name])), default="")


def _in_file(change: Change, file: str, language: str) -> Change:
    """The change at its line in the prompt file; filled-in lines are found by the text around what was filled in."""
    wanted = {new.strip() for _, new in change.words if new.strip()}
    lines = _prompts(language).get(file, ())
    best = max(range(len(lines)), key=lambda at: sum(word in lines[at] for word in wanted), default=0)
    exact = next((at for at, line in enumerate(lines) if line and line in change.shown), None)
    return Change((best if exact is None else exact) + 1, change.shown, change.words)


@cache
def _prompts(language: str) -> Mapping[str, tuple[str, ...]]:
    """The lines of the prompt files for a language, by the files' names."""
    written = "en" if language == "en" else "zh-Hans"
    found = {}
    for file in resources.files(PROMPTS).iterdir():
        if file.name.endswith(f".{written}.md"):
            text = file.read_text("utf-8")
            text = traditional(text) if language == "zh-Hant" else text
            found[file.name] = tuple(line.strip() for line in text.splitlines())
    return found
