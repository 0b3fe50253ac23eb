"""What a learner's sentences offer, and which items of the scenario's checklist they meet."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from simulator.domain.acts import QUESTIONS, HeardSentence, Hearing
from simulator.domain.persona import ChecklistItem, Persona
from simulator.domain.scorecard import Quote
from simulator.language.echo import points_back
from simulator.language.per_pack import once_per_pack
from simulator.language.topics import Finders, finders, names_part_of

OFFERING = ("propose", "act_now", "pass_the_buck")
"""Acts that put something concrete on the table, brush-offs included. Courtesies carry none of them."""

COMMITTING = ("propose", "act_now", "promise", "update_commit", "own_it")
"""Acts by which a checklist item can be met: what is undertaken for the customer counts, however it is worded."""

ASKING = (*QUESTIONS, "summary_check", "confirm_ask")
"""Acts that ask: whatever words a question holds, it offers and tells nothing by itself."""

TELLING = ("inform", "state_limit", "bad_news")
"""Acts by which the practical side of an offer (times, conditions) can be said as well."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One sentence that proposes something concrete for a need the learner knows of."""

    turn: int
    text: str
    acts: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def brush_off(self) -> bool:
        """Whether it only sends the customer elsewhere."""
        return "pass_the_buck" in self.acts


def offers_in(hearing: Hearing, persona: Persona | None, known: Collection[str], turn: int = 0) -> tuple[Offer, ...]:
    """The offers of one line, given the latent needs opened so far.

    A sentence that meets only items for needs still hidden is no offer yet: it answers nothing that was said. A promise
    is one where it grants what was asked in the opening line.
    """
    return tuple(_offers(hearing, persona, known, turn))


def coverage(hearings: Mapping[int, Hearing], persona: Persona) -> dict[str, Quote]:
    """Each checklist item that some sentence meets, with the first words that met it."""
    met: dict[str, Quote] = {}
    for turn, hearing in sorted(hearings.items()):
        offering = any(sentence.does(*COMMITTING) for sentence in hearing.sentences)
        for before, sentence in zip((None, *hearing.sentences), hearing.sentences, strict=False):
            for item in _met(sentence, persona, offering=offering, before=before):
                met.setdefault(item.id, Quote(turn, sentence.text))
    return met


def covered_needs(hearings: Mapping[int, Hearing], persona: Persona, known: Collection[str]) -> frozenset[str]:
    """Which of the known needs (EXP or a latent need's id) the offers so far cover."""
    met = coverage(hearings, persona)
    return frozenset(
        need for item in persona.checklist.complete if item.id in met for need in item.covers if need in known
    )


def undertaken(hearing: Hearing, persona: Persona | None, known: Collection[str]) -> bool:
    """Whether the line offers or promises anything for what the learner knows of: from then on there is something to
    confirm.
    """
    if offers_in(hearing, persona, known):
        return True
    if persona is None:
        return any(sentence.does("promise", "update_commit") for sentence in hearing.sentences)
    return bool(covered_needs({0: hearing}, persona, {persona.profile.explicit_need.id, *known}))


def _offers(hearing: Hearing, persona: Persona | None, known: Collection[str], turn: int) -> Iterator[Offer]:
    explicit = persona.profile.explicit_need.id if persona else ""
    for sentence in hearing.sentences:
        if sentence.does("guarantee"):
            continue
        items = tuple(_met(sentence, persona)) if persona else ()
        served = {need for item in items for need in (item.covers or (explicit,))}
        proposes = sentence.does(*OFFERING) and (not items or bool(served & {explicit, *known}))
        grants = sentence.does("promise") and any(explicit in item.covers for item in items)
        if proposes or grants:
            yield Offer(turn, sentence.text, tuple(a.act for a in sentence.acts), tuple(item.id for item in items))


def _met(
    sentence: HeardSentence, persona: Persona, *, offering: bool = False, before: HeardSentence | None = None
) -> Iterator[ChecklistItem]:
    """The items a sentence meets. An offer is often made in several sentences: in a line that commits to something
    (`offering`) plain statements count as well, and what a word such as "it" stands for is named in the one `before`.
    """
    recaps = sentence.does("summary_check") and not sentence.does("promise")
    if sentence.flag or recaps or sentence.does("withdraw_promise"):
        return
    if sentence.does(*COMMITTING) or (offering and not sentence.does(*ASKING)):
        items = persona.checklist.items
    elif sentence.does(*TELLING):
        items = (*persona.checklist.practical, *persona.checklist.win_win)
    else:
        return
    met = set(_checklist(persona).find(sentence.text))
    if before and sentence.does(*COMMITTING) and not before.flag and points_back(sentence.text):
        named = _checklist(persona).find(f"{before.text} {sentence.text}").keys() - _checklist(persona).find(
            before.text
        )
        about = (item for item in persona.checklist.complete if item.id in named)
        met |= {item.id for item in about if names_part_of(item.match, sentence.text)}
    yield from (item for item in items if item.id in met)


@once_per_pack
def _checklist(persona: Persona) -> Finders:
    return finders({item.id: item.match for item in persona.checklist.items})
