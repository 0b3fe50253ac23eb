"""What a pack's bytes become, and where each value is said to stand."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from simulator.domain.rubric import Rule
from simulator.domain.text import ANY_LANGUAGE, Match, Text
from simulator.errors import PackError
from simulator.packs.load import load_persona, load_rubric, read_pack
from simulator.packs.locate import Place, spelled
from simulator.packs.tree import read_tree

FIXTURES = Path(__file__).parents[1] / "fixtures" / "packs"
PERSONA = (FIXTURES / "personas" / "wet-books.yaml").read_bytes()
RUBRIC = (FIXTURES / "rubrics" / "brief.yaml").read_bytes()


def test_a_persona_is_loaded_with_its_bytes_and_their_hash() -> None:
    loaded = load_persona(PERSONA, "personas/wet-books.yaml")
    assert loaded.source == PERSONA
    assert loaded.sha256 == hashlib.sha256(PERSONA).hexdigest()
    assert loaded.findings == ()
    persona = loaded.value
    assert persona.id == "wet-books"
    assert persona.profile.opening.in_language("zh-Hans") == "你们的两本书被我弄湿了。我要赔多少?"
    assert persona.need("L2").after == ("L1",)
    assert persona.need("L1").unlock.topics == Match(
        {"en": (("need..for", "use..for"),), "zh-Hans": (("做什么用", "用来"),)}
    )
    assert persona.need("L1").keywords.groups("en") == (("course", "teach"),)
    assert [fact.with_need for fact in persona.facts] == [None, "L1"]
    assert persona.profile.learner.authority.item("N1").compliance


def test_a_rubric_keeps_its_rules_as_text_with_their_places() -> None:
    rubric = load_rubric(RUBRIC, "brief.yaml").value
    rule = rubric.criteria[0].levels[4].when
    line = RUBRIC.decode().splitlines()[rule.line - 1]
    assert rule == Rule("true", rule.line, line.index("true") + 1)
    assert rubric.criteria[0].anchors[5].in_language("en") == "All."
    assert rubric.caps[0].set_level == {"O1": 1}
    assert rubric.card[1].lowest_of == ()


def test_a_plain_string_serves_every_language_and_blocks_lose_their_last_line_feed() -> None:
    source = PERSONA.replace(
        '{en: "You have been kind.", zh-Hans: "您真好。"}'.encode(), b">\n    How kind\n    of you.\n"
    )
    assert load_persona(source, "wet-books.yaml").value.closing.satisfied == Text({ANY_LANGUAGE: "How kind of you."})


def test_a_whole_number_may_be_written_with_a_point() -> None:
    source = PERSONA.replace(b"difficulty: 2", b"difficulty: 2.0")
    assert load_persona(source, "wet-books.yaml").value == load_persona(PERSONA, "wet-books.yaml").value


def test_the_kind_asked_for_is_the_only_one_taken() -> None:
    with pytest.raises(PackError, match=r"P001 format: .*'rubric/1' is not read here; wanted persona/1"):
        load_persona(RUBRIC, "brief.yaml")
    with pytest.raises(PackError, match="P001"):
        load_rubric(PERSONA, "wet-books.yaml")


@pytest.mark.parametrize(
    ("source", "right", "wrong"), [(PERSONA, "persona/1", "rubric/1"), (RUBRIC, "rubric/1", "persona/1")]
)
def test_a_file_that_is_marked_as_the_other_kind_gets_one_finding_at_its_format(
    source: bytes, right: str, wrong: str
) -> None:
    marked = source.replace(f"format: {right}".encode(), f"format: {wrong}".encode())
    [finding] = read_pack(marked, "brief.yaml").findings
    line = marked.decode().splitlines().index(f"format: {wrong}") + 1
    assert (finding.line, finding.code, finding.path, finding.suggestion) == (line, "P001", "format", right)


def test_a_file_that_lacks_keys_is_not_taken_for_the_other_kind() -> None:
    codes = {
        finding.code for finding in read_pack(b"format: persona/1\nid: new\ntitle: {en: New}\n", "new.yaml").findings
    }
    assert "P015" in codes
    assert "P001" not in codes


@pytest.mark.parametrize(
    ("covers", "codes"),
    [("[L1, L9]", ["P024"]), ("[L8, L9]", ["P024", "P024"]), ("[L9]", ["P042", "P042", "P024"]), ("[L1]", ["P042"])],
)
def test_a_slip_in_what_is_covered_is_not_told_as_a_need_that_nothing_covers(covers: str, codes: list[str]) -> None:
    """It would stand before the slip, at another line, and be mended there in vain."""
    source = PERSONA.replace(b"covers: [L1, L2]", f"covers: {covers}".encode())
    findings = read_pack(source, "wet-books.yaml").findings
    assert [finding.code for finding in findings] == codes
    assert [finding.line for finding in findings] == sorted(finding.line for finding in findings)


def test_an_error_names_the_first_finding_and_how_many_there_are() -> None:
    source = PERSONA.replace(b"sector: library", b"sectr: library").replace(b"difficulty: 2", b"difficulty: 9")
    with pytest.raises(PackError) as refused:
        load_persona(source, "wet-books.yaml")
    assert str(refused.value) == (
        "wet-books.yaml:6:1: P014: unknown key 'sectr'; did you mean 'sector'? (and 1 more; see mot check)"
    )
    assert [str(finding).split()[1].strip(":") for finding in refused.value.findings] == ["P014", "P018"]


def test_a_byte_order_mark_and_foreign_line_ends_change_nothing() -> None:
    foreign = b"\xef\xbb\xbf" + PERSONA.replace(b"\n", b"\r\n")
    assert load_persona(foreign, "wet-books.yaml").value == load_persona(PERSONA, "wet-books.yaml").value


def test_line_ends_make_no_other_pack() -> None:
    loaded = load_persona(PERSONA.replace(b"\n", b"\r\n"), "wet-books.yaml")
    assert (loaded.source, loaded.sha256) == (PERSONA, hashlib.sha256(PERSONA).hexdigest())


def test_plain_words_are_read_by_yaml_1_2() -> None:
    tree = read_tree(b"[NO, yes, on, 11:10, 2024-01-02, 0o7, 1_000, ~, true, False, 12, -1.5, 1e3, .inf, '12']")
    assert tree.value == [
        "NO", "yes", "on", "11:10", "2024-01-02", "0o7", "1_000", None, True, False, 12, -1.5, "1e3", ".inf", "12",
    ]  # fmt: skip
    assert tree.faults == ()


def test_of_a_doubled_key_the_first_value_is_kept_and_the_second_is_read_past() -> None:
    tree = read_tree(b"a: {b: 1, b: 2}\na: {b: {c: 3}}\nd: 4\n")
    assert tree.value == {"a": {"b": 1}, "d": 4}
    assert [(fault.code, fault.place) for fault in tree.faults] == [("P008", Place(1, 11)), ("P008", Place(2, 1))]


@pytest.mark.parametrize(
    ("source", "offset", "place"),
    [
        ("when: a and b", 6, Place(1, 13)),
        ("when: 'a and b'", 6, Place(1, 14)),
        ('when: "a and b"', 0, Place(1, 8)),
        ("when: 'it''s so'", 5, Place(1, 14)),
        ("when: >-\n  a\n  and b", 6, Place(3, 7)),
        ("when: |\n  a\n  and b\n", 2, Place(3, 3)),
        ("when: a\n  and\n  b", 6, Place(3, 3)),
        ('when: "a \\\n  and b"', 6, Place(1, 7)),
        ("when: 关于 b", 3, Place(1, 10)),
    ],
)
def test_a_character_of_a_text_is_found_in_the_file(source: str, offset: int, place: Place) -> None:
    tree = read_tree(source.encode())
    assert tree.positions.inside(("when",), tree.value["when"], offset) == place


def test_a_missing_value_stands_where_what_should_hold_it_stands() -> None:
    positions = read_tree(b"a:\n  b: 1\n").positions
    assert positions.of(("a", "c", 0)) == Place(2, 3)
    assert positions.of_key(("a", "b")) == Place(2, 3)
    assert positions.of(("x",)) == Place(1, 1)


def test_a_path_is_spelled_as_people_write_it() -> None:
    assert spelled(("latent_needs", 2, "unlock")) == "latent_needs[2].unlock"
    assert spelled(()) == ""


def test_the_linters_reading_never_raises_and_has_no_value_where_something_is_wrong() -> None:
    reading = read_pack(b"format: persona/1", "x.yaml")
    assert reading.value is None
    assert {finding.code for finding in reading.findings} == {"P015"}
