"""Synonym groups against single sentences."""

from __future__ import annotations

import pytest

from simulator.domain.text import Match
from simulator.language.topics import Finder, finders


def found(sentence: str, *groups: str, language: str = "en") -> str | None:
    """What a finder with these groups (terms split by `/`) quotes from the sentence."""
    return Finder(Match({language: tuple(tuple(group.split("/")) for group in groups)})).find(sentence)


@pytest.mark.parametrize(
    ("sentence", "term", "span"),
    [
        ("They charged me twice", "charge", "charged"),
        ("The charges are wrong", "charge", "charges"),
        ("Who is charging you?", "charge", "charging"),
        ("We planned it together", "plan", "planned"),
        ("She hasn't slept", "sleep", "slept"),
        ("Her husband’s key", "husband", "husband’s"),
        ("We’d rehearse it twice", "rehears*", "rehearse"),
        ("I DON’T KNOW yet", "don't know", "DON’T KNOW"),
        ("I missed my last train", "miss..train", "missed my last train"),
        ("Ask at the ticket offices", "ticket office", "ticket offices"),
        ("What about brakfast", "breakfast", "brakfast"),
        ("a chrage on the card", "charge", "chrage"),
        ("ｔｉｃｋｅｔ please", "ticket", "ｔｉｃｋｅｔ"),
        ("So you rechecked it", "re*", "rechecked"),
        ("We were rehearsing twice", "rehears* twice", "rehearsing twice"),
    ],
)
def test_an_english_term_hits_with_light_inflection_and_one_slip(sentence: str, term: str, span: str) -> None:
    assert found(sentence, term) == span


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("I hear you", "ear"),
        ("You are capable", "cap"),
        ("this evening", "even"),
        ("a nice place by the sea", "plane"),
        ("hte end", "the"),
        ("the train I missed", "miss..train"),
        ("brkfst", "breakfast"),
        ("早餐在一楼", "breakfast"),
    ],
)
def test_an_english_term_keeps_its_borders_and_everyday_words_are_no_slips(sentence: str, term: str) -> None:
    assert found(sentence, term) is None


@pytest.mark.parametrize(
    ("sentence", "term", "span"),
    [
        ("我的卡被扣款了", "扣款", "扣款"),
        ("請問軟體什麼時候更新", "软件", "軟體"),
        ("我们两点要签字", "两点..签", "两点要签"),
        ("你选的哪个", "您选的", "你选的"),
        ("您选的哪个", "你选的", "您选的"),
        ("ＥＲＰ的数对不上", "ERP", "ＥＲＰ"),
    ],
)
def test_a_chinese_term_is_a_part_of_the_text_in_either_script(sentence: str, term: str, span: str) -> None:
    assert found(sentence, term, language="zh-Hans") == span


def test_a_latin_term_keeps_its_borders_inside_chinese() -> None:
    assert found("这个apple很好", "app", language="zh-Hans") is None


def test_every_group_must_hit_and_the_quote_runs_from_the_first_to_the_last() -> None:
    assert found("So two cards were charged, both twice", "card", "charge/fee") == "cards were charged"
    assert found("Two cards were lost", "card", "charge/fee") is None


@pytest.mark.parametrize(
    ("sentence", "span"),
    [
        ("Was the coach very full?", None),
        ("The coach, is it a good coach?", None),
        ("When does your coach leave?", "When does your coach"),
        ("Your coach, what o'clock is it?", "coach, what o'clock"),
        ("By when must you be home?", "By when"),
        ("发票收到了吗", None),
        ("发票的抬头改了没有", "发票的抬头"),
        ("發票抬頭有變嗎", "發票抬頭"),
        ("票面上写什么", "票面"),
    ],
)
def test_a_doubtful_term_counts_beside_another_one_alone(sentence: str, span: str | None) -> None:
    terms = {"en": (("coach+", "when+", "o'clock+", "by when"),), "zh-Hans": (("发票+", "抬头+", "票面"),)}
    match = Match(terms)
    assert Finder(match).find(sentence) == span
    assert finders({"it": match}).find(sentence) == ({"it": span} if span else {})


def test_what_stands_on_both_sides_of_a_doubtful_word_makes_no_other() -> None:
    assert found("Is the total number right?", "total+/the number+") is None
    assert found("The number, is it the total?", "total+/the number+") == "The number, is it the total"


def test_doubtful_terms_do_not_overlap_and_stand_among_several_groups() -> None:
    assert found("I need it", "need it+/need+/it+") == "need it"
    assert found("发票收到了吗", "发票＋/抬头＋", language="zh-Hans") is None
    assert found("发票的抬头", "发票＋/抬头＋", language="zh-Hans") == "发票的抬头"
    assert Finder(Match({"en": (("train+", "station+"), ("late",))})).find("The late train") is None
    assert Finder(Match({"en": (("train+", "station+"), ("late",))})).find("A late train at the station") is not None


def test_a_language_without_groups_never_matches() -> None:
    only_chinese = Finder(Match({"zh-Hans": (("票",),)}))
    assert only_chinese.find("the 票 ticket is on the desk") is None
    assert only_chinese.find("привет") is None
    assert Finder(Match({})).find("anything") is None


def test_several_subjects_are_found_as_each_is_by_itself() -> None:
    english = ("charge", "re*", "rehears* twice", "miss..train", "breakfast", "Wi-Fi password", "sleep")
    chinese = ("盖章", "改..时间", "急", "app", "的")
    matches = {term: Match({"en": ((term,),)}) for term in english}
    matches |= {term: Match({"zh-Hans": ((term,),)}) for term in chinese}
    matches |= {
        "both": Match({"en": (("train", "bus"), ("miss", "late")), "zh-Hans": (("车",), ("晚", "误"))}),
        "no": Match({}),
    }
    lines = [
        *(
            "So you rechecked it",
            "We were rehearsing twice and slept",
            "I missed my last train",
            "The brakfast was late",
        ),
        *(
            "They charged me for the wi-fi passwords",
            "A bus, late again",
            "盖章的时间能改吗",
            "车晚点了,很急",
            "用app改时间",
            "Да",
        ),
    ]
    for line in lines:
        alone = {name: Finder(match).find(line) for name, match in matches.items()}
        assert finders(matches).find(line) == {name: span for name, span in alone.items() if span}
    assert len({name for line in lines for name in finders(matches).find(line)}) == len(matches) - 1
