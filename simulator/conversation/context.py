"""What a line does in the light of what came before: the same words can be a summary or a confirmation, new or a
script.
"""

from __future__ import annotations

from dataclasses import replace

from simulator.conversation.offers import COMMITTING, undertaken
from simulator.conversation.ports import Listener, scene_of
from simulator.conversation.reconstruct import needs_in
from simulator.conversation.state import State
from simulator.domain import events as e
from simulator.domain.acts import QUESTIONS, ActSpan, HeardSentence, Hearing, TopicSpan
from simulator.domain.persona import Persona
from simulator.domain.transcript import Transcript
from simulator.language.echo import echoed, is_probe
from simulator.language.normalize import normalize
from simulator.language.talk import asks_for_more, asks_only_view

SCRIPT_LENGTH = 12
"""A sentence shorter than this (characters, normalised) may be said twice without being a script ("One moment")."""

_COURTESY = frozenset({"greet", "close", "affirm"})
"""Acts of a sentence that may be said again and again: thanks and good wishes are no answer, so no scripted one."""


def in_context(hearing: Hearing, state: State, persona: Persona | None) -> Hearing:
    """The hearing with what only the conversation so far can tell.

    A confirm question before the first offer is a summary check, unless it only asks if there is anything else, or
    stands alone and names nothing ("What do you think?"); after a summary in the same line that question belongs to it.
    A sentence said before is a repeated script, unless it is mere courtesy; a question in the turn after a cue touches
    that cue's need if it repeats a content word of the cue or is a bare probe.
    """
    confirms = any(sentence.does("confirm_ask") for sentence in hearing.sentences)
    offered = confirms and any(undertaken(earlier, persona, state.opened) for earlier in state.hearings.values())
    said = {normalize(s.text).text for earlier in state.hearings.values() for s in earlier.sentences}
    cue = _last_cue(state, persona)
    sentences: list[HeardSentence] = []
    for sentence in hearing.sentences:
        heard = sentence
        if confirms and sentence.does("confirm_ask"):
            if asks_for_more(sentence.text) and not (offered and _stands_alone(sentence, hearing)):
                heard = _without_confirm(heard)
            elif not offered:
                bare = len(hearing.sentences) == 1 and asks_only_view(sentence.text)
                heard = _without_confirm(heard) if bare else _as_summary(heard)
        text = normalize(sentence.text).text
        if text in said and is_wording(sentence):
            heard = replace(heard, acts=(*heard.acts, ActSpan("script_repeat", sentence.text)))
        if cue and heard.does(*QUESTIONS):
            heard = _following(heard, *cue)
        sentences.append(heard)
        offered = offered or (confirms and undertaken(Hearing((heard,)), persona, state.opened))
    return Hearing(tuple(sentences))


def is_wording(sentence: HeardSentence) -> bool:
    """Whether a sentence is worded for its occasion: said again, it is a script."""
    return len(normalize(sentence.text).text) >= SCRIPT_LENGTH and not {a.act for a in sentence.acts} <= _COURTESY


async def listen(transcript: Transcript, persona: Persona | None, listener: Listener) -> dict[int, Hearing]:
    """What every learner turn of an outside transcript does, by turn number. There are no cues to follow: nobody
    recorded which words were one.
    """
    hearings: dict[int, Hearing] = {}
    opened: dict[str, e.NeedOpened] = {}
    state = State(trust=0, mood=0, patience=1, hearings=hearings, opened=opened)
    said: list[str] = []
    for turn in transcript.turns:
        if turn.speaker == "learner":
            scene = scene_of(persona, transcript.language, *said)
            hearings[turn.n] = in_context(await listener.hear(turn.text, scene), state, persona)
        else:
            said.append(turn.text)
            for need in needs_in(turn.text, persona):
                opened.setdefault(need, e.NeedOpened(turn.n, need, "", ""))
    return hearings


def _last_cue(state: State, persona: Persona | None) -> tuple[str, str] | None:
    """The need and the words of the cue in the customer's latest reply."""
    reply = state.last_reply
    if persona is None or reply is None:
        return None
    for need, turn in state.cues.items():
        if turn == reply.n and state.started:
            return need, persona.need(need).cue.in_language(state.started.language)
    return None


def _stands_alone(more: HeardSentence, hearing: Hearing) -> bool:
    """Whether no summary that offers nothing stands in the line with the question for more."""
    rest = [sentence for sentence in hearing.sentences if sentence is not more]
    return not any(s.does("summary_check") for s in rest) or any(s.does("confirm_ask", *COMMITTING) for s in rest)


def _without_confirm(sentence: HeardSentence) -> HeardSentence:
    return replace(sentence, acts=tuple(a for a in sentence.acts if a.act != "confirm_ask"))


def _as_summary(sentence: HeardSentence) -> HeardSentence:
    acts = (ActSpan("summary_check", a.span) if a.act == "confirm_ask" else a for a in sentence.acts)
    return replace(sentence, acts=tuple(acts))


def _following(sentence: HeardSentence, need: str, cue: str) -> HeardSentence:
    span = echoed(sentence.text, cue) or (sentence.text if is_probe(sentence.text) else None)
    if span is None or sentence.touches(need):
        return sentence
    return replace(
        sentence,
        acts=(*sentence.acts, ActSpan("follow_up", span)),
        topics=(*sentence.topics, TopicSpan(need, span)),
    )
