"""What ties a sentence to the conversation, so that the grade does not take it for talk about something else."""

from __future__ import annotations

from dataclasses import replace

from simulator.domain.persona import Unlock
from simulator.domain.transcript import Transcript, Turn
from simulator.grading.idle import heeded
from simulator.language.acts import hear
from tests.fakes import a_persona, match, need

QUESTION = "Who plays the trombone?"


def kept(*topics: str) -> bool:
    """Whether the question counts where a need listens for these words."""
    hidden = replace(need("L1", "open_question", "ticket"), unlock=Unlock(("open_question",), match(topics), 0))
    turns = (Turn(1, "persona", "My ticket is gone."), Turn(2, "learner", QUESTION))
    talk = Transcript(language="en", turns=turns)
    return 2 in heeded(talk, {2: hear(QUESTION)}, a_persona(hidden))


def test_a_question_about_nothing_here_is_idle() -> None:
    assert not kept("ticket")


def test_one_doubtful_word_of_a_topic_ties_a_question_to_the_talk_though_it_opens_nothing() -> None:
    assert kept("ticket", "trombone+")
