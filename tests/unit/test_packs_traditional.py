"""A pack in Simplified Chinese can be played in Traditional."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.domain.text import Match, Text
from simulator.packs.load import load_persona
from simulator.packs.traditional import in_traditional

PERSONA = Path(__file__).parents[1] / "fixtures" / "packs" / "personas" / "wet-books.yaml"


def test_simplified_is_converted_with_the_words_of_taiwan() -> None:
    assert in_traditional(Text({"zh-Hans": "打印软件的质量"})).in_language("zh-Hant") == "列印軟體的質量"


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [("我写明白发给您", "我寫明白發給您"), ("今年的计划", "今年的計畫"), ("请签字", "請簽字"), ("书签", "書籤")],
)
def test_what_the_table_of_words_gets_wrong_or_lacks_is_mended(simplified: str, traditional: str) -> None:
    assert in_traditional(Text({"zh-Hans": simplified})).in_language("zh-Hant") == traditional


def test_an_authored_wording_is_kept_and_other_texts_are_left_alone() -> None:
    authored = Text({"zh-Hans": "软件", "zh-Hant": "程式"})
    assert in_traditional(authored) is authored
    english = Text({"en": "software"})
    assert in_traditional(english) is english


def test_every_text_of_a_persona_is_converted_and_no_match_is() -> None:
    persona = load_persona(PERSONA.read_bytes(), PERSONA.name).value
    converted = in_traditional(persona)
    assert converted.profile.opening.in_language("zh-Hant") == "你們的兩本書被我弄溼了。我要賠多少?"
    assert converted.lines["pressing"][0].in_language("zh-Hant") == "那我要賠多少?"
    assert converted.need("L1").reveal.in_language("zh-Hant").startswith("我要拿它們")
    assert converted.needs[0].unlock.topics == persona.needs[0].unlock.topics
    assert "zh-Hant" not in persona.profile.opening.by_language


@pytest.mark.parametrize("value", [3, None, "软件", ("软件",), Match({"zh-Hans": (("软件",),)})])
def test_what_holds_no_text_stays_as_it_is(value: object) -> None:
    assert in_traditional(value) == value
