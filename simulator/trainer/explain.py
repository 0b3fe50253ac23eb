"""What one line does to one customer: the listener and the gate, without a conversation around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from simulator.conversation.asking import asking_act, counts_as_felt, counts_as_open
from simulator.conversation.context import in_context
from simulator.conversation.gate import decide
from simulator.conversation.ports import Listener, scene_of
from simulator.conversation.state import State, fold
from simulator.domain.acts import HeardSentence, Hearing
from simulator.domain.events import CueDropped, Event, NeedBlocked, NeedOpened, PersonaSpoke, SessionStarted
from simulator.domain.persona import LatentNeed, Persona
from simulator.language.normalize import lexicon_language
from simulator.trainer.near import Close, Near, near
from simulator.wording import listed, say

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A learner's line. `context` is what the customer said before it; `language` None: told from the words."""

    line: str
    context: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a line did. `events` are what the gate made of it; there are none without a persona."""

    hearing: Hearing
    events: tuple[Event, ...] = ()
    persona: Persona | None = None

    @property
    def opens(self) -> tuple[str, ...]:
        """Ids of the needs the line opens."""
        return tuple(event.need for event in self.events if isinstance(event, NeedOpened))

    def data(self) -> dict[str, Any]:
        """The JSON object of one line, with stable keys."""
        sentences = self.hearing.sentences
        return {
            "acts": [{"act": found.act, "span": found.span} for s in sentences for found in s.acts],
            "topics": [{"topic": found.topic, "span": found.span} for s in sentences for found in s.topics],
            "opens": list(self.opens),
            "flags": list(self.hearing.flags),
        }

    def lines(self) -> Iterator[str]:
        """The same for people, with what is missing and what nearly matched."""
        for sentence in self.hearing.sentences:
            yield f"“{sentence.text}”"
            yield from _heard(sentence)
        if self.persona is not None:
            yield say("opens {needs}", needs=listed(self.opens) or say("nothing"))
            yield from self._missing(self.persona)

    def _missing(self, persona: Persona) -> Iterator[str]:
        blocked = {event.need: event for event in self.events if isinstance(event, NeedBlocked)}
        for need in persona.needs:
            touching = [s for s in self.hearing.sentences if s.touches(need.id)]
            if need.id in blocked:
                yield say("{need} was asked for; missing: {lack}", need=need.id, lack=_lack(need, blocked[need.id]))
            elif touching and need.id not in self.opens:
                yield _unasked(need, touching)
            elif not self.opens:
                yield from _untouched(need, self.hearing.sentences)


class Bench:
    """One persona under the lamp, or none: then acts are all there is to tell.

    `trust` is what the line is heard at, None where the persona starts. With `predecessors_open` the needs that have to
    come before another count as open.
    """

    def __init__(
        self,
        listener: Listener,
        persona: Persona | None,
        *,
        trust: float | None = None,
        predecessors_open: bool = False,
    ) -> None:
        self._listener = listener
        if persona and predecessors_open:
            persona = replace(persona, needs=tuple(replace(need, after=()) for need in persona.needs))
        self._persona = persona
        self._trust = trust

    async def explain(self, said: Said) -> Explanation:
        """What the line does as the first one of a conversation, or after `said.context`."""
        language = said.language or lexicon_language(said.line) or "en"
        hearing = await self._listener.hear(said.line, scene_of(self._persona, language, said.context))
        if self._persona is None:
            return Explanation(hearing)
        state = self._state(self._persona, said, language)
        hearing = in_context(hearing, state, self._persona)
        return Explanation(hearing, decide(state, len(state.turns) + 1, hearing, self._persona), self._persona)

    def _state(self, persona: Persona, said: Said, language: str) -> State:
        """A conversation of one turn, the customer's; a context that holds a need's cue has dropped it."""
        tag = language if language in persona.profile.languages else persona.profile.languages[0]
        previous = said.context or persona.profile.opening.in_language(tag)
        started = SessionStarted("", persona.id, "", "", "", tag, 0, "", self._listener.name, "", "")
        cues = (CueDropped(1, need.id) for need in persona.needs if need.cue.in_language(tag) in previous)
        state = fold((started, *cues, PersonaSpoke(1, previous)), persona)
        return state if self._trust is None else replace(state, trust=self._trust)


def _heard(sentence: HeardSentence) -> Iterator[str]:
    if sentence.flag:
        yield say("  set aside: {flag}", flag=sentence.flag)
    elif not sentence.acts and not sentence.topics:
        yield say("  nothing heard")
    for act in sentence.acts:
        counts = ""
        if act.act == "closed_question" and counts_as_open(sentence):
            counts = say(", counts as open (names no answer)")
        elif act.act == "reflect_content" and counts_as_felt(sentence):
            counts = say(", counts as a feeling given back (as supposed)")
        yield say("  {act}: “{span}”", act=act.act + counts, span=act.span)
    for topic in sentence.topics:
        yield say("  touches {topic}: “{span}”", topic=topic.topic, span=topic.span)


def _lack(need: LatentNeed, blocked: NeedBlocked) -> str:
    if blocked.missing == "trust":
        return say("trust {trust:g}", trust=need.unlock.trust_min)
    return say("{needs} to be open first", needs=listed(need.after))


def _unasked(need: LatentNeed, touching: Sequence[HeardSentence]) -> str:
    """Touched, but by none of the acts that open it, or as a third need in one turn."""
    if any(_asks(sentence, need) for sentence in touching):
        return say("{need} was asked for; a third need in one turn waits", need=need.id)
    return say("{need} is touched; missing one of {acts}", need=need.id, acts=listed(need.unlock.any_of))


def _untouched(need: LatentNeed, sentences: Sequence[HeardSentence]) -> Iterator[str]:
    """What the line would have to say to be about the need: told where it comes near, or asks as it should."""
    read = ((sentence, near(need.unlock.topics, sentence.text)) for sentence in sentences if not sentence.flag)
    missed = [(sentence, found) for sentence, found in read if found.groups]
    if not missed:
        return
    sentence, found = max(missed, key=lambda each: (bool(each[1].hits), bool(each[1].close), _asks(each[0], need)))
    if found.hits:
        hits = listed(f"“{span}”" for span in found.hits)
        yield say("{need} is half touched: {hits}, but none of {words}", need=need.id, hits=hits, words=_some(found))
    elif found.close:
        yield say("{need} is nearly touched", need=need.id)
    elif _asks(sentence, need):
        yield say("{need} is not touched; it listens for {words}", need=need.id, words=_some(found))
        return
    else:
        return
    yield from (f"    {_told(close)}" for close in found.close)
    if not _asks(sentence, need):
        yield say("    and it opens by {acts}", acts=listed(need.unlock.any_of))


def _asks(sentence: HeardSentence, need: LatentNeed) -> bool:
    return asking_act(need.unlock, sentence) is not None


def _told(close: Close) -> str:
    if close.alone:
        return say("“{term}”, which counts only beside another of these words", term=close.term)
    if close.without:
        return say("“{term}” but for “{without}”", term=close.term, without=close.without)
    if close.said:
        return say("“{term}”, where “{said}” was said", term=close.term, said=close.said)
    return say("“{term}”: all of it was said, but apart or in another order", term=close.term)


def _some(found: Near) -> str:
    """The first words of the first group that was not met."""
    group = found.groups[0]
    shown = listed(f"“{term}”" for term in group[:_WORDS_SHOWN])
    more = len(group) - _WORDS_SHOWN
    return say("{words} and {count} more", words=shown, count=more) if more > 0 else shown
