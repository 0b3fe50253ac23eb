"""Transcripts that cannot be read: one line each, with the file and the place."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from simulator.errors import TranscriptError
from simulator.exchange.read import MAX_BYTES, parse_transcript, read_transcript
from simulator.exchange.spoken import MAX_TURNS
from simulator.text_gate import MAX_LINE

if TYPE_CHECKING:
    from pathlib import Path

TURN = {"n": 1, "speaker": "learner", "text": "What happened?"}


def refusal(source: bytes | str, name: str) -> str:
    with pytest.raises(TranscriptError) as refused:
        parse_transcript(source.encode() if isinstance(source, str) else source, name)
    message = str(refused.value)
    assert message.startswith(name)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("name", ["t.yaml", "t.json", "t.jsonl", "t.csv", "t.txt", "t.md", "t"])
@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"turns\n\0\1", ":2: a binary file"),
        (b"a\nb\nLearner: \xff\xfe", ":3: not text in UTF-8"),
    ],
)
def test_file_without_text_is_refused(name: str, source: bytes, told: str) -> None:
    assert told in refusal(source, name)


def test_huge_file_is_refused_before_it_is_read_whole(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.seek(MAX_BYTES * 1000)
        file.write(b"x")
    with pytest.raises(TranscriptError, match="larger than 5 MB"):
        read_transcript(huge)


def test_missing_file_and_folder_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"none\.yaml: No such file"):
        read_transcript(tmp_path / "none.yaml")
    with pytest.raises(TranscriptError, match=str(tmp_path.name)):
        read_transcript(tmp_path)


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize(
    ("document", "told"),
    [
        ([TURN], "a transcript is a map with format, language and turns; see mot schema transcript"),
        (
            [{"role": "user", "content": "What happened?"}],
            "a list of chat messages is read as JSONL",
        ),
        ({"messages": []}, "it does not say its format; this program reads transcript/1, see mot schema transcript"),
        ({"turns": [TURN]}, "this program reads transcript/1"),
        ({"format": "transcript/2", "turns": [TURN]}, "format is 'transcript/2'"),
        ({"format": "transcript/1", "trun": [], "turns": [TURN]}, "unknown key 'trun'; did you mean 'turns'?"),
        ({"format": "transcript/1"}, "turns is a list"),
        ({"format": "transcript/1", "turns": []}, "turns is a list"),
        ({"format": "transcript/1", "turns": ["x"]}, "turns[0]: a turn is a map"),
        ({"format": "transcript/1", "turns": [{**TURN, "n": 2}]}, "turns[0].n: turns are numbered from 1"),
        ({"format": "transcript/1", "turns": [{**TURN, "n": True}]}, "turns[0].n: turns are numbered"),
        ({"format": "transcript/1", "turns": [{**TURN, "speaker": "agent"}]}, "not 'agent'"),
        ({"format": "transcript/1", "turns": [{**TURN, "text": 12}]}, "turns[0].text: text is what was said"),
        ({"format": "transcript/1", "turns": [{**TURN, "text": ""}]}, "turn 1 is empty"),
        ({"format": "transcript/1", "turns": [{**TURN, "text": "a" * 4001}]}, "turn 1 has 4,001 characters"),
        ({"format": "transcript/1", "turns": [{**TURN, "txt": "a"}]}, "unknown key 'txt'; did you mean 'text'?"),
        ({"format": "transcript/1", "turns": [{**TURN, "status": "lost"}]}, "status is one of"),
        ({"format": "transcript/1", "language": "fr", "turns": [TURN]}, "unknown language 'fr'"),
        ({"format": "transcript/1", "persona": 1, "turns": [TURN]}, "persona is the id"),
    ],
)
def test_document_is_refused_by_the_reader_and_by_its_schema(document: Any, told: str, form: str) -> None:
    text = json.dumps(document, indent=1)
    assert told in refusal(text, f"t.{form}")
    schema = json.loads(resources.files("simulator.exchange").joinpath("schema/transcript-1.json").read_text("utf-8"))
    assert not Draft7Validator(schema).is_valid(document) or document["turns"][0]["n"] == 2


def test_schema_takes_what_the_reader_takes() -> None:
    document = {"format": "transcript/1", "persona": None, "language": "en", "turns": [{**TURN, "status": "complete"}]}
    schema = json.loads(resources.files("simulator.exchange").joinpath("schema/transcript-1.json").read_text("utf-8"))
    Draft7Validator.check_schema(schema)
    Draft7Validator(schema).validate(document)
    parse_transcript(json.dumps(document).encode(), "t.json")
    limits = schema["properties"]["turns"]
    assert limits["maxItems"] == MAX_TURNS
    assert limits["items"]["properties"]["text"]["maxLength"] == MAX_LINE


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_refusal_names_line_and_column_in_the_file(form: str) -> None:
    document = {"format": "transcript/1", "turns": [TURN, {**TURN, "n": 2, "speaker": "nobody"}]}
    assert refusal(json.dumps(document, indent=1), f"t.{form}").startswith(f"t.{form}:11:15: turns[1].speaker: ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format: transcript/1\nturns: &a [1]\nx: *a\n", "t.yaml:2:8: "),
        ("format: transcript/1\nformat: transcript/1\n", "t.yaml:2:1: key 'format' stands twice"),
        ("format: !!python/object:os.system x\n", "t.yaml:1:9: "),
        ("format：transcript/1\nturns: []\n", "t.yaml:1:7: "),
    ],
)
def test_hostile_or_broken_yaml_is_refused_with_line_and_column(text: str, told: str) -> None:
    assert refusal(text, "t.yaml").startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"format": "transcript/1",}', "not JSON"),
        ('{"format": 1, "format": 2}', "key 'format' stands twice"),
        ('{"turns": NaN}', "NaN is no JSON number"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_loose_json_is_refused(text: str, told: str) -> None:
    assert told in refusal(text, "t.json")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "t.jsonl:2:2: not JSON"),
        ('"x"', "t.jsonl:2: not a chat message"),
        ('{"content": "x"}', "t.jsonl:2: not a chat message"),
        ('{"role": "tool", "content": "x"}', "t.jsonl:2: role 'tool'"),
        ('{"role": "user", "content": null}', "t.jsonl:2: content that is not text"),
        ('{"role": "user", "content": [{"type": "image_url"}]}', "t.jsonl:2: content that is not text"),
        ('{"role": "user", "content": " "}', "t.jsonl:2: turn 2 is empty"),
    ],
)
def test_chat_line_is_refused_with_its_number(line: str, told: str) -> None:
    assert refusal('{"role": "user", "content": "Hello there."}\n' + line, "t.jsonl").startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("who is it,text\nagent,Hi\n", "t.csv:1: no column named speaker"),
        ("speaker,words\nagent,Hi\n", "t.csv:1: no column named text"),
        ("speaker,text\nagent,Hi\nclient\n", "t.csv:3: cells in this row: 1, columns in the header: 2"),
        ('speaker,text\nagent,"Hi\nthere"\nclient,Yes\nrobot,Beep\n', "t.csv:5: unknown speaker 'robot'"),
        ('speaker,text\nagent,"Hi\n', "t.csv:2: not CSV"),
        ("speaker,text\nagent,Hi\nclient,\n", "t.csv:3: turn 2 is empty"),
        ("speaker,text\n", "who is the learner"),
    ],
)
def test_table_row_is_refused_with_its_line(text: str, told: str) -> None:
    assert told in refusal(text, "t.csv")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anna: Hello.\nBert: Hello.\n", "who is the learner among 'Anna', 'Bert'"),
        ("Learner: Hello.\nAnna: Hi.\nBert: Hi.\n", "who is the learner"),
        ("It was a dark night.\nLearner: Hello.\nCustomer: Hi.\n", "t.txt:1: nobody speaks yet"),
        ("Learner: Hello.\nCustomer: Hi.\nSupervisor: I go on.\n", "t.txt:3: unknown speaker 'Supervisor'; indent"),
        ("学员：您好。\n顾客：你好。\n10:15 值班经理：我来。\n", "t.txt:3: unknown speaker '值班经理'; indent"),
        ("# A tale\n\nOnce upon a time\n", "t.txt:3: nobody speaks yet; a turn begins with a name and a colon"),
        ("Customer: Hello.\nLearner:\nCustomer: Well?\n", "t.txt:2: turn 2 is empty"),
        ("Customer: Hello.\nClient: Hi.\nCaller: Hi.\n", "who is the learner"),
        ("Customer: مرحبا\nLearner: كيف يمكنني مساعدتك اليوم؟\n", "a language that no lexicon knows"),
        ("Customer: Добрый день\nLearner: Что случилось с вашим заказом?\n", "a language that no lexicon knows"),
        (
            "Customer: Hallo.\nLearner: Das tut mir leid, was genau ist denn so passiert, und was war in dem Paket?\n",
            "a language that no lexicon knows",
        ),
    ],
)
def test_talk_is_refused_where_nobody_can_tell(text: str, told: str) -> None:
    assert told in refusal(text, "t.txt")


@pytest.mark.parametrize(
    ("learner", "told"),
    [("Carl", "nobody is called 'Carl' there; it has 'Anna', 'Bert', 'Cleo'"), ("Bert", "who is the customer among")],
)
def test_a_learners_name_must_leave_one_customer(learner: str, told: str) -> None:
    with pytest.raises(TranscriptError, match=told):
        parse_transcript(b"Anna: Hello.\nBert: What happened?\nCleo: Hi.\n", "t.txt", learner)


def test_log_of_a_thousand_turns_is_no_conversation() -> None:
    text = "Customer: Yes.\nLearner: What else happened?\n" * (MAX_TURNS // 2 + 1)
    assert "1,002 turns" in refusal(text, "t.txt")


@pytest.mark.parametrize("speaker", [["learner"], {}, None, 7])
def test_a_speaker_that_is_no_word_is_refused(speaker: object) -> None:
    value = {"format": "transcript/1", "turns": [{**TURN, "speaker": speaker}]}
    for name in ("t.json", "t.yaml"):
        assert "turns[0].speaker: speaker is learner or persona" in refusal(json.dumps(value), name)


def test_a_scenario_that_is_no_word_is_refused() -> None:
    turns = [{"n": 1, "who": "learner", "text": "What happened?"}]
    value = {"schema": "mot-transcript/1", "scenario": ["a"], "turns": turns}
    assert "scenario: persona is the id of a persona" in refusal(json.dumps(value), "t.json")


@pytest.mark.parametrize("name", ["t.json", "t.yaml"])
def test_a_transcript_may_be_larger_than_a_pack(name: str) -> None:
    turns = [{**TURN, "n": n, "text": "What happened? " * 60} for n in range(1, MAX_TURNS + 1)]
    source = json.dumps({"format": "transcript/1", "turns": turns}).encode()
    assert 512 * 1024 < len(source) < MAX_BYTES
    assert len(parse_transcript(source, name).turns) == MAX_TURNS
    assert "turns[999].n" in refusal(source.replace(b'"n": 1000,', b'"n": 7,'), name)
