"""What the model that was named is like to talk to: reached, recognised, timed, and tried at structured output."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

from simulator import assemble
from simulator.doctor.check import Check, Id
from simulator.errors import EndpointError, Outcome
from simulator.llm.answers import Message, Spent
from simulator.llm.form import strict_object
from simulator.packs.diagnostics import nearest, shown
from simulator.settings import SMALLEST_WINDOW, NamedModel, Settings
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.llm.endpoint import Endpoint

REPLY_SECONDS = 20.0
"""How long a reply of one sentence may take; with LIST_SECONDS, a visit to a dead endpoint stays below 30."""
LIST_SECONDS = 5.0
"""How long the list of models may take; an endpoint that has none is not worse for it."""
SLOW = 3.0
"""Seconds to the first token beyond which a practice is more waiting than talking; our own judgement."""
NAMED_MODELS = 5
"""Models named to whoever asked for one that is not there."""

GREETING: tuple[Message, ...] = ({"role": "user", "content": "Say hello in one short sentence."},)
QUESTION: tuple[Message, ...] = (
    {"role": "system", "content": "You answer questions in JSON."},
    {"role": "user", "content": "Is seven more than five?"},
)
ANSWER = strict_object({"answer": {"type": "string", "enum": ["yes", "no"]}})

_BLAMED: Mapping[Outcome, Id] = {
    "key_rejected": "key",
    "not_allowed": "key",
    "quota": "key",
    "unknown_model": "model",
}
_WINDOWS = ("max_model_len", "context_length", "context_window", "max_context_length", "n_ctx")
"""How lists of models call a window: at vLLM, OpenRouter and Together, Groq, Mistral, llama.cpp."""

Told = Callable[[str], None]


async def endpoint_checks(settings: Settings, told: Told) -> AsyncGenerator[Check, None]:
    """Every check of the endpoint, each as soon as it is known; `told` hears what takes a while.

    Where the model does not answer, that is the last one.
    """
    named, endpoint = settings.endpoint, assemble.endpoint(settings)
    if named is None or endpoint is None:
        advice = say(
            "to use a model, set MOT_MODEL to its name, OPENAI_API_KEY to its key and, unless it is OpenAI's, "
            "OPENAI_BASE_URL to its address"
        )
        yield Check("endpoint", "note", say("no model is named: everything runs offline"), advice)
        return
    if not (named.api_key or named.base_url):
        advice = say("set it, or OPENAI_BASE_URL for a model elsewhere")
        yield Check("key", "trouble", say("OPENAI_API_KEY is not set"), advice)
        return
    try:
        told(say("asking {model} at {address}", model=named.model, address=endpoint.address))
        try:
            spent = await _greeted(endpoint)
        except EndpointError as fault:
            for check in await _blame(fault, named, endpoint):
                yield check
            return
        yield _where(endpoint)
        yield _key(named, endpoint)
        yield _model(named.model, spent.answered)
        async for check in _manners(settings, endpoint, spent, told):
            yield check
    finally:
        await endpoint.close()


async def _greeted(endpoint: Endpoint) -> Spent:
    """What the first reply came to. Raises EndpointError."""
    stream = endpoint.stream(GREETING, seconds=REPLY_SECONDS, tries=1)
    async for _ in stream.pieces():
        pass
    return stream.spent or Spent("", None, None)


async def _manners(settings: Settings, endpoint: Endpoint, spent: Spent, told: Told) -> AsyncGenerator[Check, None]:
    """How a model that answers does so."""
    yield await _first_token(endpoint)
    yield _thinking(endpoint)
    told(say("asking for structured output"))
    yield await _structured(endpoint)
    yield _tokens(endpoint, spent)
    yield _window(settings.context_window, endpoint, await _models(endpoint))


async def _blame(fault: EndpointError, named: NamedModel, endpoint: Endpoint) -> list[Check]:
    """Whom the fault of the first reply lies with, and that the others are well."""
    blamed = _BLAMED.get(fault.outcome, "endpoint")
    checks = [] if blamed == "endpoint" else [_where(endpoint)]
    if blamed != "key":
        checks.append(_key(named, endpoint))
    advice = _advice(fault.outcome, endpoint)
    if blamed == "model":
        advice = _others(named.model, await _models(endpoint)) or advice
    found = str(fault)
    if blamed == "endpoint" and endpoint.address not in found:
        found = say("{address}: {trouble}", address=endpoint.address, trouble=found)
    return [*checks, Check(blamed, "trouble", found, advice)]


def _where(endpoint: Endpoint) -> Check:
    if endpoint.local:
        return Check("endpoint", "ok", say("{address}, on this machine", address=endpoint.address))
    found = say("{address}; what is said in a practice goes there", address=endpoint.address)
    return Check("endpoint", "ok", found)


def _key(named: NamedModel, endpoint: Endpoint) -> Check:
    if named.api_key:
        return Check("key", "ok", say("from OPENAI_API_KEY"))
    if endpoint.local:
        return Check("key", "ok", say("none, as is usual for a server on this machine"))
    return Check("key", "note", say("none"), say("set OPENAI_API_KEY if the endpoint wants one"))


def _model(asked: str, answered: str) -> Check:
    if answered == asked:
        return Check("model", "ok", say("{model} answered", model=shown(asked)))
    if not answered:
        return Check("model", "ok", say("asked for {asked}; the answer does not say who gave it", asked=shown(asked)))
    found = say("asked for {asked}, {answered} answered", asked=shown(asked), answered=shown(answered))
    if answered.startswith(asked):  # a name that stands for its latest edition
        return Check("model", "ok", found)
    return Check("model", "note", found, say("if it is the wrong one, name another; sessions keep both names"))


async def _first_token(endpoint: Endpoint) -> Check:
    """Timed over a second reply: the first pays for the connection, and may be held back to see whether it thinks."""
    begun = monotonic()
    pieces = endpoint.stream(GREETING, seconds=REPLY_SECONDS, tries=1).pieces()
    try:
        async for piece in pieces:
            if isinstance(piece, str) and piece:
                break
    except EndpointError as fault:
        return Check("first_token", "trouble", str(fault), _advice(fault.outcome, endpoint))
    finally:
        await pieces.aclose()
    seconds = monotonic() - begun
    found = say("after {milliseconds:,} ms", milliseconds=round(seconds * 1000))
    if seconds > SLOW:
        return Check(
            "first_token", "note", found, say("every reply takes that long to begin; a smaller model is quicker")
        )
    return Check("first_token", "ok", found)


def _thinking(endpoint: Endpoint) -> Check:
    if endpoint.known.thinking != "untagged":
        return Check("thinking", "ok", say("does not think aloud"))
    found = say("thinks aloud before it speaks; that is taken out, and each reply waits for its end")
    return Check("thinking", "note", found, say("turn thinking off at the server, or use a model without it"))


async def _structured(endpoint: Endpoint) -> Check:
    from simulator.llm.structured import ask_structured  # noqa: PLC0415 -- only where a model is asked

    try:
        await ask_structured(endpoint, QUESTION, "answer", ANSWER, seconds=REPLY_SECONDS, tries=1)
    except EndpointError as fault:
        return Check("structured", "trouble", str(fault), _advice(fault.outcome, endpoint))
    match endpoint.known.rung:
        case "json_schema":
            return Check("structured", "ok", say("by JSON schema"))
        case "tool":
            return Check("structured", "ok", say("by tool call"))
        case "json_object":
            return Check("structured", "ok", say("by JSON mode"))
        case _:
            advice = say("the program may have to hear some lines itself; a server that enforces a schema avoids that")
            return Check("structured", "note", say("by request only: nothing enforces it"), advice)


def _tokens(endpoint: Endpoint, spent: Spent) -> Check:
    from simulator.llm.tokens import Counter  # noqa: PLC0415 -- only where a model is asked

    counter = Counter(endpoint.model)
    counter.settle()
    exact = counter.measured == "counted"
    prompts = say("prompts are counted exactly") if exact else say("prompts are estimated")
    reported = spent.prompt_tokens is not None
    usage = say("the endpoint reports its usage") if reported else say("the endpoint does not report its usage")
    return Check("tokens", "ok", say("{first}; {second}", first=prompts, second=usage))


async def _models(endpoint: Endpoint) -> list[dict[str, Any]]:
    try:
        return await endpoint.models(seconds=LIST_SECONDS)
    except EndpointError:
        return []


def _window(used: int, endpoint: Endpoint, models: Sequence[Mapping[str, Any]]) -> Check:
    limits = (endpoint.known.window, _window_told(endpoint.model, models))
    limit = min((tokens for tokens in limits if tokens), default=None)
    if limit is None:
        found = say("{used:,} tokens are used; the endpoint does not tell its window", used=used)
        advice = say("if the server has less (Ollama often begins with 4096), raise it there or lower context_window")
        return Check("window", "note", found, advice) if endpoint.local else Check("window", "ok", found)
    found = say("{used:,} tokens are used of {limit:,}", used=used, limit=limit)
    if limit < SMALLEST_WINDOW:
        advice = say("raise it at the server to {least:,} at least, or use another model", least=SMALLEST_WINDOW)
        return Check("window", "trouble", found, advice)
    if used > limit:
        return Check("window", "note", found, say("set context_window = {limit} in config.toml", limit=limit))
    return Check("window", "ok", found)


def _window_told(model: str, models: Sequence[Mapping[str, Any]]) -> int | None:
    """Tokens, where the list of models says so in one of the known ways."""
    for entry in models:
        if entry.get("id") == model:
            meta = entry.get("meta")
            for place in (entry, meta if isinstance(meta, dict) else {}):
                for name in _WINDOWS:
                    tokens = place.get(name)
                    if isinstance(tokens, int) and tokens > 0:
                        return tokens
    return None


def _others(asked: str, models: Sequence[Mapping[str, Any]]) -> str:
    """What to ask for instead; empty where the endpoint lists nothing."""
    names = [name for entry in models if isinstance(name := entry.get("id"), str) and name]
    if not names:
        return ""
    if near := nearest(asked, names):
        return say("did you mean {model}?", model=shown(near))
    listed = ", ".join(shown(name) for name in names[:NAMED_MODELS])
    more = " …" if len(names) > NAMED_MODELS else ""
    return say("name one that it has: {models}", models=listed + more)


def _advice(outcome: Outcome, endpoint: Endpoint) -> str:
    """What to do about a request that went wrong in this way."""
    if outcome == "unreachable" and endpoint.local:
        return say("start the server, or mend the port in OPENAI_BASE_URL")
    advice: dict[Outcome, str] = {
        "unreachable": say("check OPENAI_BASE_URL and the network; behind a proxy, HTTPS_PROXY"),
        "unavailable": say("try again in a while; the provider's status page may say more"),
        "key_rejected": say("copy the key into OPENAI_API_KEY again, and check that it belongs to OPENAI_BASE_URL"),
        "not_allowed": say("ask whoever gave you the key for the right to use this model from here"),
        "unknown_model": say("check MOT_MODEL, and the end of OPENAI_BASE_URL: it is often /v1"),
        "quota": say("add credit or raise the limit with the provider"),
        "bad_answer": say("is this an OpenAI-compatible address? It often ends in /v1, never in /chat/completions"),
        "unfit": say("use another model: the program would hear every line itself"),
        "stalled": say("try again: a model may still be loading; if it stays so, use a smaller one"),
        "filtered": say("its filter stopped a plain greeting: loosen it, or use another model"),
    }
    return advice.get(outcome) or say("try again; if it stays so, use another model")
