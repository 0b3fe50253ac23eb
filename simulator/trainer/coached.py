"""Whether the lines a debrief holds up to the learner are good ones: heard as what they show, promising nothing they
must not.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.conversation.promise_ledger import promises
from simulator.domain.persona import Persona
from simulator.domain.scorecard import Promise
from simulator.domain.text import Text
from simulator.domain.transcript import Transcript, Turn
from simulator.language.acts import hear
from simulator.language.tongue import tongue
from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path, of_wording
from simulator.trainer.ways import example_of, way_of
from simulator.wording import say


def misleading(persona: Persona) -> Iterator[Fault]:
    """Model lines that are not heard as their act, and good lines of any kind that promise too much."""
    for act, line in persona.model_lines.items():
        yield from _read(line, ("model_lines", act), persona, act)
    yield from _read(persona.trap.good_answer, ("trap", "good_answer"), persona)
    if persona.closing.new_expectation:
        path: Path = ("closing", "new_expectation", "good_response")
        yield from _read(persona.closing.new_expectation.good_response, path, persona)


def _read(line: Text, path: Path, persona: Persona, act: str = "") -> Iterator[Fault]:
    """One good line in each of its languages; `act` is what it is held up for, if for an act."""
    for language, wording in line.by_language.items():
        place = of_wording(path, language)
        hearing = hear(wording)
        if act and act not in hearing.acts:
            acts = ", ".join(hearing.acts) or say("nothing")
            message = say(
                "this line shows how to {act}, and is heard as {heard}; {way}, as in '{example}'",
                act=act,
                heard=acts,
                way=way_of(act),
                example=example_of(act, language or tongue(wording) or "en"),
            )
            yield Fault("P057", place, message, severity="warning")
        for made in promises(Transcript((Turn(1, "learner", wording),), language), {1: hearing}, persona):
            if made.within_authority is False:
                within = (wording, max(0, wording.find(made.quote)))
                yield Fault("P058", place, _too_much(made, persona), within=within)


def _too_much(made: Promise, persona: Persona) -> str:
    """What a good line promises that the learner may not, or not like that."""
    words = shown(made.quote)
    if made.item in {item.id for item in persona.profile.learner.authority.conditional}:
        return say("'{words}' promises {item} without saying its condition", words=words, item=made.item)
    item = made.item or say("an outcome without a condition")
    return say("'{words}' promises what the learner may not: {item}", words=words, item=item)
