"""The notation of the lexicons, and that both are whole."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest

from simulator.language import acts, pressing, reflections
from simulator.language.line_index import REFUSALS
from simulator.language.patterns import Lexicon, lexicon
from simulator.language.reflections import features
from simulator.language.sentences import sentences


def english(**sections: str) -> Lexicon:
    """An English lexicon with these sections; `__` stands for the dot."""
    return Lexicon("en", {name.replace("__", "."): text for name, text in sections.items()}, {})


@pytest.mark.parametrize(
    ("line", "text", "hit"),
    [
        ("walk (me|us) through", "please walk us through it", "walk us through"),
        ("(very )?sorry", "so sorry", "sorry"),
        ("apolog*", "my apologies", "apologies"),
        ("take ... back", "i take it all back", "take it all back"),
        ("if ~ what", "if it fails, then what", "if it fails, then what"),
        (r"right\?", "is that right?", "right?"),
        ("{thing} broke", "the lamp broke", "lamp broke"),
    ],
)
def test_the_notation_finds(line: str, text: str, hit: str) -> None:
    found = english(acts__it=line, classes__thing="lamp\nchair").finds("acts.it", text)
    assert found is not None
    assert found.group() == hit


@pytest.mark.parametrize(
    ("line", "text"),
    [("hi", "this ship"), ("take ... back", "take it, then come back"), ("cat", "cats")],
)
def test_words_keep_their_borders_and_gaps_their_clause(line: str, text: str) -> None:
    assert english(acts__it=line).finds("acts.it", text) is None


def test_a_class_may_name_a_class_comments_are_skipped_and_set_in_lines_go_on() -> None:
    known = english(acts__it="# what broke\n{any} (broke|\n  failed)", classes__any="{thing}|it", classes__thing="lamp")
    assert known.finds("acts.it", "lamp failed")
    assert known.finds("acts.it", "it broke")
    assert not known.finds("acts.it", "what broke")


def test_a_section_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        english().finds("acts.it", "text")


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_line_of_the_lexicons_compiles(language: str) -> None:
    known = lexicon("en" if language == "en" else "zh-Hans")
    for section in known.sections:
        if section not in ("language", "everyday_words", "irregular", "function_words"):
            assert known.pattern(section)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_both_lexicons_know_every_act_that_phrasing_gives_away(language: str) -> None:
    known = lexicon("en" if language == "en" else "zh-Hans")
    assert set(acts._BY_PHRASE.values()) <= known.sections.keys()
    assert all(known.lines(section) for section in acts._BY_PHRASE.values())


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_section_and_class_of_the_lexicons_is_looked_up(language: str) -> None:
    known = lexicon("en" if language == "en" else "zh-Hans")
    tables = (acts._REPLIES, reflections._LECTURES, reflections._cues(known), pressing._sections(known.language))
    looked_up = set(chain.from_iterable(table.values() for table in tables))
    code = "".join(file.read_text("utf-8") for file in Path(reflections.__file__).parents[1].rglob("*.py"))
    for section in known.sections.keys() - looked_up - {"language"}:
        as_class = f"{{{section.removeprefix('classes.')}}}"
        lines = (code, *known.sections.values())
        assert f'"{section}"' in code or any(as_class in each for each in lines), section


@pytest.mark.parametrize("line", ["So you waited a long time.", "所以您等了很久。"])
def test_every_weight_has_a_feature(line: str) -> None:
    parts = sentences(line)
    known = parts[0].lexicon
    assert known is not None
    looked_up = {section.removeprefix("cues.") for section in known.sections if section.startswith("cues.")}
    assert known.weights["reflection"].keys() <= features(parts[0], parts, "", None).keys() | looked_up


def test_any_of_some_sections_is_found_also_in_a_text_heard_before_they_were_asked_for() -> None:
    known = english(acts__it="lamp", acts__other="chair")
    heard = known.hear("the chair")
    assert not heard.finds_any(["acts.it"])
    assert heard.finds_any(["acts.it", "acts.other"])
    assert [name for name, _ in known.hear("a lamp, a chair").search({"b": "acts.other", "a": "acts.it"})] == ["b", "a"]


def test_what_stands_behind_a_place_is_found_though_it_stands_before_it_too() -> None:
    heard = english(acts__it="lamp\n^a chair").hear("a chair, a lamp, a lamp")
    assert heard.stands_behind("acts.it", 12)
    assert not heard.stands_behind("acts.it", 20)
    assert not english(acts__it="^lamp").hear("lamp, lamp").stands_behind("acts.it", 4)


def test_a_line_that_was_refused_often_is_compiled() -> None:
    """To look whether its words stand in their order is dearer each time than to search."""
    line, _ = lexicon("en")._line("as i told you")
    assert all(line.search("you told i as") is None for _ in range(REFUSALS))
    assert line.compiled is None
    assert line.search("you told i as") is None
    assert line.compiled is not None
    assert line.search("as i told you")
