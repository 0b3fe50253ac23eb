"""A hostile file is refused at once, at small cost, and asks nobody for anything."""

from __future__ import annotations

import socket
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import BadInput, PackError
from simulator.packs.find import read_source
from simulator.packs.load import load_persona, load_rubric, read_pack
from simulator.packs.locate import Spots
from simulator.packs.tree import MAX_BYTES, read_tree
from simulator.trainer.lint import lint

FIXTURES = Path(__file__).parents[1] / "fixtures" / "packs"
PERSONA = (FIXTURES / "personas" / "wet-books.yaml").read_bytes()
RUBRIC = (FIXTURES / "rubrics" / "brief.yaml").read_bytes()
SECONDS = 0.5
BYTES = 100 * 1024 * 1024


def _full(unit: str, opening: str = "format: persona/1\n", closing: str = "") -> bytes:
    """As many units as fit into the largest file."""
    room = MAX_BYTES - len((opening + closing).encode())
    return (opening + unit * (room // len(unit.encode())) + closing).encode()


LAUGHS = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
HOSTILE = {
    "alias-bomb": ("P009", f"a0: &a0 [lol, lol]\n{LAUGHS}".encode()),
    "list-that-holds-itself": ("P009", b"format: &a [*a]"),
    "merge-keys": ("P009", b"format: persona/1\nlearner: {<<: {}}"),
    "python-object": ("P010", b"format: !!python/object/apply:os.system ['exit 3']"),
    "unknown-tag": ("P010", b"!pack\nformat: persona/1"),
    "redefined-tag": ("P010", b"%TAG ! tag:example.org,2000:\n---\nformat: !text persona/1"),
    "twenty-one-levels": ("P012", b"format: " + b"[" * 21 + b"]" * 21),
    "a-hundred-thousand-levels": ("P012", b"[" * 100_000),
    "a-hundred-thousand-maps": ("P012", b"{a: " * 60_000),
    "two-documents": ("P011", b"format: persona/1\n---\nformat: persona/1\n"),
    "many-documents": ("P011", _full("---\na\n", "")),
    "too-large": ("P002", b"#" * (MAX_BYTES + 1)),
    "empty": ("P004", b""),
    "only-comments": ("P004", _full("# nothing\n", "")),
    "only-null": ("P004", b"---\n~\n"),
    "utf-16": ("P003", "format: persona/1".encode("utf-16")),
    "latin-1": ("P003", "title: Caf\u00e9\n".encode("latin-1")),
    "picture": ("P003", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    "null-byte": ("P003", b"format: persona/1\nid: a\x00b"),
    "escape-sequence": ("P003", b"format: \x1b]52;c;aGk=\x07persona/1"),
    "empty-lists": ("P013", _full("[],", "format: [", "]")),
    "short-items": ("P013", _full("- a\n", "")),
    "many-keys": ("P014", b"format: persona/1\n" + b"".join(b"k%05d: 1\n" % n for n in range(15_000))),
    "one-key-many-times": ("P008", _full("a: 1\n")[: 25_000 * 5]),
    "endless-key": ("P005", _full("k", closing=": 1")),
    "endless-number": ("P014", _full("9", "format: persona/1\nkk: ")),
    "endless-text": ("P019", _full("x", "format: persona/1\ntitle: ")),
    "endless-quotation": ("P005", _full("x", 'format: persona/1\ntitle: "')),
    "endless-escapes": ("P019", _full("\\t", 'format: persona/1\ntitle: "', '"')),
    "full-width-colons": ("P006", _full("a：b\n", "", "c: d")),
    "remote-reference": ("P014", b'format: persona/1\n$ref: "http://192.0.2.1/persona.json"\n'),
    "remote-schema": ("P014", b'format: persona/1\n$schema: "http://192.0.2.1/persona.json"\n'),
    "path-for-an-id": ("P020", PERSONA.replace(b"id: wet-books", b"id: ../../wet-books")),
    "list-instead-of-a-pack": ("P016", b"- format: persona/1\n"),
    "text-instead-of-a-pack": ("P016", b"format persona/1\n"),
    "map-as-a-key": ("P005", b"? {a: b}\n: c\n"),
    "words-in-every-group": ("P019", PERSONA.replace(b"[[bring]]", b"[[" + b"bring," * 3_000 + b"bring]]")),
}


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def spent_on(source: bytes) -> float:
    """Seconds of this process that reading it takes."""
    began = time.process_time()
    read_pack(source, "wet-books.yaml")
    return time.process_time() - began


@pytest.mark.usefixtures("no_sockets")
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_by_name_within_half_a_second_and_a_hundred_megabytes(name: str) -> None:
    code, source = HOSTILE[name]
    assert code in {finding.code for finding in read_pack(source, "wet-books.yaml").findings}
    assert any(spent_on(source) < SECONDS for _ in range(3))  # a busy machine slows one run, not three
    tracemalloc.start()
    try:
        with pytest.raises(PackError):
            load_persona(source, "wet-books.yaml")
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("no_sockets")
def test_a_rubric_rule_is_never_evaluated(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    rule = f"__import__('pathlib').Path({str(trace)!r}).touch() or walked_away"
    source = RUBRIC.replace(b'"not walked_away"', f'"{rule}"'.encode(), 1)
    assert [finding.code for finding in lint(source, "brief.yaml")] == ["R011"]
    assert not trace.exists()


def _link_out(folder: Path) -> Path:
    outside = folder.parent / "outside.yaml"
    outside.write_bytes(PERSONA)
    link = folder / "wet-books.yaml"
    link.symlink_to(outside)
    return link


def _chain_out(folder: Path) -> Path:
    _link_out(folder)
    link = folder / "again.yaml"
    link.symlink_to("wet-books.yaml")
    return link


def _folder(folder: Path) -> Path:
    inner = folder / "wet-books.yaml"
    inner.mkdir()
    return inner


@pytest.mark.parametrize("lay", [_link_out, _chain_out, _folder])
def test_what_is_no_plain_file_of_its_folder_is_not_read(lay: Callable[[Path], Path], tmp_path: Path) -> None:
    folder = tmp_path / "personas"
    folder.mkdir()
    with pytest.raises(PackError) as refused:
        read_source(lay(folder))
    assert [str(finding).split()[1] for finding in refused.value.findings] == ["P025:"]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.yaml").write_bytes(PERSONA)
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    assert read_source(tmp_path / "link.yaml") == PERSONA


def test_links_in_a_circle_and_impossible_names_are_bad_input(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    for name in ("a.yaml", "absent.yaml", "nul\0byte.yaml", "x" * 300 + ".yaml"):
        with pytest.raises(BadInput):
            read_source(tmp_path / name)


def test_no_more_of_a_huge_file_is_read_than_shows_that_it_is_huge(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(64 * 1024**2)
    assert len(read_source(huge)) == MAX_BYTES + 1


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_pack_errors(source: bytes) -> None:
    for load in (load_persona, load_rubric):
        with pytest.raises(PackError) as refused:
            load(source, "any.yaml")
        assert refused.value.findings


@settings(max_examples=150)
@given(st.sampled_from([PERSONA, RUBRIC]), st.data())
def test_a_damaged_pack_is_read_or_refused_and_nothing_else(pack: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(pack)))
    gone = data.draw(st.integers(0, 40))
    put = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"[", b"{", b"'", b'"', b"\n", b": ", b"*a", b"|"]))
    )
    damaged = pack[:at] + put + pack[at + gone :]
    findings = lint(damaged, "wet-books.yaml")
    places = damaged.decode("utf-8", "replace").splitlines()
    assert all(1 <= finding.line <= len(places) + 1 and finding.column >= 1 for finding in findings)


@given(st.text(alphabet=" \n\t-:：[]{}\"'|>&*!%#,?ab1.", max_size=60))
def test_whatever_passes_for_yaml_has_a_place_for_every_value(text: str) -> None:
    tree = read_tree(text.encode())
    assert tree.value is not None or tree.faults
    if tree.value is not None:
        _has_places({"": tree.value}, tree.positions.root)


def _has_places(value: object, spots: Spots | None) -> None:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        assert spots is not None
        assert spots.values[step] is not None
        _has_places(item, spots.inner.get(step))
