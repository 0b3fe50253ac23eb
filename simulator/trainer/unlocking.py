"""Whether the line that the file proposes for each need opens that need, and no other with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.conversation.asking import asking_act
from simulator.conversation.gate import missing
from simulator.domain.acts import HeardSentence
from simulator.domain.persona import LatentNeed, Persona
from simulator.language.acts import hear
from simulator.language.topics import finder
from simulator.packs.diagnostics import Fault, shown
from simulator.packs.locate import Path, of_wording
from simulator.trainer.secrets import opened_with
from simulator.trainer.ways import way_of
from simulator.wording import say


def astray(persona: Persona) -> Iterator[Fault]:
    """Examples that do not open their need, or open another one besides."""
    for index, need in enumerate(persona.needs):
        for language, line in need.example.by_language.items():
            sentences = hear(line).sentences
            place = of_wording(("latent_needs", index, "example"), language)
            if _opens(need, sentences):
                yield from _opening_more(need, sentences, place, persona)
            else:
                yield Fault("P056", place, _idle(need, sentences))


def _opens(need: LatentNeed, sentences: Sequence[HeardSentence]) -> str | None:
    """The words by which a sentence touches the need, where the same sentence asks for it."""
    spans = (finder(need.unlock.topics).find(s.text) for s in sentences if asking_act(need.unlock, s))
    return next(filter(None, spans), None)


def _opening_more(
    need: LatentNeed, sentences: Sequence[HeardSentence], place: Path, persona: Persona
) -> Iterator[Fault]:
    """The other needs that open with this one as soon as it can open itself."""
    trust = max(persona.start.trust, need.unlock.trust_min)
    opened = dict.fromkeys(opened_with(persona, need.id) - {need.id})
    for other in persona.needs:
        if other is need or other.id in opened or missing(other, trust, opened):
            continue
        if span := _opens(other, sentences):
            message = say("this line opens need '{other}' as well, by '{span}'", other=other.id, span=shown(span))
            yield Fault("P045", place, message, severity="warning")


def _idle(need: LatentNeed, sentences: Sequence[HeardSentence]) -> str:
    asking = any(asking_act(need.unlock, sentence) for sentence in sentences)
    if asking and any(finder(need.unlock.topics).find(sentence.text) for sentence in sentences):
        return say("act and topic of need '{need}' stand in different sentences", need=need.id)
    if asking:
        return say("this line touches none of the topics of need '{need}'", need=need.id)
    heard = sorted({found.act for sentence in sentences for found in sentence.acts})
    return say(
        "this line does {heard}; need '{need}' opens by {acts}: {way}",
        need=need.id,
        heard=", ".join(heard) or say("nothing"),
        acts=", ".join(need.unlock.any_of),
        way=way_of(need.unlock.any_of[0]),
    )
