"""Stages of one grade asked at once: how many, in which order they are told, and what an endpoint does that minds."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from simulator.domain.scorecard import Scorecard
from simulator.grading.grader import grade
from simulator.grading.sampling import Majority
from simulator.llm.docket import Bench, Docket
from simulator.llm.endpoint import Endpoint
from simulator.llm.judge import LlmJudge
from simulator.llm.pace import AT_ONCE
from simulator.llm.tokens import Counter
from tests.endpoint import MODEL, LoopbackEndpoint, Play, Request, Wire, fails, message
from tests.grading_talks import TICKET, WELL_LED, case_of, shipped_rubric
from tests.judging import NO, judges, part
from tests.loop_time import PATIENCE

RUBRIC = shipped_rubric()
STAGES = len(RUBRIC.stages)


@asynccontextmanager
async def bench_at(server: LoopbackEndpoint, folder: Path | None = None) -> AsyncIterator[Bench]:
    async def at_once(_: float) -> None:
        pass

    endpoint = Endpoint(MODEL, server.base_url, sleep=at_once)
    yield Bench(endpoint, Counter(MODEL), None, folder)
    await endpoint.close()


async def graded(bench: Bench, samples: int = 1) -> Scorecard:
    docket = Docket(bench)
    judges = [LlmJudge(docket, sample) for sample in range(1, samples + 1)]
    judge = Majority(judges) if samples > 1 else judges[0]
    return docket.concluded(await grade(await case_of(WELL_LED, TICKET), RUBRIC, judge, "en"))


def stage_of(request: Request) -> int:
    """Which of the rubric's stages a request asks about, from 0."""
    asked = part(request, "statements")[0]["id"]
    own = [{o.id for criterion in stage.criteria for o in criterion.observations} for stage in RUBRIC.stages]
    return next(n for n, ids in enumerate(own) if asked in ids)


def unanswered(card: Scorecard) -> set[str]:
    """The stages that the model gave no answer for."""
    return {score.stage for score in card.criteria if "no answer" in score.reason}


async def test_the_first_is_asked_alone_and_the_rest_at_once() -> None:
    rest = threading.Barrier(STAGES - 1)
    alone: list[int] = []

    def answer(request: Request) -> Play:
        def play(wire: Wire) -> None:
            if stage_of(request):
                rest.wait(PATIENCE)
            else:
                alone.append(len(server.requests))
            judges(wire)

        return play

    with LoopbackEndpoint(answer) as server:
        async with bench_at(server) as bench:
            assert (await graded(bench)).unjudged == ""
    assert alone == [1]
    assert not rest.broken


async def test_samples_are_asked_at_once_but_no_more_than_so_many() -> None:
    lock, under_way, most = threading.Lock(), 0, 0
    full = threading.Event()

    def play(wire: Wire) -> None:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
            if under_way == AT_ONCE:
                full.set()
        if len(server.requests) > 1:
            full.wait(PATIENCE)
        with lock:
            under_way -= 1
        judges(wire)

    with LoopbackEndpoint(lambda _: play) as server:
        async with bench_at(server) as bench:
            card = await graded(bench, samples=3)
    assert (most, len(server.requests), card.unjudged) == (AT_ONCE, 3 * STAGES, "")


async def test_what_it_came_to_stands_in_the_order_of_the_stages_whichever_answer_comes_first() -> None:
    """The last is answered first, each by a model of its own."""
    over = [threading.Event() for _ in range(STAGES + 1)]
    over[-1].set()

    def answer(request: Request) -> Play:
        stage = stage_of(request)

        def play(wire: Wire) -> None:
            if stage:
                assert over[stage + 1].wait(PATIENCE)
            value = {"answers": [{"id": one["id"], **NO} for one in part(wire.request, "statements")]}
            wire.whole(message(json.dumps(value)) | {"model": f"model-{stage}"})
            over[stage].set()

        return play

    with LoopbackEndpoint(answer) as server:
        async with bench_at(server) as bench:
            card = await graded(bench)
    models = [f"model-{stage}" for stage in range(STAGES)]
    assert [one.answered for one in card.usage] == models
    assert card.provenance["judge_answered"] == ", ".join(models)
    assert [score.id for score in card.criteria] == [criterion.id for criterion in RUBRIC.criteria]


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0"}])
async def test_an_endpoint_that_bears_but_one_request_at_a_time_judges_every_stage(headers: dict[str, str]) -> None:
    """While it answers one, it turns away all tries of the others."""
    busy, refused, crowded = threading.Lock(), threading.Semaphore(0), threading.Event()
    tries = 3 * (STAGES - 2)

    def play(wire: Wire) -> None:
        if not busy.acquire(blocking=False):
            refused.release()
            fails(429, headers=headers)(wire)
            return
        if stage_of(wire.request) and not crowded.is_set():
            crowded.set()
            assert all(refused.acquire(timeout=PATIENCE) for _ in range(tries))
        busy.release()
        judges(wire)

    with LoopbackEndpoint(lambda _: play) as server:
        async with bench_at(server) as bench:
            card = await graded(bench)
    assert (card.unjudged, unanswered(card)) == ("", set())
    assert len(server.requests) == STAGES + tries


@pytest.mark.parametrize("stage", range(STAGES))
async def test_a_stage_that_fails_leaves_the_others_answers_kept(stage: int, tmp_path: Path) -> None:
    failing = {stage}
    with LoopbackEndpoint(lambda request: fails(400) if stage_of(request) in failing else judges) as server:
        async with bench_at(server, tmp_path) as bench:
            assert unanswered(await graded(bench)) == {RUBRIC.stages[stage].id}
            failing.clear()
            before = len(server.requests)
            assert unanswered(await graded(bench)) == set()
    assert [stage_of(request) for request in server.requests[before:]] == [stage]


async def test_an_endpoint_that_is_no_use_is_asked_once() -> None:
    with LoopbackEndpoint(lambda _: fails(401)) as server:
        async with bench_at(server) as bench:
            assert (await graded(bench, samples=3)).unjudged
    assert len(server.requests) == 1
