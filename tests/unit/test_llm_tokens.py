from __future__ import annotations

import base64
import hashlib
import socket
import threading

import pytest
import tiktoken
import tiktoken_ext.openai_public
from hypothesis import given
from hypothesis import strategies as st

from simulator.llm import tokens
from simulator.llm.tokens import PER_MESSAGE, PER_PROMPT, Counter

CHECKED_BY_TIKTOKEN = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
SENTENCE = "Four o’clock: 四点前这件事我来管 👩‍👧 don't <|endoftext|>"


@pytest.fixture(scope="module")
def exact() -> Counter:
    counter = Counter("gpt-4o")
    counter.settle()
    return counter


def test_the_ranks_are_the_ones_tiktoken_would_download() -> None:
    lines = (base64.b64encode(token) + b" %d\n" % rank for rank, token in enumerate(tokens._tokens()))
    assert hashlib.sha256(b"".join(lines)).hexdigest() == CHECKED_BY_TIKTOKEN


def test_pattern_and_special_tokens_are_tiktokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiktoken_ext.openai_public, "load_tiktoken_bpe", lambda *_, **__: {})
    theirs = tiktoken_ext.openai_public.o200k_base()
    assert theirs["name"] == tokens._NAME
    assert theirs["pat_str"] == tokens._PATTERN
    assert theirs["special_tokens"] == tokens._SPECIAL


def test_a_known_model_counts_exactly_and_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("reached for the network"))
    monkeypatch.setattr(tiktoken, "get_encoding", lambda _: pytest.fail("asked for a download"))
    tokens._built.cache_clear()
    counter = Counter("gpt-4o-mini")
    counter.settle()
    assert counter.measured == "counted"
    assert [counter.count(text) for text in ("", "hello world", "你好", SENTENCE)] == [0, 2, 1, 26]


@pytest.mark.parametrize(
    "model",
    ["o1", "o3-mini", "o4-mini", "gpt-4.1-nano", "gpt-5-mini", "chatgpt-4o-latest", "ft:gpt-4o-mini:me::id"],
)
def test_models_of_this_encoding_are_known_by_their_names(model: str) -> None:
    assert tokens._encoding_of(model)


@pytest.mark.parametrize(
    "model", ["gpt-4", "gpt-3.5-turbo", "gpt-oss-20b", "qwen3:8b", "deepseek-chat", "gpt-4o/mine", ""]
)
def test_any_other_model_is_estimated_and_said_to_be(model: str) -> None:
    counter = Counter(model)
    assert tokens._encoding_of(model) is None
    counter.settle()
    assert counter.measured == "estimated"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 1),
        ("abcd", 1),
        ("abcde", 2),
        ("四点前，", 4),
        ("カナ한글", 4),
        ("四 o’clock", 3),
        ("a" * 100_000, 25_000),
    ],
)
def test_the_rule_of_thumb(text: str, count: int) -> None:
    assert Counter("some-model").count(text) == count


def test_counting_goes_on_while_the_encoding_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()
    built = tokens._built()
    monkeypatch.setattr(tokens, "_built", lambda: ready.wait() and built)
    counter = Counter("gpt-4o")
    counter.prepare()
    assert (counter.count("hello world"), counter.measured) == (3, "estimated")
    ready.set()
    counter.settle()
    assert (counter.count("hello world"), counter.measured) == (2, "counted")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_ranks_that_cannot_be_read_cost_no_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError

    monkeypatch.setattr(tokens, "_built", broken)
    counter = Counter("gpt-4o")
    counter.settle()
    assert (counter.count("hello world"), counter.measured) == (3, "estimated")


@given(st.text())
def test_no_text_has_more_tokens_than_bytes(exact: Counter, text: str) -> None:
    size = len(text.encode(errors="surrogatepass"))
    assert exact.count(text) <= size
    assert tokens._estimated(text) <= size


@pytest.mark.parametrize("character", [" ", "\u3000", "四"])
def test_a_long_run_of_one_character_is_counted(exact: Counter, character: str) -> None:
    """By itself tiktoken panics at a million spaces."""
    assert exact.count(character * 1_000_000) == pytest.approx(20 * exact.count(character * 50_000), rel=0.05)


def test_a_text_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Encoding:
        def encode_ordinary(self, text: str) -> list[int]:
            asked.append(text)
            return [1]

    counter = Counter("gpt-4o")
    monkeypatch.setattr(counter, "_encoding", Encoding())
    assert counter.count("once") + counter.count("once") == 2
    assert asked == ["once"]


def test_a_prompt_is_its_messages_and_what_frames_them(exact: Counter) -> None:
    messages = [{"role": "system", "content": "hello world"}, {"role": "user", "content": "你好"}]
    assert exact.count_prompt(messages) == PER_PROMPT + PER_MESSAGE + 2 + PER_MESSAGE + 1
