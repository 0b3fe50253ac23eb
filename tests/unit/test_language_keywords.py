"""What a text must hold before a pattern can match it: never more than the pattern itself asks for."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from simulator.grading import signs
from simulator.language.keywords import Demands, Keywords, keys, words
from simulator.language.normalize import LexiconLanguage, lexicon_language, normalize, split_sentences
from simulator.language.patterns import Heard, Lexicon, lexicon
from simulator.language.word_order import holds_in_order

TALKS = Path(__file__).resolve().parent.parent
NO_PATTERNS = frozenset({"language", "everyday_words", "irregular", "function_words"})
LANGUAGES: tuple[LexiconLanguage, ...] = ("en", "zh-Hans")


def demands(line: str, language: LexiconLanguage = "en", **classes: str) -> Demands:
    return Keywords(language, Counter(), classes.__getitem__).demands(line)


def meets(text: str, asked: Demands, language: LexiconLanguage = "en") -> bool:
    present = {key for word in words(text, language) for key in keys(word, language)}
    return not any(clause.isdisjoint(present) for clause in asked.clauses)


@pytest.mark.parametrize(
    ("line", "meeting", "other"),
    [
        ("thank you", "well, thank you!", "thank me"),
        ("(very )?sorry", "sorry", "very well"),
        (r"apolog\w*", "my apologies", "my apple"),
        ("(un)?happy", "so unhappy", "so hungry"),
        (r"charged?\b", "the charge", "the chain"),
        ("(call|ring) you", "ring you", "write you"),
        ("(my |our )+fault", "my our fault", "your fault"),
        (r"\d+ ?%", "100 %", "100 percent"),
        ("(?!so )well", "well", "so"),
        ("(just )?relax[.!,]", "just relax!", "just relaxed!"),
        ("look[?!-]", "look!", "look"),
        ("[-–—]+ so", "— so", "so"),
        ("[bw]ell", "the bell", "the yell"),
        ("red car|blue van", "a blue van", "a red one"),
        ("(red|pale blue) (car|van)|bus", "the bus", "a red one"),
        ("{thing} broke", "lamp broke", "it broke"),
    ],
)
def test_a_text_without_the_words_of_a_pattern_is_passed_over(line: str, meeting: str, other: str) -> None:
    asked = demands(line, thing="lamp|old chair")
    assert meets(meeting, asked)
    assert not meets(other, asked)


@pytest.mark.parametrize("line", ["(very )?", r"\w+", "(so|)", "[a-b]c{0}", "(?i:so)"])
def test_what_may_stand_anywhere_or_cannot_be_read_demands_nothing(line: str) -> None:
    assert demands(line) == Demands()


@pytest.mark.parametrize(
    ("line", "holding", "other"),
    [
        ("let (me|us) know", "please let us know", "us? let know"),
        ("let (me|us) know", "let it go, let me know", "know what? let me see"),
        (r"so( very)? \w+ sorry", "so sorry, so sorry", "sorry, so there"),
        ("(ab|a)bc", "abc", "ab"),
        ("{thing} broke", "the old chair: it broke", "it broke, the lamp"),
        ("(?!not )(so |)well(?= done)", "well", "so"),
    ],
)
def test_what_a_pattern_holds_verbatim_must_stand_in_its_order(line: str, holding: str, other: str) -> None:
    order = demands(line, thing="lamp|old chair").order
    assert holds_in_order(order, holding)
    assert not holds_in_order(order, other)


def test_only_a_pattern_bound_on_every_side_is_looked_for_at_the_start_alone() -> None:
    assert demands("^so|^and").at_start
    assert not demands("^so|and").at_start


def test_chinese_is_known_by_pairs_of_characters() -> None:
    asked = demands("(真的)?对不起|抱歉", "zh-Hans")
    assert meets("抱歉了", asked, "zh-Hans")
    assert not meets("对了", asked, "zh-Hans")


def test_a_section_first_asked_for_after_a_text_was_heard_is_looked_for_in_it() -> None:
    known = Lexicon("en", {"acts.greet": "hello", "acts.close": "bye"}, {})
    assert known.finds("acts.greet", "hello and bye")
    assert known.finds("acts.close", "hello and bye")
    assert not known.finds("acts.close", "hello")


@pytest.mark.parametrize(
    ("language", "line", "first", "second"),
    [
        ("en", r"why ~ \? say", "Tell me why?", "Say it"),
        ("zh-Hans", "谁[?] 说", "是谁?", "说吧"),
        ("zh-Hans", "话 不", "好话", "不说"),
    ],
)
def test_of_two_texts_read_as_one_a_line_may_stand_over_both(
    language: LexiconLanguage, line: str, first: str, second: str
) -> None:
    known = Lexicon(language, {"acts.it": line}, {})
    first, second = normalize(first).text, normalize(second).text
    assert known.finds("acts.it", first) is None
    assert known.hear_both(first, second).finds("acts.it") is not None
    assert known.hear_both(second, first).finds("acts.it") is None


def test_of_two_lines_in_one_place_the_first_is_found_and_before_both_what_stands_first() -> None:
    known = Lexicon("en", {"acts.it": "you know\nyou\ni"}, {})
    assert [known.finds("acts.it", text).group() for text in ("you know", "you see", "i see you know")] == [  # type: ignore[union-attr]
        "you know",
        "you",
        "i",
    ]


@lru_cache(maxsize=1)
def lexicons() -> tuple[Lexicon, ...]:
    return (*map(lexicon, LANGUAGES), *map(signs._signs, LANGUAGES))


def disagreements(text: str, *sections: str) -> list[str]:
    """The sections in which the search with keywords finds something else than the whole pattern."""
    plain, language = normalize(text).text, lexicon_language(text)
    found = []
    for known in lexicons():
        for section in sections or known.sections.keys() - NO_PATTERNS:
            if known.language == language and section in known.sections and not section.startswith("classes."):
                hit, whole = known.finds(section, plain), known.pattern(section).search(plain)
                if (hit and hit.span()) != (whole and whole.span()) or passed_over(known.hear(plain), section):
                    found.append(f"{section}: {text}")
    return found


def passed_over(heard: Heard, section: str) -> list[str]:
    """The lines that stand in a text and would not have been tried: those that were tried before are always."""
    tried = (line for line in heard.possible.get(section, ()) if line.compiled and line.search(heard.text))
    return [line.text for line in tried if not holds_in_order(line.order, heard.text)]


def test_with_keywords_and_without_the_same_is_found_in_every_talk() -> None:
    files = (*TALKS.glob("labelled/*.yaml"), *TALKS.glob("talks/*.yaml"))
    turns = [turn["text"] for file in files for turn in yaml.safe_load(file.read_bytes())["turns"]]
    said = {text[start:end] for text in turns for start, end in split_sentences(text)}
    assert len(said) > len(files)
    assert [wrong for text in said for wrong in disagreements(text)] == []


def test_with_keywords_and_without_the_same_is_found_in_what_the_lexicons_list() -> None:
    for known in lexicons():
        for section in known.sections.keys() - NO_PATTERNS:
            for line in known.lines(section):
                for phrase in re.split(r"[|()]+", re.sub(r"\{\w+\}|\\.|\(\?[<!=:]+|[\[\]?*^$]", " ", line)):
                    assert disagreements(phrase, section) == []


@given(st.data())
def test_with_keywords_and_without_the_same_is_found_in_any_mix_of_the_lexicons_words(data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.sampled_from(vocabulary()), min_size=1, max_size=12))
    joints = data.draw(st.lists(st.sampled_from(("", " ", "", ", ", "'", "-", "? ", "。", "_")), min_size=12))
    text = "".join(part for pair in zip(pieces, joints, strict=False) for part in pair)
    assert disagreements(text) == []


@lru_cache(maxsize=1)
def vocabulary() -> tuple[str, ...]:
    """Words of one lexicon's lines: letters between the marks of the notation, in Chinese by up to four."""
    lines = " ".join(line for known in lexicons() for section in known.sections for line in known.lines(section))
    return tuple(sorted({*re.findall(r"[a-z']+|[\u4e00-\u9fff]{1,4}|\d", lines)}))
