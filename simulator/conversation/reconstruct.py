"""What a transcript without events must have been: which needs were voiced and why, where the trap and the new
expectation stand. A reading, marked as such; our own sessions have events and need none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from simulator.conversation.asking import asking_act
from simulator.domain.acts import Hearing
from simulator.domain.persona import LatentNeed, Persona
from simulator.domain.scorecard import NeedRecord
from simulator.domain.text import Match
from simulator.domain.transcript import Transcript, Turn
from simulator.language.acts import reply_acts
from simulator.language.normalize import lexicon_language, split_sentences
from simulator.language.per_pack import once_per_pack
from simulator.language.topics import Finders, finder, finders


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """What was read off the words. Turns are None where nothing was found."""

    needs: tuple[NeedRecord, ...]
    trap_turn: int | None
    expectation_turn: int | None


def reconstruct(transcript: Transcript, hearings: Mapping[int, Hearing], persona: Persona) -> Reconstruction:
    """Read needs, trap and new expectation off an outside transcript."""
    expectation = persona.closing.new_expectation
    voiced = {turn.n: needs_in(turn.text, persona) for turn in transcript.turns if turn.speaker == "persona"}
    return Reconstruction(
        needs=tuple(_record(need, transcript, voiced, hearings) for need in persona.needs),
        trap_turn=_pushed(persona.trap.match, transcript),
        expectation_turn=_raised(expectation.match, transcript, hearings) if expectation else None,
    )


def needs_in(text: str, persona: Persona | None) -> tuple[str, ...]:
    """The needs that a customer's turn voices, by their secret phrases or keywords."""
    return () if persona is None else _voicing(persona)(text)


def needs_named(text: str, persona: Persona) -> frozenset[str]:
    """The needs of which a text, read as one, holds the secret phrases or keywords."""
    secrets, keywords = _words_of_needs(persona)
    return frozenset((*secrets.find(text), *keywords.find(text)))


@once_per_pack
def _voicing(persona: Persona) -> Callable[[str], tuple[str, ...]]:
    """The needs a turn voices, remembered: a transcript is read as it is, then without its idle talk."""

    @lru_cache(maxsize=64)
    def voiced(text: str) -> tuple[str, ...]:
        found = {need for sentence in _sentences(text) for need in needs_named(sentence, persona)}
        return tuple(need.id for need in persona.needs if need.id in found)

    return voiced


@once_per_pack
def _words_of_needs(persona: Persona) -> tuple[Finders, Finders]:
    """What finds the needs by their secret phrases, and by their keywords."""
    secrets = finders({need.id: need.secret for need in persona.needs})
    return secrets, finders({need.id: need.keywords for need in persona.needs})


def _record(
    need: LatentNeed, transcript: Transcript, voiced: Mapping[int, Sequence[str]], hearings: Mapping[int, Hearing]
) -> NeedRecord:
    before: list[Turn] = []
    answered = True
    for turn in transcript.turns:
        if need.id in voiced.get(turn.n, ()):
            return _voiced(need, turn, before, hearings)
        if turn.speaker == "learner":
            before = [turn] if answered else [*before, turn]
        answered = turn.speaker == "persona"
    return NeedRecord(need.id, "missed", reconstructed=True)


def _voiced(need: LatentNeed, turn: Turn, before: Sequence[Turn], hearings: Mapping[int, Hearing]) -> NeedRecord:
    """Elicited if the learner turn before, or one in a row with it, has one of the unlocking acts, else volunteered.

    Of several such sentences the one on the need's topic is shown.
    """
    heard = ((said.n, sentence) for said in before if said.n in hearings for sentence in hearings[said.n].sentences)
    asked = [(n, sentence) for n, sentence in heard if asking_act(need.unlock, sentence)]
    if not asked:
        return NeedRecord(need.id, "volunteered", turn.n, reconstructed=True)
    by_turn, shown = next((one for one in asked if one[1].touches(need.id)), asked[0])
    return NeedRecord(need.id, "elicited", turn.n, by_turn, shown.text, reconstructed=True)


def _raised(match: Match, transcript: Transcript, hearings: Mapping[int, Hearing]) -> int | None:
    """The customer's turn that raises the new expectation: one that asks for it after a confirm question."""
    confirmed = False
    for turn in transcript.turns:
        if turn.speaker == "learner":
            confirmed = confirmed or (turn.n in hearings and "confirm_ask" in hearings[turn.n].acts)
        elif confirmed and _holds(match, turn.text):
            return turn.n
    return None


def _pushed(match: Match, transcript: Transcript) -> int | None:
    """The last turn in which the customer asks for the promise; where none asks, the last that has its words."""
    said = [turn for turn in transcript.turns if turn.speaker == "persona" and _holds(match, turn.text)]
    asking = [turn for turn in said if "asks" in reply_acts(turn.text)]
    return next((turn.n for turn in reversed(asking or said)), None)


def _holds(match: Match, text: str) -> bool:
    find = finder(match).find
    return any(find(sentence) for sentence in _sentences(text))


def _sentences(text: str) -> Iterator[str]:
    """The text, and its sentences that another lexicon reads: what the others hold stands in the whole as well."""
    yield text
    for start, end in split_sentences(text):
        if lexicon_language(text[start:end]) != lexicon_language(text):
            yield text[start:end]
