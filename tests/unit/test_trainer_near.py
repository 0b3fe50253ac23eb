"""What a sentence lacks to touch a subject, and how `mot explain` tells it."""

from __future__ import annotations

from collections import deque

import pytest

from simulator.domain.text import Match
from simulator.trainer.explain import Bench, Said
from simulator.trainer.near import MOST_CLOSE, Close, near
from tests.fakes import ScriptedListener, a_persona, hearing, need, sentence


def english(*groups: tuple[str, ...]) -> Match:
    return Match({"en": groups})


@pytest.mark.parametrize(
    ("terms", "said", "close"),
    [
        (("sit together",), "Would you like to sit?", Close("sit together", without="together")),
        (("plans for tonight",), "What are your plans tonight?", Close("plans for tonight", without="for")),
        (("sit together",), "Together you would sit?", Close("sit together")),
        (("rehears* the talk",), "Who is rehearsing the show?", Close("rehears* the talk", without="talk")),
        (("embarrassment",), "Are you embarrassed?", Close("embarrassment", said="embarrassed")),
        (("a..box",), "The box over there?", Close("a..box", without="a")),
        (("coach+", "when+"), "Was the coach full?", Close("coach", alone=True)),
    ],
)
def test_an_english_term_is_close_where_one_word_of_it_is_missing(
    terms: tuple[str, ...], said: str, close: Close
) -> None:
    assert near(english(terms), said).close == (close,)


@pytest.mark.parametrize(
    "said", ["Good morning.", "What is it for?", "Is it the other one?"], ids=["nothing", "function word", "other"]
)
def test_words_that_stand_in_any_sentence_bring_no_term_near(said: str) -> None:
    assert near(english(("use it for", "sit together today")), said).close == ()


@pytest.mark.parametrize(
    ("term", "said", "close"),
    [
        ("坐在一起", "你们坐一起吗？", None),
        ("什么时候要", "您什么时候走？", Close("什么时候要", without="要")),
        ("您跟谁走", "您是跟谁在走？", Close("您跟谁走")),
        ("同事..一起", "同事也去吗？", Close("同事..一起", without="一起")),
        ("一起..同事", "同事一起吗？", Close("一起..同事")),
        ("晚一点", "近一点好吗？", None),
    ],
)
def test_a_chinese_term_is_close_where_a_character_or_a_part_is_missing(
    term: str, said: str, close: Close | None
) -> None:
    assert near(Match({"zh-Hans": ((term,),)}), said).close == ((close,) if close else ())


def test_the_group_that_is_missing_is_told_with_the_words_that_met_the_others() -> None:
    found = near(english(("seat", "sit"), ("together", "beside")), "Where would you like to sit?")
    assert (found.hits, found.groups) == (("sit",), (("together", "beside"),))


def test_a_subject_that_is_touched_lacks_nothing() -> None:
    assert near(english(("sit",)), "Would you sit?").groups == ()
    assert near(english(("sit",)), "هل تريد أن تجلس؟").groups == ()


def test_the_nearest_terms_are_told_first_and_only_a_few() -> None:
    found = near(english(("window seats", "seat belts", "my seat", "free seat")), "A seat?")
    assert len(found.close) == MOST_CLOSE
    assert found.close[0] == Close("my seat", without="my")


async def told(words: str, *acts: str) -> list[str]:
    persona = a_persona(need("L1", "open_question", "sit together"), need("L2", "reflect_feeling", "worry"))
    bench = Bench(ScriptedListener(deque([hearing(sentence(words, *acts))])), persona)
    return list((await bench.explain(Said(words))).lines())


async def test_a_line_that_asks_rightly_is_told_which_words_would_have_caught_it() -> None:
    lines = await told("Where would you sit?", "open_question")
    assert lines[-2:] == ["L1 is nearly touched", "    “sit together” but for “together”"]


async def test_a_doubtful_word_alone_is_told_as_one() -> None:
    persona = a_persona(need("L1", "open_question", "coach+"))
    bench = Bench(ScriptedListener(deque([hearing(sentence("Was the coach full?", "open_question"))])), persona)
    lines = list((await bench.explain(Said("Was the coach full?"))).lines())
    assert lines[-1] == "    “coach”, which counts only beside another of these words"


async def test_a_near_topic_without_the_act_is_told_the_acts_as_well() -> None:
    lines = await told("You sit there.")
    assert lines[-2:] == ["    “sit together” but for “together”", "    and it opens by open_question"]


async def test_a_line_far_from_everything_is_told_what_a_need_listens_for() -> None:
    assert (await told("What now?", "open_question"))[-1] == "L1 is not touched; it listens for “sit together”"


async def test_nothing_is_told_of_needs_that_a_line_is_nowhere_near() -> None:
    assert (await told("Good morning."))[-1] == "opens nothing"
