from __future__ import annotations

import ast
import asyncio
import contextvars
import gettext
import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator import wording
from simulator.wording import listed, say, speak, speaking

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "catalogues.py"
LOCALE = ROOT / "simulator" / "locale"
CHINESE = ["zh_CN", "zh_TW"]


def messages(catalogue: str, locale: Path = LOCALE) -> dict[str, str]:
    """What a compiled catalogue says for each English message."""
    with (locale / catalogue / "LC_MESSAGES" / "mot.mo").open("rb") as file:
        entries: dict[str, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # has no other list
    return {source: said for source, said in entries.items() if source}


def fields(text: str) -> list[str]:
    return sorted(re.findall(r"\{.*?\}", text))


def said(language: str, message: str, **values: object) -> str:
    """Spoken in a context of its own, so that the language does not stay for the next test."""

    def speaking() -> str:
        speak(language)
        return say(message, **values)

    return contextvars.copy_context().run(speaking)


def test_the_catalogues_hold_every_message_and_are_up_to_date() -> None:
    checked = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, encoding="utf-8", check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_every_message_is_written_where_it_is_said_so_that_it_can_be_extracted() -> None:
    hidden = []
    for file in sorted((ROOT / "simulator").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                message = node.args[0]
                if not (isinstance(message, ast.Constant) and isinstance(message.value, str)):
                    hidden.append(f"{file.relative_to(ROOT)}:{node.lineno}: say({ast.unparse(message)})")
    assert not hidden


@pytest.mark.parametrize("catalogue", CHINESE)
def test_every_translation_has_the_fields_of_its_source(catalogue: str) -> None:
    differing = {source: said for source, said in messages(catalogue).items() if fields(source) != fields(said)}
    assert not differing


@pytest.mark.parametrize("catalogue", CHINESE)
def test_every_translation_says_it_in_chinese(catalogue: str) -> None:
    entries = messages(catalogue)
    worded = {source: said for source, said in entries.items() if re.search(r"[A-Za-z]", re.sub(r"{.*?}", "", source))}
    english = {source: said for source, said in worded.items() if not re.search(r"[\u4e00-\u9fff]", said)}
    assert len(entries) > 200
    assert not english


def test_both_chinese_catalogues_hold_the_same_messages() -> None:
    assert messages("zh_CN").keys() == messages("zh_TW").keys()


def test_a_message_is_said_in_the_language_spoken() -> None:
    assert said("en", "not passed") == "not passed"
    assert said("zh-Hans", "not scored") == "未评分"
    assert said("zh-Hant", "not scored") == "未評分"


def test_a_list_is_separated_as_the_language_does_it() -> None:
    assert listed(["L1", "L2"]) == "L1, L2"
    with speaking("zh-Hans"):
        assert listed(["L1", "L2"]) == "L1、L2"


def test_traditional_has_the_words_of_taiwan() -> None:
    assert said("zh-Hans", "the file is empty") == "文件是空的"
    assert said("zh-Hant", "the file is empty") == "檔案是空的"
    assert said("zh-Hant", "authority unknown") == "權限不明"


def test_two_tasks_of_one_process_speak_two_languages() -> None:
    async def speaker(language: str, first: asyncio.Barrier, then: asyncio.Barrier) -> str:
        speak(language)
        async with first:  # every task has chosen its language before any of them says a word
            spoken = say("Never")
        async with then:
            return spoken if spoken == say("Never") else "changed in between"

    async def conversation() -> list[str]:
        first, then = asyncio.Barrier(3), asyncio.Barrier(3)
        return await asyncio.gather(*(speaker(language, first, then) for language in ("en", "zh-Hans", "zh-Hant")))

    assert asyncio.run(conversation()) == ["Never", "绝不能承诺", "絕不能承諾"]


def test_a_language_chosen_in_a_task_is_not_spoken_outside_of_it() -> None:
    before = say("Never")
    assert said("zh-Hans", "Never") != before
    assert say("Never") == before


def test_a_missing_catalogue_is_an_error_and_not_silently_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "__file__", str(tmp_path / "wording.py"))
    wording._catalogue.cache_clear()
    try:
        with pytest.raises(FileNotFoundError):
            said("zh-Hans", "Never")
    finally:
        wording._catalogue.cache_clear()


class Program:
    """A small program with one message and catalogues that are in order, to break."""

    def __init__(self, folder: Path, main: Callable[[list[str], Path], int]) -> None:
        self._main = main
        self._folder = folder
        self.source = folder / "program.py"
        self.simplified = folder / "locale/zh_CN/LC_MESSAGES/mot.po"
        self.traditional = folder / "locale/zh_TW/LC_MESSAGES/mot.po"
        for file in (self.simplified, self.traditional):
            file.parent.mkdir(parents=True)
        self.source.write_text('say("{count} files were read")', "utf-8")
        self.simplified.write_text('msgid "{count} files were read"\nmsgstr "读了{count}个文件"\n', "utf-8")
        assert self.update() == 0

    def update(self) -> int:
        return self._main([], self._folder)

    def check(self) -> int:
        return self._main(["--check"], self._folder)


@pytest.fixture(scope="module")
def main() -> Callable[[list[str], Path], int]:
    """The script's, loaded once: the converter takes its time."""
    spec = importlib.util.spec_from_file_location("catalogues", SCRIPT)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    found: Callable[[list[str], Path], int] = script.main
    return found


@pytest.fixture
def program(tmp_path: Path, main: Callable[[list[str], Path], int]) -> Program:
    return Program(tmp_path / "program", main)


def test_catalogues_in_order_pass_and_say_nothing(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.check() == 0
    assert capsys.readouterr().err == ""


def test_an_update_makes_the_same_bytes_again(program: Program) -> None:
    made = [file.with_suffix(suffix) for file in (program.simplified, program.traditional) for suffix in (".po", ".mo")]
    first = [file.read_bytes() for file in made]
    assert program.update() == 0
    assert [file.read_bytes() for file in made] == first
    assert "读了{count}个文件" in program.simplified.read_text("utf-8")
    assert "讀了{count}個檔案" in program.traditional.read_text("utf-8")


def test_a_new_message_is_asked_for_until_it_is_translated(
    program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    program.source.write_text('say("{count} files were read"), say("Never")', "utf-8")
    assert program.check() == 1
    assert "zh_CN: not translated: 'Never'" in capsys.readouterr().err
    assert program.update() == 1
    text = program.simplified.read_text("utf-8")
    program.simplified.write_text(text.replace('msgid "Never"\nmsgstr ""', 'msgid "Never"\nmsgstr "绝不"'), "utf-8")
    assert program.update() == 0
    assert program.check() == 0


def test_a_message_that_changed_keeps_its_translation_and_has_to_be_looked_at(
    program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    program.source.write_text('say("{count} files have been read")', "utf-8")
    assert program.update() == 1
    assert "zh_CN: fuzzy: '{count} files have been read'" in capsys.readouterr().err
    text = program.simplified.read_text("utf-8")
    assert "读了{count}个文件" in text
    program.simplified.write_text(text.replace("#, fuzzy, ", "#, "), "utf-8")
    assert program.update() == 0


@pytest.mark.parametrize("wrong", ["读了{counts}个文件", "读了文件", "读了{count:,}个文件", "读了{count个文件"])
def test_a_translation_with_other_fields_is_refused(
    wrong: str, program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    text = program.simplified.read_text("utf-8").replace("读了{count}个文件", wrong)
    program.simplified.write_text(text, "utf-8")
    assert program.update() == 1
    assert "zh_CN: other fields: '{count} files were read'" in capsys.readouterr().err


@pytest.mark.parametrize("edit", ["compiled", "traditional", "no longer said"])
def test_catalogues_that_are_not_up_to_date_fail_the_check(
    edit: str, program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    match edit:
        case "compiled":
            program.traditional.with_suffix(".mo").unlink()
        case "traditional":
            program.traditional.write_text(program.traditional.read_text("utf-8").replace("檔案", "檔"), "utf-8")
        case _:
            program.source.write_text("", "utf-8")
    assert program.check() == 1
    assert "not up to date" in capsys.readouterr().err
