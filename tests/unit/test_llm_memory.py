from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from simulator.llm.memory import Known, Memory, address_of

FOUND = Known(rung="tool", thinking="untagged", stream_usage=False, window=8192)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "endpoints.json"


def test_what_was_learned_is_known_to_the_next_process(path: Path) -> None:
    Memory(path).learn("http://127.0.0.1:1/v1", "loop-1", FOUND)
    assert Memory(path).recall("http://127.0.0.1:1/v1", "loop-1") == FOUND


def test_another_model_or_address_is_another_matter(path: Path) -> None:
    memory = Memory(path)
    memory.learn("http://127.0.0.1:1/v1", "loop-1", FOUND)
    memory.learn(None, "loop-1", Known(window=7))
    assert memory.recall("http://127.0.0.1:1/v1", "loop-2") == Known()
    assert memory.recall("http://127.0.0.1:2/v1", "loop-1") == Known()
    assert Memory(path).recall("http://127.0.0.1:1/v1", "loop-1") == FOUND
    assert Memory(path).recall(None, "loop-1") == Known(window=7)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_look(path: Path) -> None:
    Memory(path).learn(None, "loop-1", FOUND)
    assert [oct(made.stat().st_mode & 0o777) for made in (path.parent, path)] == ["0o700", "0o600"]


def test_without_a_file_this_process_remembers() -> None:
    memory = Memory(None)
    memory.learn(None, "loop-1", FOUND)
    assert memory.recall(None, "loop-1") == FOUND


def test_no_credential_is_kept(path: Path) -> None:
    Memory(path).learn("http://user:canary@127.0.0.1:1/v1/?key=canary#canary", "loop-1", FOUND)
    assert "canary" not in path.read_text(encoding="utf-8")
    assert "user" not in path.read_text(encoding="utf-8")
    assert Memory(path).recall("http://127.0.0.1:1/v1", "loop-1") == FOUND


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"http://127.0.0.1:1/v1 loop-1": []}'],
)
def test_a_file_that_makes_no_sense_is_as_good_as_none(content: bytes, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    memory = Memory(path)
    assert memory.recall("http://127.0.0.1:1/v1", "loop-1") == Known()
    memory.learn("http://127.0.0.1:1/v1", "loop-1", FOUND)
    assert Memory(path).recall("http://127.0.0.1:1/v1", "loop-1") == FOUND


def test_a_field_that_makes_no_sense_is_not_known(path: Path) -> None:
    odd = {"rung": "best", "thinking": 1, "stream_usage": "no", "window": -1, "more": 1}
    path.parent.mkdir()
    path.write_text(json.dumps({"http://127.0.0.1:1/v1 loop-1": odd}))
    assert Memory(path).recall("http://127.0.0.1:1/v1", "loop-1") == Known()


def test_a_file_that_cannot_be_written_costs_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    memory = Memory(tmp_path / "taken")
    memory.learn(None, "loop-1", FOUND)
    assert memory.recall(None, "loop-1") == FOUND
    assert [path.name for path in tmp_path.iterdir()] == ["person", "taken"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        (None, "https://api.openai.com/v1"),
        ("", "https://api.openai.com/v1"),
        ("http://user:pass@[::1]:8080/v1/", "http://[::1]:8080/v1"),
        ("HTTPS://Models.Example.org/v1?key=1#x", "https://models.example.org/v1"),
        ("http://host:port/v1", "?"),
        ("http://[", "?"),
    ],
)
def test_the_address_that_may_be_shown(url: str | None, address: str) -> None:
    assert address_of(url) == address
