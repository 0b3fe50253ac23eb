"""The pages for trainers, done literally from first line to last: what they say the program answers, it answers."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.functional.conftest import Run

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"en": "trainer.md", "zh-Hans": "trainer.zh-Hans.md"}
PERSONA = Path("personas/my-bicycle.yaml")
STEP = re.compile(r"(?:<!-- (?P<told>[^>]*) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)


@pytest.mark.parametrize("language", PAGES)
def test_the_page_for_trainers_can_be_followed_to_the_letter(
    mot: Run, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOT_LANGUAGE", language)
    steps = list(STEP.finditer((DOCS / PAGES[language]).read_text("utf-8")))
    lines = next(step["body"] for step in steps if step["told"] == "the file lines.txt")
    Path("lines.txt").write_text(lines, "utf-8")
    followed = 0
    for step in steps:
        if step["kind"] == "console":
            for command in step["body"].removeprefix("$ ").split("\n$ "):
                follow(mot, *command.split("\n", 1))
                followed += 1
        elif step["kind"] == "yaml":
            edit(step["told"], step["body"])
    assert followed > 10, "the page was not read"


def test_the_pages_take_the_same_steps() -> None:
    """Command by command; what is asked in a line, and what is answered, is each language's own."""
    taken = []
    for page in PAGES.values():
        text = (DOCS / page).read_text("utf-8")
        commands = re.findall(r"^\$ (mot \S+ \S+)", text, re.MULTILINE)
        taken.append(
            (commands, re.findall(r"^## (\d)", text, re.MULTILINE), re.findall(r"^<!-- (\w+ \w+)", text, re.MULTILINE))
        )
    assert taken[0] == taken[1]


def follow(mot: Run, command: str, answer: str = "") -> None:
    """Run one command: its answer holds every line of the page, in their order. What follows "You:" is typed."""
    program, *arguments = shlex.split(command)
    assert program == "mot"
    told = answer.splitlines()
    typed = "".join(f"{line.removeprefix('You: ')}\n" for line in told if line.startswith("You: "))
    code, out, err = mot(*arguments, typed=typed)
    assert code == bool(re.search(r":\d+: P\d", answer)), err  # 1 where something is found
    given = iter((out + err).splitlines())
    for line in told:
        assert line.startswith("You: ") or line == "…" or line in given, f"{command}: {line}"


def edit(told: str, block: str) -> None:
    """Put a block of the page into the persona, before the line that begins so, or instead of it."""
    where, beginning = re.fullmatch(r'put (before|instead of) "(.*)"', told).groups()  # type: ignore[union-attr] # matches
    lines = PERSONA.read_text("utf-8").splitlines(keepends=True)
    [at] = [at for at, line in enumerate(lines) if line.startswith(beginning)]
    lines[at : at + (where == "instead of")] = [block]
    PERSONA.write_text("".join(lines), "utf-8")
