"""Cassettes: found by what is asked, readable, and refused where they are damaged."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.errors import BadInput
from simulator.recording.cassette import LEFT, request_of, to_play, to_write
from simulator.recording.kept import canonical
from simulator.recording.requests import Requests


def asked(words: str) -> Any:
    body = {"model": "m", "messages": [{"role": "system", "content": "Du.\nSie."}, {"role": "user", "content": words}]}
    return request_of("POST", "/chat/completions", canonical(body))


def answer(words: str | bytes, **more: Any) -> dict[str, Any]:
    body = words if isinstance(words, bytes) else json.dumps({"choices": [{"message": {"content": words}}]}).encode()
    return {
        "status": {"code": 200, "message": "OK"},
        "headers": {"content-type": ["a"]},
        "body": {"string": body},
        **more,
    }


def written(file: Path, *pairs: tuple[Any, dict[str, Any]]) -> Path:
    with to_write(file) as cassette:
        for request, response in pairs:
            cassette.append(request, response)
    return file


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "cassette.yaml", *((asked(f"行 {n}"), answer(f"答 {n}")) for n in range(3)))


def words_of(played: Any) -> str:
    return str(json.loads(played["body"]["string"])["choices"][0]["message"]["content"])


def test_every_answer_is_found_by_its_request_in_any_order(file: Path) -> None:
    cassette = to_play(file)
    for n in (2, 0, 1):
        assert words_of(cassette.play_response(asked(f"行 {n}"))) == f"答 {n}"
    assert not cassette.can_play_response_for(asked("行 0"))
    assert cassette.all_played


def test_a_request_in_other_words_gets_the_answer_to_the_one_most_like_it(tmp_path: Path) -> None:
    recorded = ("judge the offer of this talk", "judge the questions of this talk")
    file = written(tmp_path / "c.yaml", *((asked(words), answer(words)) for words in recorded))
    requests = Requests(file, len(recorded))
    for words in reversed(recorded):
        changed = requests.unmatched(asked(words.replace("this", "the")))
        assert changed is not None
        assert words_of(changed) == words
    assert requests.unused == ()


def test_the_same_request_twice_gets_its_answers_in_their_order(tmp_path: Path) -> None:
    file = written(tmp_path / "c.yaml", *((asked("again"), answer(words)) for words in ("busy", "here", "done")))
    cassette = to_play(file)
    assert [words_of(cassette.play_response(asked("again"))) for _ in range(3)] == ["busy", "here", "done"]


def test_it_reads_as_text_and_chinese_as_chinese(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "      - role: system\n        content: |-\n          Du.\n          Sie.\n" in text
    assert "content: 行 0" in text
    assert "\\u" not in text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html></html>",
        b'{"broken',
        b"\xff\xfe\x00",
        b'{"n": NaN}',
        b'{"half": "\\ud83d"}',
        'data: {"a": "你"}\n\ndata: [DONE]\n\n'.encode(),
        b"data: {}  \n\n  indented\n\n\n",
    ],
)
def test_bodies_that_are_no_json_come_back_byte_by_byte(body: bytes, tmp_path: Path) -> None:
    file = written(tmp_path / "c.yaml", (asked("x"), answer(body, seconds=1.5, end=LEFT)))
    played = to_play(file).play_response(asked("x"))
    assert (played["body"]["string"], played["seconds"], played["end"]) == (body, 1.5, LEFT)


def test_order_in_the_file_does_not_matter(file: Path) -> None:
    value = yaml.safe_load(file.read_text("utf-8"))
    chance = random.Random(4)  # noqa: S311 -- an order, no secret
    chance.shuffle(value["interactions"])
    file.write_text(yaml.safe_dump(shuffled(value, chance), allow_unicode=True, sort_keys=False), encoding="utf-8")
    cassette = to_play(file)
    assert [words_of(cassette.play_response(asked(f"行 {n}"))) for n in range(3)] == ["答 0", "答 1", "答 2"]


def shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [shuffled(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    chance.shuffle(names)
    return {name: shuffled(value[name], chance) for name in names}


def test_one_of_a_newer_format_is_refused_with_the_reason(file: Path) -> None:
    file.write_text(file.read_text("utf-8").replace("version: 1", "version: 2"), encoding="utf-8")
    with pytest.raises(BadInput, match=rf"{file}:1: cassette/2 is newer than what this program reads, cassette/1"):
        to_play(file)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    method: POST\n", "", "'request.method' is missing"),
        ("      code: 200", "      code: 2000", "status"),
        ("      code: 200", "      code: twohundred", "status"),
        ("      content-type:\n      - a", "      content-type: a", "headers"),
        ("    seconds: 0", "    seconds: soon", "seconds"),
        ("interactions:", "interaction:", "list of interactions"),
        ("version: 1\n", "", "version"),
    ],
)
def test_a_damaged_one_names_the_line(old: str, new: str, says: str, tmp_path: Path) -> None:
    pairs = [(asked("a"), answer("b", seconds=0)), (asked("c"), answer("d", seconds=0))]
    file = written(tmp_path / "cassette.yaml", *pairs)
    text = file.read_text("utf-8")
    assert old in text
    before, _, after = text.rpartition(old)
    file.write_text(before + new + after, encoding="utf-8")
    with pytest.raises(BadInput, match=rf"{file}:\d+: .*{says}"):
        to_play(file)


def test_one_that_was_cut_off_is_refused_or_lacks_interactions(file: Path) -> None:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    for kept in range(len(lines) - 1):
        file.write_text("".join(lines[:kept]), encoding="utf-8")
        try:
            assert len(to_play(file)) < 3
        except BadInput:
            continue
