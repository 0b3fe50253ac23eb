"""Every way an endpoint goes wrong, translated once: statuses, foreign exceptions and broken shapes in, EndpointError
out. Its message is one line for a person and holds no key, no credentials, no markup, and little of the endpoint's own
words.
"""

from __future__ import annotations

import json
import math
import re
import ssl
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from simulator.errors import EndpointError
from simulator.text_gate import clean
from simulator.wording import say

MOST_WORDS = 200
"""Characters of the endpoint's own words that are shown."""

_MOST_READ = 4096  # characters of them that are looked at
_SHORTEST_SECRET = 4  # a shorter one is a syllable of ordinary words
_TELLTALE_HEADERS = ("x-request-id", "openai-organization", "openai-project", "set-cookie", "cf-ray")
_LONG_WORD = re.compile(r"[^\s;,=]{8,}")
_SECRETS = re.compile(
    r"\b(?:sk|pk|rk|org|proj|req|sess|chatcmpl)[-_][\w*.-]{6,}"  # as OpenAI and its likes name keys and accounts
    r"|\bBearer\s+\S+|\beyJ[\w.-]{10,}|\b[0-9a-f]{16,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"
    r"|(?<=//)[^\s/@]+@",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)

# What the servers call these things, by code or in words: OpenAI, Azure, DeepSeek, DashScope, vLLM, llama.cpp,
# LM Studio and Ollama.
_CONTEXT = re.compile(
    r"context[ _](?:length|window|size)|prompt is too long|maximum number of tokens|range of input length",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?:context (?:length|window|size)|tokens allowed)\D{0,40}(\d{3,7})"
    r"|> (\d{3,7}) maximum|input length\D+1, ?(\d{3,7})",
    re.IGNORECASE,
)
_FILTER = re.compile(r"content[ _](?:filter|policy|management)|data_inspection_failed|ResponsibleAI", re.IGNORECASE)
_MODEL = re.compile(r"model(?:[ _]|\s+\S{1,80}\s+)(?:not[ _]found|(?:does )?not exist)", re.IGNORECASE)
_QUOTA = re.compile(r"insufficient[ _](?:quota|balance)|arrearage|AllocationQuota", re.IGNORECASE)

_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_UNAUTHORIZED, _PAYMENT_REQUIRED, _FORBIDDEN, _NOT_FOUND = 401, 402, 403, 404
_WORTH_WAITING = (408, 409, 425, 429)
_REQUEST_FAULTS = (400, 413, 422)


class Faults:
    """Translates what goes wrong with one model at one address. `secrets` are never repeated."""

    def __init__(self, model: str, address: str, secrets: Iterable[str] = ()) -> None:
        self._model = model
        self._address = address
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _SHORTEST_SECRET)

    def status(self, status: int, headers: Mapping[str, str], body: bytes) -> EndpointError:
        """What a status other than success means."""
        payload = _payload(body)
        told = [value for name in _TELLTALE_HEADERS for value in _LONG_WORD.findall(headers.get(name, ""))]
        words = self._own_words(_message_in(payload), told)
        if named := self._named(status, payload, words):
            return named
        if status in _WORTH_WAITING or status >= _SERVER_ERROR:
            return self._unavailable(status, words, retry_after(headers))
        return self._turned_down(status, words)

    def told(self, payload: Any) -> EndpointError:
        """What an error means that came where an answer was to be."""
        words = self._own_words(_message_in(payload), ())
        named = self._named(_CLIENT_ERROR, payload, words)
        return named or self.broken(words)

    def broken(self, words: str = "") -> EndpointError:
        """What came back is not the protocol."""
        return EndpointError(_with(say("what the endpoint sent is not a model's answer"), words), "bad_answer")

    def foreign(self, error: Exception) -> EndpointError:
        """What the client raised before an answer began."""
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error)):
            text = say("{address} shows a certificate that is not trusted here", address=self._address)
        else:
            text = say("nothing answers at {address}", address=self._address)
        return EndpointError(text, "unreachable")

    def _named(self, status: int, payload: Any, words: str) -> EndpointError | None:
        """A fault that the endpoint calls by its name, whatever the status it comes with."""
        names = f"{' '.join(_codes_in(payload))} {words}"
        if status == _PAYMENT_REQUIRED or _QUOTA.search(names):
            return EndpointError(say("the account behind the key has no credit left"), "quota")
        if status in _WORTH_WAITING or status >= _SERVER_ERROR:
            return None
        if status in _REQUEST_FAULTS and _CONTEXT.search(names):
            return EndpointError(say("the conversation is longer than the model's window"), "context")
        if _FILTER.search(names):
            return filtered()
        if _MODEL.search(names):
            text = say("{address} has no model {model}", address=self._address, model=self._model)
            return EndpointError(text, "unknown_model")
        return None

    def _turned_down(self, status: int, words: str) -> EndpointError:
        """A status that asking again does not change."""
        if status < _CLIENT_ERROR:
            text = say("{address} redirects to another address ({status})", address=self._address, status=status)
            return EndpointError(text, "bad_answer")
        if status == _UNAUTHORIZED:
            return EndpointError(say("the endpoint rejects the key"), "key_rejected")
        if status == _FORBIDDEN:
            return EndpointError(say("the endpoint does not allow this with the key"), "not_allowed")
        if status == _NOT_FOUND:
            text = say("{address} has no model {model}", address=self._address, model=self._model)
            return EndpointError(text, "unknown_model")
        text = say("the endpoint refuses the request ({status})", status=status)
        return EndpointError(_with(text, words), "refused")

    def _unavailable(self, status: int, words: str, wait: float | None) -> EndpointError:
        text = _with(say("the endpoint is busy or failing ({status})", status=status), words)
        if wait is not None:
            text = say("{trouble}; it asks to wait {seconds} s", trouble=text, seconds=math.ceil(wait))
        return EndpointError(text, "unavailable", wait)

    def _own_words(self, words: str, told: Iterable[str]) -> str:
        """The endpoint's message as it may be shown: nothing of one with markup."""
        words = " ".join(clean(words[:_MOST_READ]).split())
        if _MARKUP.search(words):
            return ""
        for secret in (*self._secrets, *told):
            words = words.replace(secret, "…")
        words = _SECRETS.sub("…", words)
        return words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…"


def stopped(reason: Any) -> EndpointError | None:
    """What a finish_reason means; None where the model had said all it wanted."""
    if reason == "length":
        return EndpointError(say("the model stopped at its own length limit"), "too_long")
    if reason == "content_filter":
        return filtered()
    return tool_call() if reason in ("tool_calls", "function_call") else None


def filtered() -> EndpointError:
    """A content filter stepped in."""
    return EndpointError(say("a content filter stopped the reply"), "filtered")


def declined() -> EndpointError:
    """The model itself refused."""
    return EndpointError(say("the model declines to reply"), "filtered")


def tool_call() -> EndpointError:
    """A tool was called; it is not."""
    return EndpointError(say("the model called a tool instead of replying"), "tool_call")


def empty() -> EndpointError:
    """Nothing but white space, or thinking."""
    return EndpointError(say("the model replied with nothing"), "empty")


def cut() -> EndpointError:
    """The stream ended, and nothing said that it should."""
    return EndpointError(say("the connection closed too early"), "cut")


def stalled() -> EndpointError:
    """No content for too long, or no seconds left."""
    return EndpointError(say("nothing came from the model for too long"), "stalled")


def overlong(limit: int) -> EndpointError:
    """More than a reply may hold, in characters."""
    return EndpointError(say("the reply is longer than {limit:,} characters", limit=limit), "too_long")


def keyless(address: str) -> EndpointError:
    """A key is needed, and there is none that could be one."""
    return EndpointError(say("{address} needs a key; OPENAI_API_KEY holds none", address=address), "key_rejected")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint asks to wait, by number or by date; None where it does not say."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            continue
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        return max(0.0, (_date(headers["retry-after"]) - _date(headers.get("date"))).total_seconds())
    except (KeyError, ValueError):
        return None


def window_named(body: bytes) -> int | None:
    """The model's window in tokens, where a refusal names it."""
    payload = _payload(body)
    error = payload.get("error") if isinstance(payload, dict) else None
    if isinstance(error, dict) and isinstance(error.get("n_ctx"), int):
        return error["n_ctx"] or None
    named = _WINDOW.search(_message_in(payload))
    return int(next(filter(None, named.groups()))) if named else None


def _date(text: str | None) -> datetime:
    moment = parsedate_to_datetime(text) if text else datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _payload(body: bytes) -> Any:
    text = body.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _message_in(payload: Any) -> str:
    """The endpoint's own message, wherever it keeps it, with the field it is about."""
    if isinstance(payload, str):
        return payload
    if isinstance(payload, list):  # FastAPI's details: one a field
        return "; ".join(filter(None, map(_message_in, payload[:3])))
    if not isinstance(payload, dict):
        return ""
    for name in ("error", "message", "detail", "msg"):
        if found := _message_in(payload.get(name)):
            about = payload.get("param") or payload.get("loc")
            about = ".".join(map(str, about)) if isinstance(about, list) else about
            return f"{found} ({about})" if isinstance(about, str) and about not in found else found
    return ""


def _codes_in(payload: Any) -> Iterator[str]:
    if isinstance(payload, dict):
        yield from (str(payload[name]) for name in ("code", "type") if payload.get(name))
        yield from _codes_in(payload.get("error"))
        yield from _codes_in(payload.get("innererror"))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _with(trouble: str, words: str) -> str:
    return say("{trouble}: {words}", trouble=trouble, words=words) if words else trouble
