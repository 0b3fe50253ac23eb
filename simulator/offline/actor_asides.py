"""What the customer says to a question that has nothing to do with what they came for, or that only they can answer."""

from __future__ import annotations

from simulator.conversation.brief import Brief
from simulator.language.requests import asks_to_choose
from simulator.language.talk import asks_for_records, asks_if_able, asks_if_sure, asks_of_people, asks_wish
from simulator.offline.actor_courtesy import LATER, NO_THANKS, ON_FILE, PERHAPS, SOMEWHAT, SURE
from simulator.offline.actor_memory import one_of


def aside(brief: Brief) -> str | None:
    """The answer to the line's last question, where it asks for no fact; None where they may as well not know."""
    return _wished(brief) or _own(brief)


def _wished(brief: Brief) -> str | None:
    """The answer to a question if they would like something, or could see to it, not which of two, that they have not
    spoken of.
    """
    question = brief.question
    if question is None or not question.does("closed_question") or asks_to_choose(question.text):
        return None
    if asks_if_able(question.text):
        return one_of(brief, PERHAPS[brief.language], "able")
    if not asks_wish(question.text):
        return None
    return one_of(brief, (PERHAPS if question.topics else NO_THANKS)[brief.language], "wished")


def _own(brief: Brief) -> str | None:
    """The answer to what is theirs, so that they do know: a feeling or a meaning put to them as a question gets half a
    yes; a number or an address is on file; who they are, and what they think of whom, can wait.
    """
    question = brief.question
    if question is None:
        return None
    if question.does("reflect_feeling", "reflect_content"):
        return one_of(brief, SOMEWHAT[brief.language], "given back")
    if asks_for_records(question.text):
        return one_of(brief, ON_FILE[brief.language], "on file")
    if asks_if_sure(question.text):
        return one_of(brief, SURE[brief.language], "sure")
    private = question.does("closed_question") and asks_of_people(question.text)
    return one_of(brief, LATER[brief.language], "later") if private else None
