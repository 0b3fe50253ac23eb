"""How many tokens a text has: exactly where the model's encoding is the one shipped here, else by a rule of thumb.

The encoding is built in a thread and never fetched; until it is ready the rule of thumb stands in for it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from simulator.domain.usage import Measured
from simulator.llm.answers import Message

if TYPE_CHECKING:  # heavy
    from tiktoken import Encoding

PER_MESSAGE = 4
"""Tokens around a message's content: three that frame it and one for its role (OpenAI's cookbook, "How to count tokens
with tiktoken", for the models since gpt-3.5-turbo-0613). Other models' chat templates differ by a token or two."""

PER_PROMPT = 3
"""Tokens that open the reply (the same source)."""

CHARACTERS_A_TOKEN = 4
"""Rule of thumb for text that is not Chinese, Japanese or Korean; of theirs each character is taken for a token."""

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
_SLICE = 1 << 16  # characters; tiktoken panics at a million spaces, and no text of ours is longer
_REMEMBERED = 4096  # texts, so that a turn counts what is new in it and not the whole conversation
_NAME = "o200k_base"
_RANKS = Path(__file__).parent / "ranks" / f"{_NAME}.gz"
_BETWEEN = b"\xff"
# As in tiktoken_ext.openai_public, where they stand behind a download.
_SPECIAL = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}
_CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_PATTERN = "|".join(
    [
        rf"[^\r\n\p{{L}}\p{{N}}]?[\p{{Lu}}\p{{Lt}}\p{{Lm}}\p{{Lo}}\p{{M}}]*[\p{{Ll}}\p{{Lm}}\p{{Lo}}\p{{M}}]+{_CONTRACTION}",
        rf"[^\r\n\p{{L}}\p{{N}}]?[\p{{Lu}}\p{{Lt}}\p{{Lm}}\p{{Lo}}\p{{M}}]+[\p{{Ll}}\p{{Lm}}\p{{Lo}}\p{{M}}]*{_CONTRACTION}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    ]
)


class Counter:
    """Counts as the named model does, as far as that is known. What looks like a special token is ordinary text."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._search: Thread | None = None
        self._encoding: Encoding | None = None

    def prepare(self) -> None:
        """Have the model's encoding built, if it is the one shipped here; returns at once."""
        if self._search is None:
            self._search = Thread(target=self._find, name="encoding", daemon=True)
            self._search.start()

    def settle(self) -> None:
        """Wait until the same text will always count the same: half a second at most on an idle machine."""
        self.prepare()
        if self._search:
            self._search.join()

    @property
    def measured(self) -> Measured:
        """Where a count from now on comes from."""
        return "counted" if self._encoding else "estimated"

    def count(self, text: str) -> int:
        """Tokens in the text; never more than its bytes in UTF-8."""
        return _counted(self._encoding, text) if self._encoding else _estimated(text)

    def count_prompt(self, messages: Sequence[Message]) -> int:
        """Tokens of a request with these messages, what surrounds them included."""
        return PER_PROMPT + sum(PER_MESSAGE + self.count(message["content"]) for message in messages)

    def _find(self) -> None:
        self._encoding = _encoding_of(self._model)


def _encoding_of(model: str) -> Encoding | None:
    from tiktoken.model import encoding_name_for_model  # noqa: PLC0415 -- heavy

    try:
        name = encoding_name_for_model(model)  # by exact name, then by prefix, from tables in the module
    except KeyError:
        return None
    return _built() if name == _NAME else None


@cache
def _built() -> Encoding:
    from tiktoken import Encoding  # noqa: PLC0415 -- heavy

    ranks = {token: rank for rank, token in enumerate(_tokens())}
    encoding = Encoding(_NAME, pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens=_SPECIAL)
    ranks.clear()  # 25 MB that only pickling needs
    return encoding


def _tokens() -> list[bytes]:
    """Every token of the encoding, by rank."""
    tokens = gzip.decompress(_RANKS.read_bytes()).split(_BETWEEN)
    itself = tokens.index(b"")  # the token that is the separator leaves two gaps
    tokens[itself : itself + 2] = [_BETWEEN]
    return tokens


@lru_cache(_REMEMBERED)
def _counted(encoding: Encoding, text: str) -> int:
    return sum(len(encoding.encode_ordinary(text[at : at + _SLICE])) for at in range(0, len(text), _SLICE))


@lru_cache(_REMEMBERED)
def _estimated(text: str) -> int:
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // CHARACTERS_A_TOKEN)
