"""`mot grade` on transcripts that nobody recorded: who speaks, in which language, and what cannot be known."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from simulator.exchange.read import MAX_BYTES

LABELLED = Path(__file__).parents[1] / "labelled" / "s03-mixed-en.yaml"
COURIER = "s03-courier-never-came"
PACK = Path(__file__).parents[2] / "personas" / f"{COURIER}.yaml"
NAMES = "Anna: My parcel never came.\nBert: What did you miss by waiting?\nAnna: A meeting.\nBert: Which one?\n"
FRENCH = (
    "Customer: Mon colis n'est pas venu.\nLearner: Je comprends, qu'est-ce qui s'est passé exactement hier soir ?\n"
)

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    """A labelled transcript that names no persona."""
    path = tmp_path / "unknown.yaml"
    path.write_text(LABELLED.read_text("utf-8").replace(f"persona: {COURIER}\n", ""), encoding="utf-8")
    return path


def test_what_needs_ground_truth_does_not_apply_without_a_persona(mot: Run, unknown: Path) -> None:
    card = json.loads(mot("grade", unknown, "--format", "json")[1])
    assert (card["ground_truth"], card["needs"]) == (False, [])
    left_out = {one["id"]: one for one in card["criteria"] if one["status"] == "not_applicable"}
    assert {"E1", "O1"} <= left_out.keys()
    assert all((one["level"], one["reason"]) == (None, "needs a persona file") for one in left_out.values())
    assert all(promise["item"] is None for promise in card["promises"])
    heading, *_ = mot("grade", unknown)[1].splitlines()
    assert heading.endswith("without ground truth")


def test_needs_read_off_the_words_are_marked_in_text_and_json(mot: Run, unknown: Path) -> None:
    card = json.loads(mot("grade", unknown, "--persona", COURIER, "--format", "json")[1])
    assert card["needs"]
    assert all(need["reconstructed"] for need in card["needs"])
    text = mot("grade", unknown, "--persona", COURIER)[1]
    assert "read off the words, not recorded" in text
    assert "without ground truth" not in text


def test_each_promise_shows_what_it_was_checked_against(mot: Run) -> None:
    card = json.loads(mot("grade", LABELLED, "--format", "json")[1])
    checked = [promise["item"] for promise in card["promises"] if promise["item"]]
    authority = yaml.safe_load(PACK.read_bytes())["learner"]["authority"]
    items = {item["id"]: item["text"]["en"] for some in authority.values() for item in some}
    text = " ".join(mot("grade", LABELLED)[1].split())
    assert checked
    assert all(items[name] in text for name in checked)
    assert all(
        {"turn", "quote", "class", "within_authority", "item", "withdrawn_at"} <= one.keys() for one in card["promises"]
    )


def test_names_that_do_not_tell_are_asked_about(mot: Run, tmp_path: Path) -> None:
    talk = tmp_path / "names.txt"
    talk.write_text(NAMES, encoding="utf-8")
    code, out, err = mot("grade", talk)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "who is the learner among 'Anna', 'Bert'? Say it with --learner-name NAME" in err
    code, out, err = mot("grade", talk, "--learner-name", "bert", "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out)["facts"]["n_question"] == 2
    code, out, err = mot("grade", talk, "--learner-name", "Carl")
    assert (code, out) == (2, "")
    assert err.endswith("nobody is called 'Carl' there; it has 'Anna', 'Bert'\n")


def test_a_language_no_lexicon_knows_is_refused_in_one_line(mot: Run, tmp_path: Path) -> None:
    talk = tmp_path / "french.txt"
    talk.write_text(FRENCH, encoding="utf-8")
    code, out, err = mot("grade", talk)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "a language that no lexicon knows; there is English and Chinese" in err


@pytest.mark.parametrize("ending", [".yaml", ".txt"])
def test_a_transcript_on_standard_input_is_graded_as_one_in_a_file(mot: Run, tmp_path: Path, ending: str) -> None:
    talk = (
        LABELLED.read_text("utf-8")
        if ending == ".yaml"
        else NAMES.replace("Anna", "Customer").replace("Bert", "Learner")
    )
    file = tmp_path / f"talk{ending}"
    file.write_text(talk, encoding="utf-8")
    code, out, _ = mot("grade", "-", "--format", "json", typed=talk)
    assert (code, out) == (0, mot("grade", file, "--format", "json")[1])


@pytest.mark.parametrize(("typed", "told"), [(b"", "empty"), (b"a\xff", "UTF-8"), (b"x" * (MAX_BYTES + 1), "MB")])
def test_standard_input_that_is_no_transcript_gets_one_line(mot: Run, typed: bytes, told: str) -> None:
    code, out, err = mot("grade", "-", typed=typed)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("mot: standard input")
    assert told in err
