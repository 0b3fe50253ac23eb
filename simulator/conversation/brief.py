"""What an actor may know at this moment. It has no field that could carry a locked need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from simulator.conversation.offers import offers_in
from simulator.conversation.state import State
from simulator.domain import events as e
from simulator.domain.acts import QUESTIONS, HeardSentence, Hearing
from simulator.domain.persona import LatentNeed, Persona, PersonaFact, PublicProfile
from simulator.domain.text import Text
from simulator.domain.transcript import Turn
from simulator.language.topics import finder

E = TypeVar("E")

SOUR = -2
"""Mood (-3..3) at which words alone no longer count: the customer comes back to what they asked."""

KIND = frozenset({"reflect_feeling", "own_it", "affirm", "apologize"})
PLAIN = frozenset({"reflect_content", "inform", "greet"})
COMMITTING = frozenset({"promise", "update_commit", "guarantee"})


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that has opened: what it is, and the authored words that voice it."""

    id: str
    text: str
    reveal: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """Something the customer says when asked."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the actor gets for one reply, in the session's language.

    `turn` is the number of the reply. `voice` are needs to be said now (again, if the reply
    before was broken off), `opened` those said before. `asked` are facts
    the line asks for; `known` all that may be told. `cue`, `trap`, `closing`, `expectation` and `walk_out` are lines
    to be said in this reply, where given. `touched` are ids of what the line spoke of. `occasions` name what the line
    did for which the pack has words (domain.persona.LINE_KINDS), the most telling first. `lines` are those words.
    """

    profile: PublicProfile
    language: str
    seed: int
    turn: int
    line: str
    history: tuple[Turn, ...]
    mood: float
    mood_label: str
    patience_left: float
    opened: tuple[OpenNeed, ...]
    voice: tuple[OpenNeed, ...]
    known: tuple[KnownFact, ...]
    asked: tuple[KnownFact, ...]
    cue: str | None
    trap: str | None
    closing: str | None
    expectation: str | None
    walk_out: str | None
    touched: tuple[str, ...]
    irritated: tuple[str, ...]
    occasions: tuple[str, ...]
    lines: Mapping[str, tuple[str, ...]]


def brief(state: State, turn: int, hearing: Hearing, moves: Sequence[e.Event], persona: Persona) -> Brief:
    """The brief for the reply numbered `turn`. `state` has the learner's line and all moves that follow from it."""
    started = state.started
    if started is None:
        raise ValueError("a session starts with SessionStarted")
    language = started.language

    def said(text: Text | None) -> str | None:
        return text.in_language(language) if text else None

    answer = _first(moves, e.ConfirmAnswered)
    cue = _first(moves, e.CueDropped)
    now = {move.need for move in moves if isinstance(move, e.NeedOpened)} | _unsaid(state, persona)
    hits = [move.irritation for move in moves if isinstance(move, e.IrritationHit)]
    closing = persona.closing
    expectation = closing.new_expectation
    points = _explore_points(state, persona)
    facts = [*points, *(fact for fact in persona.facts if fact.with_need is None or fact.with_need in state.opened)]
    asked_ids = {t.topic for s in hearing.sentences if s.does(*QUESTIONS) for t in s.topics}
    # Once the new expectation is on the table, a question that fits it is about it and about nothing else.
    asked = [fact for fact in points if fact.id in asked_ids] or [fact for fact in facts if fact.id in asked_ids]
    return Brief(
        profile=persona.profile,
        language=language,
        seed=started.seed,
        turn=turn,
        line=state.turns[-1].text,
        history=state.turns[:-1],
        mood=state.mood,
        mood_label=persona.profile.mood_label.in_language(language),
        patience_left=state.patience / persona.start.patience,
        opened=tuple(_open(persona.need(need), language) for need in state.opened if need not in now),
        voice=tuple(_open(persona.need(need), language) for need in state.opened if need in now),
        known=tuple(KnownFact(fact.id, fact.text.in_language(language)) for fact in facts),
        asked=tuple(KnownFact(fact.id, fact.text.in_language(language)) for fact in asked),
        cue=said(persona.need(cue.need).cue) if cue else None,
        trap=said(persona.trap.line) if _first(moves, e.TrapSprung) else None,
        closing=said(closing.satisfied if answer.satisfied else closing.unsatisfied) if answer else None,
        expectation=said(expectation.reveal) if answer and expectation else None,
        walk_out=said(persona.lines["walk_out"][0]) if _first(moves, e.WalkedAway) else None,
        touched=tuple(topic for topic in hearing.topics if topic in state.opened),
        irritated=tuple(i.line.in_language(language) for i in persona.irritations if i.id in hits and i.line),
        occasions=_occasions(state, hearing, persona, irritated=bool(hits)),
        lines={kind: tuple(text.in_language(language) for text in texts) for kind, texts in persona.lines.items()},
    )


def _unsaid(state: State, persona: Persona) -> set[str]:
    """Needs that the reply before was to voice, when it was broken off before it did."""
    last = state.last_reply
    if last is None or last.status != "interrupted":
        return set()
    due = {need for need, opened in state.opened.items() if opened.turn == last.n - 1}
    return {need for need in due if not finder(persona.need(need).keywords).find(last.text)}


def _explore_points(state: State, persona: Persona) -> tuple[PersonaFact, ...]:
    """What the customer can say of the new expectation, once it was raised."""
    expectation = persona.closing.new_expectation
    raised = state.confirmed is not None and state.confirmed.expectation is not None
    return expectation.explore_points if expectation and raised else ()


def _occasions(state: State, hearing: Hearing, persona: Persona, *, irritated: bool) -> tuple[str, ...]:
    sentences = [sentence for sentence in hearing.sentences if not sentence.flag]
    if hearing.set_aside:
        return ("puzzled",)
    acts = set(hearing.acts)
    offers = offers_in(hearing, persona, state.opened)
    helped = any(not offer.brush_off for offer in offers) or "act_now" in acts
    asked = any(sentence.does(*QUESTIONS) for sentence in sentences)
    chosen = asked and len(offers) > 1
    occasions = {
        "irritated": irritated,
        "agreeing": any(_sums_up(sentence) for sentence in sentences),
        "choosing": chosen and "confirm_ask" not in acts,
        "told": _hears_news(sentences, persona),
        "accepting": helped or (bool(acts & COMMITTING) and state.mood > SOUR),
        "unknown": asked,
        "farewell": "close" in acts,
        "listening": bool(acts & KIND) or (bool(acts & PLAIN) and state.mood > SOUR),
        "pressing": True,
    }
    return tuple(kind for kind, given in occasions.items() if given)


def _sums_up(sentence: HeardSentence) -> bool:
    """Whether a yes answers the sentence: it gives things back to be checked, and asks for nothing new."""
    return sentence.does("summary_check", "confirm_ask") and not (
        sentence.does("open_question") or (sentence.does("closed_question") and sentence.topics)
    )


def _hears_news(sentences: Sequence[HeardSentence], persona: Persona) -> bool:
    stated = [sentence for sentence in sentences if not sentence.does(*QUESTIONS)]
    return any(finder(item.match).find(sentence.text) for item in persona.bad_news for sentence in stated)


def _open(need: LatentNeed, language: str) -> OpenNeed:
    return OpenNeed(need.id, need.text.in_language(language), need.reveal.in_language(language))


def _first(moves: Sequence[e.Event], kind: type[E]) -> E | None:
    return next((move for move in moves if isinstance(move, kind)), None)
