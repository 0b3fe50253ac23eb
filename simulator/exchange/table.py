"""CSV: a header with a column for the speaker and one for the text, one turn a row."""

from __future__ import annotations

import csv
import io
import re

from simulator.domain.transcript import Transcript
from simulator.exchange.cells import bare
from simulator.exchange.spoken import Spoken, known_language, known_status, roles, transcript_of, unreadable
from simulator.wording import say

_SPEAKER = ("speaker", "role", "who", "name", "说话人", "發言人", "发言人", "說話人", "角色", "姓名")
_TEXT = ("text", "content", "line", "message", "内容", "內容", "文本", "消息", "訊息")
_ABOUT = ("status", "language", "persona")
"""Columns that our own tables have beside these."""


def is_header(line: str) -> bool:
    """Whether a file's first line names a column for the speaker and one for the text."""
    columns = {column.strip('" ').casefold() for column in re.split(r"[,;\t]", line)}
    return not columns.isdisjoint(_SPEAKER) and not columns.isdisjoint(_TEXT)


def read_table(text: str, name: str, learner: str | None = None) -> Transcript:
    """The conversation of a table separated by comma, semicolon or tab. Raises TranscriptError with the line."""
    header, _, _ = text.partition("\n")
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, str, str]] = []
    about: list[list[str | None]] = []
    start = 1
    try:
        columns = [column.strip().casefold() for column in next(rows)]
        speaker, words = _column(columns, _SPEAKER, name), _column(columns, _TEXT, name)
        others = [columns.index(column) if column in columns else None for column in _ABOUT]
        start = rows.line_num + 1
        for row in rows:
            if any(cell.strip() for cell in row):
                if len(row) != len(columns):
                    message = say(
                        "cells in this row: {cells}, columns in the header: {columns}",
                        cells=len(row),
                        columns=len(columns),
                    )
                    raise unreadable(name, start, message)
                found.append((start, bare(row[speaker]).strip(), bare(row[words])))
                about.append([bare(row[at]) or None if at is not None else None for at in others])
            start = rows.line_num + 1
    except csv.Error as error:
        raise unreadable(name, start, say("not CSV: {reason}", reason=error)) from error
    role = roles((who for _, who, _ in found), name, learner)
    for line, who, _ in found:
        if who not in role:
            raise unreadable(name, line, say("unknown speaker '{name}'", name=who))
    spoken = [
        Spoken(line, role[who], words, known_status(status, name, line))
        for (line, who, words), (status, _, _) in zip(found, about, strict=True)
    ]
    _, language, persona = about[0]
    return transcript_of(name, spoken, known_language(language, name, found[0][0]), persona)


def _column(columns: list[str], wanted: tuple[str, ...], name: str) -> int:
    for column in wanted:
        if column in columns:
            return columns.index(column)
    message = say("no column named {wanted}; the header has {found}", wanted=wanted[0], found=", ".join(columns))
    raise unreadable(name, 1, message)
