"""Whether a persona keeps its needs to itself: no secret in a line that is heard while the need is still closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simulator.domain.persona import LatentNeed, Persona
from simulator.domain.text import Text
from simulator.language.normalize import split_sentences
from simulator.language.topics import Finders
from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path, of_wording
from simulator.wording import say


class _Hit(NamedTuple):
    """Words found: the path of the wording they stand in, the wording, their offset in it, and they themselves."""

    path: Path
    wording: str
    offset: int
    span: str


_Hits = Mapping[str, Sequence[_Hit]]
"""What was found of each need in one text, the first in each wording."""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A text that a learner may read or hear before the debrief. `opened`: needs that are surely open by then."""

    path: Path
    text: Text
    opened: frozenset[str] = frozenset()


def leaks(persona: Persona) -> Iterator[Fault]:
    """Secrets and keywords of needs where they must not stand, or that are absent from where they must."""
    secrets = Finders({need.id: need.secret for need in persona.needs})
    keywords = Finders({need.id: need.keywords for need in persona.needs})
    for line in public_lines(persona):
        heard = _hits(line.path, line.text, secrets)
        for need in persona.needs:
            if need.id not in line.opened:
                yield from _secret_heard(need, heard)
    opening = _hits(("persona", "opening"), persona.profile.opening, keywords)
    hinting: list[tuple[Path, Text]] = [
        (("latent_needs", at, "cue"), need.cue) for at, need in enumerate(persona.needs)
    ]
    cues = [(_hits(*cue, keywords), _hits(*cue, secrets)) for cue in hinting]
    for index, need in enumerate(persona.needs):
        at: Path = ("latent_needs", index)
        yield from _voiced_too_early(need, opening, cues)
        yield from _given_away(need, _hits((*at, "example"), need.example, secrets))
        for place in _without((*at, "reveal"), need, keywords):
            yield Fault(
                "P053",
                place,
                say(
                    "no keyword of need '{need}' stands in its reveal: it would not be noticed when it is voiced",
                    need=need.id,
                ),
            )
        for place in _without((*at, "reveal"), need, secrets):
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


def _secret_heard(need: LatentNeed, heard: _Hits) -> Iterator[Fault]:
    for path, wording, offset, span in heard.get(need.id, ()):
        message = say(
            "'{span}' is a secret of need '{need}', and this is heard before it opens", span=shown(span), need=need.id
        )
        yield Fault("P050", path, message, within=(wording, offset))


def _voiced_too_early(need: LatentNeed, opening: _Hits, cues: Iterable[tuple[_Hits, _Hits]]) -> Iterator[Fault]:
    """`cues`: the keywords in each cue, and the secrets in it."""
    for path, wording, offset, span in opening.get(need.id, ()):
        message = say(
            "'{span}' is a keyword of need '{need}': it would count as voiced in the opening",
            span=shown(span),
            need=need.id,
        )
        yield Fault("P051", path, message, within=(wording, offset))
    for keywords, secrets in cues:
        told = {place for place, *_ in secrets.get(need.id, ())}  # by P050 already, and worse
        for path, wording, offset, span in keywords.get(need.id, ()):
            if path in told:
                continue
            message = say(
                "'{span}' is a keyword of need '{need}': this cue would count as its reveal",
                span=shown(span),
                need=need.id,
            )
            yield Fault("P052", path, message, within=(wording, offset))


def _given_away(need: LatentNeed, example: _Hits) -> Iterator[Fault]:
    for place, wording, offset, span in example.get(need.id, ()):
        message = say(
            "'{span}' gives need '{need}' away: the last hint shows this line", span=shown(span), need=need.id
        )
        yield Fault("P055", place, message, within=(wording, offset))


def _without(path: Path, need: LatentNeed, words: Finders) -> Iterator[Path]:
    """The wordings of a need's reveal in which none of its own words stand."""
    found = {place for place, *_ in _hits(path, need.reveal, words).get(need.id, ())}
    return (place for language in need.reveal.by_language if (place := of_wording(path, language)) not in found)


def _hits(path: Path, text: Text, words: Finders) -> _Hits:
    """By need, the first hit in each wording."""
    found: dict[str, dict[Path, _Hit]] = {}
    for language, wording in text.by_language.items():
        place = of_wording(path, language)
        for start, end in split_sentences(wording):
            for need, span in words.find(wording[start:end]).items():
                found.setdefault(need, {}).setdefault(place, _Hit(place, wording, wording.index(span, start), span))
    return {need: tuple(hits.values()) for need, hits in found.items()}
