"""What line mode writes while a reply comes: as it comes, broken where the terminal ends, closed when it is durable."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator

import pytest

from simulator.cli.screen import Screen
from simulator.cli.streams import Speech
from simulator.conversation.engine import Delta
from simulator.conversation.ports import Waiting
from simulator.domain import events as e
from simulator.domain.transcript import Turn
from simulator.domain.usage import Prices, Usage
from simulator.wording import speaking
from tests.fakes import hearing, sentence

HEARD = hearing(sentence("Hello."))
USED = Usage("actor", "m", "m", 1200, 30, "counted", left_out=2, cost=0.25)


class Terminal(io.StringIO):
    """A terminal of sixteen columns."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("COLUMNS", "16")
    return Terminal()


async def events(*these: e.Event | Delta | Waiting) -> AsyncGenerator[e.Event | Delta | Waiting, None]:
    for one in these:
        yield one


async def test_words_are_on_the_screen_when_they_come_and_the_line_ends_when_it_is_settled() -> None:
    out = io.StringIO()
    screen = Screen("Ms Chen", out)
    seen = []

    async def reply() -> AsyncGenerator[e.Event | Delta | Waiting, None]:
        yield Delta("It is ")
        seen.append(out.getvalue())
        yield Delta("the\npaper.")
        seen.append(out.getvalue())
        yield e.PersonaSpoke(3, "It is the\npaper.")

    assert await screen.follow(reply()) == [e.PersonaSpoke(3, "It is the\npaper.")]
    assert seen == ["Ms Chen: It is ", "Ms Chen: It is the paper."]
    assert out.getvalue() == "Ms Chen: It is the paper."
    screen.settle()
    screen.settle()
    assert out.getvalue() == "Ms Chen: It is the paper.\n"


async def test_an_opening_line_that_comes_in_one_piece_is_shown() -> None:
    out = io.StringIO()
    screen = Screen("Ms Chen", out)
    await screen.follow(events(e.PersonaSpoke(1, "Hello?")))
    screen.settle()
    assert out.getvalue() == "Ms Chen: Hello?\n"


def test_a_terminals_lines_are_broken_between_words_as_they_come(terminal: Terminal) -> None:
    speech = Speech(terminal, "Ms Chen: ")
    for piece in ("We si", "gn at two", ".\nIf I'm n", "ot there they go."):
        speech.write(piece)
    speech.end()
    assert terminal.getvalue() == "Ms Chen: We sign\n  at two. If I'm\n  not there they\n  go.\n"


def test_no_line_begins_with_a_chinese_mark_however_the_pieces_fall(terminal: Terminal) -> None:
    speech = Speech(terminal, "陈岚：")
    for piece in "四点我们定供应商，没章的我这份上不了会。":
        speech.write(piece)
    speech.end()
    lines = terminal.getvalue().splitlines()
    assert "".join(line.strip() for line in lines) == "陈岚：四点我们定供应商，没章的我这份上不了会。"
    assert len(lines) > 2
    assert not [line for line in lines if line.strip()[0] in "，。：" or len(line.strip()) > 8]


async def test_a_wait_is_told_in_whole_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    await Screen("Ms Chen", io.StringIO()).follow(events(Waiting(6.2, "the endpoint is busy")))
    assert capsys.readouterr().err == "the endpoint is busy; asking again in 7 s\n"


def test_what_went_otherwise_is_told_and_what_stays_so_only_once(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen("Ms Chen", io.StringIO())
    fallen = e.Heard(2, HEARD, "offline", "busy")
    cut = e.PersonaSpoke(3, "Well", "interrupted", "the connection closed too early")
    screen.tell([e.Heard(2, HEARD, "llm"), e.PersonaSpoke(3, "Yes.")])
    assert capsys.readouterr().err == ""
    for _ in range(2):
        screen.tell([fallen, e.ModelAnswered(3, USED), cut, e.PersonaSpoke(3, "", "failed", "busy")])
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 6
    assert sum("(busy)" in line for line in told) == 1
    assert sum("window is full" in line for line in told) == 1
    assert told[-2:] == ["broken off: the connection closed too early", "no reply: busy"]


def test_what_was_spent_is_told_with_its_cost_where_prices_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Screen("Ms Chen", io.StringIO())
    screen.spent((), None)
    assert capsys.readouterr().err == ""
    screen.spent((USED, USED), None)
    assert capsys.readouterr().err == "the model read 2,400 tokens and wrote 60\n"
    screen.spent((USED, USED), Prices(1, 1, "EUR"))
    assert capsys.readouterr().err == "the model read 2,400 tokens and wrote 60 (0.5000 EUR)\n"


def test_a_turn_shown_again_is_marked_where_it_was_cut_off() -> None:
    out = io.StringIO()
    with speaking("en"):
        Screen("Ms Chen", out).turn(Turn(3, "persona", "Well", "interrupted"))
    assert out.getvalue() == "Ms Chen: Well [interrupted]\n"
