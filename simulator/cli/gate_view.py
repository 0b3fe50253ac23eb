"""What the gate made of a turn, for a trainer: what was heard, what moved, what each need still lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.conversation.gate import missing
from simulator.conversation.state import State
from simulator.domain import events as e
from simulator.domain.persona import LatentNeed, Persona
from simulator.wording import say


def gate_lines(changed: Sequence[e.Event], state: State, persona: Persona) -> Iterator[str]:
    """Lines to print after a turn. `state` is where it left the conversation."""
    for event in changed:
        match event:
            case e.Heard(_, hearing):
                for sentence in hearing.sentences:
                    acts = ", ".join(act.act for act in sentence.acts) or "-"
                    topics = ", ".join(f"{t.topic} “{t.span}”" for t in sentence.topics) or "-"
                    yield "  " + say(
                        "heard: {acts} | {topics} | {text}",
                        acts=sentence.flag or acts,
                        topics=topics,
                        text=sentence.text,
                    )
            case e.StateMoved():
                yield "  " + say("moved by: {causes}", causes=", ".join(event.causes))
            case _ if told := _event(event):
                yield f"  {told}"
    if any(isinstance(event, e.Heard) for event in changed):
        yield "  " + say(
            "trust {trust:g}, mood {mood:g}, patience {patience:g}",
            trust=state.trust,
            mood=state.mood,
            patience=state.patience,
        )
        for need in persona.needs:
            if need.id not in state.opened:
                yield "  " + say("{need} is locked: {lacks}", need=need.id, lacks=_lacks(need, state))


def _event(event: e.Event) -> str | None:  # noqa: PLR0911 -- a line a kind of event reads best flat
    match event:
        case e.IrritationHit(_, irritation, span):
            return say("irritation {id}: “{span}”", id=irritation, span=span)
        case e.NeedOpened(_, need, act, span):
            return say("{need} opened by {act}: “{span}”", need=need, act=act, span=span)
        case e.NeedBlocked(_, need, span, lacking):
            return say("{need} blocked by {lacking}: “{span}”", need=need, lacking=lacking, span=span)
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
    ways = ", ".join(need.unlock.any_of)
    match missing(need, state.trust, state.opened):
        case "trust":
            return say("{acts} on its topic, and trust {trust:g}", acts=ways, trust=need.unlock.trust_min)
        case "predecessor":
            return say("{acts} on its topic, after {needs}", acts=ways, needs=", ".join(need.after))
        case _:
            return say("{acts} on its topic", acts=ways)
