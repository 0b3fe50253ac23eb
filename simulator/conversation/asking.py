"""By which act a sentence asks for what a need hides."""

from __future__ import annotations

from simulator.domain.acts import HeardSentence
from simulator.domain.persona import Unlock
from simulator.language.questions import leaves_open, trails_off
from simulator.language.reflections import goes_on_telling, settles_at_once, supposes

_REFLECTIONS = ("reflect_feeling", "reflect_content")


def asking_act(unlock: Unlock, sentence: HeardSentence, following: HeardSentence | None = None) -> str | None:
    """The act of the sentence that opens, whatever it is about; None where it has none. `following` is the next one.

    A yes-or-no question that names no answer ("Is there anything you need to show them?") asks as an open one does: it
    opens what an open question opens. One that does ("Do you need a receipt?") guesses. What is given back as supposed
    ("Sounds like not knowing is the worst of it.") asks as a feeling given back does, whether a feeling's name is in it
    or not. What is given back or guessed asks as long as it leaves room for an answer: who states it as known, or
    guesses, and settles it in the same breath ("It's for a birthday, isn't it? We can sing for you.") tells.
    """
    act = next((found.act for found in sentence.acts if found.act in unlock.any_of), None) or _in_place(
        unlock, sentence
    )
    told_next = following.text if following else ""
    if act in _REFLECTIONS and settles_at_once(sentence.text, told_next):
        return None
    if goes_on_telling(told_next) and _names_answer(act, sentence.text):
        return None
    return act


def counts_as_open(sentence: HeardSentence) -> bool:
    """Whether it asks a yes-or-no question that names no answer."""
    return sentence.does("closed_question") and leaves_open(sentence.text)


def counts_as_felt(sentence: HeardSentence) -> bool:
    """Whether it gives back, as supposed, how things are for the customer."""
    return sentence.does("reflect_content") and supposes(sentence.text)


def _in_place(unlock: Unlock, sentence: HeardSentence) -> str | None:
    """An act that asks in place of one that the scenario lets in."""
    if "open_question" in unlock.any_of and counts_as_open(sentence):
        return "closed_question"
    if "reflect_feeling" in unlock.any_of and counts_as_felt(sentence):
        return "reflect_content"
    return None


def _names_answer(act: str | None, text: str) -> bool:
    """Whether it is a question that names an answer, even if it trails off: "Is it her teddy or something?"."""
    return (act == "closed_question" and not leaves_open(text)) or (act == "open_question" and trails_off(text))
