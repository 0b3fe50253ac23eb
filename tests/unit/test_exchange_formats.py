"""Transcripts from outside: every format gives the same conversation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from simulator.domain.transcript import Transcript, Turn
from simulator.exchange.read import parse_transcript, read_transcript

if TYPE_CHECKING:
    from pathlib import Path

TURNS = (
    Turn(1, "persona", "My parcel never came."),
    Turn(2, "learner", 'That is annoying, "very". When was it due: today?'),
    Turn(3, "persona", "Yesterday, I waited in."),
    Turn(4, "learner", "What did you miss by waiting?"),
)

YAML = """\
format: transcript/1
persona: s03-courier-never-came
language: en
turns:
  - {n: 1, speaker: persona, text: "My parcel never came."}
  - {n: 2, speaker: learner, text: 'That is annoying, "very". When was it due: today?'}
  - n: 3
    speaker: persona
    text: Yesterday, I waited in.
  - {n: 4, speaker: learner, text: What did you miss by waiting?}
"""
OLDER = """\
schema: mot-transcript/1
id: x-1
scenario: s03-courier-never-came
lang: en
quality: mixed
turns:
  - {n: 1, who: persona, text: "My parcel never came."}
  - {n: 2, who: learner, text: 'That is annoying, "very". When was it due: today?'}
  - {n: 3, who: persona, text: "Yesterday, I waited in."}
  - {n: 4, who: learner, text: "What did you miss by waiting?"}
labels: {unlocked: {L1: {turn: 3, credit: 1}}}
expected: {total: 50}
"""
CHAT = "\n".join(
    json.dumps({"role": role, "content": turn.text})
    for role, turn in zip(("assistant", "user", "assistant", "user"), TURNS, strict=True)
)
CSV = """\
n,Speaker,Text
1,customer,My parcel never came.
2,agent,"That is annoying, ""very"". When was it due: today?"
3,customer,"Yesterday, I waited in."
4,agent,What did you miss by waiting?
"""
TSV = "who\tline\n" + "".join(
    f"{who}\t{json.dumps(turn.text).replace(chr(92), chr(34))}\n"
    for who, turn in zip(("客户", "学员", "客户", "学员"), TURNS, strict=True)
)
TALK = """\
Mrs Jones: My parcel never came.
Learner: That is annoying, "very".
  When was it due: today?
Mrs Jones: Yesterday, I waited in.

Learner: What did you miss by waiting?
"""
MARKDOWN = """\
# A parcel

**Mrs Jones:** My parcel never came.

**You**: That is annoying, "very". When was it due: today?

---
- **Mrs Jones:** Yesterday, I waited in.
> You: What did you miss by waiting?
"""


def as_json() -> str:
    turns = [{"n": turn.n, "speaker": turn.speaker, "text": turn.text} for turn in TURNS]
    return json.dumps({"format": "transcript/1", "turns": turns}, indent=1)


@pytest.mark.parametrize("ending", ["named", "nameless"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("talk.yaml", YAML),
        ("old.yml", OLDER),
        ("talk.json", as_json()),
        ("chat.jsonl", CHAT),
        ("talk.csv", CSV),
        ("talk.tsv", TSV),
        ("talk.txt", TALK),
        ("talk.md", MARKDOWN),
    ],
)
def test_every_format_gives_the_same_turns(name: str, text: str, ending: str) -> None:
    read = parse_transcript(text.encode(), name if ending == "named" else name.partition(".")[0])
    expected = TURNS
    if name == "talk.txt":
        broken = Turn(2, "learner", TURNS[1].text.replace('". When', '".\nWhen'))
        expected = (TURNS[0], broken, *TURNS[2:])
    assert read.turns == expected
    assert read.language == "en"


@pytest.mark.parametrize("columns", ["说话人,内容", "發言人,內容", "角色,文本"])
@pytest.mark.parametrize("name", ["通话.csv", "通话"])
def test_the_columns_of_a_table_may_be_named_in_chinese(columns: str, name: str) -> None:
    table = f"{columns}\n客户,我的票落在酒店了。\n员工,那边有什么在等您？\n"
    read = parse_transcript(table.encode(), name)
    assert read.turns == (Turn(1, "persona", "我的票落在酒店了。"), Turn(2, "learner", "那边有什么在等您？"))
    assert read.language.startswith("zh-Han")


def test_yaml_says_its_persona_and_language() -> None:
    assert parse_transcript(YAML.encode(), "t.yaml").persona == "s03-courier-never-came"
    chinese = YAML.replace("language: en", "language: zh-Hant")
    assert parse_transcript(chinese.encode(), "t.yaml").language == "zh-Hant"


def test_older_format_gives_its_conversation_and_none_of_its_labels() -> None:
    read = parse_transcript(OLDER.encode(), "t.yaml")
    assert read == Transcript(TURNS, "en", "s03-courier-never-came")
    traditional = OLDER.replace("lang: en", "lang: zh\nscript: Hant")
    assert parse_transcript(traditional.encode(), "t.yaml").language == "zh-Hant"
    assert parse_transcript(OLDER.replace("lang: en", "lang: zh").encode(), "t.yaml").language == "zh-Hans"


def test_language_is_told_from_the_learners_words() -> None:
    chat = "顾客：我的包裹没来。\n我：真不好意思，您等了多久？"
    read = parse_transcript(chat.encode(), "t.txt")
    assert read.language == "zh-Hans"
    assert [turn.speaker for turn in read.turns] == ["persona", "learner"]
    traditional = "顧客：我的包裹沒來。\n我：真不好意思，您等了多久？為什麼這麼著急？"
    assert parse_transcript(traditional.encode(), "t.txt").language == "zh-Hant"


@pytest.mark.parametrize(
    ("name", "text", "learner"),
    [
        ("talk.txt", TALK.replace("Learner:", "Bert:"), "bert"),
        ("talk.csv", CSV.replace("agent", "Bert").replace("customer", "Anna"), " Bert"),
        (
            "chat.jsonl",
            CHAT.replace('"user"', '"x"').replace('"assistant"', '"user"').replace('"x"', '"assistant"'),
            "assistant",
        ),
        ("swapped.csv", CSV.replace("customer", "You").replace("agent", "Assistant"), "Assistant"),
    ],
)
def test_the_learners_name_tells_the_sides_apart(name: str, text: str, learner: str) -> None:
    read = parse_transcript(text.encode(), name, learner)
    assert [turn.speaker for turn in read.turns] == [turn.speaker for turn in TURNS]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("10:15", "10:16:30"),
        ("[12/03/2026, 10:01:22]", "\u200e[12/03/2026, 10:01:29]"),
        ("12.03.26, 10:01 pm -", "12.03.26, 10:02 pm -"),
        ("2026-03-12T10:01", "- **(9:05 a.m.)**"),
    ],
)
def test_the_time_before_a_name_is_no_part_of_what_was_said(first: str, second: str) -> None:
    text = f"{first} Customer: It left at 10:15: my train.\n{second} Learner: What happened then?\n"
    turns = parse_transcript(text.encode(), "t.txt").turns
    assert turns == (Turn(1, "persona", "It left at 10:15: my train."), Turn(2, "learner", "What happened then?"))


@pytest.mark.parametrize(
    "line",
    ["What I would ask you now: the street?", "10:15: the time.", "See https://a.example", "我还想问一下：多久？"],
)
def test_a_sentence_with_a_colon_goes_on_with_the_turn(line: str) -> None:
    read = parse_transcript(f"Customer: Hello.\nLearner: What happened then?\n{line}\n".encode(), "t.txt")
    assert read.turns[1].text == f"What happened then?\n{line}"


def test_byte_order_mark_and_windows_line_ends_are_no_part_of_the_words() -> None:
    for name, text in (("t.csv", CSV), ("t.txt", TALK), ("t.yaml", YAML), ("t.jsonl", CHAT), ("t.json", as_json())):
        read = parse_transcript(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), name)
        assert read.turns[0] == TURNS[0]
        assert read.turns[3] == TURNS[3]


def test_system_messages_of_a_chat_are_nobodys_turn() -> None:
    chat = json.dumps({"role": "system", "content": "Play a customer."}) + "\n" + CHAT
    assert parse_transcript(chat.encode(), "c.jsonl").turns == TURNS


def test_text_parts_of_a_chat_message_are_joined() -> None:
    parts = [{"type": "text", "text": "Good morning."}, {"type": "text", "text": "What happened?"}]
    chat = json.dumps({"role": "user", "content": parts})
    assert parse_transcript(chat.encode(), "c.jsonl").turns[0].text == "Good morning.\nWhat happened?"


def test_control_sequences_do_not_come_through() -> None:
    chat = json.dumps({"role": "user", "content": "What \x1b[31mhap\x1b]0;title\x07pened?\u202e"})
    assert parse_transcript(chat.encode(), "c.jsonl").turns[0].text == "What happened?"


def test_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text(YAML, encoding="utf-8")
    assert read_transcript(tmp_path / "talk.yaml").turns == TURNS
