"""Which sentences ask for what a need hides: what its scenario lets in, and yes-or-no questions that name no answer."""

from __future__ import annotations

import pytest

from simulator.conversation.asking import asking_act
from simulator.domain.persona import Unlock
from simulator.language.acts import hear
from tests.fakes import match


def _asks(line: str, *any_of: str) -> str | None:
    unlock = Unlock(any_of, match(("x",)), trust_min=0)
    return next(filter(None, (asking_act(unlock, sentence) for sentence in hear(line).sentences)), None)


@pytest.mark.parametrize(
    "line",
    [
        "Is there anything you'd need to show them?",
        "Do you have to explain this to anyone afterwards?",
        "Was there a moment this week that felt wrong?",
        "Have the numbers ever given you trouble?",
        "您这边有没有什么要赶的？",
        "回头要跟谁交代吗？",
        "有没有发生让您觉得不对劲的事？",
    ],
)
def test_a_yes_or_no_question_that_names_no_answer_asks_as_an_open_one(line: str) -> None:
    assert _asks(line, "open_question") == "closed_question"
    assert _asks(line, "reflect_feeling") is None


@pytest.mark.parametrize(
    "line",
    [
        "Do you need a receipt?",
        "Was it your decision to buy it?",
        "Is it an important trip?",
        "您要收据吗？",
        "您常来吗？",
    ],
)
def test_one_that_guesses_asks_only_where_guesses_are_let_in(line: str) -> None:
    assert _asks(line, "open_question") is None
    assert _asks(line, "open_question", "closed_question") == "closed_question"


def test_the_first_act_let_in_is_named() -> None:
    assert _asks("What would you need to show them?", "closed_question", "open_question") == "open_question"
