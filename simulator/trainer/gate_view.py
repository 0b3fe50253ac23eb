"""What the gate made of a line, for a trainer: what was heard, what followed, what each need still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simulator.conversation.asking import counts_as_felt, counts_as_open
from simulator.conversation.gate import missing
from simulator.conversation.state import State, without_undone
from simulator.domain import events as e
from simulator.domain.acts import HeardSentence
from simulator.domain.persona import LatentNeed, Persona
from simulator.wording import listed, say


def since_last_line(events: Sequence[e.Event]) -> Sequence[e.Event]:
    """The learner's last line that still counts, and all that followed from it; nothing before the first."""
    kept, _ = without_undone(events)
    lines = [place for place, event in enumerate(kept) if isinstance(event, e.LearnerSpoke)]
    return kept[lines[-1] :] if lines else ()


def reasoning(events: Iterable[e.Event]) -> Iterator[str]:
    """A line for each sentence that was heard and for each thing that followed from it."""
    for event in events:
        if isinstance(event, e.Heard):
            yield from _heard(event)
        elif told := _followed(event):
            yield told


def standing(state: State) -> str:
    """Trust, mood and patience as numbers."""
    return say(
        "trust {trust:g}, mood {mood:g}, patience {patience:g}",
        trust=state.trust,
        mood=state.mood,
        patience=state.patience,
    )


def lacking(state: State, persona: Persona) -> Iterator[str]:
    """A line for each need that is still locked: what would open it."""
    for need in persona.needs:
        if need.id not in state.opened:
            yield say("{need} is locked: {lacks}", need=need.id, lacks=_lacks(need, state))


def _heard(event: e.Heard) -> Iterator[str]:
    for sentence in event.hearing.sentences:
        acts = listed(_named(act.act, sentence) for act in sentence.acts) or "-"
        topics = listed(f"{t.topic} “{t.span}”" for t in sentence.topics) or "-"
        yield say("heard: {acts} | {topics} | {text}", acts=sentence.flag or acts, topics=topics, text=sentence.text)


def _named(act: str, sentence: HeardSentence) -> str:
    """The act; one that opens what another opens says so, or nobody knows why it did."""
    if act == "closed_question" and counts_as_open(sentence):
        return say("{act} (counts as open)", act=act)
    if act == "reflect_content" and counts_as_felt(sentence):
        return say("{act} (counts as a feeling given back)", act=act)
    return act


def _followed(event: e.Event) -> str | None:  # noqa: PLR0911 -- a line a kind of event reads best flat
    match event:
        case e.StateMoved():
            return say("moved by: {causes}", causes=listed(event.causes))
        case e.IrritationHit(_, irritation, span):
            return say("irritation {id}: “{span}”", id=irritation, span=span)
        case e.NeedOpened(_, need, act, span):
            return say("{need} opened by {act}: “{span}”", need=need, act=act, span=span)
        case e.NeedBlocked(_, need, span, lacks):
            return say("{need} blocked by {lacking}: “{span}”", need=need, lacking=lacks, span=span)
        case e.CueDropped(_, need):
            return say("the cue of {need} is dropped", need=need)
        case e.LeakSuspected(_, need, span):
            return say("{need} leaked: “{span}”", need=need, span=span)
        case e.TrapSprung():
            return say("the trap is said")
        case e.ConfirmAnswered(_, satisfied):
            return say("confirmed: satisfied") if satisfied else say("confirmed: not satisfied")
        case e.WalkedAway():
            return say("the customer walks away")
        case _:
            return None


def _lacks(need: LatentNeed, state: State) -> str:
    ways = listed(need.unlock.any_of)
    match missing(need, state.trust, state.opened):
        case "trust":
            return say("{acts} on its topic, and trust {trust:g}", acts=ways, trust=need.unlock.trust_min)
        case "predecessor":
            return say("{acts} on its topic, after {needs}", acts=ways, needs=listed(need.after))
        case _:
            return say("{acts} on its topic", acts=ways)
