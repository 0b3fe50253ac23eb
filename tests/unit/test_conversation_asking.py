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
        "It's somebody's birthday, isn't it?",
        "您要收据吗？",
        "您常来吗？",
    ],
)
def test_one_that_guesses_asks_only_where_guesses_are_let_in(line: str) -> None:
    assert _asks(line, "open_question") is None
    assert _asks(line, "open_question", "closed_question") == "closed_question"


def test_the_first_act_let_in_is_named() -> None:
    assert _asks("What would you need to show them?", "closed_question", "open_question") == "open_question"


@pytest.mark.parametrize(
    "line",
    [
        "Sounds like not knowing is the worst of it for you.",
        "You keep glancing at the clock, as though you ought to be somewhere else as well.",
        "You've been chained to that door for hours, and I can tell the rest of your day is getting squeezed.",
        "您老盯着表，是怕再等下去就走不开身了吧。",
        "看得出两边您都放不下，恨不得劈成两半用。",
    ],
)
def test_what_is_given_back_as_supposed_asks_as_a_feeling_does(line: str) -> None:
    assert _asks(line, "reflect_feeling") in ("reflect_feeling", "reflect_content")
    assert _asks(line, "open_question") is None


@pytest.mark.parametrize(
    "line",
    [
        "You want a straight answer because it is the third time.",
        "You have diabetes and had no breakfast.",
        "You only need to scan the code by the door, everything's in there.",
        "您一个人住，家里又装修，来这儿就图有人说说话。",
    ],
)
def test_what_is_given_back_as_known_asks_where_the_scenario_lets_it_in(line: str) -> None:
    assert _asks(line, "reflect_feeling") is None


@pytest.mark.parametrize(
    "line",
    [
        "You lost your job, so I'd take the small package.",
        "Since you've been humiliated over there, nobody should mention it.",
        "您周末没信儿会着急，我周一九点半准打给您。",
        "您丢了工作心里慌，咱们就选便宜的。",
        "您其实没必要替他们担着，跟老板解释一下就行了。",
        "您怕丢面子，发个短信不就好了。",
        "您怕上台，没什么大不了的。",
    ],
)
def test_a_feeling_stated_as_known_and_settled_at_once_asks_nothing(line: str) -> None:
    assert _asks(line, "reflect_feeling", "reflect_content") is None


@pytest.mark.parametrize(
    "line",
    [
        "I can see how worried you are, so you can wait in here.",
        "It sounds as if you're frightened of Monday, so let me stay with it.",
        "您周末没信儿心里肯定着急，我周一九点半准打给您。",
        "您是着急了吧，我先给您问问。",
    ],
)
def test_one_that_is_heard_or_supposed_asks_whatever_follows(line: str) -> None:
    assert _asks(line, "reflect_feeling", "reflect_content") is not None


@pytest.mark.parametrize(
    "goes_on", ["I'd take the small one.", "You can always pay later.", "There's a café downstairs."]
)
def test_who_guesses_and_goes_on_to_settle_it_asks_nothing(goes_on: str) -> None:
    unlock = Unlock(("closed_question",), match(("x",)), trust_min=0)
    guess, told = hear(f"Money's a bit tight, is it? {goes_on}").sentences
    assert asking_act(unlock, guess) == "closed_question"
    assert asking_act(unlock, guess, told) is None
    open_ended, told = hear(f"Is there anything you need for it? {goes_on}").sentences
    assert asking_act(unlock, open_ended, told) == "closed_question"
    guess, asked = hear("Money's a bit tight, is it? What would help?").sentences
    assert asking_act(unlock, guess, asked) == "closed_question"


def test_a_guess_that_only_trails_off_and_is_settled_at_once_asks_nothing() -> None:
    unlock = Unlock(("open_question",), match(("x",)), trust_min=0)
    guess, told = hear("Did she lose her teddy or something? Children get over that fast.").sentences
    assert asking_act(unlock, guess) == "open_question"
    assert asking_act(unlock, guess, told) is None
    wide, told = hear("What did she lose? Children get over that fast.").sentences
    assert asking_act(unlock, wide, told) == "open_question"


@pytest.mark.parametrize("line", ["Is it some kind of celebration?", "Was it some sort of party?"])
def test_a_guess_at_the_kind_of_thing_names_an_answer(line: str) -> None:
    assert _asks(line, "open_question") is None


@pytest.mark.parametrize(
    "line",
    [
        "It's hardly our fault that the other teams sent it back.",
        "I don't see how that's our fault.",
        "There's no call for you to worry; nobody gets blamed over a form.",
        "No point in getting upset.",
        "It was checked before it went out, so there can't be anything wrong with it.",
    ],
)
def test_a_fault_denied_a_feeling_talked_away_and_all_said_to_be_right_ask_nothing(line: str) -> None:
    assert _asks(line, "own_it", "reflect_feeling", "reflect_content", "summary_check") is None


def test_a_fault_owned_beside_a_denial_is_owned() -> None:
    assert _asks("It's hardly your fault, it was our mistake.", "own_it") == "own_it"


def test_a_chinese_question_that_names_no_answer_asks_whatever_follows() -> None:
    sentences = hear("您今晚有什么安排？我给您留个靠窗的位子。").sentences
    unlock = Unlock(("open_question",), match(("x",)), trust_min=0)
    assert asking_act(unlock, sentences[0], sentences[1]) == "open_question"
