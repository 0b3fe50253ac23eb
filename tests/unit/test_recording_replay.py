"""Practices recorded against an endpoint on this machine and played again without it."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import practice as sessions
from simulator.conversation.engine import Conversation, Delta
from simulator.domain import events as e
from simulator.domain.opening import Choice
from simulator.domain.usage import Prices
from simulator.errors import BadInput
from simulator.recording.cassette import to_play
from simulator.recording.check import Checked, check
from simulator.recording.recorder import claim, recorded
from simulator.recording.recording import CASSETTE, FILE, Recording, load
from simulator.recording.replay import replay
from simulator.recording.update import update
from simulator.settings import NamedModel, Settings
from tests.endpoint import LoopbackEndpoint, Play, Request, Wire, delta, fails
from tests.recorded import LINES, PERSONA, go_on, online, practise, reader, said_by, settings_for

Answer = Callable[[Request], Play]


class Deciding:
    """Answers as `tests.recorded.reader` does, but for the requests (counted from 1) that have a play of their own."""

    def __init__(self, plays: dict[int, Play]) -> None:
        self.plays = plays
        self.asked = 0

    def __call__(self, request: Request) -> Play:
        self.asked += 1
        return self.plays.get(self.asked) or reader(request)


@pytest.fixture
def server() -> Iterator[LoopbackEndpoint]:
    with LoopbackEndpoint(answer_by=reader) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recording"


def checked(folder: Path, home: Path, *packs: Path) -> Checked:
    return check(folder, settings_for(home, packs=packs))


def is_as_recorded(folder: Path, home: Path) -> Recording:
    result = checked(folder, home)
    assert result == Checked(folder), result
    return load(folder)


def test_a_practice_and_its_grade_replay_without_the_endpoint(home: Path, folder: Path) -> None:
    with LoopbackEndpoint(answer_by=reader) as server:
        practise(online(home, server), folder, LINES)
    recording = is_as_recorded(folder, home)
    assert recording.requests > 2 * len(LINES)
    assert recording.scorecard is not None
    assert "loop-1" in str(recording.scorecard)
    spoken = [event.text for event in recording.events if isinstance(event, e.PersonaSpoke)]
    assert "好的。" in spoken[-1]


def test_twenty_replays_in_a_row_are_the_same(home: Path, folder: Path, server: LoopbackEndpoint) -> None:
    practise(online(home, server), folder, LINES)
    for _ in range(20):
        is_as_recorded(folder, home)


def test_the_order_of_keys_and_interactions_in_the_files_does_not_matter(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    practise(online(home, server), folder, LINES)
    chance = random.Random(2)  # noqa: S311 -- an order, no secret
    for name in (FILE, CASSETTE):
        value = yaml.safe_load((folder / name).read_text("utf-8"))
        chance.shuffle(value.get("interactions", []))
        (folder / name).write_text(yaml.safe_dump(_keys_shuffled(value, chance), sort_keys=False), encoding="utf-8")
    is_as_recorded(folder, home)


def _keys_shuffled(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [_keys_shuffled(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    chance.shuffle(names)
    return {name: _keys_shuffled(value[name], chance) for name in names}


def test_what_the_learner_sees_while_it_is_recorded_comes_piece_by_piece(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    pieces: list[str] = []

    async def listen(talk: Conversation) -> None:
        async for event in talk.say("And now?"):
            pieces.extend([event.text] if isinstance(event, Delta) else [])

    practise(online(home, server), folder, [LINES[0], listen])
    assert len(pieces) > 3


def cut_after(*pieces: str) -> Play:
    def play(wire: Wire) -> None:
        wire.start()
        for piece in pieces:
            wire.event(delta(piece))
        wire.cut()

    return play


@pytest.mark.parametrize(
    "trouble",
    [
        fails(500),
        fails(429, headers={"Retry-After": "1"}),
        lambda wire: wire.reset(),
        lambda wire: wire.whole(b"<html>Bad gateway", 502, "text/html"),
        lambda wire: wire.whole(b'{"choices": [', 200),
        cut_after(),
    ],
    ids=["500", "429", "reset", "page", "broken", "cut"],
)
@pytest.mark.parametrize("at", [1, 2], ids=["listener", "actor"])
def test_a_fault_in_the_middle_and_what_came_of_it_replay(trouble: Play, at: int, home: Path, folder: Path) -> None:
    async def ask_again(talk: Conversation) -> None:
        await said_by(talk.answer())

    with LoopbackEndpoint(answer_by=Deciding({at: trouble})) as server:
        practise(online(home, server), folder, [LINES[0], ask_again, LINES[1]])
    is_as_recorded(folder, home)


def test_a_reply_that_broke_off_and_was_asked_for_again_replays(home: Path, folder: Path) -> None:
    async def retry(talk: Conversation) -> None:
        await said_by(talk.retry())

    with LoopbackEndpoint(answer_by=Deciding({2: cut_after("Well, it is", " so")})) as server:
        practise(online(home, server), folder, [LINES[0], retry, LINES[1]])
    recording = is_as_recorded(folder, home)
    assert any(isinstance(event, e.ReplyDiscarded) for event in recording.events)


def test_a_reply_that_failed_and_was_asked_for_by_a_later_program_replays(home: Path, folder: Path) -> None:
    down = dict.fromkeys((2, 3, 4), fails(503, headers={"Retry-After": "0"}))
    with LoopbackEndpoint(answer_by=Deciding(down)) as server:
        settings = online(home, server)
        practice = practise(settings, folder, [LINES[0]], ends=False)
        assert practice.conversation.state.pending
        go_on(settings, practice.started.session, folder, [_answer, LINES[1]])
    recording = is_as_recorded(folder, home)
    assert len(recording.sittings) == 2
    assert [event.status for event in recording.events if isinstance(event, e.PersonaSpoke)][1:3] == [
        "failed",
        "complete",
    ]


async def _answer(talk: Conversation) -> None:
    await said_by(talk.answer())


async def _stop_after(reply: AsyncGenerator[Any, None], deltas: int) -> None:
    """Listen to so many pieces of a reply, then stop it."""
    heard = 0
    async with aclosing(reply):
        async for event in reply:
            heard += isinstance(event, Delta)
            if heard == deltas:
                return


def test_a_reply_that_the_learner_stopped_replays_to_the_same_word(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    practise(online(home, server), folder, [LINES[0], lambda talk: _stop_after(talk.say(LINES[1]), 2), LINES[2]])
    recording = is_as_recorded(folder, home)
    (stopped,) = [
        event for event in recording.events if isinstance(event, e.PersonaSpoke) and event.status != "complete"
    ]
    assert stopped.text == "Well, you said"


def test_a_learner_who_left_before_a_word_was_said_leaves_again(home: Path, folder: Path) -> None:
    async def leave(talk: Conversation) -> None:
        reply = asyncio.create_task(said_by(talk.say(LINES[1])))
        await asyncio.to_thread(silent.wait, 10)
        reply.cancel()
        await asyncio.wait([reply])

    silent = threading.Event()

    def says_nothing(wire: Wire) -> None:
        wire.start()
        silent.set()
        wire.hold()

    with LoopbackEndpoint(answer_by=Deciding({4: says_nothing})) as server:
        practise(online(home, server), folder, [LINES[0], leave, _answer, LINES[2]])
    is_as_recorded(folder, home)


def test_whatever_else_was_done_is_done_again(home: Path, folder: Path) -> None:
    async def note_hint_undo(talk: Conversation) -> None:
        await talk.note("他有血压药")
        await talk.hint("L1", 1)
        await talk.undo()

    async def guess(talk: Conversation) -> None:
        await talk.guess("tablets\nthe deal")

    practise(settings_for(home), folder, [LINES[0], note_hint_undo, LINES[1], guess])
    recording = is_as_recorded(folder, home)
    kinds = {type(event) for event in recording.events}
    assert {e.NoteTaken, e.HintShown, e.ExchangeUndone, e.Guessed, e.SessionEnded} <= kinds
    assert recording.requests == 0
    assert not (folder / CASSETTE).exists()


def test_a_wait_of_a_minute_replays_in_no_time_and_a_silence_as_one(home: Path, folder: Path) -> None:
    with LoopbackEndpoint(answer_by=reader) as server:
        practise(online(home, server), folder, LINES[:1])
    cassette = folder / CASSETTE
    text = cassette.read_text("utf-8")
    stream = text.index("data: [DONE]")
    start = text.index("data: ")
    text = text[:start] + text[stream:].replace("data: [DONE]\n", ":\n", 1).replace(
        "    seconds:", "    end: left\n    seconds:", 1
    )
    cassette.write_text(text, encoding="utf-8")
    replayed = replay(load(folder), folder, settings_for(home))
    failed = [event for event in replayed.events if isinstance(event, e.PersonaSpoke) and event.status == "failed"]
    assert len(failed) == 1, replayed.events


def test_no_canary_gets_into_a_recording(
    home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    person = tmp_path / "person-canary"
    person.mkdir()
    monkeypatch.setenv("HOME", str(person))
    monkeypatch.setenv("USER", "user-name-canary")
    monkeypatch.setenv("OPENAI_ORGANIZATION", "organization-canary")
    monkeypatch.setenv("OPENAI_PROJECT", "project-canary")
    words = f"refused: key-canary-1 of organization-canary, request-canary-1, {person}/x, cookie-canary-1"
    telling = {
        "x-request-id": "request-canary-1",
        "openai-organization": "organization-canary",
        "openai-project": "project-canary",
        "set-cookie": "session=cookie-canary-1; Path=/",
        "server": "server-canary",
    }

    def tells(wire: Wire) -> None:
        wire.whole({"error": {"message": words, "request_id": "request-canary-1"}}, 400, **telling)

    def breaks(wire: Wire) -> None:
        wire.start(**telling)
        wire.event({**delta("Hm. "), "system_fingerprint": "print-canary", "id": "id-canary"})
        wire.event({"error": {"message": words}})
        wire.finish()

    with LoopbackEndpoint(answer_by=Deciding({2: tells, 4: breaks, 5: tells})) as server:
        address = server.base_url.replace("http://", "http://user-canary:password-canary@")
        settings = settings_for(
            home,
            endpoint=NamedModel("loop-1", address, "key-canary-1"),
            learner="Name Canary",
            prices=Prices(7.25, 9.5),
        )
        practise(settings, folder, [LINES[0], _answer, LINES[1], LINES[2]])
        asked = server.requests
    assert all("authorization" in request.headers for request in asked)
    for file in folder.iterdir():
        content = file.read_bytes().lower()
        assert b"canary" not in content, (file.name, content[max(0, content.find(b"canary") - 80) :][:120])
        assert str(server.port).encode() not in content
    assert load(folder).started.learner == "learner"
    is_as_recorded(folder, home)


def test_a_recording_knows_nothing_that_an_earlier_practice_found_out(home: Path, tmp_path: Path) -> None:
    def no_schema(request: Request) -> Play:
        return fails(400, "response_format is not supported") if "response_format" in request.body else reader(request)

    with LoopbackEndpoint(answer_by=no_schema) as server:
        for name in ("first", "second"):
            practise(online(home, server), tmp_path / name, LINES[:1])
    assert load(tmp_path / "first").requests == load(tmp_path / "second").requests
    is_as_recorded(tmp_path / "second", home)


def test_nobody_is_reached_while_a_recording_is_replayed(home: Path, folder: Path, server: LoopbackEndpoint) -> None:
    practise(online(home, server), folder, LINES)
    before = server.connections
    replay(load(folder), folder, online(home, server))
    assert server.connections == before


def test_a_resumed_practice_is_recorded_only_with_its_beginning(
    home: Path, folder: Path, server: LoopbackEndpoint, tmp_path: Path
) -> None:
    settings = online(home, server)
    practice = practise(settings, folder, LINES[:1], ends=False)
    with pytest.raises(BadInput, match="was not recorded"):
        go_on(settings, practice.started.session, tmp_path / "elsewhere", LINES[1:])
    other = sessions.start(settings_for(home), Choice(PERSONA, settings.rubric, 1))
    with pytest.raises(BadInput, match="another session"), other, recorded(other, folder):
        pass
    with pytest.raises(BadInput, match="already"):
        claim(folder)


def test_an_offline_practice_may_be_recorded_from_the_middle_on(home: Path, folder: Path, tmp_path: Path) -> None:
    practice = practise(settings_for(home), tmp_path / "unused", LINES[:1], ends=False)
    go_on(settings_for(home), practice.started.session, folder, LINES[1:])
    assert len(is_as_recorded(folder, home).sittings) == 2


def test_update_asks_only_what_has_changed(home: Path, folder: Path, server: LoopbackEndpoint, tmp_path: Path) -> None:
    practise(online(home, server), folder, LINES)
    packs = changed_pack(tmp_path, "personas", "flight goes", "plane goes")
    settings = settings_for(home, packs=(packs,))
    assert checked(folder, home, packs).drifts
    with pytest.raises(BadInput, match="no endpoint is set"):
        update(load(folder), folder, settings)
    before = len(server.requests)
    update(load(folder), folder, online(home, server, packs=(packs,)))
    assert len(server.requests) > before
    assert checked(folder, home, packs) == Checked(folder)
    assert load(folder).started.learner == "learner"
    assert len(list(folder.iterdir())) == 4


def test_update_leaves_the_recording_where_the_endpoint_leaves_it_unanswered(
    home: Path, folder: Path, server: LoopbackEndpoint, tmp_path: Path
) -> None:
    practise(online(home, server), folder, LINES)
    packs = changed_pack(tmp_path, "personas", "flight goes", "plane goes")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with LoopbackEndpoint() as gone:
        settings = online(home, gone, packs=(packs,))
    with pytest.raises(BadInput, match="failed to come"):
        update(load(folder), folder, settings)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def changed_pack(tmp_path: Path, kind: str, old: str, new: str) -> Path:
    """A folder with the shipped packs of this kind, one word changed in the one that has it."""
    top = Path(__file__).parents[2] / kind
    folder = tmp_path / "packs" / kind
    folder.mkdir(parents=True, exist_ok=True)
    for file in top.glob("*.yaml"):
        text = file.read_text("utf-8")
        if file.stem in {PERSONA, "moments-of-truth"}:
            assert old in text
            text = text.replace(old, new, 1)
            (folder / file.name).write_text(text, encoding="utf-8")
    return folder.parent


@pytest.mark.parametrize("then", ["resumed", "left"])
def test_a_grade_that_was_stopped_is_stopped_again_and_goes_on_where_it_was(
    then: str, home: Path, folder: Path
) -> None:
    judged: list[Request] = []
    waiting = threading.Event()

    def judge(request: Request) -> Play:
        if not request.streamed and "statements" in request.messages[-1]["content"]:
            judged.append(request)
        return hold if len(judged) == 3 and not waiting.is_set() else reader(request)

    def hold(wire: Wire) -> None:
        waiting.set()
        wire.hold()

    async def stop_grading(practice: sessions.Practice) -> None:
        try:
            await said_by(practice.conversation.open())
            for line in LINES[:2]:
                await said_by(practice.conversation.say(line))
            await practice.conversation.end("script")
            grade = asyncio.create_task(practice.grade())
            await asyncio.to_thread(waiting.wait, 10)
            grade.cancel()
            await asyncio.wait([grade])
        finally:
            await practice.close()

    async def grade(practice: sessions.Practice) -> None:
        await practice.keep(await practice.grade())
        await practice.close()

    with LoopbackEndpoint(answer_by=judge) as server:
        settings = online(home, server)
        practice = sessions.start(settings, Choice(PERSONA, settings.rubric, 1))
        with practice, recorded(practice, folder):
            asyncio.run(stop_grading(practice))
        if then == "resumed":
            again = sessions.resume(settings, practice.started.session)
            with again, recorded(again, folder):
                asyncio.run(grade(again))
            asked = [request.raw for request in judged]
            assert (asked.count(asked[0]), asked.count(asked[2])) == (1, 2), "the grade went on where it was stopped"
    recording = is_as_recorded(folder, home)
    assert (recording.scorecard is None) is (then == "left")


def judged_until(settings: Settings, session: str, folder: Path | None, stages: int | None = None) -> None:
    """Take an ended practice up and grade it, with a folder recorded: as a whole, or until the learner leaves when so
    many stages are judged.
    """
    over: list[object] = []

    def told(about: object) -> None:
        over.append(about)
        if len(over) == stages:
            raise asyncio.CancelledError

    async def grade(practice: sessions.Practice) -> None:
        try:
            await practice.keep(await practice.grade(told))
        except asyncio.CancelledError:
            assert stages is not None
        finally:
            await practice.close()

    practice = sessions.resume(settings, session)
    with practice, recorded(practice, folder) if folder else nullcontext():
        asyncio.run(grade(practice))


def answered(folder: Path) -> list[bytes]:
    """The requests on a recording's tape whose answers came to their end."""
    tape = to_play(folder / CASSETTE)
    return [asked.body for asked, answer in tape.data if "end" not in answer]


async def end(talk: Conversation) -> None:
    await talk.end("script")


@pytest.mark.parametrize("then", ["left", "resumed", "resumed twice"])
def test_a_grade_that_was_stopped_between_two_requests_is_stopped_there_again(
    then: str, home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    settings = online(home, server)
    practice = practise(settings, folder, [*LINES[:2], end], ends=False)
    session = practice.started.session
    judged_until(settings, session, folder, stages=2)
    before = len(server.requests)
    if then == "resumed twice":
        judged_until(settings, session, folder, stages=4)
    if then != "left":
        judged_until(settings, session, folder)
        assert len(server.requests) > before
    recording = is_as_recorded(folder, home)
    assert (recording.scorecard is None) is (then == "left")
    answers = answered(folder)
    assert len(answers) == len(set(answers)), "nothing that was answered was asked again"


@pytest.mark.parametrize("then", ["left", "resumed"])
def test_what_was_judged_beside_a_request_that_was_left_is_judged_again_before_it_is_left(
    then: str, home: Path, folder: Path
) -> None:
    """All but one of the requests that are under way at once are answered, in no time."""
    held: list[bytes] = []

    def answer(request: Request) -> Play:
        if not request.streamed and "statements" in request.messages[-1]["content"]:
            held.append(request.raw)
            if len(held) == 2:
                return Wire.hold
        return reader(request)

    with LoopbackEndpoint(answer_by=answer, latency=0.2) as server:
        settings = online(home, server)
        session = practise(settings, folder, [*LINES[:2], end], ends=False).started.session
        judged_until(settings, session, folder, stages=4)
        if then == "resumed":
            judged_until(settings, session, folder)
            assert held[5:] == held[1:2], "only what was left is asked again"
    assert (is_as_recorded(folder, home).scorecard is None) is (then == "left")


def test_update_asks_a_grade_that_was_stopped_in_one_go(
    home: Path, folder: Path, server: LoopbackEndpoint, tmp_path: Path
) -> None:
    settings = online(home, server)
    session = practise(settings, folder, [*LINES[:2], end], ends=False).started.session
    judged_until(settings, session, folder, stages=2)
    judged_until(settings, session, folder)
    packs = changed_pack(tmp_path, "personas", "flight goes", "plane goes")
    update(load(folder), folder, online(home, server, packs=(packs,)))
    assert checked(folder, home, packs) == Checked(folder)


def test_a_grade_that_went_on_unrecorded_is_recorded_from_where_the_recording_had_it(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    settings = online(home, server)
    session = practise(settings, folder, [*LINES[:2], end], ends=False).started.session
    judged_until(settings, session, folder, stages=1)
    recorded_first, asked = answered(folder), len(server.requests)
    judged_until(settings, session, None, stages=4)
    unrecorded = {request.raw for request in server.requests[asked:]}
    asked = len(server.requests)
    judged_until(settings, session, folder)
    assert is_as_recorded(folder, home).scorecard is not None
    assert unrecorded <= {request.raw for request in server.requests[asked:]}
    assert answered(folder)[: len(recorded_first)] == recorded_first


def test_a_grade_by_another_rubric_is_no_part_of_a_recording(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    settings = online(home, server)
    session = practise(settings, folder, [*LINES[:2], end], ends=False).started.session
    judged_until(settings, session, folder)
    with sessions.resume(settings, session) as practice:
        own = practice.scorecard
        assert own is not None
        other = {**own.provenance, "rubric_hash": "0" * 64}
        asyncio.run(practice.keep(replace(own, total=1.0, provenance=other)))
        with recorded(practice, folder):
            pass
    assert is_as_recorded(folder, home).scorecard is not None


def test_another_practice_s_unfinished_grade_is_no_part_of_a_recording(
    home: Path, folder: Path, server: LoopbackEndpoint, tmp_path: Path
) -> None:
    settings = online(home, server)
    session = practise(settings, tmp_path / "other", [*LINES[:2], end], ends=False).started.session
    judged_until(settings, session, tmp_path / "other", stages=2)
    practise(settings, folder, LINES[:2])
    assert is_as_recorded(folder, home).scorecard is not None


def test_a_grade_that_was_finished_unrecorded_is_not_made_up(
    home: Path, folder: Path, server: LoopbackEndpoint, tmp_path: Path
) -> None:
    settings = online(home, server)
    session = practise(settings, folder, [*LINES[:2], end], ends=False).started.session
    judged_until(settings, session, folder, stages=2)
    judged_until(settings, session, None)
    for into in (folder, tmp_path / "new"):
        with pytest.raises(BadInput, match="was not recorded"):
            judged_until(settings, session, into)
    assert is_as_recorded(folder, home).scorecard is None


def test_a_practice_that_goes_on_without_its_model_keeps_its_requests(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    session = practise(online(home, server), folder, LINES[:1], ends=False).started.session
    go_on(settings_for(home), session, folder, LINES[1:2])
    assert is_as_recorded(folder, home).requests == len(server.requests)


def test_a_recording_whose_program_was_killed_is_gone_on_with(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    settings = online(home, server)
    left: list[tuple[Path, bytes]] = []

    async def killed(_: Conversation) -> None:
        left.extend(await asyncio.to_thread(lambda: [(file, file.read_bytes()) for file in folder.iterdir()]))

    practice = practise(settings, folder, [LINES[0], killed], ends=False)
    for file in folder.iterdir():
        file.unlink()
    for file, content in left:
        file.write_bytes(content)
    assert "cut short" in checked(folder, home).trouble
    go_on(settings, practice.started.session, folder, LINES[1:])
    recording = is_as_recorded(folder, home)
    assert [event.text for event in recording.events if isinstance(event, e.LearnerSpoke)] == list(LINES)


def test_what_was_said_unrecorded_after_the_program_was_killed_is_not_made_up(
    home: Path, folder: Path, server: LoopbackEndpoint
) -> None:
    settings = online(home, server)
    practice = practise(settings, folder, LINES[:1], ends=False)
    unrecorded = sessions.resume(settings, practice.started.session)

    async def talk() -> None:
        await said_by(unrecorded.conversation.say(LINES[1]))
        await unrecorded.close()

    with unrecorded:
        asyncio.run(talk())
    with pytest.raises(BadInput, match="was not recorded"):
        go_on(settings, practice.started.session, folder, LINES[2:])
