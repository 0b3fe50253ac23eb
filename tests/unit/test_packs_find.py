"""Packs are found by id or path, the nearer folder first, and a mistyped id is answered with the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import BadInput, PackError
from simulator.packs.find import PackShelf, default_folders, packs_in

FIXTURES = Path(__file__).parents[1] / "fixtures" / "packs"
TOP = Path(__file__).parents[2]


@pytest.fixture
def shelf() -> PackShelf:
    return PackShelf((FIXTURES / "personas", FIXTURES / "rubrics"))


def test_a_pack_is_found_by_its_id(shelf: PackShelf) -> None:
    assert shelf.personas() == ("wet-books",)
    assert shelf.rubrics() == ("brief",)
    assert shelf.persona("wet-books").value.id == "wet-books"
    assert shelf.rubric("brief").value.id == "brief"


def test_the_path_of_a_file_stands_where_an_id_does(shelf: PackShelf) -> None:
    assert shelf.persona(str(FIXTURES / "personas" / "wet-books.yaml")).value.id == "wet-books"
    with pytest.raises(BadInput, match="no such file"):
        shelf.persona(str(FIXTURES / "personas" / "dry-books.yaml"))


@pytest.mark.parametrize("name", ["wet-boks", "wetbooks", "wet"])
def test_an_unknown_id_is_answered_with_the_nearest(shelf: PackShelf, name: str) -> None:
    with pytest.raises(BadInput, match=r"no persona '.*'; did you mean 'wet-books'"):
        shelf.persona(name)


def test_an_id_like_no_other_is_answered_with_what_there_is(shelf: PackShelf) -> None:
    with pytest.raises(BadInput, match="there is wet-books"):
        shelf.persona("zzz")
    with pytest.raises(BadInput, match="no rubric 'x'; none was found in nowhere"):
        PackShelf((Path("nowhere"),)).rubric("x")


def test_a_folder_that_cannot_be_looked_into_is_bad_input() -> None:
    with pytest.raises(BadInput, match=r"cannot read aaa.*: File name too long"):
        PackShelf((Path("a" * 300),)).personas()


@pytest.mark.parametrize("name", ["../personas/wet-books", "/etc/passwd", "", "..", "a\x1b[2J"])
def test_an_id_never_becomes_a_path_nor_reaches_the_terminal_raw(shelf: PackShelf, name: str) -> None:
    with pytest.raises(BadInput) as refused:
        shelf.persona(name)
    assert "\x1b" not in str(refused.value)


def test_of_two_packs_with_one_id_the_nearer_folder_has_it(tmp_path: Path) -> None:
    near = tmp_path / "personas"
    near.mkdir()
    text = (FIXTURES / "personas" / "wet-books.yaml").read_text("utf-8")
    (near / "wet-books.yaml").write_text(text.replace("difficulty: 2", "difficulty: 4"), encoding="utf-8")
    folders = default_folders((), tmp_path, tmp_path / "config")
    assert PackShelf((*folders, FIXTURES / "personas")).persona("wet-books").value.profile.difficulty == 4
    assert PackShelf((FIXTURES / "personas", *folders)).persona("wet-books").value.profile.difficulty == 2


def test_folders_are_looked_at_from_the_nearest_to_the_checkout(tmp_path: Path) -> None:
    folders = default_folders((tmp_path / "mine",), tmp_path / "here", tmp_path / "config")
    names = [str(folder.relative_to(tmp_path)) for folder in folders if folder.is_relative_to(tmp_path)]
    assert names == [
        "mine", "mine/personas", "mine/rubrics", "here/personas", "here/rubrics", "config/personas", "config/rubrics",
    ]  # fmt: skip
    assert folders[-4:] == (
        TOP / "simulator" / "shipped" / "personas",
        TOP / "simulator" / "shipped" / "rubrics",
        TOP / "personas",
        TOP / "rubrics",
    )


def test_what_a_file_says_it_is_counts_more_than_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_bytes((FIXTURES / "rubrics" / "brief.yaml").read_bytes())
    (tmp_path / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "draft.yaml").write_text("# nothing yet\n", encoding="utf-8")
    shelf = PackShelf((tmp_path, tmp_path / "personas"))
    assert (shelf.personas(), shelf.rubrics()) == (("draft",), ("brief",))
    assert [file.name for file in packs_in(tmp_path)] == ["brief.yaml", "draft.yaml"]
    with pytest.raises(PackError, match="P004"):
        shelf.persona("draft")
