"""Plays the customer from the pack's own lines: what was opened, what was asked, how it felt, in that order.

Which wording is taken depends on the session's seed and the turn, so two sessions differ and a replay does not.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from hashlib import sha256

from simulator.conversation.brief import Brief
from simulator.language.echo import is_probe
from simulator.language.normalize import split_sentences
from simulator.offline.actor_choice import choice

MOST_PARTS = 3
"""Things said in one reply: a person says two or three, then waits. What code decided is always said; it is
facts that wait."""

MOST_TOLD = 2
"""Times the same thing is said before the customer has nothing to add."""

AS_SAID = {"en": "As I said: ", "zh-Hans": "刚才说了，", "zh-Hant": "剛才說了，"}
"""Before what was said already, word for word."""

STILL_OPEN = {"en": "But what about this? ", "zh-Hans": "可这件事呢？", "zh-Hant": "可這件事呢？"}
"""The same where the customer is asked whether all is well now, and it is not."""

ASSENT = 3
"""Words, or Chinese characters, from which on a sentence is more than a word of assent."""

FEW_WORDS = 5
"""Words, or Chinese characters, below which a sentence does not say by itself what a need comes down to."""

_WORD = re.compile(r"[a-zA-Z']+|[\u4e00-\u9fff]")
_ASKED = re.compile(r"^(?:now that|since|as) you(?:'re| are)? ask(?:ing)?, ", re.IGNORECASE)

MOST_FACTS = 2
"""Facts given at once when several were asked for."""


class OfflineActor:
    """Actor over a brief's authored lines."""

    name = "offline"

    async def reply(self, brief: Brief) -> AsyncGenerator[str, None]:
        """The reply, a sentence group at a time."""
        glue = " " if brief.language == "en" else ""
        for index, part in enumerate(_parts(brief)):
            yield glue + part if index else part


def _parts(brief: Brief) -> list[str]:
    if brief.walk_out:
        return [brief.walk_out]
    if brief.occasions == ("puzzled",):
        return [_wording(brief, "puzzled")]
    feeling = _feeling(brief)
    voiced = [*(need.reveal for need in brief.voice), *filter(None, (brief.closing, brief.expectation))]
    room = max(0, MOST_PARTS - len(voiced))
    facts = brief.asked[: min(MOST_FACTS, room)]
    opening = {need.id for need in brief.voice}
    substance = [  # what belongs to a need is said after the need itself
        *(fact.text for fact in facts if fact.need not in opening),
        *voiced,
        *(fact.text for fact in facts if fact.need in opening),
    ]
    if not substance:
        substance = _unprompted(brief, feeling)
    elif not voiced and "farewell" in brief.occasions:
        substance.append(_parting(brief))
    return [*feeling, *substance, *filter(None, (brief.cue, brief.trap))]


def _feeling(brief: Brief) -> list[str]:
    """What comes out first: annoyance, or the yes to a summary."""
    if brief.irritated:
        return [brief.irritated[0]]
    if "irritated" in brief.occasions:
        return [_wording(brief, "irritated")]
    if "agreeing" in brief.occasions and not brief.closing and brief.settled is not False:
        return [_wording(brief, "agreeing")]
    return []


def _unprompted(brief: Brief, feeling: Sequence[str]) -> list[str]:
    """What the customer says when the line drew nothing out of them."""
    if feeling:
        return []
    if brief.settled is False:
        return [_still_open(brief)]
    occasion = brief.occasions[0]
    taken = choice(brief.line, brief.language) if "accepting" in brief.occasions else None
    if taken and occasion in ("choosing", "accepting", "unknown"):
        return [taken]
    if occasion == "unknown" and (remembered := _asked_again(brief)):
        return [remembered]
    parting = _parting(brief) if occasion == "accepting" and "farewell" in brief.occasions else None
    return [_wording(brief, occasion), *filter(None, (taken, parting))]


def _parting(brief: Brief) -> str:
    """A farewell after something else was said: without the word or two of assent that it begins with."""
    farewell = _wording(brief, "farewell")
    start, end = split_sentences(farewell)[0]
    return farewell if _words(farewell[start:end]) >= ASSENT else farewell[end:].strip() or farewell


def _still_open(brief: Brief) -> str:
    """Why this is not it yet: a need that no offer has met, the wish that was not taken up, else what they came for."""
    unmet = next((need.reveal for need in brief.unmet), None) or brief.pending
    return (_recalled(brief, unmet, STILL_OPEN) if unmet else None) or _wording(brief, "pressing")


def _asked_again(brief: Brief) -> str | None:
    """A need that is open already: its gist once more, or more of it if more is asked for.

    Of several that the line touches it is the one told last, but for what was said a moment ago: who asks for that, and
    for something else as well, has heard it.
    """
    touched = [need for need in reversed(brief.opened) if need.id in brief.touched]
    if not touched:
        return None
    said = [turn.text for turn in brief.history if turn.speaker == "persona"]
    again = next((need for need in touched if _gist(need.reveal) not in said[-1]), touched[0])
    more = (fact.text for fact in brief.known if fact.need == again.id and not any(fact.text in text for text in said))
    return (next(more, None) if is_probe(brief.line) else None) or _recalled(brief, again.reveal, AS_SAID)


def _recalled(brief: Brief, text: str, lead: Mapping[str, str]) -> str | None:
    """The gist of what was said before, after a lead in the brief's language; None once it was said often enough."""
    gist = _gist(text)
    said = sum(gist in turn.text for turn in brief.history if turn.speaker == "persona")
    if said >= MOST_TOLD:
        return None
    return lead[brief.language] + gist if said else gist


def _gist(text: str) -> str:
    """The first sentence, with the next if it is but a few words; without what only takes up the question before it."""
    spans = split_sentences(text)
    first = next((n for n, (a, b) in enumerate(spans) if _words(text[a:b]) > 1), 0)
    start, end = spans[first]
    if _words(text[start:end]) < FEW_WORDS and first + 1 < len(spans):
        end = spans[first + 1][1]
    gist = _ASKED.sub("", text[start:end])
    return gist[:1].upper() + gist[1:]


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _wording(brief: Brief, kind: str) -> str:
    """One of the pack's wordings: by seed and turn, and not the one used last time."""
    wordings = brief.lines[kind]
    earlier = [turn.text for turn in brief.history if turn.speaker == "persona"]
    last = next((w for text in reversed(earlier) for w in wordings if w in text), None)
    fresh = [wording for wording in wordings if wording != last] or list(wordings)
    digest = sha256(f"{brief.seed}:{brief.turn}:{kind}".encode()).digest()
    return fresh[digest[0] % len(fresh)]
