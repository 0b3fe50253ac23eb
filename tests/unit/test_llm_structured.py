from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from simulator.errors import EndpointError
from simulator.llm.answers import Answer
from simulator.llm.endpoint import Endpoint
from simulator.llm.structured import RUNGS, Structured, ask_structured
from tests.endpoint import MODEL, LoopbackEndpoint, Play, Wire, fails, message, says

SCHEMA = {
    "type": "object",
    "properties": {
        "mood": {"type": "string", "enum": ["fine", "sour"]},
        "level": {"type": "integer", "minimum": 1, "maximum": 5},
        "share": {"type": "number"},
    },
    "required": ["mood", "level", "share"],
    "additionalProperties": False,
}
MESSAGES = [{"role": "system", "content": "Say how it went."}, {"role": "user", "content": "Badly."}]
FIT = '{"mood": "sour", "level": 2, "share": 0.5}'

DEEPSEEK = "This response_format type is unavailable now"
LM_STUDIO = "'response_format.type' must be 'json_schema' or 'text'"
OLLAMA = "registry.ollama.ai/library/gemma:latest does not support tools"
REFUSALS = {
    "json_schema": [
        DEEPSEEK,
        "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
        "Json mode response is not supported when enable_thinking is true.",
        "The provided JSON schema contains features not supported by xgrammar.",
        "failed to parse grammar",
        "Unknown name 'response_schema' at 'generation_config': Cannot find field.",
    ],
    "tool": [
        OLLAMA,
        "deepseek-reasoner does not support this tool_choice",
        "tools param requires --jinja flag",
        "Function calling is not enabled for this model",
    ],
    "json_object": [LM_STUDIO, "JSON mode is not supported for this model."],
}


@pytest.fixture
def server() -> Iterator[LoopbackEndpoint]:
    with LoopbackEndpoint() as listening:
        yield listening


@pytest.fixture
async def endpoint(server: LoopbackEndpoint) -> AsyncIterator[Endpoint]:
    asked = Endpoint(MODEL, server.base_url)
    yield asked
    await asked.close()


async def ask(endpoint: Endpoint, **changes: Any) -> Structured:
    return await ask_structured(endpoint, MESSAGES, "report", SCHEMA, **{"seconds": 20, "tries": 2, **changes})


def calls(arguments: str) -> Play:
    call = {"id": "c1", "type": "function", "function": {"name": "report", "arguments": arguments}}
    return lambda wire: wire.whole(message(None, "tool_calls", tool_calls=[call]))


def rungs_asked(server: LoopbackEndpoint) -> list[str]:
    return [_rung(request.body) for request in server.requests]


def _rung(body: dict[str, Any]) -> str:
    if "tools" in body:
        assert body["tool_choice"]["function"]["name"] == body["tools"][0]["function"]["name"] == "report"
        assert body["tools"][0]["function"]["parameters"] == SCHEMA
        return "tool"
    if "response_format" not in body:
        return "prompt"
    form = body["response_format"]
    if form["type"] == "json_schema":
        assert form["json_schema"] == {"name": "report", "strict": True, "schema": SCHEMA}
    return str(form["type"])


async def test_the_strictest_form_is_asked_first(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(says(FIT))
    answer = await ask(endpoint)
    assert answer.value == {"mood": "sour", "level": 2, "share": 0.5}
    assert [spent.prompt_tokens for spent in answer.spents] == [12]
    assert rungs_asked(server) == ["json_schema"]
    assert server.requests[0].messages == MESSAGES
    assert endpoint.known.rung == "json_schema"


@pytest.mark.parametrize(("rung", "words"), [(rung, words) for rung, those in REFUSALS.items() for words in those])
async def test_a_refusal_that_names_the_feature_costs_one_step_and_is_remembered(
    server: LoopbackEndpoint, endpoint: Endpoint, rung: Any, words: str
) -> None:
    endpoint.learn(rung=rung)
    below = RUNGS[RUNGS.index(rung) + 1]
    fit = calls(FIT) if below == "tool" else says(FIT)
    server.play(fails(400, words), fit, fit)
    for _ in range(2):
        assert (await ask(endpoint)).value["level"] == 2
    assert rungs_asked(server) == [rung, below, below]


async def test_a_server_that_takes_nothing_is_asked_in_words(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(
        fails(400, DEEPSEEK),
        fails(400, OLLAMA),
        lambda wire: wire.whole({"error": LM_STUDIO}, 400),  # its errors are bare strings
        says(FIT),
        says(FIT),
    )
    await ask(endpoint)
    await ask(endpoint)
    assert rungs_asked(server) == [*RUNGS, "prompt"]
    told = [request.messages[0]["content"] for request in server.requests]
    assert ['"enum": ["fine", "sour"]' in words for words in told] == [False, False, True, True, True]
    assert "json" in told[2].lower(), "DashScope takes json_object only with this word in the messages"


@pytest.mark.parametrize("words", ["temperature must be below 2", "messages: roles must alternate"])
async def test_any_other_refusal_ends_the_asking(server: LoopbackEndpoint, endpoint: Endpoint, words: str) -> None:
    server.play(fails(400, words))
    with pytest.raises(EndpointError) as caught:
        await ask(endpoint)
    assert caught.value.outcome == "refused"
    assert endpoint.known.rung is None


async def test_a_failing_server_is_not_taken_for_one_that_refuses(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(fails(503, "response_format workers are busy"))
    with pytest.raises(EndpointError) as caught:
        await ask(endpoint, tries=1)
    assert caught.value.outcome == "unavailable"
    assert endpoint.known.rung is None


async def test_a_tool_that_was_not_called_may_still_be_answered(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    endpoint.learn(rung="tool")
    server.play(says(FIT), calls(FIT))
    assert (await ask(endpoint)).value == (await ask(endpoint)).value


UNFIT = {
    "fenced": f"```json\n{FIT}\n```",
    "in prose": f"Here you are: {FIT}",
    "two objects": FIT + FIT,
    "cut short": FIT[:-1],
    "NaN": FIT.replace("0.5", "NaN"),
    "infinite": FIT.replace("0.5", "1e999"),
    "doubled key": FIT.replace("{", '{"level": 5, '),
    "out of range": FIT.replace("2", "6"),
    "no such value": FIT.replace("sour", "mild"),
    "one too many": FIT.replace("{", '{"why": "", '),
    "one missing": '{"mood": "fine", "level": 2}',
    "a list": f"[{FIT}]",
    "too deep": "[" * 100_000,
    "too long a number": FIT.replace("2", "2" * 5_000),
}


@pytest.mark.parametrize("text", UNFIT.values(), ids=UNFIT)
async def test_what_does_not_fit_is_asked_for_once_more_and_nothing_is_fished_out_of_it(
    server: LoopbackEndpoint, endpoint: Endpoint, text: str
) -> None:
    server.play(says(text), says(text))
    paid: list[Answer | None] = []
    with pytest.raises(EndpointError) as caught:
        await ask(endpoint, paid=lambda _sent, answer: paid.append(answer))
    assert caught.value.outcome == "unfit"
    assert [bool(answer) for answer in paid] == [True, True]


async def test_the_second_time_the_fault_and_the_form_are_named(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(says(UNFIT["out of range"]), says(FIT))
    answer = await ask(endpoint)
    assert answer.value["level"] == 2
    assert len(answer.spents) == 2
    again = server.requests[1].messages
    assert again[:2] == MESSAGES
    assert again[2] == {"role": "assistant", "content": UNFIT["out of range"]}
    assert "$.level: 6 is greater than the maximum of 5" in again[3]["content"]
    assert json.dumps(SCHEMA) in again[3]["content"], "a server that ignores response_format never showed it"


async def test_what_the_caller_finds_wrong_is_named_too(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(says(FIT), says(FIT.replace("sour", "fine")))
    answer = await ask(endpoint, fault=lambda value: "too sour" if value["mood"] == "sour" else None)
    assert answer.value["mood"] == "fine"
    assert "too sour" in server.requests[1].messages[-1]["content"]


async def test_an_answer_the_model_could_not_finish_is_not_read(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(lambda wire: wire.whole(message(FIT, "length")))
    paid: list[Answer | None] = []
    with pytest.raises(EndpointError) as caught:
        await ask(endpoint, paid=lambda _sent, answer: paid.append(answer))
    assert caught.value.outcome == "too_long"
    assert paid == [None], "a model worked on it"


async def test_what_no_model_worked_on_is_not_paid(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(fails(400, DEEPSEEK), fails(503))
    paid: list[Answer | None] = []
    with pytest.raises(EndpointError):
        await ask(endpoint, tries=1, paid=lambda _sent, answer: paid.append(answer))
    assert not paid


async def test_a_request_that_the_person_stopped_is_paid(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    arrived = threading.Event()

    def silent(wire: Wire) -> None:
        arrived.set()
        wire.hold()

    server.play(silent)
    paid: list[Answer | None] = []
    asking = asyncio.create_task(ask(endpoint, paid=lambda _sent, answer: paid.append(answer)))
    assert await asyncio.to_thread(arrived.wait, 5)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert paid == [None]


async def test_a_blank_answer_is_asked_for_again(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    endpoint.learn(rung="json_object")  # DeepSeek says that this may happen
    server.play(says(""), says(FIT), says(""), says(""))
    assert (await ask(endpoint)).value["level"] == 2
    with pytest.raises(EndpointError) as caught:
        await ask(endpoint)
    assert caught.value.outcome == "empty"
