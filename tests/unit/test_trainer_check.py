"""`mot check` and `mot schema` as people and pipelines meet them."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

import simulator
from simulator.cli.app import run
from simulator.cli.schema import SCHEMAS, schema_text
from simulator.grading.facts import FACTS
from simulator.packs.diagnostics import explanations

FIXTURES = Path(__file__).parents[1] / "fixtures" / "packs"
PERSONA = FIXTURES / "personas" / "wet-books.yaml"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one good persona in personas/ (the value)."""
    folder = tmp_path / "desk"
    (folder / "personas").mkdir(parents=True)
    shutil.copy(PERSONA, folder / "personas")
    monkeypatch.chdir(folder)
    return folder


def spoil(desk: Path) -> None:
    file = desk / "personas" / "wet-books.yaml"
    file.write_text(file.read_text("utf-8").replace("trust_min: 0", "min_trun: 0"), encoding="utf-8")


def test_good_packs_print_nothing_and_end_with_0(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "personas", str(FIXTURES)]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "files checked: 3, to mend: 0, to consider: 0\n")
    assert desk.is_dir()


def test_a_finding_is_data_on_standard_output_and_ends_with_1(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(desk)
    assert run(["check", "personas/wet-books.yaml", "--format", "concise"]) == 1
    file = os.path.join("personas", "wet-books.yaml")  # noqa: PTH118 - as the system writes it
    where = f"{file}:74:7: P014 latent_needs[0].unlock"
    assert capsys.readouterr().out == f"{where}: unknown key 'min_trun'; did you mean 'trust_min'?\n"


@pytest.mark.parametrize("form", ["full", "concise", "json", "github"])
def test_every_format_names_the_code(desk: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    spoil(desk)
    assert run(["check", "--format", form, "personas"]) == 1
    assert "P014" in capsys.readouterr().out


def test_json_of_good_packs_is_an_empty_list(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--format", "json", str(desk)]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_without_a_path_all_packs_within_reach_are_checked(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(desk)
    assert run(["--packs", str(FIXTURES / "rubrics"), "check", "--format", "json"]) == 1
    assert "wet-books.yaml" in {Path(finding["file"]).name for finding in json.loads(capsys.readouterr().out)}


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00", "Caf\u00e9".encode("latin-1"), b"#" * 300_000])
def test_what_is_no_text_gets_one_line_and_ends_with_2(
    desk: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (desk / "bad.yaml").write_bytes(content)
    assert run(["check", "bad.yaml", "--format", "concise"]) == 2
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize("path", ["absent.yaml", "absent", "empty"])
def test_a_path_without_packs_ends_with_2_and_one_line(
    desk: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    (desk / "empty").mkdir()
    assert run(["check", path]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert path in err


def test_a_link_out_of_its_folder_is_reported_and_not_read(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "personas" / "out.yaml").symlink_to(PERSONA)
    assert run(["check", "personas", "--format", "concise"]) == 2
    assert "out.yaml:1:1: P025: the link leads out of its folder" in capsys.readouterr().out


@pytest.mark.parametrize("code", explanations())
def test_each_code_explains_itself(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", code.lower()]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{code}: ")
    assert "Wrong:\n    " in out
    assert "Right:\n    " in out


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("code", explanations())
def test_each_code_explains_itself_in_chinese(code: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", code, "--language", language]) == 0
    head, why, wrong, right, *facts = capsys.readouterr().out.split("\n\n")
    assert all(re.search("[\u4e00-\u9fff]", told) for told in (head, why, wrong, right))
    assert wrong.splitlines()[0] == {"zh-Hans": "错误：", "zh-Hant": "錯誤："}[language]
    assert wrong.splitlines()[1:] != right.splitlines()[1:]
    assert len(facts) == (code == "R010")
    for fact in "".join(facts).splitlines():
        assert re.search("[\u4e00-\u9fff]", fact.partition("：")[2]) or fact.startswith(("事实", "事實")), fact


def test_a_folder_with_files_of_the_other_ending_says_which_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "personas" / "wet-books.yaml").rename(desk / "personas" / "wet-books.yml")
    assert run(["check", "personas"]) == 2
    assert "no packs in personas; personas/wet-books.yml would have to end in .yaml" in capsys.readouterr().err


def test_every_fact_a_rule_may_name_is_listed_with_its_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "R010"]) == 0
    listed = capsys.readouterr().out.partition("Facts:\n")[2].splitlines()
    kinds = {bool: "true or false", float: "a number"}
    assert listed == [f"    {fact.name} ({kinds[fact.type]}): {fact.meaning}" for fact in FACTS.values()]


def test_a_code_explains_itself_to_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "P014", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == "P014"
    assert list(told) == ["code", "title", "why", "wrong", "mend"]
    assert "min_trun" in told["wrong"]


@pytest.mark.parametrize(
    "arguments", [["--explain"], ["--explain", "--format", "full"], ["--format", "full", "--explain"]]
)
def test_without_a_code_all_are_listed_a_line_each(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", *arguments]) == 0
    assert capsys.readouterr().out.splitlines() == [f"{one.code}: {one.title}" for one in explanations().values()]


@pytest.mark.parametrize(("tag", "told"), [("zh_CN.UTF-8", "P014: 不认识的键"), ("zh_TW.UTF-8", "P014: 不認識的鍵")])
def test_codes_are_listed_in_the_language_of_whoever_asks(
    tag: str, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", tag)
    assert run(["check", "--explain"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert told in listed
    assert len(listed) == len(explanations())
    assert not [line for line in listed if line.partition(": ")[2].isascii()]


def test_all_codes_are_listed_to_a_program_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "--format", "json"]) == 0
    assert [one["code"] for one in json.loads(capsys.readouterr().out)] == list(explanations())


def test_an_unknown_code_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--explain", "P999"]) == 2
    assert "no finding has the code 'P999'" in capsys.readouterr().err


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_printed_as_it_ships_and_has_a_name_and_no_address(name: str) -> None:
    schema = json.loads(schema_text(name))
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert re.fullmatch(rf"urn:moments-of-truth:{name}:[\d.]+", schema["$id"])


def test_every_schema_that_ships_can_be_printed() -> None:
    shipped = {file.name for file in Path(simulator.__file__).parent.glob("*/schema/*.json")}
    assert shipped == {file for _, file in SCHEMAS.values()}


def test_mot_schema_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "persona"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "persona/1"


def test_an_unknown_schema_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "personas"]) == 2
    assert "no schema 'personas'; did you mean 'persona'?" in capsys.readouterr().err
