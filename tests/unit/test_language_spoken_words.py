"""Spoken words are found as the written ones that a scenario names, and quoted as they were typed."""

from __future__ import annotations

from simulator.domain.text import Match
from simulator.language.normalize import normalize
from simulator.language.spoken import written
from simulator.language.topics import finder, finders


def about(*terms: str) -> Match:
    return Match({"zh-Hans": (terms,)})


def test_spoken_words_stand_for_written_ones() -> None:
    plain = written(normalize("您为啥这会儿急，咋样了？"))
    assert plain is not None
    assert plain.text == "您为什么这会儿急,怎么样了?"
    assert plain.quote(1, 4) == "为啥"
    assert written(normalize("您为什么急？")) is None


def test_a_topic_is_found_in_spoken_words_and_quoted_as_typed() -> None:
    why = about("为什么不续")
    assert finder(why).find("方便说说为啥不续了吗") == "为啥不续"
    assert finders({"L1": why, "L2": about("什么时候")}).find("啥时候要用？") == {"L2": "啥时候"}
    assert finder(about("咋样")).find("现在咋样") == "咋样"
