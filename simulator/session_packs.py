"""The packs of a session: which it started with, in which languages, and whether they stand differently now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from simulator import assemble
from simulator.domain.events import Event, SessionStarted
from simulator.domain.persona import Persona
from simulator.domain.rubric import Rubric
from simulator.errors import BadInput, PackError, StoreDamaged
from simulator.settings import available
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.packs.load import Loaded
    from simulator.settings import Settings
    from simulator.store.store import Store

P = TypeVar("P", Persona, Rubric)


def started_of(event: Event) -> SessionStarted:
    """The start of a session, from its first event. Raises StoreDamaged for another."""
    if not isinstance(event, SessionStarted):
        raise StoreDamaged("the session does not begin with its start")
    return event


def packs_of(store: Store, started: Event) -> tuple[Persona, Rubric]:
    """The persona and rubric a session started with, worded for its language too. Raises StoreDamaged."""
    from simulator.packs.load import load_persona, load_rubric  # noqa: PLC0415 -- YAML is for those who read packs

    start = started_of(started)
    persona = load_persona(store.pack(start.persona_hash), start.persona).value
    rubric = load_rubric(store.pack(start.rubric_hash), start.rubric).value
    return in_language(persona, start.language), in_language(rubric, start.language)


def languages_of(pack: Persona | Rubric) -> tuple[str, ...]:
    """The languages in which a session can be held with this persona, or graded by this rubric."""
    return available(pack.profile.languages if isinstance(pack, Persona) else pack.languages)


def common_languages(persona: Persona, rubric: Rubric) -> tuple[str, ...]:
    """The languages in which a session can be held with the one and graded by the other. Raises BadInput for none."""
    common = tuple(tag for tag in languages_of(persona) if tag in languages_of(rubric))
    if not common:
        message = say("persona {persona} and rubric {rubric} share no language", persona=persona.id, rubric=rubric.id)
        raise BadInput(message)
    return common


def in_language(pack: P, language: str) -> P:
    """The pack with wordings in this language: Traditional Chinese is made from Simplified where it is missing.

    Raises BadInput for a language that the pack does not offer.
    """
    known = languages_of(pack)
    if language not in known:
        message = say(
            "{pack} is not available in {language}; there is {known}",
            pack=pack.id,
            language=language,
            known=", ".join(known),
        )
        raise BadInput(message)
    if language != "zh-Hant":
        return pack
    from simulator.packs.traditional import in_traditional  # noqa: PLC0415 -- loads a converter

    return in_traditional(pack)


def changed_since(settings: Settings, started: SessionStarted, *, rubric: bool = True) -> tuple[str, ...]:
    """A line for each of the session's packs that stands differently on the shelf now; for the rubric if it is used.

    One that is gone has not changed.
    """
    shelf = assemble.shelf(settings)
    changed = []
    if _differs(shelf.persona, started.persona, started.persona_hash):
        changed.append(started.persona)
    if rubric and _differs(shelf.rubric, started.rubric, started.rubric_hash):
        changed.append(started.rubric)
    return tuple(
        say("{pack} has changed since this session began; the session's own copy of it is used", pack=name)
        for name in changed
    )


def _differs(find: Callable[[str], Loaded[Persona] | Loaded[Rubric]], name: str, sha256: str) -> bool:
    try:
        return find(name).sha256 != sha256
    except PackError:  # it could be loaded when the session began
        return True
    except BadInput:
        return False
