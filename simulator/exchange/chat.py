"""Chat JSONL: one message a line, `role` and `content`, as endpoints and their logs write them."""

from __future__ import annotations

from typing import Any

from simulator.domain.transcript import Status, Transcript
from simulator.exchange.spoken import (
    Spoken,
    known_language,
    known_role,
    known_status,
    roles,
    transcript_of,
    unreadable,
)
from simulator.exchange.strict_json import loads
from simulator.wording import say

_SILENT = ("system", "developer")
"""Messages that nobody in the conversation spoke."""


def read_chat(text: str, name: str, learner: str | None = None) -> Transcript:
    """The conversation of a chat log, in which the user is the learner and the assistant the customer, unless `learner`
    names the other role.

    Raises TranscriptError with the line of what is wrong.
    """
    messages: list[tuple[int, str, str, Status]] = []
    language = persona = None
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        message = loads(line, name, number)
        if not isinstance(message, dict) or not isinstance(message.get("role"), str):
            raise unreadable(name, number, say("not a chat message; each line is an object with role and content"))
        if message["role"] in _SILENT:
            continue
        content = _content(message.get("content"))
        if content is None:
            raise unreadable(name, number, say("content that is not text"))
        status = known_status(message.get("status"), name, number)
        if not messages:
            language, persona = known_language(message.get("language"), name, number), _persona(message, name, number)
        messages.append((number, message["role"], content, status))
    sides = roles((role for _, role, _, _ in messages), name, learner) if learner else None
    spoken = []
    for number, role, content, status in messages:
        speaker = sides.get(role) if sides else known_role(role)
        if speaker is None:
            told = say("role '{role}'; a conversation has user and assistant", role=role)
            raise unreadable(name, number, told)
        spoken.append(Spoken(number, speaker, content, status))
    return transcript_of(name, spoken, language, persona)


def _persona(message: dict[str, Any], name: str, number: int) -> str | None:
    persona = message.get("persona")
    if persona is not None and not isinstance(persona, str):
        raise unreadable(name, number, say("persona is the id of a persona"))
    return persona


def _content(content: Any) -> str | None:
    """The words of a message: a text, or a list of text parts. None where it holds anything else."""
    parts = content if isinstance(content, list) else [{"type": "text", "text": content}]
    texts = [part["text"] for part in parts if isinstance(part, dict) and part.get("type") == "text" and "text" in part]
    if len(texts) != len(parts) or not all(isinstance(text, str) for text in texts):
        return None
    return "\n".join(texts)
