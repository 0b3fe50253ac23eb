"""A recording's YAML: what goes in comes out, people can read it, and nothing hostile is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import BadInput, StoreError
from simulator.recording import files

TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0\ufeff"))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES = st.recursive(
    SCALARS | st.binary(), lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20
)


def read(tmp_path: Path, content: str | bytes) -> Any:
    file = tmp_path / "file.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return files.read(file).value


def refused(tmp_path: Path, content: str | bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read(tmp_path, content)
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(str(tmp_path / "file.yaml"))


@given(VALUES)
@settings(max_examples=300)
def test_what_is_written_is_read_again(value: Any) -> None:
    assert files._value_of(files.written(value)) == value


@pytest.mark.parametrize("said", ["１２", "1２", "٣"])
def test_digits_that_yaml_does_not_know_are_words(said: str) -> None:
    assert files._value_of(files.written({"text": said})) == {"text": said}


def test_texts_are_block_text_and_chinese_is_chinese() -> None:
    written = files.written({"said": "我先记下来。\n好吗？", "known": "true", "number": "1.5"})
    assert written == "said: |-\n  我先记下来。\n  好吗？\nknown: 'true'\nnumber: '1.5'\n"


@pytest.mark.parametrize(
    ("content", "place", "says"),
    [
        ("", "", "empty"),
        (" \n\n", "", "empty"),
        (b"a: 1\nb: \xff\xfe", ":2", "UTF-8"),
        (b"a: 1\n\x00\x01", ":2", "binary"),
        ("a: 1\nb: [1, 2\n", ":3", "damaged"),
        ("a: 1\n'b: 2\n", ":3", "damaged"),
        ("a: &x [1]\nb: *x\n", ":2", "aliases"),
        ("a: 1\nb: 2\na: 3\n", ":3", "twice"),
        ("a: 1\nb: !!python/name:os.system x\n", ":2", "tag"),
        ("a: 1\n? [b]\n: 2\n", ":2", "key"),
        ("a: 1\n---\nb: 2\n", ":1", "one YAML document"),
        ("[" * 100_000, ":1", "deep"),
        ("{a: " * 100_000, ":1", "deep"),
        ("- " * 100_000, ":1", "deep"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_line_with_its_place(
    content: str | bytes, place: str, says: str, tmp_path: Path
) -> None:
    message = refused(tmp_path, content)
    assert message.startswith(f"{place}: ")
    assert says in message


def test_a_huge_file_is_refused_before_it_is_read_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1000)
    assert "larger" in refused(tmp_path, "a: " + "x" * 2000)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nothing-here"):
        files.read(tmp_path / "nothing-here")
    with pytest.raises(BadInput, match="directory"):
        files.read(tmp_path)


def test_a_fault_in_a_value_is_given_its_line(tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_text("events:\n- turn: 1\n- turn: two\n", encoding="utf-8")
    document = files.read(file)
    with pytest.raises(BadInput, match=rf"{file}:3: events\[1\]\.turn: no number"):
        document.refuse(("events", 1, "turn"), "no number")
    with pytest.raises(BadInput, match=rf"{file}:3: .*missing"):
        document.refuse(("events", 1, "text"), "missing")


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file.yaml"
    files.save(file, b"one")
    (tmp_path / "other").write_text("in the way")
    with pytest.raises(StoreError, match="not written"):
        files.save(tmp_path / "other" / "file.yaml", b"two")
    assert file.read_bytes() == b"one"
    assert [found.name for found in file.parent.iterdir()] == ["file.yaml"]
