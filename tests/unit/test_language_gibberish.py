from __future__ import annotations

import pytest

from simulator.language.gibberish import is_gibberish


@pytest.mark.parametrize(
    "line",
    [
        "asdf qwer zxcv",
        "asdfgh jkl",
        "lkjsdf",
        "fjdksla",
        "dfkj sdkfj",
        "iuwehf",
        "aaaaaa",
        "jjjj",
        "blah blah blah",
        "lorem ipsum dolor",
        "啦啦啦啦",
        "嘟嘟嘟",
    ],
)
def test_keys_struck_and_mere_sounds_are_no_words(line: str) -> None:
    assert is_gibberish(line)


@pytest.mark.parametrize(
    "line",
    [
        "ok whatever",
        "Hmm.",
        "pfft",
        "thx",
        "Guten Tag",
        "Bonjour",
        "Qian Hui?",
        "Guoqiang",
        "Zhejiang",
        "Vladivostok",
        "Dizzy?",
        "The crew syncs.",
        "banana",
        "property",
        "jazz",
        "614",
        "asdf, I mean the red one",
        "哈哈哈",
        "好好好",
        "嗯嗯",
    ],
)
def test_words_names_and_sounds_that_are_said_are_none(line: str) -> None:
    assert not is_gibberish(line)
