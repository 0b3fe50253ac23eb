"""A practice whose customer a model plays: whatever the endpoint does, no line is lost and nothing leaks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.conversation.engine import Cast, Conversation
from simulator.domain import events as e
from simulator.domain.acts import Hearing
from simulator.domain.persona import Persona
from simulator.llm.actor import LlmActor
from simulator.llm.answers import Message
from simulator.llm.endpoint import Endpoint, Known, TurnBudget
from simulator.llm.memory import Memory
from simulator.llm.meter import Meter
from simulator.llm.tokens import Counter
from simulator.offline.listener import OfflineListener
from simulator.store.store import open_store
from tests.endpoint import MODEL, LoopbackEndpoint, Play, Request, Wire, delta, fails, says, streams
from tests.fakes import MemoryJournal, a_persona, started
from tests.fault_table import ECHO, HEADERS, KEY, SECRETS, STREAMED, Row
from tests.functional.test_canaries import ATTACKS, PERSONAS, canary_of, locked, with_canaries
from tests.judging import is_judging, judges
from tests.loop_time import LoopTime
from tests.sessions import Clock

Run = Callable[..., tuple[int, str, str]]

TICKET = "s02-forgotten-ticket"
LINE = "What is waiting for you over there today?"


class Ear(OfflineListener):
    """Hears offline, and begins the turn as the model's listener does."""

    def __init__(self, budget: TurnBudget) -> None:
        self._budget = budget

    async def hear(self, line: str, scene: Any) -> Hearing:
        self._budget.restart()
        return await super().hear(line, scene)


def cast(endpoint: Any, budget: TurnBudget) -> Cast:
    counter = Counter(MODEL)
    meter = Meter(counter, None)
    actor = LlmActor(endpoint, budget, meter, counter, 8192)
    return Cast(Ear(budget), actor, OfflineListener(), meter)


async def opened(persona: Persona, cast: Cast, language: str = "en") -> tuple[Conversation, MemoryJournal]:
    journal = MemoryJournal(commits=[(started(persona=persona.id, language=language),)])
    talk = Conversation(persona, cast, journal, journal.events)
    async for _ in talk.open():
        pass
    return talk, journal


@pytest.mark.parametrize("row", STREAMED, ids=str)
async def test_every_fault_ends_a_turn_typed_with_the_line_kept_and_another_try_possible(row: Row) -> None:
    time = LoopTime()
    with LoopbackEndpoint(time=time) as server:
        server.play(*row.script())
        endpoint = Endpoint(MODEL, server.base_url, KEY, sleep=time.sleep)
        talk, journal = await opened(a_persona(), cast(endpoint, TurnBudget(clock=time.now)))
        reply = [event async for event in talk.say("What about the paper?")][-1]
        await endpoint.close()
        assert await server.connections_left() == 0
    assert journal.commits[2] == (e.LearnerSpoke(2, "What about the paper?"),)
    assert isinstance(reply, e.PersonaSpoke)
    assert reply.text == row.said.strip()
    assert reply.status == ("complete" if row.outcome is None else "interrupted" if row.said else "failed")
    assert bool(reply.reason) == bool(row.outcome)
    if row.outcome:
        assert await asked_again(journal) == [e.PersonaSpoke(3, "Still here.")]
    lines = [turn.text for turn in talk.state.turns if turn.speaker == "learner"]
    assert lines == ["What about the paper?"]
    assert not [secret for secret in SECRETS if secret in repr(journal.events)]


async def asked_again(journal: MemoryJournal) -> list[e.Event]:
    """What comes of asking once more in another process, of an endpoint that has recovered."""
    with LoopbackEndpoint() as server:
        server.play(says("Still here."))
        endpoint = Endpoint(MODEL, server.base_url)
        talk = Conversation(a_persona(), cast(endpoint, TurnBudget()), journal, journal.events)
        changed = [event async for event in (talk.answer() if talk.state.pending else talk.retry())]
        await endpoint.close()
    assert talk.state.pending is None
    return [event for event in changed if isinstance(event, e.PersonaSpoke)]


class Recording:
    """An endpoint that says the same each time, and keeps what it was sent."""

    model = MODEL
    known = Known()

    def __init__(self) -> None:
        self.sent: list[Sequence[Message]] = []
        self.spent = None

    def stream(self, messages: Sequence[Message], *, seconds: float, tries: int) -> Recording:
        del seconds, tries
        self.sent.append(messages)
        return self

    async def pieces(self) -> AsyncGenerator[str, None]:
        yield "Hm."


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("shipped", PERSONAS, ids=lambda persona: persona.id)
async def test_no_request_holds_a_locked_need_under_attack(shipped: Persona, language: str) -> None:
    patient = replace(with_canaries(shipped), start=replace(shipped.start, patience=1000))
    lines = [line for spoken in ATTACKS.values() for line in spoken]
    assert len(lines) >= 50
    for begin in range(0, len(lines), 10):
        endpoint = Recording()
        talk, _ = await opened(patient, cast(endpoint, TurnBudget()), language)
        for line in lines[begin : begin + 10]:
            async for _ in talk.say(line):
                pass
            assert not [canary for canary in locked(talk, patient) if canary in repr(endpoint.sent)]
        assert len(endpoint.sent) == 10
        assert talk.state.opened == {}


@pytest.mark.parametrize("shipped", PERSONAS, ids=lambda persona: persona.id)
async def test_a_need_stands_in_the_requests_once_it_is_open_and_not_before(shipped: Persona) -> None:
    persona, endpoint = with_canaries(shipped), Recording()
    talk, _ = await opened(persona, cast(endpoint, TurnBudget()))
    for need in persona.needs:
        async for _ in talk.say(need.example.in_language("en")):
            pass
        assert not [canary for canary in locked(talk, persona) if canary in repr(endpoint.sent)]
    assert talk.state.opened
    assert all(canary_of(need) in repr(endpoint.sent[-1]) for need in talk.state.opened)


def hears(wire: Wire) -> None:
    """The listener's request answered: every sentence is an open question about nothing in particular."""
    asked = json.loads(wire.request.messages[-1]["content"])["label"]
    labels = [{"n": int(n), "flag": None, "acts": ["open_question"], "topics": []} for n in asked]
    says(json.dumps({"sentences": labels}))(wire)


@pytest.fixture
def replies() -> list[Play]:
    """What the customer's model does, in turn; the last one again for all that follow."""
    return [says("I really can't say.")]


@pytest.fixture
def server(replies: list[Play], monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[LoopbackEndpoint]:
    """An endpoint that hears and judges everything; the settings name it, and it is known to think in silence."""

    def answer(request: Request) -> Play:
        if not request.streamed:
            return judges if is_judging(request) else hears
        return replies.pop(0) if len(replies) > 1 else replies[0]

    with LoopbackEndpoint(answer) as listening:
        monkeypatch.setenv("OPENAI_BASE_URL", listening.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("MOT_MODEL", MODEL)
        Memory(home / "endpoints.json").learn(listening.base_url, MODEL, Known("json_schema", "none"))
        yield listening


def scripted(mot: Run, tmp_path: Path, *lines: str, json_out: bool = True) -> tuple[int, str, str]:
    script = tmp_path / "script.txt"
    script.write_text("\n".join(lines), encoding="utf-8")
    form = ("--format", "json") if json_out else ()
    return mot("practice", TICKET, "--language", "en", "--script", script, "--seed", "1", *form)


def plays(server: LoopbackEndpoint) -> list[Request]:
    """The requests of the customer's model."""
    return [request for request in server.requests if request.streamed]


def test_a_script_is_played_with_the_model_and_the_session_says_what_it_came_to(
    mot: Run, server: LoopbackEndpoint, tmp_path: Path
) -> None:
    code, out, err = scripted(mot, tmp_path, LINE, "One moment.")
    session = json.loads(out)
    assert code == 0
    assert [turn["text"] for turn in session["turns"][2::2]] == ["I really can't say."] * 2
    assert f" · {MODEL} · session " in err
    assert "leaves this machine" not in err
    common = {"asked": MODEL, "answered": MODEL, "measured": "reported", "left_out": 0, "cost": None}
    counts = {"requests": 2, "prompt_tokens": 24, "reply_tokens": 6}
    assert session["usage"] == [{"role": role, **common, **counts} for role in ("listener", "actor")]
    asked = len(server.requests)  # the judge's are in it
    assert f"the model read {12 * asked} tokens and wrote {3 * asked}" in err
    assert json.loads(mot("show", session["session"], "--format", "json")[1]) == session
    assert [request.messages[-1]["content"] for request in plays(server)] == [LINE, "One moment."]


def test_what_it_cost_is_said_where_prices_are_known(
    mot: Run, server: LoopbackEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_named: tmp_path)
    (tmp_path / "config.toml").write_text('price_prompt = 1000\nprice_reply = 2000\ncurrency = "EUR"\n', "utf-8")
    _, out, err = scripted(mot, tmp_path, LINE)
    assert [used["cost"] for used in json.loads(out)["usage"]] == [pytest.approx(0.018)] * 2
    assert f"({0.018 * len(server.requests):.4f} EUR)" in err


def test_offline_asks_nobody_whatever_the_settings_name(mot: Run, server: LoopbackEndpoint, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(LINE, encoding="utf-8")
    code, out, err = mot("practice", TICKET, "--offline", "--script", script, "--format", "json")
    assert (code, server.requests) == (0, [])
    assert " · offline · " in err
    assert json.loads(out)["usage"] == []


def test_where_lines_go_is_told_before_the_first_and_holds_no_credentials(
    mot: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    address = "https://user:canarypassword@endpoint.invalid/v1"
    code, out, err = mot("practice", TICKET, "--model", "m", "--base-url", address)
    assert code == 0
    told = err.index("What you say leaves this machine: it goes to https://endpoint.invalid/v1")
    assert told < err.index("Type what you say")
    assert not [secret for secret in SECRETS if secret in out + err]


def test_a_base_url_that_is_none_is_one_line_and_nothing_is_begun(mot: Run, home: Path) -> None:
    code, out, err = mot("practice", TICKET, "--model", "m", "--base-url", "localhost:8000/v1")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "https://host.example/v1" in err
    assert not home.exists()


def test_a_failed_reply_says_why_and_enter_asks_again(mot: Run, server: LoopbackEndpoint, replies: list[Play]) -> None:
    replies[:] = [fails(401), fails(403), says("Two o'clock.")]
    code, out, err = mot("practice", TICKET, "--language", "en", typed=f"{LINE}\nAnother line.\n\n   \n/end\n")
    assert code == 0
    assert err.count("Press Enter to ask again.") == 2
    assert "no reply: the endpoint rejects the key\n" in err
    assert "Not said, for the line before it still waits; Enter asks again: Another line.\n" in err
    assert "Daniel Reyes: Two o'clock.\n" in out
    assert [request.messages[-1]["content"] for request in plays(server)] == [LINE] * 3


def test_a_reply_that_broke_off_is_marked_and_can_be_asked_for_again(
    mot: Run, server: LoopbackEndpoint, replies: list[Play]
) -> None:
    replies[:] = [streams("Well, ", "I", finish=None), says("Two o'clock.")]
    code, out, err = mot("practice", TICKET, "--language", "en", typed=f"{LINE}\n/retry\n/retry\n/end\n")
    assert code == 0
    assert "Daniel Reyes: Well, I\nDaniel Reyes: Two o'clock.\n" in out
    assert "broken off: " in err
    assert err.count("/retry asks again.") == 1
    assert "No reply was broken off." in err
    assert len(plays(server)) == 2
    session = json.loads(mot("list", "sessions", "--format", "json")[1])[0]["id"]
    turns = json.loads(mot("show", session, "--format", "json")[1])["turns"]
    assert [(turn["text"], turn["status"]) for turn in turns[1:]] == [(LINE, "complete"), ("Two o'clock.", "complete")]


def test_a_script_asks_once_more_and_then_ends_technically(
    mot: Run, server: LoopbackEndpoint, replies: list[Play], tmp_path: Path
) -> None:
    replies[:] = [says("Yes."), fails(401)]
    code, out, err = scripted(mot, tmp_path, LINE, "And now?", "Never said.")
    session = json.loads(out)
    assert code == 3
    last = err.splitlines()[-1]
    assert last == (
        f"mot: the endpoint rejects the key; the session ends here, and is kept: mot show {session['session']}"
    )
    assert (session["ended"], session["scorecard"]) == ("technical", None)
    assert [turn["text"] for turn in session["turns"][1:]] == [LINE, "Yes.", "And now?"]
    assert len(plays(server)) == 3
    assert json.loads(mot("show", session["session"], "--format", "json")[1]) == session


def test_a_script_goes_on_where_the_second_try_succeeds_and_keeps_what_broke_off_twice(
    mot: Run, server: LoopbackEndpoint, replies: list[Play], tmp_path: Path
) -> None:
    cut = streams("Well, ", "I", finish=None)
    replies[:] = [fails(401), says("Yes."), cut, cut, says("Good.")]
    code, out, _ = scripted(mot, tmp_path, "First?", "Second?", "Third?")
    turns = json.loads(out)["turns"][1:]
    assert code == 0
    assert [turn["text"] for turn in turns] == ["First?", "Yes.", "Second?", "Well, I", "Third?", "Good."]
    assert [turn["status"] for turn in turns[1::2]] == ["complete", "interrupted", "complete"]
    assert len(plays(server)) == 5


def test_the_line_is_durable_before_any_request_leaves(
    mot: Run, server: LoopbackEndpoint, home: Path, tmp_path: Path, replies: list[Play]
) -> None:
    stored: list[e.Event] = []

    def look(wire: Wire) -> None:
        store = open_store(home, Clock())
        stored.append(store.events(store.sessions()[0].id)[-1])
        says("Yes.")(wire)

    replies[:] = [look]
    assert scripted(mot, tmp_path, LINE)[0] == 0
    assert stored == [e.LearnerSpoke(2, LINE)]
    assert server.requests


def test_no_secret_is_written_anywhere_whatever_the_endpoint_repeats(
    mot: Run, server: LoopbackEndpoint, replies: list[Play], tmp_path: Path, home: Path
) -> None:
    def inside(wire: Wire) -> None:
        wire.start(**HEADERS)
        wire.event(delta("Well, "))
        wire.event({"error": {"message": ECHO}})
        wire.finish()

    replies[:] = [inside, says("Yes."), fails(400, ECHO, headers=HEADERS)]
    code, out, err = scripted(mot, tmp_path, LINE, "And now?")
    assert code == 3
    written = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    assert LINE.encode() in written
    assert not [secret for secret in SECRETS if secret in out + err or secret.encode() in written]


def test_a_model_that_cannot_hear_is_stood_in_for_and_that_is_told_once(
    mot: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def deaf(request: Request) -> Play:
        return judges if is_judging(request) else says("Hm.") if request.streamed else fails(404)

    with LoopbackEndpoint(deaf) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("MOT_MODEL", MODEL)
        code, out, err = scripted(mot, tmp_path, LINE, "And whom do you travel with?")
    assert code == 0
    assert err.count("the program heard it itself") == 1
    assert json.loads(out)["needs"][0]["outcome"] == "elicited"


def test_exchanges_that_no_longer_fit_are_left_out_and_that_is_told_once(
    mot: Run, server: LoopbackEndpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_args, **_named: tmp_path)
    (tmp_path / "config.toml").write_text("context_window = 3000\n", "utf-8")
    code, out, err = scripted(mot, tmp_path, *(f"{n}: " + "let me look again, " * 90 for n in range(4)))
    assert code == 0
    assert err.count("the model's window is full") == 1
    assert max(used["left_out"] for used in json.loads(out)["usage"]) > 0
    assert server.requests


@pytest.fixture
def child(server: LoopbackEndpoint) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """A practice in a process of its own, with the endpoint of this one."""
    running: list[subprocess.Popen[str]] = []
    assert server.port

    def begin(*arguments: str) -> subprocess.Popen[str]:
        program = (sys.executable, "-u", "-m", "simulator", "practice", TICKET, "--language", "en", *arguments)
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        running.append(subprocess.Popen(program, encoding="utf-8", env={**os.environ}, **pipes))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def read_until(stream: Any, words: str) -> str:
    """What a child wrote up to these words."""
    read = ""
    while not read.endswith(words):
        piece = stream.read(1)
        assert piece, read
        read += piece
    return read


def endless(wire: Wire) -> None:
    wire.start()
    for word in ("Well, ", "let ", "me "):
        wire.event(delta(word))
    wire.hold()


def test_words_are_shown_as_they_come_and_control_c_stops_them_and_then_leaves(
    child: Callable[..., subprocess.Popen[str]], replies: list[Play], home: Path
) -> None:
    replies[:] = [endless]
    process = child()
    assert process.stdin
    process.stdin.write(f"{LINE}\n")
    process.stdin.flush()
    assert "\n" not in read_until(process.stdout, "let ").partition("\n")[2]
    process.send_signal(signal.SIGINT)
    assert "Traceback" not in read_until(process.stderr, "Stopped; what was said stays.\n")
    process.send_signal(signal.SIGINT)
    _, narration = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "mot practice --resume" in narration
    store = open_store(home, Clock())
    reply = store.events(store.sessions()[0].id)[-1]
    assert isinstance(reply, e.PersonaSpoke)
    assert (reply.status, reply.reason) == ("interrupted", "")
    assert reply.text.startswith("Well, let")


def test_control_c_before_a_word_keeps_the_line_and_enter_asks_again(
    child: Callable[..., subprocess.Popen[str]], replies: list[Play], server: LoopbackEndpoint
) -> None:
    def silent(wire: Wire) -> None:
        process.send_signal(signal.SIGINT)
        wire.hold()

    replies[:] = [silent, says("Two o'clock.")]
    process = child()
    assert process.stdin
    process.stdin.write(f"{LINE}\n")
    process.stdin.flush()
    read_until(process.stderr, "Stopped. Press Enter to ask again.\n")
    out, _ = process.communicate("\n/end\n", timeout=60)
    assert process.returncode == 0
    assert "Two o'clock.\n" in out
    assert [request.messages[-1]["content"] for request in plays(server)] == [LINE] * 2


def test_a_killed_reply_is_asked_for_again_and_the_line_is_not_sent_twice(
    child: Callable[..., subprocess.Popen[str]], replies: list[Play], mot: Run, server: LoopbackEndpoint
) -> None:
    replies[:] = [endless, says("Two o'clock.")]
    process = child()
    assert process.stdin
    process.stdin.write(f"{LINE}\n")
    process.stdin.flush()
    read_until(process.stdout, "let ")
    process.kill()
    process.communicate()
    code, out, err = mot("practice", "--resume", typed="/end\n")
    assert code == 0
    assert f"This line still waited for its reply: {LINE}" in err
    assert "Daniel Reyes: Two o'clock.\n" in out
    assert len(plays(server)) == 2
