"""`mot doctor` against an endpoint in every state a person may find it in."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.endpoint import MODEL, LoopbackEndpoint, Play, Request, Wire, fails, message, says, streams
from tests.schemas import held_to_schema

Run = Callable[..., tuple[int, str, str]]

KEY = "sk-canary-0123456789"
MACHINE = ["home", "store", "packs", "terminal", "input_method"]
ANSWER = json.dumps({"answer": "yes"})


class Server(LoopbackEndpoint):
    """Answers each kind of request in one way, which a test may change."""

    def __init__(self) -> None:
        super().__init__(answer_by=self.choose)
        self.greeting: Play = says("Hello there.")
        self.form: Play = lambda wire: wire.whole(message(ANSWER))
        self.listed: list[dict[str, object]] = [{"id": MODEL, "object": "model"}]

    def choose(self, request: Request) -> Play:
        if request.path.endswith("/models"):
            return lambda wire: wire.whole({"object": "list", "data": self.listed})
        return self.greeting if request.streamed else self.form


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A good one, which the environment names."""
    with Server() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("MOT_MODEL", MODEL)
        yield server


def visit(mot: Run, *arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    """The exit code and the checks by their ids, with no key in anything that was written."""
    code, out, err = mot("doctor", *arguments, "--format", "json")
    assert KEY not in out + err
    assert "Traceback" not in err
    told: dict[str, Any] = json.loads(out)
    held_to_schema("doctor", told)
    assert list(told) == ["format", "exit_code", "checks"]
    assert (told["format"], told["exit_code"]) == ("doctor/1", code)
    assert all(list(check) == ["id", "state", "found", "advice"] for check in told["checks"])
    assert all(check["advice"] for check in told["checks"] if check["state"] != "ok")
    return code, {check["id"]: check for check in told["checks"]}


def troubles(checks: dict[str, dict[str, str]]) -> list[str]:
    return [name for name, check in checks.items() if check["state"] == "trouble"]


def test_offline_is_fine_and_says_how_to_use_a_model(mot: Run) -> None:
    code, checks = visit(mot)
    assert (code, list(checks)) == (0, [*MACHINE, "endpoint"])
    assert "offline" in checks["endpoint"]["found"]
    assert "MOT_MODEL" in checks["endpoint"]["advice"]


def test_a_good_endpoint_is_described(mot: Run, server: Server, home: Path) -> None:
    server.listed[0]["max_model_len"] = 32_768
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (0, [])
    assert list(checks)[5:] == ["endpoint", "key", "model", "first_token", "thinking", "structured", "tokens", "window"]
    assert server.base_url in checks["endpoint"]["found"]
    assert checks["key"]["found"] == "from OPENAI_API_KEY"
    assert checks["model"]["found"] == f"{MODEL} answered"
    assert checks["structured"]["found"] == "by JSON schema"
    assert checks["window"]["found"] == "8,192 tokens are used of 32,768"
    assert all(KEY not in file.read_text("utf-8", "replace") for file in home.rglob("*") if file.is_file())


def test_text_is_a_line_a_check_with_what_to_do_and_stdout_is_data(mot: Run, server: Server) -> None:
    server.greeting = fails(404, f"The model {MODEL} does not exist", code="model_not_found")
    code, out, err = mot("doctor")
    assert code == 3
    assert [line.split()[0] for line in out.splitlines()] == [*["ok"] * 7, "trouble", "->"]
    assert out.splitlines()[-2].split()[:2] == ["trouble", "model"]
    assert err.startswith(f"asking {MODEL} at {server.base_url}")


def test_what_was_found_is_remembered(mot: Run, server: Server) -> None:
    server.form = lambda wire: (
        fails(400, "response_format json_schema is not supported")(wire)
        if "response_format" in wire.request.body
        else wire.whole(message(None, "tool_calls", tool_calls=[called(wire.request)]))
    )
    assert visit(mot)[1]["structured"]["found"] == "by tool call"
    asked = len(server.requests)
    assert visit(mot)[1]["structured"]["found"] == "by tool call"
    assert not any("response_format" in request.body for request in server.requests[asked:] if request.raw)


def called(request: Request) -> dict[str, object]:
    name = request.body["tools"][0]["function"]["name"]
    return {"id": "call-1", "type": "function", "function": {"name": name, "arguments": ANSWER}}


def test_a_key_that_is_rejected_is_the_keys_trouble(mot: Run, server: Server) -> None:
    server.greeting = fails(401, f"Incorrect API key provided: {KEY}.", code="invalid_api_key")
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["key"])
    assert checks["endpoint"]["state"] == "ok"
    assert "OPENAI_API_KEY" in checks["key"]["advice"]


def test_a_missing_key_is_said_before_anything_is_asked(mot: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOT_MODEL", MODEL)
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["key"])
    assert "not set" in checks["key"]["found"]


@pytest.mark.parametrize(
    ("listed", "told"), [(["loop-2", "other"], "did you mean loop-2?"), (["alpha", "beta"], "alpha, beta"), ([], "/v1")]
)
def test_an_unknown_model_is_told_which_there_are(mot: Run, server: Server, listed: list[str], told: str) -> None:
    server.greeting = fails(404, f"model '{MODEL}' not found", code="model_not_found")
    server.listed = [{"id": name} for name in listed]
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["model"])
    assert told in checks["model"]["advice"]


@pytest.mark.usefixtures("server")
def test_another_model_that_answers_is_noted(mot: Run) -> None:
    code, checks = visit(mot, "--model", "loop-large")
    assert (code, checks["model"]["state"]) == (0, "note")
    assert checks["model"]["found"] == f"asked for loop-large, {MODEL} answered"


def test_a_page_is_no_endpoint_and_is_not_shown(mot: Run, server: Server) -> None:
    server.greeting = lambda wire: wire.whole(b"<html><h1>Welcome</h1></html>", kind="text/html")
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["endpoint"])
    assert "<" not in checks["endpoint"]["found"]
    assert "/v1" in checks["endpoint"]["advice"]


def test_nobody_listening_is_the_endpoints_trouble(mot: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{port}/v1")
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["endpoint"])
    assert "start the server" in checks["endpoint"]["advice"]
    assert not server.requests


def test_a_dead_endpoint_is_given_up(mot: Run, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.doctor.endpoint.REPLY_SECONDS", 0.2)
    server.greeting = Wire.hold
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["endpoint"])
    assert "loading" in checks["endpoint"]["advice"]


def test_a_model_that_cannot_keep_to_a_form_is_trouble(mot: Run, server: Server) -> None:
    server.form = lambda wire: wire.whole(message("Yes, it is."))
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (3, ["structured"])
    assert "another model" in checks["structured"]["advice"]


def test_a_form_that_nothing_enforces_is_noted(mot: Run, server: Server) -> None:
    server.form = lambda wire: (
        fails(400, "response_format and tools are not supported")(wire)
        if {"response_format", "tools"} & wire.request.body.keys()
        else wire.whole(message(ANSWER))
    )
    code, checks = visit(mot)
    assert (code, checks["structured"]["state"]) == (0, "note")


def test_thinking_aloud_is_noted(mot: Run, server: Server) -> None:
    server.greeting = streams("The user wants", " a greeting.</think>", "Hello.")
    assert visit(mot)[1]["thinking"]["state"] == "note"


@pytest.mark.parametrize(
    ("window", "state", "told"),
    [(4096, "note", "context_window = 4096"), (1024, "trouble", "2,048"), (None, "note", "context_window")],
)
def test_a_window_smaller_than_the_setting_is_said(
    mot: Run, server: Server, window: int | None, state: str, told: str
) -> None:
    if window:
        server.listed = [{"id": "other", "max_model_len": 1}, {"id": MODEL, "meta": {"n_ctx": window}}]
    check = visit(mot)[1]["window"]
    assert check["state"] == state
    assert told in check["advice"]


def test_a_home_that_cannot_be_written_ends_with_4(
    mot: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("MOT_HOME", str(tmp_path / "file" / "home"))
    server.greeting = fails(401, "no")
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (4, ["home", "key"])
    assert "MOT_HOME" in checks["home"]["advice"]


def test_a_broken_pack_ends_with_1(mot: Run, tmp_path: Path) -> None:
    (tmp_path / "personas").mkdir()
    (tmp_path / "personas" / "broken.yaml").write_text("format: persona/1\nid: broken\n", encoding="utf-8")
    code, checks = visit(mot)
    assert (code, troubles(checks)) == (1, ["packs"])
    assert "mot check" in checks["packs"]["advice"]
