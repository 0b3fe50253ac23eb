"""xAPI statements and the table of results: valid by schema, and what was graded is what they say."""

from __future__ import annotations

import csv
import io
import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import pytest
from jsonschema import Draft7Validator

from simulator.domain.transcript import Transcript, Turn
from simulator.exchange.kept import Kept
from simulator.exchange.results import results_csv
from simulator.exchange.xapi import statements_json

SCHEMA = json.loads(resources.files("simulator.exchange").joinpath("schema/xapi-1.0.3.json").read_text("utf-8"))
VALID = Draft7Validator(SCHEMA)

CARD: dict[str, Any] = {
    "total": 62.5,
    "band": "competent",
    "passed": True,
    "stages": {"explore": 75, "offer": None},
    "criteria": [{"id": "E1", "level": 4}, {"id": "E2", "level": None}, {"id": "O1", "level": 1}],
    "provenance": {"rubric": "a rubric/ü", "rubric_hash": "1" * 64, "judge": "offline"},
}
TALK = Transcript((Turn(1, "persona", "Hello."), Turn(2, "learner", "What happened?")), "zh-Hant", "s03-courier")
DONE = Kept("s-1", "安娜 <b>", TALK, (CARD,), datetime(2026, 3, 1, 9, 30, tzinfo=UTC), "learner")
OUTSIDE = Kept("transcript:9f3a", "=anna", replace(TALK, persona=None), ({**CARD, "passed": None},))


def said(*conversations: Kept) -> list[dict[str, Any]]:
    statements = json.loads(statements_json(conversations))
    VALID.validate(statements)
    return statements


def test_schema_is_one() -> None:
    Draft7Validator.check_schema(SCHEMA)


def test_a_graded_session_is_completed_passed_and_scored_by_criterion() -> None:
    completed, passed, e1, o1 = said(DONE)
    verbs = [one["verb"]["id"].rpartition("/")[2] for one in (completed, passed, e1, o1)]
    assert verbs == ["completed", "passed", "scored", "scored"]
    assert completed["result"] == {"completion": True}
    assert passed["result"] == {"score": {"scaled": 0.625, "raw": 62.5, "min": 0, "max": 100}, "success": True}
    assert e1["result"]["score"] == {"scaled": 0.75, "raw": 4, "min": 1, "max": 5}
    assert o1["object"]["id"] == "urn:moments-of-truth:rubric:a%20rubric%2F%C3%BC:criterion:O1"
    assert {one["actor"]["account"]["name"] for one in (completed, passed, e1, o1)} == {"安娜 <b>"}
    assert {one["timestamp"] for one in (completed, passed)} == {"2026-03-01T09:30:00+00:00"}
    assert len({one["context"]["registration"] for one in (completed, passed, e1, o1)}) == 1


def test_failed_and_broken_off_are_said_so() -> None:
    card = {**CARD, "passed": False}
    completed, failed, *_ = said(replace(DONE, scorecards=(card,), ended="technical"))
    assert completed["result"] == {"completion": False}
    assert failed["verb"]["id"].endswith("/failed")
    assert failed["result"]["success"] is False


def test_an_imported_conversation_has_a_score_and_no_time() -> None:
    scored, *_ = said(OUTSIDE)
    assert scored["verb"]["id"].endswith("/scored")
    assert "timestamp" not in scored
    assert "success" not in scored["result"]
    assert scored["object"]["id"] == "urn:moments-of-truth:conversation:transcript%3A9f3a"


def test_nothing_is_said_of_what_was_not_graded() -> None:
    assert said(replace(DONE, ended=None, scorecards=())) == []
    empty = {**CARD, "total": None, "passed": None, "criteria": [{"id": "E1", "level": None}]}
    assert [one["verb"]["display"]["en"] for one in said(replace(DONE, scorecards=(CARD, empty)))] == ["completed"]


def test_the_same_words_have_the_same_id_and_others_another() -> None:
    first = [one["id"] for one in said(DONE)]
    assert first == [one["id"] for one in said(DONE)]
    assert len(set(first)) == len(first)
    better = {**CARD, "total": 90}
    assert [one["id"] for one in said(replace(DONE, scorecards=(CARD, better)))][1] not in first


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("id",), "6a1f0b1e-58d3-4c0e-9d0e-4e1b7a3b9c11"),
        (("version",), "2.0.0"),
        (("verb", "id"), "passed"),
        (("actor", "account", "homePage"), "here"),
        (("object", "id"), "no iri"),
        (("result", "score", "scaled"), 1.5),
        (("context", "language"), "zh_CN"),
        (("timestamp",), "2026-03-01"),
        (("stored",), "2026-03-01T09:30:00Z"),
    ],
)
def test_schema_refuses_what_a_record_store_would(path: tuple[str, ...], value: object) -> None:
    broken = deepcopy(said(DONE)[1])
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert not VALID.is_valid([broken])


def test_results_are_a_row_each_under_the_columns_of_all() -> None:
    other = {
        **CARD,
        "criteria": [{"id": "Z9", "level": 2}],
        "provenance": {**CARD["provenance"], "judge_answered": "m-7"},
    }
    bare = replace(DONE, id="s-2", scorecards=())
    text = results_csv([DONE, OUTSIDE, bare, replace(DONE, id="s-3", scorecards=(CARD, other))])
    first, outside, ungraded, regraded = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert (first["total"], first["passed"], first["stage:explore"], first["stage:offer"]) == ("62.5", "yes", "75", "")
    assert (first["criterion:E1"], first["criterion:E2"], first["criterion:Z9"]) == ("4", "", "")
    assert (outside["learner"], outside["passed"], outside["at"]) == ("'=anna", "", "")
    assert (ungraded["id"], ungraded["total"], ungraded["criterion:E1"]) == ("s-2", "", "")
    assert (regraded["criterion:E1"], regraded["criterion:Z9"], regraded["judge"]) == ("", "2", "m-7")
