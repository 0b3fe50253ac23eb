"""Trying a session again from a line of the learner's, and holding a finding of the grade to be wrong."""

import asyncio
from pathlib import Path

import pytest

from simulator import practice
from simulator.domain import events as e
from simulator.domain.opening import Choice
from simulator.errors import BadInput, LineRefused
from simulator.settings import Settings

LINES = (
    "What a fright. What is waiting for you over there today?",
    "Who is travelling with you?",
    "I'll send the driver to the hotel now.",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", config_folder=tmp_path / "config")


@pytest.fixture
def held(settings: Settings) -> str:
    """A session with three exchanges, a note, a hint and a guess, that is over."""

    async def hold(session: practice.Practice) -> None:
        talk = session.conversation
        async for _ in talk.open():
            pass
        for line in LINES:
            async for _ in talk.say(line):
                pass
            await talk.note(f"after {line[:4]}")
        await talk.hint("L1", 1)
        await talk.end("learner")
        await talk.guess("a signing")

    with practice.start(settings, Choice("s02-forgotten-ticket", settings.rubric, seed=3)) as session:
        asyncio.run(hold(session))
        return session.started.session


def test_a_branch_holds_all_that_happened_before_its_turn_and_nothing_after(settings: Settings, held: str) -> None:
    with practice.Practice(
        settings, practice.assemble.store(settings), held, practice.assemble.company(settings)
    ) as one:
        origin = one.conversation.state
    with practice.branch(settings, held, 4) as again:
        state = again.conversation.state
    assert state.turns == origin.turns[:3]
    assert state.opened == {need: opened for need, opened in origin.opened.items() if opened.turn < 4}
    assert (state.ended, state.guess, state.hints) == (None, None, ())
    assert [note.text for note in state.notes] == ["after What"]
    assert (again.started.branch_of, again.started.seed) == (f"{held}:4", 3)


@pytest.mark.parametrize("turn", [0, 1, 3, 99])
def test_a_branch_begins_at_a_line_of_the_learners(settings: Settings, held: str, turn: int) -> None:
    with pytest.raises(BadInput, match="those are 2, 4, 6"):
        practice.branch(settings, held, turn)


def test_a_contested_finding_is_kept_beside_the_score(settings: Settings, held: str) -> None:
    async def contest(session: practice.Practice) -> None:
        before = await session.grade()
        await session.keep(before)
        await session.conversation.contest("promise", "I'll send the driver", "the brief allows it")
        with pytest.raises(LineRefused):
            await session.conversation.contest("cap", "CAP_NO_CONFIRM", " ")
        assert await session.grade() == before

    with practice.Practice(
        settings, practice.assemble.store(settings), held, practice.assemble.company(settings)
    ) as one:
        asyncio.run(contest(one))
        kept = one.scorecard
        assert kept is not None
        assert kept.total is not None
    with practice.Practice(
        settings, practice.assemble.store(settings), held, practice.assemble.company(settings)
    ) as one:
        found = e.Contested("promise", "I'll send the driver", "the brief allows it")
        assert one.conversation.state.contested == (found,)
