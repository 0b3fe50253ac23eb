"""Which sentences are no part of the conversation: talk of things that occur nowhere else in it.

A sentence is tied to the conversation by words it shares with the customer, the scenario, what the learner undertakes,
or any talk of service. One that mostly names things of its own is idle, whatever form it has, and is set aside; a turn
that holds nothing else goes with the reply to it. An attack, an apology or an act done is never idle. Beside an attack
the measure is stricter: words without a tie to the conversation are taken for more of it.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from simulator.domain.acts import QUESTIONS
from simulator.grading.content import content, vocabulary
from simulator.grading.signs import at_home, particles, refers, shows, small_talk, spans, unanchored
from simulator.language.normalize import lexicon_language
from simulator.language.topics import finder, hints

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from simulator.domain.acts import HeardSentence, Hearing
    from simulator.domain.learner import Authority
    from simulator.domain.persona import Persona
    from simulator.domain.scorecard import NeedRecord
    from simulator.domain.text import Match
    from simulator.domain.transcript import Transcript

TELLING = frozenset({"follow_up", "inform", "greet", "close", "affirm", "reflect_content"})
CHECKING = frozenset({"confirm_ask", "summary_check", "script_repeat"})
IDLE = QUESTIONS | TELLING | CHECKING
"""Acts that a remark about something else can have, or be taken for."""

UNDERTAKING = frozenset({"propose", "promise", "update_commit"})
WEIGHTY = UNDERTAKING | {"reflect_feeling", "own_it", "bad_news", "state_limit", "refuse"}
"""Acts that are idle only where nothing at all ties the sentence to the conversation."""

COURTEOUS = ("greet", "close", "affirm")
"""Acts whose own words name nothing: a good wish may be worded anyhow."""

SERVING = ("owner", "impact", "accepts_account", "confirm_form", "channel", "acting", "update", "soft_promise")
EXPLORING = ("purpose", "priority", "asks_time", "coordinates", "fails", "benefit", "recap", "choice", "invites_more")
"""Signs of serving and of exploring: the words that show them belong in any talk of service, however new."""


def heeded(
    transcript: Transcript,
    hearings: Mapping[int, Hearing],
    persona: Persona | None,
    confirm_turn: int | None = None,
    needs: Iterable[NeedRecord] = (),
) -> dict[int, tuple[HeardSentence, ...]]:
    """The sentences that count, by learner turn. A turn that was heard and has none is left out.

    The confirm question of `confirm_turn`, which the customer answered, what asked for one of the `needs`, what names
    a red line and what tells of anything else in the learner's authority count, whatever else they name.
    """
    asked = {(need.by_turn, need.span) for need in needs}
    authority = persona.profile.learner.authority if persona else None
    words = {turn.n: content(turn.text) for turn in transcript.turns if turn.speaker == "persona"}
    words |= {n: _undertaken(hearing) for n, hearing in hearings.items()}
    scenario = vocabulary(persona, transcript.language) if persona else frozenset()
    turns = Counter(chain.from_iterable(words.values()))
    everywhere = scenario.union(turns)
    topics = tuple(need.unlock.topics for need in persona.needs) if persona else None
    found = {}
    for turn in transcript.learner_turns:
        sentences = hearings[turn.n].sentences if turn.n in hearings else ()
        own = {word for word in words.get(turn.n, ()) if turns[word] == 1 and word not in scenario}
        answered = ("confirm_ask",) if turn.n == confirm_turn else ()
        astray = _astray(sentences, everywhere.difference(own), topics)
        kept = tuple(
            s
            for s in sentences
            if not s.flag
            and (
                s.does(*answered)
                or (turn.n, s.text) in asked
                or not (s in astray or _is_idle(s, everywhere, own, topics))
                or (authority is not None and _is_authority(s, authority))
            )
        )
        if kept or not sentences:
            found[turn.n] = kept
    return found


def _is_authority(sentence: HeardSentence, authority: Authority) -> bool:
    """Whether a sentence names a red line, or undertakes, declines or tells of anything else of the authority."""
    tells = sentence.does(*WEIGHTY) and not sentence.does(*QUESTIONS)
    items = (*authority.may, *authority.conditional, *authority.may_not) if tells else authority.red_lines
    return any(finder(item.match).find(sentence.text) for item in items)


def replies_to(aside: Collection[int], transcript: Transcript) -> Iterator[int]:
    """The customer's answers to turns that were set aside. After two turns of the learner they answer the other; the
    customer's first words answer nothing, they bring the matter.
    """
    answered = False
    for turn, following in pairwise(transcript.turns):
        answered = turn.speaker == "persona" or (answered and turn.n in aside)
        if answered and turn.n in aside and following.speaker == "persona":
            yield following.n


def telling(needs: Iterable[NeedRecord], *turns: int | None) -> set[int]:
    """Customer turns that carry something of the case itself, whatever they answer: needs, and those of `turns`."""
    return {turn for turn in (*(need.turn for need in needs), *turns) if turn is not None}


def _astray(
    sentences: Sequence[HeardSentence], everywhere: frozenset[str], topics: Sequence[Match] | None
) -> Collection[HeardSentence]:
    """The sentences of a turn that go on with an attack in it, though by themselves none of them is one.

    What stands beside an attack is weighed as one. Where most of what it names is strange to the conversation, each
    sentence goes with the attack that does not itself name mostly what belongs here; where few words are known
    (no `topics`: without a scenario) or told apart (Chinese), nothing at all may belong here.
    """
    rest = [s for s in sentences if not s.flag]
    if len(rest) == len(sentences):
        return ()
    named = {s: _named(s.text) for s in rest}
    known = {s: found & (everywhere | at_home(s.text) | _serving(s, topics)) for s, found in named.items()}
    names, belonging = frozenset[str]().union(*named.values()), frozenset[str]().union(*known.values())
    few = topics is None or any(lexicon_language(s.text) == "zh-Hans" for s in rest)
    if not names or (belonging if few else 2 * len(belonging) >= len(names)):
        return ()
    return [s for s in rest if _may_be_idle(s) and 2 * len(known[s]) <= len(named[s])]


def _may_be_idle(sentence: HeardSentence) -> bool:
    return {found.act for found in sentence.acts} <= IDLE | WEIGHTY


def _is_idle(
    sentence: HeardSentence, everywhere: frozenset[str], own: Collection[str], topics: Sequence[Match] | None
) -> bool:
    """Whether most of what a sentence names occurs nowhere but in its own turn.

    `everywhere` are the content words of the whole conversation, `own` those of them that only this turn brings.
    Words of service tie a sentence to any conversation, unless it names a subject of small talk that this one has not.
    Without a scenario (no `topics` of needs) few words are known, and any tie keeps a sentence.
    """
    if not _may_be_idle(sentence):
        return False
    acts = {found.act for found in sentence.acts}
    named = _named(sentence.text)
    known = (named & everywhere).difference(own)
    chatting = not (named & small_talk(sentence.text)) <= known
    weighty = not acts <= IDLE
    mostly = topics is not None and not weighty
    if not chatting and not _is_tied(named, known, mostly=mostly):
        known |= named & at_home(sentence.text)
    if not chatting and not _is_tied(named, known, mostly=mostly):
        known |= named & _serving(sentence, topics)
    strange = len(named) - len(known)
    if mostly:
        return strange > len(known) - chatting
    if known or (not chatting and (sentence.topics or shows(sentence.text, *SERVING, *EXPLORING))):
        return False
    if weighty:  # a wish of the learner's own speaks of nobody present
        return strange + chatting > 1 and not (acts & UNDERTAKING and refers(sentence.text))
    return strange > 0


def _is_tied(named: frozenset[str], known: frozenset[str], *, mostly: bool) -> bool:
    """Whether enough of what a sentence names is known, so that no more words need be looked for: half of it where it
    is idle by what it `mostly` names, else any.
    """
    return known == named or (2 * len(known) >= len(named) if mostly else bool(known))


def _serving(sentence: HeardSentence, topics: Sequence[Match] | None) -> frozenset[str]:
    """Its words that have to do with a topic of the scenario or show a sign of service, and those of a courtesy."""
    spans_of_topics = (found.span for found in sentence.topics)
    hinted = chain.from_iterable(hints(topic, sentence.text) for topic in topics or ())
    courtesies = (found.span for found in sentence.acts if found.act in COURTEOUS)
    return _shown(sentence.text).union(*map(_ends, spans_of_topics), *map(_ends, hinted), *map(content, courtesies))


@lru_cache(maxsize=512)
def _shown(text: str) -> frozenset[str]:
    """Its words that show a sign of service. Remembered: a conversation is looked at more than once."""
    return frozenset().union(*map(_ends, spans(text, *SERVING, *EXPLORING)))


def _ends(span: str) -> frozenset[str]:
    """The first and last words of a span: what stands in the gap between two hits is not matched."""
    if lexicon_language(span) == "zh-Hans":
        return content(f"{span[:3]}\n{span[-3:]}")
    return content(" ".join((*span.split()[:1], *span.split()[-1:])))


def _undertaken(hearing: Hearing) -> frozenset[str]:
    """Content words of the sentences that are never idle."""
    firm = (s for s in hearing.sentences if not s.flag and not {found.act for found in s.acts} <= IDLE)
    return frozenset().union(*(content(s.text) for s in firm))


@lru_cache(maxsize=512)
def _named(text: str) -> frozenset[str]:
    """The content words of a sentence that name something: no everyday words, no Chinese pairs across particles."""
    words = content(text) - unanchored(text)
    if lexicon_language(text) == "zh-Hans":
        return frozenset(word for word in words if particles().isdisjoint(word))
    return words
