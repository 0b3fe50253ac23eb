"""The official client, warmed once and kept, and what was found out about the endpoint behind it."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from simulator.errors import EndpointError
from simulator.llm import faults
from simulator.llm.budget import now
from simulator.llm.memory import OPENAI, Known, Memory, address_of

if TYPE_CHECKING:  # heavy
    import ssl

    import httpx2
    import openai

CONNECT_SECONDS = 5.0
IDLE_SECONDS = 300.0
"""How long a connection is kept for the next turn: people think before they speak."""

MOST_BODY = 8 << 20
"""Bytes of a whole answer."""

_MOST_TROUBLE = 64 << 10  # bytes of an error's body that are read,
_TROUBLE_SECONDS = 5.0  # and how long that may take
_NO_KEY = "none"  # what servers that ask for no key are sent


class Client:
    """One model at one address. It belongs to the event loop it was first used in."""

    def __init__(self, model: str, base_url: str | None, api_key: str | None, memory: Memory | None) -> None:
        self.model = model
        self.address = address_of(base_url)
        self.local = _is_here(self.address)
        self._base_url = base_url or None
        self._key = (api_key or "").strip()
        self._memory = memory or Memory(None)
        self._client: openai.AsyncOpenAI | None = None
        self._building = threading.Lock()
        self._warming: threading.Thread | None = None
        self.faults = faults.Faults(model, self.address, self._secrets())

    @property
    def known(self) -> Known:
        """What was found out about the model at this address."""
        return self._memory.recall(self._base_url, self.model)

    def learn(self, **changes: Any) -> None:
        """Remember it, by the names of Known."""
        known = replace(self.known, **changes)
        if known != self.known:
            self._memory.learn(self._base_url, self.model, known)

    def warm(self) -> None:
        """Get ready behind the caller's back; a second call changes nothing."""
        if self._warming is None:
            self._warming = threading.Thread(target=self._warm, daemon=True)
            self._warming.start()

    async def open(self, path: str, body: Mapping[str, Any] | None, until: float) -> httpx2.Response:
        """A response whose head says success, its body unread; the caller closes it. Without a body, a GET.

        Raises EndpointError, at the latest at `until` on the loop's clock.
        """
        if not (self._key or self._base_url) or not (self._key.isascii() and self._key.isprintable()):
            raise faults.keyless(self.address)
        if until <= now():
            raise faults.stalled()
        try:
            async with asyncio.timeout_at(until):
                return await self._send(path, body)
        except EndpointError as error:
            trouble = error
        except TimeoutError:
            trouble = faults.stalled()
        except Exception as error:  # noqa: BLE001 -- nothing of the client's own comes through: it knows the key
            trouble = self.faults.foreign(error)
        raise trouble.with_traceback(None)  # here, where the foreign exception is no longer its context

    async def read(self, response: httpx2.Response, until: float) -> bytes:
        """The body, cut off behind MOST_BODY, and the response closed. Raises EndpointError."""
        trouble = self.faults.broken()
        try:
            async with asyncio.timeout_at(until):
                return await _bounded(response, MOST_BODY)
        except TimeoutError:
            trouble = faults.stalled()
        except Exception:  # noqa: BLE001, S110 -- an answer that breaks off is a broken one
            pass
        finally:
            await response.aclose()
        raise trouble

    async def close(self) -> None:
        """Let go of every connection."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def _send(self, path: str, body: Mapping[str, Any] | None) -> httpx2.Response:
        client = self._client
        if client is None:
            client = await asyncio.to_thread(self._build)
        import httpx2  # noqa: PLC0415 -- heavy; loaded with the client

        # Raw both ways, and the response in no object of the client's: the typed paths take milliseconds for a long
        # history and 100 us for a token.
        if body is None:
            sent = client.get(path, cast_to=httpx2.Response, stream=True)
        else:
            sent = client.post(path, body=body, cast_to=httpx2.Response, stream=True)
        return await sent

    async def _turn_down(self, response: httpx2.Response) -> None:
        """Translate a status other than success where it arrives, before the client reads all of the body, or follows
        a redirect: a learner's lines go where they were sent.
        """
        if response.is_success:
            return
        body = b""
        with suppress(Exception):  # the status tells enough
            async with asyncio.timeout(_TROUBLE_SECONDS):
                body = await _bounded(response, _MOST_TROUBLE)
        trouble = self.faults.status(response.status_code, response.headers, body)
        if trouble.outcome == "context" and (window := faults.window_named(body)):
            self.learn(window=window)
        raise trouble

    def _warm(self) -> None:
        with suppress(Exception):  # the first request builds it again, and says what is wrong
            self._build()

    def _build(self) -> openai.AsyncOpenAI:
        with self._building:
            client = self._client = self._client or self._built()
            return client

    def _built(self) -> openai.AsyncOpenAI:
        import httpx2  # noqa: PLC0415 -- heavy
        import openai  # noqa: PLC0415

        for chatty in ("openai", "httpx2", "httpcore2"):  # they log addresses with credentials, and headers
            logging.getLogger(chatty).setLevel(logging.WARNING)
        # No time-out on reading: a drip of keep-alives would feed it for ever. Who asks has a clock of their own.
        timeout = httpx2.Timeout(None, connect=CONNECT_SECONDS)
        trusting = not self.local  # no proxy between this machine and itself
        transport = httpx2.AsyncClient(
            timeout=timeout,
            limits=httpx2.Limits(keepalive_expiry=IDLE_SECONDS),
            trust_env=trusting,
            verify=_certificates(trusting),
            event_hooks={"response": [self._turn_down]},
        )
        base_url, _, query = (self._base_url or OPENAI).partition("?")  # the client would put the path behind the query
        client = openai.AsyncOpenAI(
            api_key=self._key or _NO_KEY,
            base_url=base_url,
            default_query=dict(parse_qsl(query)),
            timeout=timeout,
            max_retries=0,
            http_client=transport,
        )
        if self._base_url:  # read from the environment, and meant for OpenAI alone
            client.organization = client.project = None
        return client

    def _secrets(self) -> list[str]:
        secrets = [self._key]
        with suppress(RuntimeError):  # no home
            secrets.append(str(Path.home()))
        with suppress(ValueError):  # no URL
            parts = urlsplit(self._base_url or "")
            secrets += [part for raw in (parts.username, parts.password) if raw for part in (raw, unquote(raw))]
            secrets += [value for pair in parts.query.split("&") if (value := pair.partition("=")[2])]
        return secrets


@cache
def _certificates(trusting: bool) -> ssl.SSLContext:  # noqa: FBT001 -- a key of the cache
    """Whom this process trusts, read once for all its clients: that takes 30 ms. `trusting`: the environment too."""
    import httpx2  # noqa: PLC0415 -- heavy

    return httpx2.create_ssl_context(trust_env=trusting)


def _is_here(address: str) -> bool:
    """Whether requests stay on this machine."""
    host = urlsplit(address).hostname or "" if address != "?" else ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):
        return ip_address(host).is_loopback or ip_address(host).is_unspecified
    return False


async def _bounded(response: httpx2.Response, most: int) -> bytes:
    """The body, or a little more than `most` bytes of a longer one."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > most:
            break
    return bytes(body)
