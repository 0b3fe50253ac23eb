"""`mot grade` with a model for a judge, and grades compared with earlier ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from simulator import assemble, grading
from simulator.grading.comparison import compared
from simulator.reports.comparison import comparison_text
from simulator.settings import read_settings
from tests.endpoint import MODEL, LoopbackEndpoint, Play, Request, Wire, fails, says
from tests.grading_talks import ROOT, shipped_rubric
from tests.judging import by_rule, first_words, is_judging, judges, yes_to_all
from tests.schemas import held_to_schema

Run = Callable[..., tuple[int, str, str]]

STAGES = len(shipped_rubric().stages)
REQUESTS = STAGES + 1
"""One a stage, and one for the coaching."""
LABELLED = ROOT / "tests" / "labelled"
TALK = LABELLED / "s02-poor-en.yaml"
SCHEMA = json.loads((Path(grading.__file__).parent / "schema" / "scorecard-1.json").read_text("utf-8"))


@pytest.fixture
def server() -> Iterator[LoopbackEndpoint]:
    with LoopbackEndpoint() as listening:
        yield listening


@pytest.fixture
def llm(server: LoopbackEndpoint) -> tuple[str, ...]:
    """Options that name the model."""
    return "--model", MODEL, "--base-url", server.base_url


@pytest.fixture
def session(mot: Run, tmp_path: Path) -> str:
    """A session practised and graded offline."""
    script = tmp_path / "script.txt"
    script.write_text("What is waiting for you over there today?\nI see. Is that right?\n", encoding="utf-8")
    _, out, _ = mot("practice", "s02-forgotten-ticket", "--script", script, "--seed", "1", "--format", "json")
    return str(json.loads(out)["session"])


def test_a_named_model_judges_and_everybody_is_told(mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...]) -> None:
    server.play(*[judges] * REQUESTS)
    code, out, err = mot("grade", TALK, *llm, "--format", "json")
    card = json.loads(out)
    Draft7Validator(SCHEMA).validate(card)
    assert code == 0
    assert (card["provenance"]["judge"], card["samples"]) == (MODEL, {"k": 1, "agreement": {}})
    assert (card["usage"][0]["role"], card["usage"][0]["requests"]) == ("judge", STAGES)
    assert [(one["role"], one["requests"]) for one in card["usage"][1:]] == [("coach", 1)]
    assert next(verdict["id"] for verdict in card["cap_observations"]) == "cap_deny"
    told = [line for line in err.splitlines() if "judg" in line]
    assert (told[0].endswith("judging…"), told[1].endswith("Explore judged (1 of 5)")) == (True, True)
    assert [line[-len("(1 of 5)") :] for line in told[1:]] == [f"({n} of 5)" for n in range(1, STAGES + 1)]
    assert f"{REQUESTS} requests; the model read 72 tokens and wrote 18" in err
    assert "leave this machine" not in err
    server.play(*[judges] * REQUESTS)
    assert MODEL in mot("grade", TALK, *llm)[1]


def test_a_model_of_the_environment_judges_too_unless_told_otherwise(
    mot: Run, server: LoopbackEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOT_MODEL", MODEL)
    monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
    assert (
        json.loads(mot("grade", TALK, "--judge", "offline", "--format", "json")[1])["provenance"]["judge"] == "offline"
    )
    assert not server.requests
    server.play(*[judges] * REQUESTS)
    assert json.loads(mot("grade", TALK, "--format", "json")[1])["provenance"]["judge"] == MODEL


@pytest.mark.parametrize(
    ("options", "told"), [(("--judge", "llm"), "no model is named"), (("--samples", "3"), "offline")]
)
def test_a_judge_that_cannot_be_asked_is_one_line_and_exit_2(mot: Run, options: tuple[str, ...], told: str) -> None:
    code, out, err = mot("grade", TALK, *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_most_samples_count_and_how_often_they_agreed_is_shown(
    mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...]
) -> None:
    asked: list[bytes] = []

    def one_of_three_says_yes(request: Request) -> Play:
        asked.append(request.raw)
        return judges if asked.count(request.raw) > 1 else yes_to_all

    with LoopbackEndpoint(one_of_three_says_yes) as divided:
        asked_of_it = ("--model", MODEL, "--base-url", divided.base_url)
        card = json.loads(mot("grade", TALK, *asked_of_it, "--samples", "3", "--format", "json")[1])
    Draft7Validator(SCHEMA).validate(card)
    assert card["samples"]["k"] == 3
    assert set(card["samples"]["agreement"].values()) == {0.6667}
    server.play(*[judges] * 3 * STAGES, judges)
    assert "100% of them all samples agreed" in mot("grade", TALK, *llm, "--samples", "3")[1]


def test_an_endpoint_that_cannot_be_used_ends_with_3_after_what_code_counts(
    mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...]
) -> None:
    server.play(fails(401))
    code, out, err = mot("grade", TALK, *llm, "--format", "json")
    card = json.loads(out)
    assert code == 3
    assert err.splitlines()[-1].startswith("mot: ")
    assert "nothing was judged" in err
    assert card["total"] is None
    assert next(one for one in card["criteria"] if one["id"] == "E1")["level"] == 1
    server.play(fails(401))
    assert "no answer" in mot("grade", TALK, *llm)[1], "the reason stands in the text"


def test_a_stage_without_an_answer_is_no_reason_to_fail(
    mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...]
) -> None:
    server.play(says("I would rather not."), says("Really not."), *[judges] * STAGES)
    code, out, _ = mot("grade", TALK, *llm, "--format", "json")
    assert code == 0
    unscored = [one for one in json.loads(out)["criteria"] if one["status"] == "unscored"]
    assert {one["stage"] for one in unscored} == {"explore"}
    assert all("form asked for" in one["reason"] for one in unscored)


def test_a_grade_that_was_killed_goes_on_where_it_was(
    mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...], home: Path
) -> None:
    server.play(judges, judges, Wire.hold, Wire.hold, Wire.hold)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "simulator", "grade", str(TALK), *llm]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr
        for line in run.stderr:
            if "(2 of 5)" in line:
                break
        while len(server.requests) < STAGES or len(list((home / "judging").iterdir())) < 2:
            time.sleep(0.01)
        run.kill()
    server.play(*[judges] * 4)
    before = len(server.requests)
    assert mot("grade", TALK, *llm)[0] == 0
    assert len(server.requests) - before == 4
    assert not list((home / "judging").iterdir())


def test_several_are_judged_at_once_and_come_out_in_order(mot: Run) -> None:
    names = ["s02-poor-en", "s01-poor-zh", "s02-excellent-en"]
    with LoopbackEndpoint(lambda _: judges) as server:
        files = [LABELLED / f"{name}.yaml" for name in names]
        llm = ("--model", MODEL, "--base-url", server.base_url)
        listed = json.loads(mot("grade", *files, *llm, "--jobs", "3", "--format", "json")[1])
        assert [Path(one["subject"]).stem for one in listed] == names
        assert len(server.requests) == REQUESTS * 3


def plays_and_judges(request: Request) -> Play:
    """A model for everything: it hears, plays and judges."""
    if is_judging(request):
        return judges
    if request.streamed:
        return says("Well, there is a signing at two.")
    asked = json.loads(request.messages[-1]["content"])["label"]
    labels = [{"n": int(n), "flag": None, "acts": ["inform"], "topics": []} for n in asked]
    return says(json.dumps({"sentences": labels}))


def test_a_practice_with_a_model_is_judged_by_it(mot: Run, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("I see.\nLet me look.\n", encoding="utf-8")
    with LoopbackEndpoint(plays_and_judges) as server:
        llm = ("--model", MODEL, "--base-url", server.base_url)
        code, out, err = mot("practice", "s02-forgotten-ticket", "--script", script, "--format", "json", *llm)
    held = json.loads(out)
    assert code == 0
    assert held["scorecard"]["provenance"]["judge"] == MODEL
    assert sum(map(is_judging, server.requests)) == REQUESTS
    assert ("Judging…" in err, "Judged: Explore" in err) == (True, True)
    requests = held["usage"] + held["scorecard"]["usage"]
    assert sum(one["requests"] for one in requests) == len(server.requests)


def test_a_judge_of_the_model_is_compared_with_people(mot: Run) -> None:
    labels = LABELLED / f"{TALK.stem}.labels.json"
    mot("rate", TALK, "--rater", "reader", "--labels", labels)
    with LoopbackEndpoint(lambda _: judges) as server:
        llm = ("--model", MODEL, "--base-url", server.base_url)
        code, out, err = mot("agree", *llm, "--format", "json")
        found = json.loads(out)
        assert (code, found["judge_name"], found["subjects"]) == (0, MODEL, 1)
        assert len(server.requests) == STAGES
        assert "requests; the model read" in err
    assert json.loads(mot("agree", "--format", "json")[1])["judge_name"] == "offline"


def test_a_grade_in_which_nobody_judged_does_not_take_the_place_of_a_good_one(
    mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...], session: str
) -> None:
    before = kept(session)
    server.play(fails(401))
    assert mot("grade", session, *llm)[0] == 3
    assert kept(session) == before


class TestCompare:
    """`mot grade --compare`."""

    def test_nothing_changed_is_said_and_nothing_kept(self, mot: Run, session: str) -> None:
        assert mot("grade", "--compare") == (0, "0 of 1 sessions changed.\n", "")
        assert len(kept(session)) == 1

    def test_another_judge_shows_what_it_changed_and_by_what(
        self, mot: Run, server: LoopbackEndpoint, llm: tuple[str, ...], session: str
    ) -> None:
        rule = by_rule(
            lambda statement, request: (
                {"met": "yes", "quotes": [first_words(request)]}
                if statement["id"] in {"cap_contempt", "x2m"}
                else {"met": "no", "quotes": []}
            )
        )
        server.play(*[rule] * STAGES)
        code, out, _ = mot("grade", session, "--compare", *llm, "--format", "json")
        told = json.loads(out)
        held_to_schema("comparison", told)
        [found] = told["sessions"]
        assert (code, found["subject"], found["changed"], found["graded"]) == (0, session, True, True)
        x2 = next(change for change in found["criteria"] if change["what"] == "X2")
        assert x2["after"] == 1
        assert {"what": "x2m", "before": "not_met", "after": "met", "by": []} in x2["by"]
        contempt = next(change for change in found["caps"] if change["what"] == "CAP_CONTEMPT")
        assert (contempt["before"], contempt["after"]) == ("not_fired", "fired")
        assert [change["what"] for change in contempt["by"]] == ["cap_contempt"]
        assert [(c["before"], c["after"]) for c in found["sources"] if c["what"] == "judge"] == [("offline", MODEL)]
        assert len(kept(session)) == 1
        server.play(*[rule] * STAGES)
        _, text, _ = mot("grade", session, "--compare", *llm)
        assert "x2m not_met → met" in text
        assert "CAP_CONTEMPT not_fired → fired (cap_contempt not_met → met)" in text
        assert "judge offline → " + MODEL in text
        assert text.endswith("1 of 1 sessions changed.\n")

    def test_the_mark_is_held_against_the_new_totals(self, mot: Run, session: str) -> None:
        assert mot("grade", session, "--compare", "--fail-under", "100")[0] == 1

    def test_a_transcript_has_nothing_to_be_compared_with(self, mot: Run) -> None:
        code, _, err = mot("grade", TALK, "--compare")
        assert (code, "no session" in err) == (2, True)

    def test_a_session_that_was_never_graded_is_counted_apart(self, session: str) -> None:
        card = kept(session)[-1]
        found = [compared("new", None, card, shipped_rubric()), compared("old", card, card, shipped_rubric())]
        assert not any(one.changed for one in found)
        assert comparison_text(found) == "0 of 1 sessions changed.\n1 had no earlier grade."


def kept(session: str) -> tuple[dict[str, Any], ...]:
    """The grades kept with a session."""
    return assemble.store(read_settings({}, os.environ)).scorecards(session)
