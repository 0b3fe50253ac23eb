"""By which act a sentence asks for what a need hides."""

from __future__ import annotations

from simulator.domain.acts import HeardSentence
from simulator.domain.persona import Unlock
from simulator.language.questions import leaves_open
from simulator.language.reflections import goes_on_telling, settles_at_once

_REFLECTIONS = ("reflect_feeling", "reflect_content")


def asking_act(unlock: Unlock, sentence: HeardSentence, following: HeardSentence | None = None) -> str | None:
    """The act of the sentence that opens, whatever it is about; None where it has none. `following` is the next one.

    A yes-or-no question that names no answer ("Is there anything you need to show them?") asks as an open one does: it
    opens what an open question opens. One that does ("Do you need a receipt?") guesses. What is given back or guessed
    asks as long as it leaves room for an answer: who states it as known, or guesses, and settles it in the same breath
    ("It's for a birthday, isn't it? We can sing for you.") tells.
    """
    act = next((found.act for found in sentence.acts if found.act in unlock.any_of), None)
    told_next = following.text if following else ""
    if act in _REFLECTIONS and settles_at_once(sentence.text, told_next):
        return None
    if act == "closed_question" and goes_on_telling(told_next) and not leaves_open(sentence.text):
        return None
    if act or "open_question" not in unlock.any_of or not counts_as_open(sentence):
        return act
    return "closed_question"


def counts_as_open(sentence: HeardSentence) -> bool:
    """Whether it asks a yes-or-no question that names no answer."""
    return any(found.act == "closed_question" for found in sentence.acts) and leaves_open(sentence.text)
