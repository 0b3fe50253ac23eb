"""transcript/1 in YAML and JSON, and the older mot-transcript/1, of which only the conversation is read.

Its turns say learner or persona themselves: nobody need tell what the learner is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from simulator.domain.text import LANGUAGES
from simulator.domain.transcript import Transcript
from simulator.exchange.spoken import STATUSES, Spoken, transcript_of, unreadable
from simulator.exchange.strict_json import loads
from simulator.packs.diagnostics import nearest, shown
from simulator.packs.locate import Path, Positions, spelled
from simulator.packs.tree import Tree, read_tree
from simulator.wording import say

_KEYS = ("format", "persona", "language", "turns")
_TURN_KEYS = ("n", "speaker", "text", "status")
_SPEAKERS = ("learner", "persona")
_FORMAT = "transcript/1"
_OLD = "mot-transcript/1"
_OLD_SPEAKER = "who"


def read_yaml(text: str, name: str, _learner: str | None = None) -> Transcript:
    """The conversation of a YAML document. Raises TranscriptError with line and column."""
    tree = _sound(text, name)
    return _Document(text, name, tree.positions).transcript(tree.value)


def document_yaml(transcript: Transcript) -> str:
    """The transcript as a transcript/1 document, its turns left out where it has none."""
    import yaml  # noqa: PLC0415 -- for those who write files

    turns = [
        {"n": t.n, "speaker": t.speaker, "text": t.text} | ({} if t.status == "complete" else {"status": t.status})
        for t in transcript.turns
    ]
    about = {"format": _FORMAT} | ({"persona": transcript.persona} if transcript.persona is not None else {})
    value = about | {"language": transcript.language} | ({"turns": turns} if turns else {})
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=110))


def stated(text: str, name: str) -> tuple[str | None, str | None]:
    """Language and persona by a transcript/1 document without turns. Raises TranscriptError with line and column."""
    tree = _sound(text, name)
    return _Document(text, name, tree.positions).stated(tree.value)


def read_json(text: str, name: str, _learner: str | None = None) -> Transcript:
    """The conversation of a JSON document. Raises TranscriptError with line and column."""
    return _Document(text, name).transcript(loads(text, name))


def _sound(text: str, name: str) -> Tree:
    tree = _tree(text)
    if tree.faults:
        fault = tree.faults[0]
        where = fault.place or tree.positions.of(fault.path)
        raise unreadable(name, where.line, fault.message, where.column)
    return tree


def _tree(text: str) -> Tree:
    """A transcript may be larger than a pack; whoever read the file has bounded it."""
    source = text.encode()
    return read_tree(source, max_bytes=len(source))


class _Document:
    """One file while it is checked. JSON brings no positions: they are looked up when something is wrong."""

    def __init__(self, text: str, name: str, positions: Positions | None = None) -> None:
        self._text = text
        self._name = name
        self._positions = positions

    def transcript(self, value: Any) -> Transcript:
        if not isinstance(value, dict):
            if value and isinstance(value, list) and all(isinstance(one, dict) and "role" in one for one in value):
                self._refuse((), say("a list of chat messages is read as JSONL: a message a line, no brackets, .jsonl"))
            self._refuse((), say("a transcript is a map with format, language and turns; see mot schema transcript"))
        if value.get("schema") == _OLD:
            return self._older(value)
        if value.get("format") != _FORMAT:
            message = say("it does not say its format; this program reads transcript/1, see mot schema transcript")
            if "format" in value:
                message = say("format is '{format}'; this program reads transcript/1", format=shown(value["format"]))
            self._refuse(("format",), message)
        self._known((), value, _KEYS)
        language, persona = self.stated(value)
        return transcript_of(self._name, self._turns(value, "speaker"), language, persona)

    def stated(self, value: Mapping[str, Any]) -> tuple[str | None, str | None]:
        """Language and persona."""
        language = value.get("language")
        if language is not None and language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            message = say("unknown language '{language}'; there is {known}", language=shown(language), known=known)
            self._refuse(("language",), message)
        return language, self._persona(value, "persona")

    def _older(self, value: Mapping[str, Any]) -> Transcript:
        """Its labels, expected scores and notes are some rater's opinion and no part of what was said."""
        language = "zh-Hans" if value.get("lang") == "zh" else "en"
        if value.get("lang") == "zh" and value.get("script") == "Hant":
            language = "zh-Hant"
        persona = self._persona(value, "scenario")
        return transcript_of(self._name, self._turns(value, _OLD_SPEAKER), language, persona)

    def _persona(self, value: Mapping[str, Any], key: str) -> str | None:
        persona = value.get(key)
        if persona is not None and not isinstance(persona, str):
            self._refuse((key,), say("persona is the id of a persona"))
        return persona

    def _turns(self, value: Mapping[str, Any], speaker_key: str) -> list[Spoken]:
        turns = value.get("turns")
        if not isinstance(turns, list) or not turns:
            self._refuse(("turns",), say("turns is a list of what was said, and not empty"))
        return [self._turn(index, turn, speaker_key) for index, turn in enumerate(turns)]

    def _turn(self, index: int, turn: Any, speaker_key: str) -> Spoken:
        path = ("turns", index)
        if not isinstance(turn, dict):
            self._refuse(path, say("a turn is a map with n, speaker and text"))
        if speaker_key != _OLD_SPEAKER:
            self._known(path, turn, _TURN_KEYS)
        if turn.get("n") != index + 1 or isinstance(turn["n"], bool):
            found = shown(turn.get("n"))
            message = say("turns are numbered from 1; this one is {n}, not {found}", n=index + 1, found=found)
            self._refuse((*path, "n"), message)
        speaker, text, status = turn.get(speaker_key), turn.get("text"), turn.get("status", "complete")
        if speaker not in _SPEAKERS:
            message = say("speaker is learner or persona, not '{found}'", found=shown(speaker))
            self._refuse((*path, speaker_key), message)
        if not isinstance(text, str):
            message = say("text is what was said, in quotation marks where it looks like a number")
            self._refuse((*path, "text"), message)
        if status not in STATUSES:
            self._refuse((*path, "status"), say("status is one of {known}", known=", ".join(STATUSES)))
        return Spoken(self._positions.of(path).line if self._positions else 0, speaker, text, status)

    def _known(self, path: Path, value: Mapping[str, Any], keys: tuple[str, ...]) -> None:
        for key in value:
            if key not in keys:
                close = nearest(key, keys)
                hint = say("; did you mean '{word}'?", word=close) if close else ""
                self._refuse((*path, key), say("unknown key '{key}'", key=shown(key)) + hint)

    def _refuse(self, path: Path, message: str) -> NoReturn:
        positions = self._positions or _tree(self._text).positions
        line, column = positions.of(path) if positions.root.values else (0, 0)
        raise unreadable(self._name, line, f"{spelled(path)}: {message}" if path else message, column)
