"""What an actor may know at this moment. It has no field that could carry a locked need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from simulator.conversation.asides import is_noise
from simulator.conversation.gate import satisfied
from simulator.conversation.hints import hinted_at
from simulator.conversation.offers import COMMITTING, TELLING, Offer, covered_needs, offers_in, undertaken
from simulator.conversation.state import State
from simulator.domain import events as e
from simulator.domain.acts import QUESTIONS, HeardSentence, Hearing
from simulator.domain.persona import BadNews, LatentNeed, NewExpectation, Persona, PersonaFact, PublicProfile
from simulator.domain.text import Match, Text
from simulator.domain.transcript import Turn
from simulator.language.requests import asks_for, asks_to_choose
from simulator.language.talk import gives_thanks, hopes_for_no, leaves_to_them
from simulator.language.topics import finder

E = TypeVar("E")

SOUR = -2
"""Mood (-3..3) at which words alone no longer count: the customer comes back to what they asked."""

KIND = frozenset({"reflect_feeling", "own_it", "affirm", "apologize"})
PLAIN = frozenset({"reflect_content", "inform", "greet"})
PROMISING = frozenset({"promise", "update_commit", "guarantee"})


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """A need that has opened: the authored words that voice it."""

    id: str
    reveal: str


@dataclass(frozen=True, slots=True)
class KnownFact:
    """Something the customer says when asked. `match` are the words that ask; `need` is the opened need that it
    belongs to, if any; `told`: an earlier line asked too.
    """

    id: str
    text: str
    match: Match
    need: str | None
    told: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything the actor gets for one reply, in the session's language.

    `turn` is the number of the reply. `voice` are needs to be said now (again, if the reply before was broken off),
    `opened` those said before. `asked` are facts the line asks for; `known` all that may be told. `cue`, `trap`,
    `closing`, `expectation` and `walk_out` are lines to be said in this reply, where given. `settled` answers a confirm
    question after the first: whether this is what they need by now; `unmet` are opened needs that no offer has met.
    `pending` is a new expectation that was raised before and not taken up. `told` is what the learner has said they do,
    or how things stand, verbatim; `offered`: whether any of it was for what the customer has spoken of. `touched` are
    ids of what the line spoke of, `hinted` the hints given before at what it asks about and does not open. `question`
    is the one the line ends with, where it neither offers, confirms nor sums up. `occasions` name what the line did,
    the most telling first, and `lines` the words that the pack has for it (domain.persona.LINE_KINDS).
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
    settled: bool | None
    unmet: tuple[OpenNeed, ...]
    pending: str | None
    told: tuple[str, ...]
    offered: bool
    walk_out: str | None
    touched: tuple[str, ...]
    hinted: tuple[str, ...]
    question: HeardSentence | None
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
    settled = satisfied(state, persona) if "confirm_ask" in hearing.acts and not answer else None
    closing, expectation = persona.closing, persona.closing.new_expectation
    # Whether all is well now is answered as a whole, and not what its words touch besides.
    asked_ids = _asked_for(hearing, besides="confirm_ask" if answer or settled is not None else None)
    known, asked = _facts(state, persona, language, turn, asked_ids)
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
        known=known,
        asked=asked,
        cue=said(persona.need(cue.need).cue) if cue else None,
        trap=said(persona.trap.line) if _first(moves, e.TrapSprung) else None,
        closing=said(closing.satisfied if answer.satisfied else closing.unsatisfied) if answer else None,
        expectation=said(expectation.reveal) if answer and expectation else None,
        settled=settled,
        unmet=tuple(_open(need, language) for need in _unmet(state, persona)),
        pending=said(expectation.reveal) if expectation and not answer and _waits(expectation, state) else None,
        told=_told(state),
        offered=any(undertaken(heard, persona, state.opened) for heard in state.hearings.values()),
        walk_out=said(persona.lines["walk_out"][0]) if _first(moves, e.WalkedAway) else None,
        touched=tuple(topic for topic in hearing.topics if topic in state.opened),
        hinted=hinted_at(state, _asked_for(hearing), persona),
        question=_last_question(hearing),
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


def _facts(
    state: State, persona: Persona, language: str, turn: int, asked_ids: set[str]
) -> tuple[tuple[KnownFact, ...], tuple[KnownFact, ...]]:
    """What the customer can say if asked, and what of it the line asks for.

    Once the new expectation is on the table, a question that fits it is about it and about nothing else.
    """
    raised = state.confirmed.turn if state.confirmed else 0
    before = {number: _asked_for(heard) for number, heard in state.hearings.items() if number < turn - 1}
    facts = (fact for fact in persona.facts if fact.with_need is None or fact.with_need in state.opened)
    points = tuple(_known(point, state, language, before, raised) for point in _explore_points(state, persona, turn))
    others = tuple(_known(fact, state, language, before) for fact in facts)
    asked = [fact for fact in points if fact.id in asked_ids] or [fact for fact in others if fact.id in asked_ids]
    return (*points, *others), tuple(asked)


def _explore_points(state: State, persona: Persona, reply: int) -> tuple[PersonaFact, ...]:
    """What the customer can say of the new expectation, once an earlier reply has raised it."""
    expectation, raised = persona.closing.new_expectation, state.expectation_turn
    return expectation.explore_points if expectation and raised is not None and raised < reply else ()


def _asked_for(hearing: Hearing, besides: str | None = None) -> set[str]:
    """Topics that the line wants to hear about, in sentences that do not do the act `besides`.

    A request draws a fact as a question does, but it asks nothing: it opens no need and earns no trust. An offer in the
    form of a question asks whether it is wanted, and for no fact that its words name.
    """
    wanting = (s for s in hearing.sentences if not (besides and s.does(besides)) and not _offers(s))
    return {t.topic for s in wanting if s.does(*QUESTIONS) or asks_for(s.text) for t in s.topics}


def _last_question(hearing: Hearing) -> HeardSentence | None:
    last = hearing.sentences[-1] if hearing.sentences else None
    asks = last and last.does(*QUESTIONS) and not last.does("propose", "confirm_ask", "summary_check")
    return last if asks else None


def _offers(sentence: HeardSentence) -> bool:
    return sentence.does("propose") and not sentence.does("open_question")


def _known(
    fact: PersonaFact, state: State, language: str, asked_for: Mapping[int, set[str]], since: int = 0
) -> KnownFact:
    """The fact, which was withheld until the turn `since`; `asked_for` is what each line before asked for."""
    if fact.with_need:
        since = state.opened[fact.with_need].turn
    told = any(since <= turn and fact.id in asked for turn, asked in asked_for.items())
    return KnownFact(fact.id, fact.text.in_language(language), fact.match, fact.with_need, told)


def _unmet(state: State, persona: Persona) -> Iterator[LatentNeed]:
    """Opened needs that nothing offered so far would meet."""
    covered = covered_needs(state.hearings, persona, state.opened)
    return (persona.need(need) for need in state.opened if need not in covered)


def _told(state: State) -> tuple[str, ...]:
    heard = (sentence for hearing in state.hearings.values() for sentence in hearing.sentences)
    return tuple(s.text for s in heard if s.does(*COMMITTING, *TELLING) and not s.does("summary_check"))


def _waits(expectation: NewExpectation, state: State) -> bool:
    """Whether the new expectation was raised and no line since has spoken of it."""
    if (raised := state.expectation_turn) is None:
        return False
    points = {point.id for point in expectation.explore_points}
    since = [heard for turn, heard in state.hearings.items() if turn > raised]
    taken_up = (points & set(heard.topics) or _speaks_of(expectation, heard) for heard in since)
    return not any(taken_up)


def _speaks_of(expectation: NewExpectation, hearing: Hearing) -> bool:
    return any(finder(expectation.match).find(sentence.text) for sentence in hearing.sentences)


def _occasions(state: State, hearing: Hearing, persona: Persona, *, irritated: bool) -> tuple[str, ...]:
    sentences = [sentence for sentence in hearing.sentences if not sentence.flag]
    if is_noise(hearing):
        return ("puzzled",)
    acts = set(hearing.acts)
    offers = offers_in(hearing, persona, state.opened)
    helped = any(_gives(offer) for offer in offers) or "act_now" in acts
    questions = [s for s in sentences if s.does(*QUESTIONS) and not (s.does("propose") and leaves_to_them(s.text))]
    put_up = [*questions, *(sentence for sentence in sentences if sentence.does("propose"))] if questions else []
    chosen = len(offers) > 1 and any(asks_to_choose(sentence.text) for sentence in put_up)
    granted = helped and any(sentence.does("propose") for sentence in questions)
    leaving = "close" in acts and not any(sentence.topics for sentence in questions)
    occasions = {
        "irritated": irritated,
        "agreeing": any(_sums_up(s) and (s.does("summary_check") or not helped) for s in sentences),
        "choosing": chosen and "confirm_ask" not in acts,
        "told": not granted and _hears_news(state, sentences, persona),
        "accepting": helped or (bool(acts & PROMISING) and state.mood > min(SOUR, persona.start.mood - 1)),
        "unknown": bool(questions) and not leaving,
        "farewell": "close" in acts,
        "listening": bool(acts & KIND) or (bool(acts & PLAIN) and state.mood > SOUR) or _answers(state, persona),
        "pressing": True,
    }
    return tuple(kind for kind, given in occasions.items() if given)


def _gives(offer: Offer) -> bool:
    """Whether there is anything to accept: not where they are sent elsewhere, or told to see to it themselves."""
    return not offer.brush_off and (bool(offer.items) or not leaves_to_them(offer.text))


def _answers(state: State, persona: Persona) -> bool:
    """Whether the line thanks, or answers what the customer asked a moment ago, the tempting line, however it does."""
    asked, line = state.last_reply, state.turns[-1].text
    pressed = asked is not None and asked.n == state.trap_turn
    return gives_thanks(line) or (pressed and bool(finder(persona.trap.match).find(line)))


def _sums_up(sentence: HeardSentence) -> bool:
    """Whether a yes answers the sentence: it gives things back to be checked, and asks for nothing new."""
    if sentence.does("confirm_ask") and not sentence.does("open_question"):
        return not hopes_for_no(sentence.text)  # "Is anything missing?": that all is well is a no
    asks_on = sentence.does("open_question") or (sentence.does("closed_question") and sentence.topics)
    return sentence.does("summary_check", "confirm_ask") and not asks_on


def _hears_news(state: State, sentences: Sequence[HeardSentence], persona: Persona) -> bool:
    """Whether the line tells bad news that no line before it told: a recap of it is no blow."""
    before = [heard.sentences for heard in list(state.hearings.values())[:-1]]
    return any(_tells(it, sentences) and not any(_tells(it, said) for said in before) for it in persona.bad_news)


def _tells(news: BadNews, sentences: Iterable[HeardSentence]) -> bool:
    return finder(news.match).find(" ".join(s.stated() for s in sentences if not s.flag)) is not None


def _open(need: LatentNeed, language: str) -> OpenNeed:
    return OpenNeed(need.id, need.reveal.in_language(language))


def _first(moves: Sequence[e.Event], kind: type[E]) -> E | None:
    return next((move for move in moves if isinstance(move, kind)), None)
