"""One way out for every format that `read.py` reads again without loss."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

from simulator.domain.transcript import Transcript, Turn
from simulator.exchange.cells import csv_text
from simulator.exchange.document import document_yaml
from simulator.exchange.markdown import write_markdown

_ROLES = {"learner": "user", "persona": "assistant"}


def write_chat(transcript: Transcript) -> str:
    """Chat JSONL. What no role or content can say stands beside them: in the first line, and where a turn was cut."""
    return "".join(json.dumps(message, ensure_ascii=False) + "\n" for message in _messages(transcript))


def write_table(transcript: Transcript) -> str:
    """CSV with a header, a turn a row."""
    head = ("n", "speaker", "text", "status", "language", "persona")
    language, persona = transcript.language, transcript.persona
    rows = ((t.n, t.speaker, t.text, t.status, language, persona) for t in transcript.turns)
    return csv_text([head, *rows])


WRITERS: Mapping[str, Callable[[Transcript], str]] = {
    "yaml": document_yaml,
    "jsonl": write_chat,
    "csv": write_table,
    "md": write_markdown,
}
"""Formats by their names, which are also how their files end."""


def _messages(transcript: Transcript) -> Iterator[dict[str, str]]:
    about = {"language": transcript.language} | ({"persona": transcript.persona} if transcript.persona else {})
    for turn in transcript.turns:
        yield {"role": _ROLES[turn.speaker], "content": turn.text, **_cut(turn), **about}
        about = {}


def _cut(turn: Turn) -> dict[str, str]:
    return {} if turn.status == "complete" else {"status": turn.status}
