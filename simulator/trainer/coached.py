"""Whether the lines a debrief holds up to the learner are good ones: heard as what they show, promising nothing they
must not.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.conversation.ledger import promises
from simulator.domain.persona import Persona
from simulator.domain.text import ANY_LANGUAGE, Text
from simulator.domain.transcript import Transcript, Turn
from simulator.language.acts import hear
from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path
from simulator.wording import say


def misleading(persona: Persona) -> Iterator[Fault]:
    """Model lines that are not heard as their act, and good lines of any kind that promise too much."""
    for act, line in persona.model_lines.items():
        yield from _unheard(act, line, ("model_lines", act))
        yield from _overpromising(line, ("model_lines", act), persona)
    yield from _overpromising(persona.trap.good_answer, ("trap", "good_answer"), persona)
    if persona.closing.new_expectation:
        path: Path = ("closing", "new_expectation", "good_response")
        yield from _overpromising(persona.closing.new_expectation.good_response, path, persona)


def _unheard(act: str, line: Text, path: Path) -> Iterator[Fault]:
    for language, wording in line.by_language.items():
        heard = hear(wording).acts
        if act not in heard:
            acts = ", ".join(heard) or say("nothing")
            message = say("this line shows how to {act}, and is heard as {heard}", act=act, heard=acts)
            yield Fault("P057", _place(path, language), message, severity="warning")


def _overpromising(line: Text, path: Path, persona: Persona) -> Iterator[Fault]:
    for language, wording in line.by_language.items():
        said = Transcript((Turn(1, "learner", wording),), language)
        for made in promises(said, {1: hear(wording)}, persona):
            if made.within_authority is False:
                item = made.item or say("an outcome without a condition")
                message = say("'{words}' promises what the learner may not: {item}", words=shown(made.quote), item=item)
                offset = max(0, wording.find(made.quote))
                yield Fault("P058", _place(path, language), message, within=(wording, offset))


def _place(path: Path, language: str) -> Path:
    return path if language == ANY_LANGUAGE else (*path, language)
