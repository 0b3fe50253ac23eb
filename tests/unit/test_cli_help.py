"""Help and complaints about a command line in the language of whoever asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from simulator.__main__ import main
from simulator.cli.app import COMMANDS, command_line
from simulator.cli.help import texts
from simulator.cli.speaking import language_asked
from simulator.reports.layout import cells
from simulator.wording import in_words, speaking

CHINESE = ["zh-Hans", "zh-Hant"]


@contextmanager
def listed(*names: str) -> Iterator[list[str]]:
    """The texts of the help of these commands, and of the program's own."""
    command = get_command(command_line(names))
    with command.make_context("mot", [], resilient_parsing=True) as context:
        yield list(texts(command, context))


def page(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What help prints."""
    assert main([*arguments, "--help"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> str:
    """The one line that says what is wrong."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err.rstrip()


def test_every_command_option_and_argument_has_texts_to_translate() -> None:
    with listed(*COMMANDS) as found:
        assert {"Do not ask.", "Its id, or how it begins.", "Show this message and exit."} <= set(found)
        assert {short for _, short, _ in COMMANDS.values()} <= set(found)
        assert all(found)


@pytest.mark.parametrize("language", CHINESE)
def test_no_text_of_any_help_is_left_untranslated(language: str) -> None:
    with listed(*COMMANDS) as found, speaking(language):
        assert [text for text in found if not re.search(r"[\u4e00-\u9fff]", in_words(text))] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_in_chinese_has_all_its_texts_and_fits_a_terminal(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = page(capsys, command, "--language", "zh")
    run_together = re.sub(r"\s", "", shown)
    tree = get_command(command_line([command]))
    assert isinstance(tree, TyperGroup)
    below = tree.commands[command]
    with below.make_context(command, [], resilient_parsing=True) as context:
        for text in texts(below, context):
            with speaking("zh-Hans"):
                assert re.sub(r"\s", "", in_words(text)) in run_together
    assert max(map(cells, shown.splitlines())) <= 80
    assert not re.search(r"^\s*[，。；：、）]", shown, re.MULTILINE)
    assert not re.search(r"Usage|Options|Arguments|Example|OPTIONS|default:|required|charset", shown)
    assert f"例：mot {command}" in shown


def test_a_page_in_chinese_is_laid_out_as_the_english_one_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        page(capsys, "show", "--language", "zh-Hans")
        == """\
用法：mot show [选项] {SESSION}

  看一场会话：说了什么，每个需求结果如何；导入的对话记录只看说了什么。

参数：
  SESSION  编号，或者编号的开头。 [必填]

选项：
  --format <text|json|md>  text 给人看，json 给程序用，md 便于转发。 [默认：
                           text]
  --language <str>         en、zh-Hans 或 zh-Hant；不写就用 MOT_LANGUAGE。
  -h, --help               显示本说明。

  例：mot show 20260301 --format md
"""
    )


def test_the_program_s_own_page_lists_the_commands_in_the_language_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert "  purge     永久刪除對話。" in page(capsys, "--language", "zh-TW")
    assert "  purge     Delete conversations for good." in page(capsys, "--language", "en")


def test_help_speaks_the_language_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page(capsys, "show").startswith("Usage: mot show [OPTIONS] {SESSION}\n\n  Show a session: ")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert page(capsys, "show").startswith("用法：mot show [选项] {SESSION}\n\n  看一场会话")
    assert page(capsys, "show", "--language", "en").startswith("Usage: ")


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (["list", "persona"], "is not one of 'personas', ", "的值不对：没有 'persona'；可选：'personas', "),
        (["list"], ". Choose from: personas, rubrics, ", "'；可选：personas, rubrics, "),
        (["show"], "Missing argument 'SESSION'.", "缺少参数 'SESSION'"),
        (["rate", "talk.yaml"], "Missing option '--rater'.", "缺少选项 '--rater'"),
        (["show", "x", "--formt=md"], "--formt (Possible options: --format)", "没有选项 --formt；相近的有：--format"),
        (["show", "--zzz"], "No such option: --zzz", "没有选项 --zzz"),
        (["lst"], "No such command 'lst'. Did you mean 'list'?", "没有命令 'lst'；是不是想写 'list'？"),
        (["zzz"], "No such command 'zzz'.", "没有命令 'zzz'"),
        (["practice", "--seed"], "Option '--seed' requires an argument.", "选项 '--seed' 后面要写值"),
        (["practice", "--plain=1"], "Option '--plain' does not take a value.", "选项 '--plain' 不带值"),
        (["doctor", "a", "b"], "Got unexpected extra argument(s) (a b)", "多出了参数：a b"),
        (["purge", "--older-than=-1"], "-1 is not in the range x>=0.", "的值不对：-1 不在范围 x>=0 之内"),
        (["practice", "--seed", "七"], "'七' is not a valid int.", "'--seed' 的值不对：'七' 不是整数"),
        (["grade", "x", "--jobs", "y"], "'y' is not a valid int range.", "'--jobs' 的值不对：'y' 不是整数"),
        (["explain", "x", "--trust", "y"], "'y' is not a valid float range.", "'--trust' 的值不对：'y' 不是数字"),
    ],
)
def test_what_is_wrong_with_a_command_line_is_said_in_the_language_asked(
    arguments: list[str],
    english: str,
    chinese: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = refused(capsys, arguments)
    assert told.startswith("mot: ")
    assert english in told
    assert re.search(r" \(see mot( \w+)? --help\)$", told)
    monkeypatch.setenv("MOT_LANGUAGE", "zh-Hans")
    told = refused(capsys, arguments)
    assert chinese in told
    assert re.search(r"（见 mot( \w+)? --help）$", told)
    assert not re.search(r"[A-Za-z]+ (is|not|of|a) ", told)


@pytest.mark.parametrize(
    ("typed", "proposed"), [("mot pu", '"purge":"永久删除对话。"'), ("mot purge --y", '"--yes":"不再询问。"')]
)
def test_a_shell_shows_what_it_proposes_in_the_language_of_the_environment(
    typed: str, proposed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOT_LANGUAGE", "zh")
    monkeypatch.setenv("_MOT_COMPLETE", "complete_zsh")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", typed)
    with pytest.raises(SystemExit):
        main([])
    assert proposed in capsys.readouterr().out


def test_a_flag_decides_the_language_of_a_complaint_wherever_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert "没有选项 --zzz" in refused(capsys, ["show", "--zzz", "--language", "zh"])
    assert "没有命令 'zzz'" in refused(capsys, ["--language=zh", "zzz"])


def test_a_language_before_the_command_is_the_command_s(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "zh", "list", "sessions"]) == 0
    assert capsys.readouterr().out == "还没有\n"
    assert main(["--language", "zh", "list", "sessions", "--language", "en"]) == 0
    assert capsys.readouterr().out == "none yet\n"


def test_what_no_command_has_read_settings_for_is_refused_in_the_language_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "未知的语言“klingon”" in refused(capsys, ["list", "personas", "--language", "klingon"])


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_TW.UTF-8"}, "zh-Hant"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "MOT_LANGUAGE": " "}, "zh-Hans"),
        ([], {"LANG": "zh_CN.UTF-8", "MOT_LANGUAGE": "en"}, "en"),
        (["show", "--language", "zh"], {"MOT_LANGUAGE": "en"}, "zh-Hans"),
        (["show", "--language=zh-HK"], {"MOT_LANGUAGE": "en"}, "zh-Hant"),
        (["--language", "en", "show", "--language", "zh"], {}, "zh-Hans"),
        (["explain", "--", "--language", "zh"], {}, "en"),
        (["show", "--language"], {"MOT_LANGUAGE": "zh"}, "zh-Hans"),
        (["show", "--language", "klingon"], {"LANG": "zh_CN.UTF-8"}, "zh-Hans"),
    ],
)
def test_flag_then_variable_then_locale(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert language_asked(arguments, environment) == language


@pytest.mark.parametrize(
    ("content", "language"),
    [('language = "zh-Hans"', "zh-Hans"), ("language = ", "zh-Hant"), ('learner = "lu"', "zh-Hant")],
)
def test_config_toml_decides_before_the_locale_and_a_broken_one_is_left_to_the_command(
    content: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_named: tmp_path)
    (tmp_path / "config.toml").write_text(content, "utf-8")
    assert language_asked([], {"LANG": "zh_TW.UTF-8"}) == language
    assert language_asked(["--language", "en"], {}) == "en"
    assert language_asked(["show", "--help"], {"LANG": "zh_TW.UTF-8"}) == "zh-Hant"  # it does not wait for the file
