"""Findings are readable by people, editors, programs and GitHub, and safe to print."""

from __future__ import annotations

import json

import pytest

from simulator.packs.diagnostics import Finding, nearest, rendered, shown

FINDING = Finding(
    "personas/x.yaml", 2, 8, "P014", "latent_needs[2].unlock", "unknown key 'min_trun'", "error", "trust_min"
)
SOURCES = {"personas/x.yaml": "unlock:\n  标题: {min_trun: 1}\n".encode()}
LINE = "personas/x.yaml:2:8: P014 latent_needs[2].unlock: unknown key 'min_trun'; did you mean 'trust_min'?"


def test_concise_is_one_line_a_finding() -> None:
    assert rendered([FINDING, FINDING], "concise", SOURCES) == f"{LINE}\n{LINE}"


def test_full_shows_the_line_with_a_caret_under_the_place_in_wide_characters_too() -> None:
    head, source, caret = rendered([FINDING], "full", SOURCES).split("\n")
    assert (head, source) == (LINE, "    2 |   标题: {min_trun: 1}")
    assert caret == "      |          " + "^"  # two wide characters take four cells


def test_full_is_concise_where_the_line_cannot_be_shown() -> None:
    assert rendered([FINDING], "full", {}) == LINE


def test_json_has_every_field() -> None:
    assert json.loads(rendered([FINDING], "json", SOURCES)) == [
        {
            "file": "personas/x.yaml", "line": 2, "column": 8, "code": "P014", "path": "latent_needs[2].unlock",
            "message": "unknown key 'min_trun'", "severity": "error", "suggestion": "trust_min",
        }
    ]  # fmt: skip
    assert json.loads(rendered([], "json", {})) == []


def test_github_gets_a_workflow_command_with_its_signs_escaped() -> None:
    tricky = Finding("a,b:c.yaml", 1, 2, "P014", "", "100%\n::error::", "warning")
    assert (
        rendered([tricky], "github", {}) == "::warning file=a%2Cb%3Ac.yaml,line=1,col=2,title=P014::100%25%0A::error::"
    )


@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_nothing_of_a_file_reaches_the_terminal_raw(form: str) -> None:
    evil = "\x1b]52;c;aGk=\x07\x1b[2J\u202e"
    finding = Finding(f"x{evil}.yaml", 1, 1, "P014", evil, shown(f"key {evil}"), "error", evil)
    out = rendered([finding], form, {finding.file: f"a: {evil}".encode()})  # type: ignore[arg-type] # a str from parametrize
    assert not set(out) & set("\x1b\x07\u202e")


def test_a_long_word_is_cut_before_it_is_shown() -> None:
    assert len(shown("k" * 10_000)) == 60


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("min_trun", ["any_of", "topics", "trust_min"], "trust_min"),
        ("open_questions", ["closed_question", "open_question"], "open_question"),
        ("zh", ["en", "zh-Hans", "zh-Hant"], "zh-Hans"),
        ("L7", ["L1", "L2"], ""),
        ("e1x", ["e1a", "e1b"], ""),
        ("colour", ["id", "text"], ""),
        ("x" * 1000, ["x" * 999], ""),
        ("any", [], ""),
    ],
)
def test_the_nearest_name_is_one_that_was_probably_meant(word: str, known: list[str], expected: str) -> None:
    assert nearest(word, known) == expected
