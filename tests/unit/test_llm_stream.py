from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.conversation.ports import Waiting
from simulator.errors import EndpointError
from simulator.llm.endpoint import Endpoint, Spent
from simulator.llm.faults import Faults
from simulator.llm.reply import Reply
from simulator.llm.watch import Watch
from tests.endpoint import DONE, MODEL, USAGE, LoopbackEndpoint, Play, Wire, delta, fails, streams
from tests.fault_table import KEY, STREAMED, Row, assert_fit_for_people
from tests.loop_time import PATIENCE, LoopTime

HELLO = [{"role": "user", "content": "Hello"}]
SECONDS = 60.0


@pytest.fixture
async def endpoint(endpoint: Endpoint) -> Endpoint:
    """One known to have no untagged thinking."""
    endpoint.learn(thinking="none")
    return endpoint


async def heard(endpoint: Endpoint) -> tuple[list[str], EndpointError | None]:
    """The pieces of a reply, and what it ended in."""
    pieces: list[str] = []
    try:
        async for piece in endpoint.stream(HELLO, seconds=SECONDS).pieces():
            if not isinstance(piece, Waiting):
                pieces.append(piece)  # noqa: PERF401 -- kept where it breaks off
    except EndpointError as error:
        return pieces, error
    return pieces, None


@pytest.mark.parametrize("thinking", [None, "none"])
@pytest.mark.parametrize("row", STREAMED, ids=str)
async def test_a_stream_comes_to_its_outcome(
    row: Row, thinking: str | None, server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(*row.script())
    endpoint.learn(thinking=thinking)
    began = time.now()
    pieces, error = await heard(endpoint)
    assert (error and error.outcome, len(server.requests), "".join(pieces)) == (row.outcome, row.asked, row.said)
    assert time.now() - began < SECONDS + 5
    if error:
        assert_fit_for_people(error)


async def test_what_is_sent_is_the_same_each_time_and_nothing_but_the_conversation(
    server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    server.play(streams("Fine."), streams("Fine."))
    await heard(endpoint)
    await heard(endpoint)
    first, second = server.requests
    assert first.raw == second.raw
    assert first.body == {
        "model": "loop-1",
        "messages": HELLO,
        "stream": True,
        "stream_options": {"include_usage": True},
    }


async def test_pieces_come_as_they_are_sent(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    taken = threading.Semaphore(0)

    def play(wire: Wire) -> None:
        wire.start()
        for word in ("One ", "two ", "three"):
            wire.event(delta(word))
            assert taken.acquire(timeout=PATIENCE), "the piece before was not given out"
        wire.event(delta(finish="stop"))
        wire.finish()

    server.play(play)
    pieces = []
    async for piece in endpoint.stream(HELLO, seconds=SECONDS).pieces():
        pieces.append(piece)
        taken.release()
    assert pieces == ["One ", "two ", "three"]


async def test_one_connection_serves_one_reply_after_another(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(streams("One."), fails(503), streams("Two."), streams("Three."))
    for _ in range(3):
        await heard(endpoint)
    assert (server.connections, len(server.requests)) == (1, 4)


async def test_a_longer_wait_is_told_with_its_reason(
    server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(fails(429, "slow down", headers={"Retry-After": "7"}), streams("Fine."))
    pieces = [piece async for piece in endpoint.stream(HELLO, seconds=SECONDS).pieces()]
    waiting, *said = pieces
    assert isinstance(waiting, Waiting)
    assert (waiting.seconds, said) == (7.0, ["Fine."])
    assert "slow down" in waiting.reason
    assert time.naps == [7.0]


async def test_a_wait_beyond_the_budget_is_not_begun(
    server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(fails(429, headers={"Retry-After": "61"}))
    _, error = await heard(endpoint)
    assert error is not None
    assert (error.outcome, error.retry_after, time.naps) == ("unavailable", 61.0, [])
    assert "61 s" in str(error)


async def test_a_reply_is_asked_for_as_often_as_allowed(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(fails(503))
    with pytest.raises(EndpointError, match="503"):
        [piece async for piece in endpoint.stream(HELLO, seconds=SECONDS, tries=1).pieces()]
    assert len(server.requests) == 1


async def test_counts_that_are_refused_are_not_asked_for_again(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    refusal = fails(400, "Extra inputs are not permitted", param="stream_options")
    server.play(refusal, fails(503), fails(503), streams("One."), streams("Two."))
    assert await heard(endpoint) == (["One."], None)
    assert await heard(endpoint) == (["Two."], None)
    assert ["stream_options" in request.body for request in server.requests] == [True, *[False] * 4]
    assert not endpoint.known.stream_usage


async def test_a_failing_endpoint_says_nothing_about_counts(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(*[fails(500, "cannot handle stream_options")] * 3)
    await heard(endpoint)
    assert endpoint.known.stream_usage


async def test_another_refusal_is_not_taken_for_one_of_the_counts(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(fails(400, "messages must alternate"))
    _, error = await heard(endpoint)
    assert error is not None
    assert "messages must alternate" in str(error)
    assert endpoint.known.stream_usage


def stream_of(*events: object, end: Callable[[Wire], None] = Wire.finish) -> Play:
    def play(wire: Wire) -> None:
        wire.start()
        for event in events:
            wire.event(event)
        end(wire)

    return play


@pytest.mark.parametrize(
    ("events", "spent"),
    [
        ([delta("Fine.")], Spent(MODEL, None, None)),
        ([delta("Fine."), delta(finish="stop"), USAGE], Spent(MODEL, 12, 3)),
        ([{"choices": [], "usage": {"prompt_tokens": -1, "completion_tokens": True}}], Spent("", None, None)),
        ([{"model": "a\x1b[31mb" + "c" * 300, "choices": []}], Spent("ab" + "c" * 198, None, None)),
        ([], None),
    ],
)
async def test_what_a_reply_took_is_known_at_its_break_too(
    events: list[object], spent: Spent | None, server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    server.play(stream_of(*events, end=Wire.cut))
    stream = endpoint.stream(HELLO, seconds=SECONDS)
    try:
        [piece async for piece in stream.pieces()]
    except EndpointError as error:
        assert error.outcome == "cut"  # noqa: PT017 -- the third row ends well
    assert stream.spent == spent


def hold_open(wire: Wire) -> None:
    wire.start()
    wire.event(delta("Well, "))
    wire.hold()


async def test_closing_a_reply_closes_its_connection(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(hold_open)
    pieces = endpoint.stream(HELLO, seconds=SECONDS).pieces()
    assert await anext(pieces) == "Well, "
    await pieces.aclose()
    assert await server.saw_hangup()


def before_the_head(wire: Wire, reached: threading.Event) -> None:
    reached.set()
    wire.hold()


def before_the_first_word(wire: Wire, reached: threading.Event) -> None:
    wire.start()
    reached.set()
    wire.hold()


def between_words(wire: Wire, reached: threading.Event) -> None:
    wire.start()
    wire.event(delta("Well, "))
    reached.set()
    wire.hold()


def before_the_counts(wire: Wire, reached: threading.Event) -> None:
    wire.start()
    wire.event(delta("Well.", "stop"))
    reached.set()
    wire.hold()


def in_a_refusal(wire: Wire, reached: threading.Event) -> None:
    wire.send(b"HTTP/1.1 500 Oh\r\nContent-Length: 100\r\n\r\n{")
    reached.set()
    wire.hold()


@pytest.mark.parametrize(
    "moment", [before_the_head, before_the_first_word, between_words, before_the_counts, in_a_refusal]
)
async def test_cancelling_at_any_moment_hangs_up(
    moment: Callable[[Wire, threading.Event], None], server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    reached = threading.Event()
    server.play(lambda wire: moment(wire, reached))
    listening = asyncio.create_task(heard(endpoint))
    assert await asyncio.to_thread(reached.wait, PATIENCE)
    await time.settle()
    assert not listening.done()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert await server.saw_hangup()


async def test_cancelling_a_wait_asks_no_more(server: LoopbackEndpoint) -> None:
    waiting = asyncio.Event()

    async def sleep(_: float) -> None:
        waiting.set()
        await asyncio.Event().wait()

    endpoint = Endpoint("loop-1", server.base_url, KEY, sleep=sleep)
    server.play(fails(503))
    listening = asyncio.create_task(heard(endpoint))
    await waiting.wait()
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    await endpoint.close()
    assert len(server.requests) == 1


async def test_a_timeout_of_the_caller_stays_the_callers(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(lambda wire: (wire.start(), wire.passes(5), wire.hold()))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(4):
            await heard(endpoint)


async def test_a_cancel_that_comes_with_the_bell_stays_a_cancel() -> None:
    watch = Watch()
    waiting = asyncio.create_task(watch.wait(asyncio.Event().wait(), 0.0))
    await asyncio.sleep(0)
    watch._ring()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    watch.close()


async def test_the_first_reply_is_held_until_it_is_known_to_hold_no_thinking(
    server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    endpoint.learn(thinking=None)
    server.play(streams("One ", "two."), streams("One ", "two."))
    assert await heard(endpoint) == (["One two."], None)
    assert endpoint.known.thinking == "none"
    assert await heard(endpoint) == (["One ", "two."], None)


async def test_thinking_that_nothing_opened_is_found_and_expected_from_then_on(
    server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    endpoint.learn(thinking=None)
    server.play(*[streams("Hm, ", "hm.</thi", "nk>", "One ", "two.")] * 2)
    assert await heard(endpoint) == (["One ", "two."], None)
    assert endpoint.known.thinking == "untagged"
    assert await heard(endpoint) == (["One ", "two."], None)


async def test_thinking_that_breaks_off_is_not_shown(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    endpoint.learn(thinking="untagged")
    server.play(stream_of(delta("Hm, hm."), end=Wire.cut))
    pieces, error = await heard(endpoint)
    assert error is not None
    assert (pieces, error.outcome) == ([], "cut")


async def test_a_broken_reply_teaches_nothing_about_thinking(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    endpoint.learn(thinking=None)
    server.play(stream_of(delta("Well, "), end=Wire.cut))
    await heard(endpoint)
    assert endpoint.known.thinking is None


async def test_a_model_once_seen_to_think_aloud_is_not_trusted_again(
    server: LoopbackEndpoint, endpoint: Endpoint
) -> None:
    endpoint.learn(thinking="untagged")
    server.play(streams("One ", "two."))
    assert await heard(endpoint) == (["One two."], None)
    assert endpoint.known.thinking == "untagged"


async def test_a_model_that_begins_to_think_aloud_is_found_out(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    server.play(streams("Hm.", "</think>", "One."), streams("Hm.", "</think>", "Two."))
    assert await heard(endpoint) == (["Hm.", "One."], None)
    assert endpoint.known.thinking == "untagged"
    assert await heard(endpoint) == (["Two."], None)


def keep_alive(wire: Wire) -> None:
    for _ in range(3):
        wire.passes(9)
        wire.chunk(b": still here\n\n")
    wire.passes(4)
    wire.hold()


def stay_open(wire: Wire) -> None:
    wire.passes(3)
    wire.hold()


@pytest.mark.parametrize(
    ("play", "seconds"),
    [
        (stream_of(delta("Well, "), end=keep_alive), 31),
        (stream_of(end=keep_alive), 31),
        (stream_of(delta("Well, ", "stop"), end=stay_open), 3),
    ],
)
async def test_silence_is_borne_so_long_and_no_longer(
    play: Play, seconds: float, server: LoopbackEndpoint, endpoint: Endpoint, time: LoopTime
) -> None:
    server.play(play)
    began = time.now()
    await heard(endpoint)
    assert time.now() - began < seconds + 10


async def test_thinking_is_no_silence(server: LoopbackEndpoint, endpoint: Endpoint) -> None:
    def play(wire: Wire) -> None:
        wire.start()
        for thought in ({"content": "<think>"}, {"reasoning_content": "Hm."}, {"reasoning": "Hm."}):
            wire.event(delta(**thought))
            wire.passes(18)
        wire.event(delta("</think>Fine.", "stop"))
        wire.finish()

    server.play(play)
    assert await heard(endpoint) == (["Fine."], None)


TEXT = "Où est le 客服? 👍🏽 \U0001f469‍\U0001f4bb\n<b> ok"
FEED = b"".join(
    [
        b": hello\r\n\r\n",
        *(b"data: " + json.dumps(delta(part), ensure_ascii=False).encode() + b"\r\n\r\n" for part in TEXT),
        b'data: {"choices": []\r\ndata: ,"more": ""}\r\n\r\n',
        b"event: message\rdata: " + json.dumps(delta(finish="stop")).encode() + b"\r\r",
        b"data: " + json.dumps(USAGE).encode() + b"\n\n",
        DONE,
    ]
)


@given(st.lists(st.integers(0, len(FEED)), max_size=30))
def test_a_stream_means_the_same_wherever_it_is_split(borders: list[int]) -> None:
    reply = Reply(Faults("loop-1", "here"), untagged=False)
    ends = [0, *sorted(borders), len(FEED)]
    said = "".join(reply.feed(FEED[start:end]) for start, end in pairwise(ends))
    assert (said, reply.fault, reply.over, reply.spent) == (TEXT, None, True, Spent(MODEL, 12, 3))


def test_a_stream_means_the_same_byte_by_byte() -> None:
    reply = Reply(Faults("loop-1", "here"), untagged=False)
    said = "".join(reply.feed(bytes([byte])) for byte in FEED)
    assert (said, reply.fault) == (TEXT, None)


def test_halves_of_a_character_in_two_chunks_are_one() -> None:
    reply = Reply(Faults("loop-1", "here"), untagged=False)
    halves = [
        rb'data: {"choices":[{"delta":{"content":"\ud83d"}}]}',
        rb'data: {"choices":[{"delta":{"content":"\ude00"}}]}',
    ]
    assert "".join(reply.feed(half + b"\n\n") for half in halves) == "😀"


def test_a_character_that_stays_half_is_left_out() -> None:
    reply = Reply(Faults("loop-1", "here"), untagged=False)
    said = reply.feed(rb'data: {"choices":[{"delta":{"content":"Hm\ud83d"}, "finish_reason": "stop"}]}' + b"\n\n")
    assert (said, reply.fault) == ("Hm", None)
