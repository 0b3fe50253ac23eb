"""People rate conversations, and are compared with one another and with the judge."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator import assemble
from simulator.domain.rubric import Rubric
from simulator.errors import BadInput
from simulator.packs.load import load_rubric
from simulator.ratings.subject import labelled
from simulator.settings import read_settings
from tests.schemas import held_to_schema

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / "tests" / "labelled"
NAMES = ("s02-excellent-en", "s02-mid-withdrawn-en", "s02-poor-en")
TALK = LABELLED / "s02-poor-en.yaml"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    path = ROOT / "rubrics" / "moments-of-truth.yaml"
    return load_rubric(path.read_bytes(), path.name).value


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., Path]:
    """A labels file in which these observations are true."""

    def written(*true: str) -> Path:
        path = tmp_path / "some.labels.json"
        path.write_text(json.dumps({"observations": true}), encoding="utf-8")
        return path

    return written


def labels_of(name: str) -> Path:
    return LABELLED / f"{name}.labels.json"


def test_labels_come_in_as_a_rating_and_the_judge_is_compared_with_them(mot: Run) -> None:
    for name in NAMES:
        code, _, err = mot("rate", LABELLED / f"{name}.yaml", "--rater", "reader", "--labels", labels_of(name))
        assert re.fullmatch(r"Thank you; \d+ answers are kept\.\n", err)
        assert code == 0
    code, out, _ = mot("agree", "--format", "json")
    found = json.loads(out)
    assert (code, found["format"], found["subjects"], found["raters"]) == (0, "agreement/1", 3, ["reader"])
    assert found["people"] is None
    held_to_schema("agreement", found)
    everything = found["judge"]["all_observations"]
    assert everything["n"] > 150
    assert everything["kappa"]["low"] <= everything["kappa"]["value"] <= everything["kappa"]["high"]
    assert found["judge"]["total"]["error"]["value"] < 10


def test_what_code_decides_is_no_answer_of_the_rater_s(mot: Run, rubric: Rubric, answers: Callable[..., Path]) -> None:
    judged = {o.id for o in rubric.observations if o.by == "judge"}
    counted = next(o.id for o in rubric.observations if o.by == "code")
    assert set(labelled(answers("e2c", counted), rubric)) == judged
    _, _, err = mot("rate", TALK, "--rater", "me", "--labels", answers("e2c"))
    assert err == f"Thank you; {len(judged)} answers are kept.\n"
    found = json.loads(mot("agree", "--format", "json")[1])["judge"]["observations"]
    assert counted not in found


def test_two_raters_are_compared_with_one_another(mot: Run, answers: Callable[..., Path]) -> None:
    mot("rate", TALK, "--rater", "one", "--labels", answers("e2c", "x1a"))
    mot("rate", TALK, "--rater", "two", "--labels", answers("e2c"))
    _, out, _ = mot("agree", "--format", "json")
    found = json.loads(out)
    held_to_schema("agreement", found)
    people = found["people"]["observations"]
    assert (people["e2c"]["percent"]["value"], people["x1a"]["percent"]["value"]) == (1, 0)
    assert people["e2c"]["kappa"]["value"] is None  # one conversation: one category


def test_without_ratings_it_says_that_nothing_is_known(mot: Run) -> None:
    code, out, _ = mot("agree")
    assert code == 0
    assert "No human ratings" in out
    assert json.loads(mot("agree", "--format", "json")[1])["judge"] is None


def test_rating_is_blind_asks_what_is_judged_and_goes_on_where_it_was_left(mot: Run, rubric: Rubric) -> None:
    asked = [o for o in rubric.observations if o.by == "judge"]
    code, out, err = mot("rate", TALK, "--rater", "me", typed="y\nmaybe\nn\nq\n")
    assert (code, "cannot tell" in err) == (0, True)
    assert asked[0].text.in_language("en") in out
    assert not [word for word in ("total", "level", "score") if word in out.casefold()]
    code, out, err = mot("rate", TALK, "--rater", "me", typed="?\n" * len(asked))
    assert asked[0].text.in_language("en") not in out
    assert asked[2].text.in_language("en") in out
    assert f"{len(asked)} answers" in err
    mot("rate", TALK, "--rater", "other", typed="q\n")
    _, out, _ = mot("agree", "--format", "json")
    found = json.loads(out)["judge"]["observations"]
    assert found[asked[0].id]["n"] + found[asked[0].id]["undecided"] == 1
    assert found[asked[5].id]["undecided"] == 1  # answered with ?


def kept_answers(rubric: Rubric) -> list[str]:
    """The latest rating's answers, in the order of the questions."""
    [*_, rating] = assemble.store(read_settings({}, os.environ)).ratings()
    return [rating.observations[o.id] for o in rubric.observations if o.id in rating.observations]


def test_a_mistyped_answer_is_taken_back(mot: Run, rubric: Rubric) -> None:
    asked = [o.text.in_language("en") for o in rubric.observations if o.by == "judge"]
    _, out, err = mot("rate", TALK, "--rater", "me", typed="b\ny\nn\nb\nB\n?\ny\nq\n")
    assert kept_answers(rubric) == ["undecided", "not_met", "met"]
    assert (f"  {asked[1]} [n]" in out, f"  {asked[0]} [y]" in out) == (True, True)
    assert out.count(f"  {asked[2]}") == 2, "from there it goes on with what is not answered"
    assert "this is the first" in err


def test_the_last_answer_can_be_taken_back_too(mot: Run, rubric: Rubric) -> None:
    asked = [o for o in rubric.observations if o.by == "judge"]
    mot("rate", TALK, "--rater", "me", typed="n\n" * len(asked))
    _, out, _ = mot("rate", TALK, "--rater", "me", typed="b\ny\n")
    assert kept_answers(rubric) == [*["not_met"] * (len(asked) - 1), "met"]
    assert asked[-2].text.in_language("en") not in out
    _, _, err = mot("rate", TALK, "--rater", "me", typed="n\n")
    assert (kept_answers(rubric)[-1], f"{len(asked)} answers" in err) == ("met", True)


def test_a_conversation_that_is_answered_takes_no_answer_of_the_next_one(mot: Run, rubric: Rubric) -> None:
    asked = [o for o in rubric.observations if o.by == "judge"]
    mot("rate", TALK, "--rater", "me", typed="n\n" * len(asked))
    mot("rate", TALK, LABELLED / f"{NAMES[0]}.yaml", "--rater", "me", typed="y\nn\nq\n")
    assert kept_answers(rubric) == ["met", "not_met"]


def test_ratings_by_another_state_of_the_rubric_are_left_out_and_told(
    mot: Run, tmp_path: Path, answers: Callable[..., Path]
) -> None:
    mot("rate", TALK, "--rater", "me", "--labels", answers("e2c"))
    folder = tmp_path / "rubrics"
    folder.mkdir()
    source = (ROOT / "rubrics" / "moments-of-truth.yaml").read_text(encoding="utf-8")
    (folder / "moments-of-truth.yaml").write_text(source.replace('version: "1.0"', 'version: "1.1"'), encoding="utf-8")
    _, out, _ = mot("--packs", folder, "agree")
    assert "another version of this rubric: 1" in out


@pytest.mark.parametrize(
    "source", ["", "[]", "{}", '{"observations": 3}', '{"observations": ["zz9"]}', '{"observations": [{}]}', "\0"]
)
def test_labels_that_are_none_get_one_line(mot: Run, tmp_path: Path, source: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(source, encoding="utf-8")
    code, _, err = mot("rate", TALK, "--rater", "me", "--labels", path)
    assert code == 2
    assert err.count("\n") == 1


def test_a_label_of_an_observation_that_was_split_says_no_more_than_it_can(
    rubric: Rubric, answers: Callable[..., Path]
) -> None:
    true = labelled(answers("e2e", "x1n"), rubric)
    assert (true["e2e1"], true["x1n1"]) == ("undecided", "undecided")
    false = labelled(answers(), rubric)
    assert (false["e2e1"], false["x1n1"], false["e2c"]) == ("undecided", "not_met", "not_met")
    with pytest.raises(BadInput, match="no observation e2z"):
        labelled(answers("e2z"), rubric)
