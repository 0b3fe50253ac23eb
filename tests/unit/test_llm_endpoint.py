from __future__ import annotations

import asyncio
import logging
import ssl
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from simulator.errors import EndpointError
from simulator.llm.endpoint import Answer, Endpoint, Spent, TurnBudget
from simulator.llm.faults import Faults, retry_after, window_named
from tests.endpoint import MODEL, LoopbackEndpoint, fails, message, says
from tests.fault_table import HEADERS, KEY, SECRETS, WHOLE, Row, assert_fit_for_people
from tests.loop_time import LoopTime

HELLO = [{"role": "user", "content": "Hello"}]
SECONDS = 60.0
CALL = {"id": "1", "type": "function", "function": {"name": "hear", "arguments": '{"a": 1}'}}


async def trouble_of(endpoint: Endpoint, **options: float) -> EndpointError:
    with pytest.raises(EndpointError) as raised:
        await endpoint.ask(HELLO, **{"seconds": SECONDS, **options})  # type: ignore[arg-type]
    return raised.value


@pytest.mark.parametrize("row", WHOLE, ids=str)
async def test_a_whole_answer_comes_to_its_outcome(
    row: Row, server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(*row.script())
    began = time.now()
    outcome, said = None, ""
    try:
        said = (await endpoint.ask(HELLO, seconds=SECONDS)).text
    except EndpointError as error:
        outcome = error.outcome
        assert_fit_for_people(error)
    assert (outcome, len(server.requests), said) == (row.outcome, row.asked, row.said)
    assert time.now() - began < SECONDS + 5


async def test_an_answer_comes_with_what_it_took(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(says("Fine."))
    assert await endpoint.ask(HELLO, seconds=SECONDS) == Answer("Fine.", None, Spent(MODEL, 12, 3))
    assert server.requests[0].body == {"model": "loop-1", "messages": HELLO}
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


async def test_a_forced_tool_call_is_an_answer(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(lambda wire: wire.whole(message(None, "tool_calls", tool_calls=[CALL])))
    answer = await endpoint.ask(HELLO, seconds=SECONDS, extra={"tools": [{"type": "function"}]})
    assert (answer.text, answer.arguments) == ("", '{"a": 1}')
    assert server.requests[0].body["tools"] == [{"type": "function"}]


async def test_waits_grow_and_are_never_the_same_for_everybody(
    server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(*[fails(503)] * 12)
    for _ in range(4):
        await trouble_of(endpoint)
    first, second = time.naps[0::2], time.naps[1::2]
    assert all(0.25 <= nap <= 0.5 for nap in first)
    assert all(0.5 <= nap <= 1.0 for nap in second)
    assert len(set(time.naps)) == len(time.naps)


async def test_a_wait_asked_for_is_waited_within_the_longest(
    server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(fails(503, headers={"Retry-After": "2"}), fails(503, headers={"Retry-After": "3"}))
    error = await trouble_of(endpoint, longest_wait=2.5)
    assert (error.outcome, error.retry_after, time.naps) == ("unavailable", 3.0, [2.0])


async def test_waits_end_with_the_time_there_is(server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime) -> None:
    server.play(fails(503, headers={"Retry-After": "4"}), fails(503, headers={"Retry-After": "4"}))
    await trouble_of(endpoint, seconds=6)
    assert (time.naps, len(server.requests)) == ([4.0], 2)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "1e999"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "Sat, 21 Nov 2026 10:00:30 GMT", "date": "Sat, 21 Nov 2026 10:00:00 GMT"}, 30.0),
        ({}, None),
    ],
)
def test_how_long_it_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_a_date_to_wait_for_is_counted_from_now_where_the_endpoint_names_no_time() -> None:
    seconds = retry_after({"retry-after": format_datetime(datetime.now(UTC) + timedelta(minutes=5))})
    assert seconds is not None
    assert 290 < seconds <= 300


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("This model's maximum context length is 4096 tokens. However, you requested 5000 tokens", 4096),
        ("request (5000 tokens) exceeds the available context size (2048 tokens), try increasing it", 2048),
        ("Trying to keep the first 4187 tokens. The model is loaded with context length of only 4000 tokens", 4000),
        ("prompt is too long: 210000 tokens > 200000 maximum", 200000),
        ("Range of input length should be [1, 30720]", 30720),
        ("the context length was exceeded", None),
    ],
)
async def test_a_refusal_teaches_how_long_the_window_is(
    words: str, window: int | None, server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    server.play(fails(400, words))
    assert (await trouble_of(endpoint)).outcome == "context"
    assert endpoint.known.window == window


def test_a_window_is_found_in_its_own_field() -> None:
    assert window_named(b'{"error": {"message": "too long", "n_ctx": 8192}}') == 8192


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"error": {"message": "no", "param": "response_format"}}', "no (response_format)"),
        (b'{"error": "no such thing"}', "no such thing"),
        (b'{"object": "error", "message": "bad\\n\\ninput"}', "bad input"),
        (b'{"detail": [{"loc": ["body", "tools"], "msg": "Extra"}, {"msg": "Worse"}]}', "Extra (body.tools); Worse"),
        (b"plain words", "plain words"),
        (b'{"error": {"message": "a\\u001b[31mb\\u202e"}}', "ab"),
        (b"w" * 500, "w" * 199 + "…"),
        (b"<p>markup</p>", None),
        (b'{"error": {"message": 7}}', None),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"", None),
    ],
)
def test_the_endpoints_own_words_are_kept_short_and_plain(body: bytes, words: str | None) -> None:
    error = Faults("loop-1", "here").status(400, {}, body)
    assert str(error) == "the endpoint refuses the request (400)" + (f": {words}" if words else "")


@pytest.mark.parametrize(
    "secret",
    [
        "sk-proj-abcdef123456",
        "Bearer abcdef",
        "org-AbCdEf12345678",
        "req_0123456789abcdef",
        "0123456789abcdef0123456789abcdef",
        "7d2b4c1e-1111-4222-8333-944455556666",
        "http://user:password@",
        "eyJhbGciOi.eyJzdWIi.sig",
        "my own odd key",
        "cookie-value-1",
        "rq-77777777",
    ],
)
def test_no_secret_is_repeated(secret: str) -> None:
    faults = Faults("loop-1", "here", ["my own odd key", "", "odd"])
    headers = {"x-request-id": "rq-77777777", "set-cookie": "session=cookie-value-1; Path=/"}
    error = faults.status(500, headers, f"what about {secret} then?".encode())
    assert secret not in str(error)
    assert "password" not in str(error)
    assert str(error).startswith("the endpoint is busy or failing (500): what about ")
    assert str(error).endswith(" then?")


async def test_secrets_of_the_settings_come_through_nowhere(
    server: LoopbackEndpoint, time: LoopTime, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    url = f"http://canaryuser:canarypassword@127.0.0.1:{server.port}/v1?token=canarytoken"
    endpoint = Endpoint("loop-1", url, KEY, sleep=time.sleep)
    secrets = (*SECRETS, "canaryuser", "canarytoken", str(Path.home()))
    server.play(*[fails(500, " ".join(secrets), headers=HEADERS)] * 3)
    error = await trouble_of(endpoint)
    await endpoint.close()
    assert server.requests[0].path == "/v1/chat/completions?token=canarytoken"
    shown = f"{error} {error!r} {endpoint!r} {endpoint.address} {caplog.text}"
    assert endpoint.address == f"http://127.0.0.1:{server.port}/v1"
    assert not [secret for secret in secrets if secret in shown]


async def test_without_a_key_openai_is_not_even_asked() -> None:
    endpoint = Endpoint("gpt-loop")
    error = await trouble_of(endpoint)
    assert (error.outcome, endpoint.address) == ("key_rejected", "https://api.openai.com/v1")
    assert "api.openai.com" in str(error)


@pytest.mark.parametrize("key", ["sk-line\nbreak", "sk-\u201cquoted\u201d", "sk-\x7f"])
async def test_what_cannot_be_a_key_is_not_sent(key: str, server: LoopbackEndpoint) -> None:
    endpoint = Endpoint("loop-1", server.base_url, key)
    error = await trouble_of(endpoint)
    assert (error.outcome, server.requests) == ("key_rejected", [])
    assert key not in str(error)


async def test_a_server_that_wants_no_key_gets_none_that_means_anything(
    server: LoopbackEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("OPENAI_BASE_URL", "")
    endpoint = Endpoint("loop-1", server.base_url)
    server.play(says("Fine."))
    await endpoint.ask(HELLO, seconds=SECONDS)
    await endpoint.close()
    assert "canary" not in str(server.requests[0].headers)


async def test_no_proxy_stands_between_this_machine_and_itself(
    server: LoopbackEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    endpoint = Endpoint("loop-1", server.base_url)
    server.play(says("Fine."))
    assert (await endpoint.ask(HELLO, seconds=SECONDS)).text == "Fine."
    await endpoint.close()


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:11434/v1", True),
        ("http://localhost:8080/v1", True),
        ("http://model.localhost/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://0.0.0.0:8080/v1", True),
        ("http://192.168.1.20:8080/v1", False),
        ("https://localhost.example.org/v1", False),
        ("https://api.example.org/v1", False),
        ("", False),
        ("http://[", False),
    ],
)
def test_whether_lines_stay_on_this_machine(url: str, local: bool) -> None:  # noqa: FBT001 -- a table's column
    assert Endpoint("loop-1", url).local is local


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/v1", "no url", "ftp://127.0.0.1/v1", "http://[", "http://127.0.0.1:99999/"]
)
async def test_where_nothing_answers(url: str, time: LoopTime) -> None:
    endpoint = Endpoint("loop-1", url, KEY, sleep=time.sleep)
    error = await trouble_of(endpoint)
    await endpoint.close()
    assert (error.outcome, len(time.naps)) == ("unreachable", 2)
    assert_fit_for_people(error)


def test_a_certificate_that_is_not_trusted_is_named() -> None:
    error = OSError("all attempts failed")
    error.__cause__ = ssl.SSLCertVerificationError("self-signed")
    assert "certificate" in str(Faults("loop-1", "https://here").foreign(error))


@pytest.mark.parametrize("seconds", [0, -1])
async def test_without_time_nothing_is_asked(seconds: float, server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(says("Fine."))
    await endpoint.ask(HELLO, seconds=SECONDS)
    assert (await trouble_of(endpoint, seconds=seconds)).outcome == "stalled"
    assert len(server.requests) == 1


async def test_models_are_listed(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(lambda wire: wire.whole({"object": "list", "data": [{"id": "loop-1"}, "odd"]}))
    assert await endpoint.models(seconds=5) == [{"id": "loop-1"}]
    assert (server.requests[0].method, server.requests[0].path) == ("GET", "/v1/models")


@pytest.mark.parametrize(("body", "outcome"), [("<html>", "bad_answer"), ({"error": "x"}, "bad_answer")])
async def test_a_list_of_models_that_is_none(
    body: object, outcome: str, server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    server.play(lambda wire: wire.whole(body))
    with pytest.raises(EndpointError) as raised:
        await endpoint.models(seconds=5)
    assert raised.value.outcome == outcome


async def test_one_warm_client_and_one_connection_for_all(
    server: LoopbackEndpoint, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[object] = []
    build = endpoint._client._built
    monkeypatch.setattr(endpoint._client, "_built", lambda: built.append(build()) or built[-1])  # type: ignore[func-returns-value]
    endpoint.warm()
    endpoint.warm()
    server.play(says("One."), fails(400), says("Two."))
    await endpoint.ask(HELLO, seconds=SECONDS)
    await trouble_of(endpoint)
    await endpoint.ask(HELLO, seconds=SECONDS)
    assert (len(built), server.connections) == (1, 1)


async def test_cancelling_a_whole_answer_hangs_up(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(lambda wire: (wire.start("application/json"), wire.chunk(b"{"), wire.passes(5), wire.hold()))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(4):
            await endpoint.ask(HELLO, seconds=SECONDS)
    assert await server.saw_hangup()


def test_a_turns_budget_runs_down_and_starts_anew() -> None:
    now = [100.0]
    budget = TurnBudget(clock=lambda: now[0])
    now[0] += 59
    assert budget.left() == 1.0
    now[0] += 5
    assert budget.left() == 0.0
    budget.restart()
    assert budget.left() == 60.0


def test_nothing_heavy_is_loaded_before_something_is_asked() -> None:
    heavy = "{'openai', 'httpx2', 'anyio', 'pydantic', 'tiktoken', 'jsonschema', 'jinja2'}"
    code = f"import sys, simulator.llm.endpoint as e; e.Endpoint('m'); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
