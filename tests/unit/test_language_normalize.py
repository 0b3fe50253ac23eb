"""One spelling for many, with the way back to what was typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simulator.language.normalize import (
    LONGEST_SENTENCE,
    lexicon_language,
    normalize,
    normalize_each,
    split_sentences,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ｈｅｌｌｏ　ＷＯＲＬＤ", "hello world"),
        ("It’s “fine”", 'it\'s "fine"'),
        ("two  spaces\tand a\nbreak", "two spaces and a break"),
        ("ze\u200bro\u2060 width", "zero width"),
        ("請問您為什麼這麼著急？", "请问您为什么这么着急?"),
        ("計程車的軟體壞了", "出租车的软件坏了"),
    ],
)
def test_width_case_quotes_spaces_and_traditional_are_made_equal(typed: str, meant: str) -> None:
    assert normalize(typed).text == meant


@pytest.mark.parametrize(
    ("source", "part", "verbatim"),
    [
        ("Ｗｉｆｉ is Ｄｏｗｎ", "down", "Ｄｏｗｎ"),
        ("我要坐計程車回家", "出租车", "計程車"),
        ("網際網路壞了，軟體還好", "软件", "軟體"),
        ("Don’t  worry", "don't worry", "Don’t  worry"),
    ],
)
def test_a_span_of_the_normalised_text_is_quoted_verbatim_from_the_source(
    source: str, part: str, verbatim: str
) -> None:
    normalized = normalize(source)
    start = normalized.text.index(part)
    assert normalized.quote(start, start + len(part)) == verbatim


@given(st.text(max_size=60))
def test_every_span_maps_into_the_source(text: str) -> None:
    normalized = normalize(text)
    for at in range(len(normalized.text)):
        first, last = normalized.original_span(at, at + 1)
        assert 0 <= first <= last <= len(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How can I help?", "en"),
        ("Wie geht es Ihnen?", "en"),
        ("有什么可以帮您", "zh-Hans"),
        ("有什麼可以幫您", "zh-Hans"),
        ("ERP的export我发您", "zh-Hans"),
        ("Mr 王 will be with you", "en"),
        ("Ｈｏｗ ｃａｎ Ｉ ｈｅｌｐ？", "en"),
        ("ＥＲＰ的导出我发您", "zh-Hans"),
        ("行，Linda。", "zh-Hans"),
        ("OK 好", "zh-Hans"),
        ("すみません、お願いします", None),
        ("Здравствуйте", None),
        ("مرحبا بك", None),
        ("12:30?", None),
    ],
)
def test_the_script_decides_which_lexicon_reads_a_text(text: str, language: str | None) -> None:
    assert lexicon_language(text) == language


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Good evening, Mr. Wu. It's 3.5 km; all right? Yes!",
            ["Good evening, Mr. Wu.", "It's 3.5 km;", "all right?", "Yes!"],
        ),
        ("您好。三点到。您看行吗？好的", ["您好。", "三点到。", "您看行吗？", "好的"]),
        ("嗯……您是说取消吗", ["嗯……", "您是说取消吗"]),
        ("我能做的是……先给您一版。好……那就这样", ["我能做的是……先给您一版。", "好……", "那就这样"]),
        ("He said “stop!” Then he left.", ["He said “stop!”", "Then he left."]),
        ("I... I see", ["I...", "I see"]),
        ("one\n\ntwo", ["one", "two"]),
        ("...", []),
        ("", []),
    ],
)
def test_sentences_end_where_both_languages_end_them(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split_sentences(text)] == sentences


def test_a_run_without_a_stop_is_cut_at_a_pause() -> None:
    spans = split_sentences("and so on " * 200)
    assert len(spans) > 1
    assert all(end - start <= LONGEST_SENTENCE for start, end in spans)


@given(st.text(max_size=200))
def test_sentences_stand_in_order_and_lose_no_letter(text: str) -> None:
    spans = split_sentences(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert sum(c.isalnum() for c in text) == sum(c.isalnum() for start, end in spans for c in text[start:end])


@given(st.text(alphabet="aB’“ \n\t，。Ｅ您請問軟體你ß\u0301\u200b①"))
def test_a_text_folded_at_once_is_folded_as_one_that_goes_letter_by_letter(text: str) -> None:
    at_once, one_by_one = normalize(text), normalize(text + "\u200b")  # dropped, so that nothing is left but the way
    assert at_once.text == one_by_one.text
    spans = [(at, at + 1) for at in range(len(at_once.text))]
    assert [at_once.quote(*span) for span in spans] == [one_by_one.quote(*span) for span in spans]


@example(["two  spaces", "one"])
@given(st.lists(st.text(alphabet="aB’`  \n\1，Ｅ您好軟體囉ß\u0301\u200b①")))
def test_texts_normalised_at_once_are_as_each_by_itself(texts: list[str]) -> None:
    assert normalize_each(texts) == [normalize(text).text for text in texts]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whats the room number", "what's the room number"),
        ("Im here, i dont know", "i'm here, i don't know"),
        ("Theyre  late", "they're late"),
        ("its well and ill", "its well and ill"),
    ],
)
def test_apostrophes_left_out_are_put_in_and_the_source_is_quoted_as_typed(typed: str, meant: str) -> None:
    found = normalize(typed)
    assert found.text == meant
    assert found.quote(0, len(found.text)) == typed
    last = meant.rindex(" ") + 1
    assert found.quote(last, len(meant)) == typed[typed.rindex(" ") + 1 :]
