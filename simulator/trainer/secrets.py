"""Whether a persona keeps its needs to itself: no secret in a line that is heard while the need is still closed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.domain.persona import LatentNeed, Persona
from simulator.domain.text import ANY_LANGUAGE, Text
from simulator.language.normalize import split_sentences
from simulator.language.topics import Finder
from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path
from simulator.wording import say


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A text that a learner may read or hear before the debrief. `opened`: needs that are surely open by then."""

    path: Path
    text: Text
    opened: frozenset[str] = frozenset()


def leaks(persona: Persona) -> Iterator[Fault]:
    """Secrets and keywords of needs where they must not stand, or that are absent from where they must."""
    secrets = [Finder(need.secret) for need in persona.needs]
    for line in public_lines(persona):  # one line at a time: it is taken apart once for all needs
        for need, secret in zip(persona.needs, secrets, strict=True):
            if need.id not in line.opened:
                yield from _secret_heard(need, secret, line)
    for index, (need, secret) in enumerate(zip(persona.needs, secrets, strict=True)):
        at: Path = ("latent_needs", index)
        keywords = Finder(need.keywords)
        yield from _voiced_too_early(need, keywords, secret, persona)
        yield from _given_away((*at, "example"), need, secret)
        for place in _without((*at, "reveal"), need.reveal, keywords):
            yield Fault(
                "P053",
                place,
                say(
                    "no keyword of need '{need}' stands in its reveal: it would not be noticed when it is voiced",
                    need=need.id,
                ),
            )
        for place in _without((*at, "reveal"), need.reveal, secret):
            yield Fault(
                "P054",
                place,
                say(
                    "no secret phrase of need '{need}' stands in its reveal: a leak of it would not be noticed",
                    need=need.id,
                ),
            )


def public_lines(persona: Persona) -> Iterator[PublicLine]:
    """Every text of the pack that can be read or heard while some need is still closed."""
    yield from _read_lines(persona)
    yield from spoken_lines(persona)


def spoken_lines(persona: Persona) -> Iterator[PublicLine]:
    """Every line that the customer says."""
    yield PublicLine(("persona", "opening"), persona.profile.opening)
    for index, fact in enumerate(persona.facts):
        opened = opened_with(persona, fact.with_need) if fact.with_need else frozenset()
        yield PublicLine(("persona", "facts", index, "text"), fact.text, opened)
    for occasion, wordings in persona.lines.items():
        for index, wording in enumerate(wordings):
            yield PublicLine(("persona", "lines", occasion, index), wording)
    for index, need in enumerate(persona.needs):
        yield PublicLine(("latent_needs", index, "cue"), need.cue)
        yield PublicLine(("latent_needs", index, "reveal"), need.reveal, opened_with(persona, need.id))
    for index, irritation in enumerate(persona.irritations):
        if irritation.line:
            yield PublicLine(("irritations", index, "line"), irritation.line)
    yield PublicLine(("trap", "line"), persona.trap.line)
    closing = persona.closing
    yield PublicLine(("closing", "satisfied"), closing.satisfied)
    yield PublicLine(("closing", "unsatisfied"), closing.unsatisfied)
    if closing.new_expectation:
        at: Path = ("closing", "new_expectation")
        yield PublicLine((*at, "reveal"), closing.new_expectation.reveal)
        for index, point in enumerate(closing.new_expectation.explore_points):
            yield PublicLine((*at, "explore_points", index, "text"), point.text)


def opened_with(persona: Persona, need_id: str) -> frozenset[str]:
    """A need and all that must have opened before it."""
    found: set[str] = set()
    waiting = [need_id]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(persona.need(current).after)
    return frozenset(found)


def _read_lines(persona: Persona) -> Iterator[PublicLine]:
    profile, learner = persona.profile, persona.profile.learner
    yield PublicLine(("title",), profile.title)
    for key in ("name", "identity", "mood_label"):
        yield PublicLine(("persona", key), getattr(profile, key))
    for seen, words in profile.bearing.items():
        yield PublicLine(("persona", "bearing", seen), words)
    yield PublicLine(("persona", "explicit_need", "text"), profile.explicit_need.text)
    yield PublicLine(("learner", "role"), learner.role)
    for index, known in enumerate(learner.facts):
        yield PublicLine(("learner", "facts", index, "text"), known.text)
    for index, resource in enumerate(learner.resources):
        yield PublicLine(("learner", "resources", index), resource)
    for kind in ("may", "conditional", "may_not"):
        for index, item in enumerate(getattr(learner.authority, kind)):
            yield PublicLine(("learner", "authority", kind, index, "text"), item.text)
    for index, need in enumerate(persona.needs):
        if need.unlock.about:  # a listening model reads it, whatever has opened
            yield PublicLine(("latent_needs", index, "unlock", "about"), need.unlock.about)
        # A need's own example is judged by a rule of its own.
        yield PublicLine(("latent_needs", index, "example"), need.example, frozenset({need.id}))


def _secret_heard(need: LatentNeed, secret: Finder, line: PublicLine) -> Iterator[Fault]:
    for path, wording, offset, span in _hits(line.path, line.text, secret):
        message = say(
            "'{span}' is a secret of need '{need}', and this is heard before it opens", span=shown(span), need=need.id
        )
        yield Fault("P050", path, message, within=(wording, offset))


def _voiced_too_early(need: LatentNeed, keywords: Finder, secret: Finder, persona: Persona) -> Iterator[Fault]:
    for path, wording, offset, span in _hits(("persona", "opening"), persona.profile.opening, keywords):
        message = say(
            "'{span}' is a keyword of need '{need}': it would count as voiced in the opening",
            span=shown(span),
            need=need.id,
        )
        yield Fault("P051", path, message, within=(wording, offset))
    for index, hinting in enumerate(persona.needs):
        for path, wording, offset, span in _hits(("latent_needs", index, "cue"), hinting.cue, keywords):
            if any(place == path for place, *_ in _hits(path[:3], hinting.cue, secret)):  # told already, and worse
                continue
            message = say(
                "'{span}' is a keyword of need '{need}': this cue would count as its reveal",
                span=shown(span),
                need=need.id,
            )
            yield Fault("P052", path, message, within=(wording, offset))


def _given_away(path: Path, need: LatentNeed, secret: Finder) -> Iterator[Fault]:
    for place, wording, offset, span in _hits(path, need.example, secret):
        message = say(
            "'{span}' gives need '{need}' away: the last hint shows this line", span=shown(span), need=need.id
        )
        yield Fault("P055", place, message, within=(wording, offset))


def _without(path: Path, text: Text, words: Finder) -> Iterator[Path]:
    """The wordings in which none of the words stand."""
    found = {place for place, *_ in _hits(path, text, words)}
    return (place for language in text.by_language if (place := _in_language(path, language)) not in found)


def _hits(path: Path, text: Text, words: Finder) -> Iterator[tuple[Path, str, int, str]]:
    """The first hit in each wording: its path, the wording, the hit's offset in it, and the words."""
    for language, wording in text.by_language.items():
        for start, end in split_sentences(wording):
            if span := words.find(wording[start:end]):
                yield _in_language(path, language), wording, wording.index(span, start), span
                break


def _in_language(path: Path, language: str) -> Path:
    return path if language == ANY_LANGUAGE else (*path, language)
