"""What of requests and answers is kept: what is listed, and no secret within it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.recording.kept import HIDDEN, Secrets, Sieve, answered, asked, events, headers_of, path_of

SECRETS = Secrets("key-canary-1", "https://user-canary:pass%20canary@host.example/v1", [Path("/home/anna-canary")])
CHUNK = {
    "id": "chatcmpl-1234567890",
    "created": 1,
    "system_fingerprint": "fp_1",
    "model": "m",
    "choices": [{"index": 0, "delta": {"content": "你好", "annotations": []}, "logprobs": None}],
}


def filtered(body: Any) -> Any:
    return json.loads(answered(json.dumps(body).encode(), SECRETS))


def test_an_answer_keeps_what_is_listed_and_nothing_a_server_may_add() -> None:
    usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3, "account": "acct"}
    assert filtered({**CHUNK, "usage": usage, "organization": "o"}) == {
        "model": "m",
        "choices": [{"index": 0, "delta": {"content": "你好"}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3},
    }


def test_an_error_keeps_its_words_without_secrets() -> None:
    words = (
        "no key-canary-1, org-9f8e7d6c5b4a, /home/anna-canary/x, https://a:b@host, pass canary, eyJhbGciOiJIUzI1.e30.a"
    )
    told = filtered({"error": {"message": words, "code": "no", "request_id": "req_1"}, "detail": [{"msg": "x"}]})
    assert told["error"] == {
        "message": f"no {HIDDEN}, {HIDDEN}, ~/x, https://{HIDDEN}host, {HIDDEN}, {HIDDEN}",
        "code": "no",
    }


def test_ordinary_words_are_no_secrets() -> None:
    said = "The org-structure, a proj-ect, pk-lists and my sk-ateboard are in the root folder."
    assert answered(said.encode(), SECRETS).decode() == said


def test_a_page_keeps_nothing_and_broken_json_its_text() -> None:
    assert answered(b"\n<!doctype html><p>Ray ID: 1", SECRETS) == b"<html></html>"
    assert answered(b'{"choices": [{"mess', SECRETS) == b'{"choices": [{"mess'
    assert answered(b"[1, key-canary-1]", SECRETS).decode() == f"[1, {HIDDEN}]"


def test_headers_teach_what_to_hide() -> None:
    secrets = Secrets(None, None, [])
    secrets.learn(
        [
            ("X-Request-Id", "canary-request-1"),
            ("OpenAI-Organization", "canary-org"),
            ("Set-Cookie", "__cf=canary-cookie; Path=/; HttpOnly"),
            ("Authorization", "Bearer canary-key"),
            ("Content-Type", "application/json"),
        ]
    )
    told = secrets.hide(b"canary-request-1 canary-org canary-cookie canary-key application/json Bearer HttpOnly")
    assert b"canary" not in told
    assert b"application/json Bearer HttpOnly" in told


def test_of_headers_only_the_kind_and_the_wait_are_kept() -> None:
    wait = {"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:27:00 GMT"}
    assert headers_of({"content-type": "a", "server": "b", "date": "c"}) == {"content-type": ["a"]}
    assert headers_of({"content-type": "a", "x": "b", **wait}).keys() == {"content-type", "retry-after", "date"}


def test_a_request_has_one_form_whatever_its_order_and_what_is_added() -> None:
    plain = asked(b'{"model": "m", "messages": [{"role": "user", "content": "\\u597d"}]}')
    other = asked('{"user": "anna", "messages": [{"content": "好", "role": "user"}], "model": "m"}'.encode())
    assert plain == other == '{"messages":[{"content":"好","role":"user"}],"model":"m"}'.encode()


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://api.openai.com/v1/chat/completions", "/chat/completions"),
        ("http://user:pass@127.0.0.1:8080/some/base/chat/completions?api-version=1", "/chat/completions"),
        ("http://h/models/", "/models"),
        ("http://h/v1/other", "/other"),
    ],
)
def test_only_what_is_asked_for_is_kept_of_an_address(url: str, path: str) -> None:
    assert path_of(url) == path


def test_a_stream_is_the_same_wherever_it_is_split() -> None:
    data = json.dumps({**CHUNK, "x": "key-canary-1"}, ensure_ascii=False)
    stream = f": keep-alive canary\r\n\r\nid: 7\r\nevent: e\ndata: {data}\n\ndata: [DONE]\n\ndata: {{tru".encode()
    whole: bytes | None = None
    for size in range(1, len(stream) + 1):
        sieve = Sieve(SECRETS)
        parts = [stream[at : at + size] for at in range(0, len(stream), size)]
        out = [event for part in parts for event in sieve.feed(part)] + [sieve.rest()]
        assert b"".join(out) == sieve.kept
        assert whole is None or sieve.kept == whole
        whole = sieve.kept
    assert whole is not None
    assert b"canary" not in whole
    assert "你好".encode() in whole
    assert list(events(whole))[-1] == b"data: {tru"
    assert b"".join(events(whole)) == whole
