"""The commands as a person meets them: what they print, and how they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from jsonschema import Draft7Validator

from simulator import grading
from simulator.cli.app import COMMANDS, command_line
from simulator.cli.schema import schema_text
from simulator.packs.find import PackShelf

Run = Callable[..., tuple[int, str, str]]

TALK = """\
Customer: I've left my ticket on the desk in my hotel room, and your flight goes in an hour.
Learner: That's a horrible moment. What is waiting for you over there today?
Customer: There's a signing at two. I can't be late.
Learner: So it all hangs on two o'clock. Let me see what I can do for you.
Customer: Thanks.
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def refused(answer: tuple[int, str, str], code: int = 2) -> str:
    """The one line of a refusal that wrote nothing else."""
    ended, out, err = answer
    assert ended == code
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("mot: ")
    return err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lst"], "Did you mean 'list'?"),
        (["list", "persona"], "'personas', 'rubrics', 'sessions'"),
        (["list", "personas", "--formt", "json"], "--format"),
        (["show"], "SESSION"),
        (["show", "nothing"], "there is no session nothing"),
        (["grade"], "SESSION|FILE"),
        (["grade", "nothing"], "there is no session nothing"),
        (["grade", "none.yaml"], "none.yaml: No such file"),
        (["explain"], "[PERSONA] LINE"),
        (["explain", "a", "b", "c"], "in quotation marks"),
        (["explain", "s02-forgoten-ticket", "Hello?"], "did you mean 's02-forgotten-ticket'?"),
        (["explain", "--trust", "9", "Hello?"], "9"),
        (["explain", " "], "empty"),
        (["explain", "a" * 4001], "at most 4,000"),
        (["explain", "Что случилось?"], "no lexicon knows"),
        (["practice", "s02-forgoten-ticket"], "did you mean 's02-forgotten-ticket'?"),
    ],
)
def test_mistake_is_one_line_and_exit_2(mot: Run, arguments: list[str], told: str) -> None:
    assert told in refused(mot(*arguments))


def test_config_with_a_mistake_is_one_line_and_exit_2(
    mot: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_named: tmp_path)
    (tmp_path / "config.toml").write_text("langauge = 'en'\n", encoding="utf-8")
    assert "config.toml:1: unknown key 'langauge'; did you mean 'language'?" in refused(mot("list", "personas"))


def test_list_of_personas_is_a_table_or_json(mot: Run) -> None:
    code, out, _ = mot("list", "personas", "--format", "json")
    personas = json.loads(out)
    assert code == 0
    assert {"id", "title", "sector", "channel", "difficulty", "languages"} == set(personas[0])
    code, out, _ = mot("list", "personas")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["id", *(persona["id"] for persona in personas)]


def test_personas_that_were_checked_are_listed_alike_and_not_read_to_their_end(
    mot: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = (Path(__file__).parents[2] / "personas" / "s02-forgotten-ticket.yaml").read_text("utf-8")
    first = f"{shipped}# The shipped file itself was checked when the program was built.\n"
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "s02-forgotten-ticket.yaml").write_text(first, "utf-8")
    (tmp_path / "personas" / "broken.yaml").write_text(first.replace("difficulty: 3", "difficulty: three"), "utf-8")
    read: list[str] = []
    in_full = PackShelf.persona
    monkeypatch.setattr(PackShelf, "persona", lambda shelf, name: read.append(name) or in_full(shelf, name))
    before = mot("list", "personas")
    assert "s02-forgotten-ticket" in read
    assert "broken.yaml" in before[2]
    mot("check", "personas")
    read.clear()
    assert mot("list", "personas") == before
    assert "broken" in read
    assert "s02-forgotten-ticket" not in read


def test_titles_are_in_the_language_of_the_locale(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    english = json.loads(mot("list", "rubrics", "--format", "json")[1])
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = json.loads(mot("list", "rubrics", "--format", "json")[1])
    assert english[0]["id"] == chinese[0]["id"]
    assert english[0]["title"] != chinese[0]["title"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_told_the_language(command: str) -> None:
    told = typer.main.get_command(command_line([command, "list"])).commands[command]  # type: ignore[attr-defined]
    assert "--language" in {option for parameter in told.params for option in parameter.opts}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["list", "sessions"], "还没有"),
        (["explain", "Why?", "Now?", "Here?"], "请只给一句话"),
        (["explain", "s02-forgotten-ticket", "Hm."], "解锁：无"),
        (["schema", "nothing"], "没有 schema“nothing”；现有"),
        (["grade", "nothing"], "没有会话 nothing"),
        (["show", "nothing"], "没有会话 nothing"),
        (["check", "nothing"], "没有这个文件：nothing"),
        (["purge", "nothing"], "没有会话 nothing"),
        (["rate", "nothing", "--rater", "lu"], "没有会话 nothing"),
    ],
)
def test_a_command_speaks_the_language_it_is_told(mot: Run, arguments: list[str], told: str) -> None:
    _, out, err = mot(*arguments, "--language", "zh-Hans")
    assert told in out + err


def test_no_sessions_is_said_and_is_no_mistake(mot: Run) -> None:
    assert mot("list", "sessions") == (0, "none yet\n", "")
    assert json.loads(mot("list", "sessions", "--format", "json")[1]) == []


def test_pack_that_cannot_be_loaded_is_named_and_hides_no_other(mot: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "broken.yaml").write_text("format: persona/1\nid: broken\n", encoding="utf-8")
    code, out, err = mot("--packs", tmp_path / "mine", "list", "personas", "--format", "json")
    assert code == 0
    assert "broken.yaml" in err
    assert "broken" not in {persona["id"] for persona in json.loads(out)}


def test_a_folder_of_packs_that_is_not_there_is_named(mot: Run, tmp_path: Path) -> None:
    code, out, err = mot("--packs", tmp_path / "personas", "--packs", tmp_path / "persona", "list", "personas")
    assert (code, out) == (2, "")
    assert f"{tmp_path / 'personas'}: no such folder" in err


def test_home_without_a_terminal_lists_and_says_how_to_start(mot: Run) -> None:
    code, out, _ = mot()
    assert code == 0
    assert "s02-forgotten-ticket" in out
    assert "mot practice ID" in out


class TestExplain:
    """`mot explain`."""

    def test_persona_says_what_the_line_opens(self, mot: Run) -> None:
        line = "What is waiting for you over there today?"
        told = json.loads(mot("explain", "s02-forgotten-ticket", line, "--format", "json")[1])
        assert list(told) == ["acts", "topics", "opens", "flags"]
        assert {"act": "open_question", "span": line} in told["acts"]
        assert told["opens"] == ["L1"]
        assert all(found["span"] in line for found in (*told["acts"], *told["topics"]))

    def test_without_persona_there_are_only_acts(self, mot: Run) -> None:
        told = json.loads(mot("explain", "What is waiting for you there?", "--format", "json")[1])
        assert told["acts"]
        assert (told["topics"], told["opens"]) == ([], [])

    def test_text_names_what_is_missing(self, mot: Run) -> None:
        code, out, _ = mot("explain", "s02-forgotten-ticket", "What is waiting for you over there today?")
        assert code == 0
        assert "open_question: " in out
        assert "opens L1" in out

    def test_input_is_answered_line_by_line_plain_or_as_objects(self, mot: Run) -> None:
        lines = [
            "What happened?",
            '{"line": "您什么时候要？", "language": "zh-Hans", "own": 1}',
            "",
            "So, is that right?",
        ]
        code, out, err = mot("explain", "-", typed="\n".join(lines).encode())
        assert (code, err) == (0, "")
        answers = [json.loads(line) for line in out.splitlines()]
        assert len(answers) == 3
        assert answers[0]["acts"][0]["act"] == "open_question"
        assert answers[1]["acts"]

    def test_line_that_no_lexicon_reads_is_answered_empty_and_named(self, mot: Run) -> None:
        code, out, err = mot("explain", "-", typed="Что случилось?\nWhat happened?\n".encode())
        assert code == 0
        assert [bool(json.loads(line)["acts"]) for line in out.splitlines()] == [False, True]
        assert err.startswith("line 1: ")

    @pytest.mark.parametrize(
        ("stdin", "told"),
        [
            (b'{"line": "a"', "line 1: not JSON"),
            (b'{"line": 1}', "line 1: line and context are texts"),
            (b'{"line": "a", "language": "fr"}', "line 1: unknown language 'fr'"),
            (b"\xff\xfe", "line 1: not text in UTF-8"),
            (b"a\0b", "line 1: binary data"),
            (b"a" * 70_000, "line 1: longer than 65,536 bytes"),
        ],
    )
    def test_input_that_is_no_line_is_one_line_and_exit_2(self, mot: Run, stdin: bytes, told: str) -> None:
        assert told in refused(mot("explain", "-", typed=stdin))

    def test_trust_and_predecessors_reach_the_gate(self, mot: Run) -> None:
        lines = b"What else is there on the desk?\nWhat did you feel when you noticed? You look worried.\n"
        told = mot("explain", "s02-forgotten-ticket", "-", "--trust", "3", "--predecessors-open", typed=lines)
        assert (told[0], told[1].count("\n")) == (0, 2)


class TestGrade:
    """`mot grade`."""

    def test_transcript_gets_a_scorecard(self, mot: Run, talk: Path) -> None:
        code, out, err = mot("grade", talk, "--persona", "s02-forgotten-ticket", "--format", "json")
        card = json.loads(out)
        assert (code, err) == (0, "")
        schema = Path(grading.__file__).parent / "schema" / "scorecard-1.json"
        Draft7Validator(json.loads(schema.read_text("utf-8"))).validate(card)
        assert card["ground_truth"] is True

    def test_without_a_persona_it_says_that_ground_truth_is_missing(self, mot: Run, talk: Path) -> None:
        assert json.loads(mot("grade", talk, "--format", "json")[1])["ground_truth"] is False
        assert "without ground truth" in mot("grade", talk)[1]

    def test_several_are_a_list_in_order(self, mot: Run, talk: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.md"
        other.write_text(TALK, encoding="utf-8")
        listed = json.loads(mot("grade", other, talk, "--format", "json", "--jobs", "2")[1])
        assert [Path(one["subject"]).name for one in listed] == ["other.md", "talk.txt"]
        assert {one["scorecard"]["format"] for one in listed} == {"scorecard/1"}

    def test_total_below_the_mark_or_missing_ends_with_1(self, mot: Run, talk: Path, tmp_path: Path) -> None:
        assert mot("grade", talk, "--persona", "s02-forgotten-ticket", "--fail-under", "100")[0] == 1
        short = tmp_path / "short.txt"
        short.write_text("Customer: Hello.\nLearner: Hello, what happened?\n", encoding="utf-8")
        assert json.loads(mot("grade", short, "--format", "json")[1])["total"] is None
        assert mot("grade", short, "--fail-under", "0")[0] == 1

    @pytest.mark.parametrize(
        "source", [b"", b"\0\1\2", b"\xff\xfe\xff", "Клиент: Да\nLearner: Что случилось с вами?\n".encode()]
    )
    def test_file_that_cannot_be_read_is_one_line_and_leaves_the_output_alone(
        self, mot: Run, tmp_path: Path, source: bytes
    ) -> None:
        (tmp_path / "bad.txt").write_bytes(source)
        result = tmp_path / "result.json"
        result.write_text("before", encoding="utf-8")
        assert "bad.txt" in refused(mot("grade", "bad.txt", "-o", result))
        assert result.read_text("utf-8") == "before"

    def test_of_several_one_that_cannot_be_read_is_named_and_the_others_are_graded(
        self, mot: Run, talk: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "bad.txt").write_text("Customer: Hello.\nLearner:\n", encoding="utf-8")
        code, out, err = mot("grade", talk, "bad.txt", "nobody", "--format", "json", "--fail-under", "0")
        assert [Path(one["subject"]).name for one in json.loads(out)] == ["talk.txt"]
        bad, nobody = err.splitlines()
        assert (code, bad) == (2, "mot: bad.txt:2: turn 2 is empty")
        assert "there is no session nobody" in nobody
        assert mot("grade", "bad.txt", "none.txt")[:2] == (2, "")

    def test_an_option_that_is_wrong_is_told_once_whatever_the_number_of_files(self, mot: Run, talk: Path) -> None:
        assert "no persona 'x'" in refused(mot("grade", talk, talk, "--persona", "x"))

    def test_output_is_written_whole(self, mot: Run, talk: Path, tmp_path: Path) -> None:
        result = tmp_path / "result.json"
        code, out, _ = mot("grade", talk, "--format", "json", "-o", result)
        assert (code, out) == (0, "")
        assert json.loads(result.read_text("utf-8"))["format"] == "scorecard/1"
        assert sorted(path.name for path in tmp_path.glob("*result*")) == ["result.json"]

    def test_output_that_cannot_be_written_is_one_line(self, mot: Run, talk: Path, tmp_path: Path) -> None:
        assert "not written" in refused(mot("grade", talk, "-o", tmp_path / "none" / "result.txt"))

    def test_full_disk_is_one_line_exit_4_and_keeps_what_was_there(
        self, mot: Run, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        result = tmp_path / "result.txt"
        result.write_text("before", encoding="utf-8")
        monkeypatch.setattr("os.fsync", full)
        assert "No space left on device" in refused(mot("grade", talk, "-o", result), code=4)
        assert result.read_text("utf-8") == "before"
        assert not list(tmp_path.glob(".result*"))


class TestSession:
    """`mot grade` and `mot show` of a session that was practised."""

    @pytest.fixture
    def practised(self, mot: Run, tmp_path: Path) -> dict[str, Any]:
        script = tmp_path / "script.txt"
        script.write_text("What is waiting for you over there today?\nI see. Is that right?\n", encoding="utf-8")
        code, out, _ = mot("practice", "s02-forgotten-ticket", "--script", script, "--seed", "1", "--format", "json")
        assert code == 0
        session: dict[str, Any] = json.loads(out)
        return session

    def test_session_is_listed_shown_and_graded_again(self, mot: Run, practised: dict[str, Any]) -> None:
        name = practised["session"]
        assert [row["id"] for row in json.loads(mot("list", "sessions", "--format", "json")[1])] == [name]
        assert json.loads(mot("show", name[:-1], "--format", "json")[1]) == practised
        assert "What is waiting for you over there today?" in mot("show", name)[1]
        again = json.loads(mot("grade", name, "--format", "json")[1])
        assert again["total"] == practised["scorecard"]["total"]

    def test_session_as_markdown_is_a_transcript_again(
        self, mot: Run, practised: dict[str, Any], tmp_path: Path
    ) -> None:
        (tmp_path / "shared.md").write_text(mot("show", practised["session"], "--format", "md")[1], encoding="utf-8")
        card = json.loads(mot("grade", "shared.md", "--persona", practised["persona"], "--format", "json")[1])
        assert [need["id"] for need in card["needs"]] == [need["id"] for need in practised["needs"]]

    def test_session_knows_its_persona(self, mot: Run, practised: dict[str, Any]) -> None:
        told = refused(mot("grade", practised["session"], "--persona", "s01-phone-for-xiaowang"))
        assert "knows its persona" in told


WRITING = [("list", "rubrics"), ("grade", "talk.txt", "--format", "json")]


@pytest.mark.parametrize("arguments", WRITING)
def test_reader_that_leaves_early_ends_it_quietly(arguments: tuple[str, ...], talk: Path) -> None:
    program = (sys.executable, "-m", "simulator", *arguments)
    found = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=talk.parent, env=found)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process:
        assert process.stderr.read() == b""
    assert process.returncode == 0


FULL_DISK = """
import io, sys
from simulator.__main__ import main
class Full(io.RawIOBase):
    def writable(self): return True
    def write(self, data): raise OSError(28, "No space left on device")
sys.stdout = io.TextIOWrapper(io.BufferedWriter(Full()), "utf-8")
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("arguments", WRITING)
def test_output_that_is_full_is_one_line_and_exit_4(arguments: tuple[str, ...], talk: Path) -> None:
    found = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    program = (sys.executable, "-c", FULL_DISK, *arguments)
    done = subprocess.run(program, stderr=subprocess.PIPE, cwd=talk.parent, env=found, check=False)
    assert done.stderr == b"mot: standard output: No space left on device\n"
    assert done.returncode == 4


class TestNew:
    """`mot new`."""

    @pytest.mark.parametrize("kind", ["persona", "rubric"])
    def test_its_comments_are_in_the_language_of_whoever_asks(
        self, mot: Run, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert mot("new", kind, "asked-for", "--language", "zh-Hans")[:2] == (0, f"{kind}s/asked-for.yaml\n")
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        assert mot("new", kind, "of-the-locale")[0] == 0
        asked, locale = (Path(f"{kind}s/{name}.yaml").read_text("utf-8") for name in ("asked-for", "of-the-locale"))
        assert asked.replace("asked-for", "of-the-locale") == locale
        assert "下面是一个能用的小例子" in asked
        code, out, _ = mot("check", f"{kind}s")
        assert (code, out) == (0, "")

    def test_the_schema_beside_it_is_in_that_language_too(self, mot: Run) -> None:
        mot("new", "persona", "mine", "--language", "zh-Hans")
        beside = Path("personas/persona-1.schema.json").read_text("utf-8")
        told = re.findall(r'"description": "(.*?)"[,}\n]', beside)
        assert len(told) > 100
        assert [words for words in told if not re.search("[\u4e00-\u9fff]", words)] == []
        shipped = json.loads(schema_text("persona"))
        assert bare(json.loads(beside)) == bare(shipped)
        mot("new", "rubric", "mine")
        assert json.loads(Path("rubrics/rubric-1.schema.json").read_text("utf-8")) == json.loads(schema_text("rubric"))


def bare(schema: Any) -> Any:
    """A schema without what people read in it."""
    if isinstance(schema, dict):
        return {key: bare(item) for key, item in schema.items() if not (key == "description" and isinstance(item, str))}
    return [bare(item) for item in schema] if isinstance(schema, list) else schema
