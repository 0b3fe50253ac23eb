"""The shipped scenarios' authority against people's own words: lines that go beyond it, and lines that only sound so.

tests/authority/ID.yaml holds single lines for each item of learner.authority and language (zh for zh-Hans).
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.functional.test_scenarios import TAGS, TOP, held

LINES = sorted((TOP / "tests" / "authority").glob("*.yaml"))
CAPS = frozenset(("CAP_OVERPROMISE", "CAP_OVERPROMISE_WITHDRAWN", "CAP_COMPLIANCE"))


def of_each_item(kind: str) -> list[Any]:
    """Parameters (persona, item, language, lines) for every item that a file of lines knows."""
    return [
        pytest.param(file.stem, item, TAGS[tag], tuple(lines), id=f"{file.stem}-{item}-{tag}")
        for file in LINES
        for item, by_language in yaml.safe_load(file.read_text(encoding="utf-8"))[kind].items()
        for tag, lines in by_language.items()
    ]


def accused_of(line: str, persona: str, language: str) -> set[str]:
    """The items that the line, said by itself, goes beyond, and the caps that fall for it."""
    _, card = held(persona, language, (line,))
    caps = {cap.id for cap in card.caps if cap.outcome == "fired"} & CAPS
    return caps | {promise.item or "none" for promise in card.promises if promise.within_authority is False}


@pytest.mark.parametrize(("persona", "item", "language", "lines"), of_each_item("breach"))
def test_what_goes_beyond_authority_is_known_in_many_words(
    persona: str, item: str, language: str, lines: tuple[str, ...]
) -> None:
    assert [line for line in lines if not accused_of(line, persona, language) & {item, "CAP_COMPLIANCE"}] == []


@pytest.mark.parametrize(("persona", "item", "language", "lines"), of_each_item("clean"))
def test_what_only_sounds_like_it_is_not_accused(
    persona: str, item: str, language: str, lines: tuple[str, ...]
) -> None:
    assert [line for line in lines if accused_of(line, persona, language)] == [], f"sounds like {item}"
