"""The endpoint that tests talk to: a client that leaves asks nothing, and is no fault of the test."""

from __future__ import annotations

import socket

import pytest

from tests.endpoint import LoopbackEndpoint

LINE = b"POST /v1/chat/completions HTTP/1.1\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        LINE[:9],
        LINE,
        LINE + b"Content-Length: 40\r\n",
        LINE + b"Content-Length: 40\r\n\r\n",
        LINE + b'Content-Length: 40\r\n\r\n{"messages": [',
    ],
    ids=["nothing", "half a line", "a line", "half a head", "a head", "half a body"],
)
def test_a_client_that_leaves_in_the_middle_of_a_request_has_asked_nothing(sent: bytes) -> None:
    server = LoopbackEndpoint()
    with socket.create_connection(("127.0.0.1", server.port)) as client:
        client.sendall(sent)
        client.shutdown(socket.SHUT_WR)
        assert client.recv(1) == b""
    server.close()
    assert server.requests == []
    assert server.hung_up.is_set() == bool(sent)
