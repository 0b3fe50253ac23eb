from __future__ import annotations

import threading
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.transcript import Turn
from simulator.errors import EndpointError
from simulator.llm import tokens, window
from simulator.llm.tokens import Counter
from simulator.llm.window import REPLY_ROOM, REPLY_SHARE, fit

TEXTS = st.sampled_from(["", "hello world", "四点前这件事我来管。", "a" * 300, "one two three " * 20])
Exchange = tuple[Turn, Turn]


def talk(texts: list[str]) -> list[Exchange]:
    """Each text said by the learner and said back by the customer."""
    return [(Turn(2 * n, "learner", text), Turn(2 * n + 1, "persona", text)) for n, text in enumerate(texts, 1)]


def room_of(limit: int) -> int:
    return limit - min(REPLY_ROOM, limit // REPLY_SHARE)


@pytest.fixture(scope="module")
def counters() -> list[Counter]:
    made = [Counter("gpt-4o"), Counter("some-model")]
    for counter in made:
        counter.settle()
    return made


def test_what_fits_is_sent_whole_and_in_order(counters: list[Counter]) -> None:
    fitted = fit(counters[0], "You are a customer.", talk(["one", "two"]), "three", 8192)
    assert fitted.left_out == 0
    assert [(message["role"], message["content"]) for message in fitted.messages] == [
        ("system", "You are a customer."),
        ("user", "one"),
        ("assistant", "one"),
        ("user", "two"),
        ("assistant", "two"),
        ("user", "three"),
    ]


@given(st.lists(TEXTS, max_size=30), st.integers(0, 3000), st.booleans())
def test_brief_and_line_are_always_sent_and_all_stays_within_the_limit(
    counters: list[Counter],
    texts: list[str],
    limit: int,
    known: bool,  # noqa: FBT001
) -> None:
    counter = counters[known]
    exchanges = talk(texts)
    try:
        fitted = fit(counter, "the brief", exchanges, "the line", limit)
    except EndpointError:
        assert counter.count_prompt([{"content": "the brief"}, {"content": "the line"}]) > room_of(limit)
        return
    first, *between, last = fitted.messages
    assert (first["content"], last["content"]) == ("the brief", "the line")
    assert [message["content"] for message in between] == [t for text in texts[fitted.left_out :] for t in (text, text)]
    assert counter.count_prompt(fitted.messages) <= room_of(limit)
    if fitted.left_out:  # and not one more than had to be
        said, replied = exchanges[fitted.left_out - 1]
        one_more = [*fitted.messages, {"content": said.text}, {"content": replied.text}]
        assert counter.count_prompt(one_more) > room_of(limit)


def test_a_longer_window_never_keeps_less(counters: list[Counter]) -> None:
    exchanges = talk(["one two three " * 20] * 30)
    left_out = [fit(counters[0], "brief", exchanges, "line", limit).left_out for limit in range(50, 4000, 50)]
    assert left_out[0] == 30
    assert left_out[-1] < 10
    assert all(shorter >= longer for shorter, longer in pairwise(left_out))


@pytest.mark.parametrize("texts", [["hello"], ["one two three " * 20] * 30, ["四点前这件事我来管。" * 5] * 30])
def test_what_is_left_out_does_not_depend_on_when_the_encoding_got_ready(
    counters: list[Counter], texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = fit(counters[0], "brief", talk(texts), "line", 2000)
    may_build, built = threading.Event(), tokens._built()
    monkeypatch.setattr(tokens, "_built", lambda: may_build.wait() and built)
    late = Counter("gpt-4o")
    late.prepare()
    settle = late.settle

    def settle_at_last() -> None:
        may_build.set()
        settle()

    monkeypatch.setattr(late, "settle", settle_at_last)
    assert fit(late, "brief", talk(texts), "line", 2000) == expected
    may_build.set()
    settle()


def test_a_short_talk_does_not_wait_for_the_encoding(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter("gpt-4o")
    monkeypatch.setattr(counter, "settle", lambda: pytest.fail("waited"))
    assert fit(counter, "brief", talk(["hello"]), "line", 8192).left_out == 0


@pytest.mark.parametrize("limit", [0, 10, 8192])
def test_a_brief_and_a_line_that_are_too_long_alone_are_said_to_be(counters: list[Counter], limit: int) -> None:
    with pytest.raises(EndpointError, match="context_window") as refused:
        fit(counters[0], "brief " * 4000, talk(["one"]), "line " * 4000, limit)
    assert refused.value.outcome == "context"
    assert f"{limit:,}" in str(refused.value)


def test_turn_200_counts_no_more_text_than_turn_2(monkeypatch: pytest.MonkeyPatch) -> None:
    class Encoding:
        characters = 0

        def encode_ordinary(self, text: str) -> list[int]:
            self.characters += len(text)
            return [0] * (len(text) // 4)

    counter, encoding = Counter("gpt-4o"), Encoding()
    counter.settle()
    monkeypatch.setattr(counter, "_encoding", encoding)
    exchanges = talk([f"exchange {n:03}" for n in range(200)])
    spent = []
    for turn in range(200):
        before = encoding.characters
        fit(counter, f"brief {turn:03}", exchanges[:turn], f"line {turn:03}", window.REPLY_ROOM + 8192)
        spent.append(encoding.characters - before)
    assert spent[199] == spent[2]
