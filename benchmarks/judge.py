"""How well a model judges the labelled transcripts, and what it is asked for that.

    OPENAI_API_KEY=... python -m benchmarks.judge --base-url URL --model NAME [--judge-only TALK...] [--kept DIR]
    python -m benchmarks.judge --model NAME --cassette FILE --judge-only TALK...

Each transcript (tests/labelled) is judged as an outside one, with its persona where there is one. Printed as by
benchmarks.grading, and above that Cohen's kappa over judged observations with its 95 % interval, the error of the total
and the levels within one. Answers are kept in DIR until all are there: a run that is cut short goes on where it was.
With --cassette the requests are recorded in FILE; without --base-url they are answered from it. What a request costs on
our side of the wire is told by benchmarks.judge_cost.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from benchmarks.grading import ROOT, Graded, _joined, _labels, persona_of, print_observations, print_order, print_totals
from simulator.domain.rubric import Rubric
from simulator.domain.scorecard import Scorecard, Verdict
from simulator.exchange.read import read_transcript
from simulator.grading.agreement import Estimate, agreement, level_agreement, total_agreement
from simulator.grading.case import outside
from simulator.grading.grader import grade
from simulator.grading.observations import Judge, StageRequest
from simulator.grading.sampling import Majority
from simulator.llm.docket import Bench, Docket
from simulator.llm.endpoint import Endpoint
from simulator.llm.judge import LlmJudge, messages_of
from simulator.llm.memory import Memory
from simulator.llm.tokens import Counter
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_rubric
from simulator.recording.cassette import to_play, to_write
from simulator.recording.kept import Secrets
from simulator.recording.recorder import ADDRESS
from simulator.recording.tape import Player, Tape, in_place_of_network
from simulator.session_packs import in_language

AIMS = {"kappa": ">= 0.80", "error": "<= 6", "near": ">= 92 %"}


class Counting:
    """A judge around a judge that counts what is sent."""

    proves = True

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.asked = 0
        self.characters = 0

    @property
    def name(self) -> str:
        """The judge's own."""
        return self.judge.name

    async def answer(self, request: StageRequest) -> Sequence[Verdict]:
        """What the judge says."""
        self.asked += 1
        self.characters += sum(len(message["content"]) for message in messages_of(request))
        return await self.judge.answer(request)


async def judged(path: Path, personas: Path, rubric: Rubric, docket: Docket, samples: int) -> Graded:
    """One transcript, and who judged it on standard output as soon as it is done."""
    transcript = read_transcript(path)
    language = transcript.language
    persona = persona_of(personas, transcript.persona or "")
    case = await outside(transcript, in_language(persona, language) if persona else None, OfflineListener())
    counting = [Counting(LlmJudge(docket, sample)) for sample in range(1, samples + 1)]
    start = time.perf_counter()
    judge: Judge = counting[0] if samples == 1 else Majority(counting)
    card = await grade(case, in_language(rubric, language), judge, language)
    seconds = time.perf_counter() - start
    asked, characters = sum(one.asked for one in counting), sum(one.characters for one in counting)
    print(
        f"{path.stem:24} by {judge.name}: {asked} requests, {characters:,} prompt characters, {seconds:.1f} s"
        f"{'; ' + card.unjudged if card.unjudged else ''}",
        flush=True,
    )
    labels = json.loads(path.with_suffix(".labels.json").read_bytes())
    return Graded(path.stem, labels, card, seconds * 1000, seconds * 1000)


def print_agreement(results: Sequence[Graded], rubric: Rubric) -> None:
    """Kappa over judged observations, error of the totals, levels within one, each beside what is aimed at."""
    asked = {o.id for o in rubric.observations if o.by == "judge"}
    answers = {one.name: _answers(one, asked) for one in results}
    pairs = {name: [pair for pair in found if pair[1] is not None] for name, found in answers.items()}
    observations = agreement(pairs, sum(len(found) - len(pairs[name]) for name, found in answers.items()))
    levels = level_agreement({one.name: list(_levels(one.card, one.labels["levels"])) for one in results})
    totals = total_agreement(
        {
            one.name: [(one.card.total, one.expected)]
            for one in results
            if one.card.total is not None and one.card.ground_truth
        }
    )
    print(f"\njudged observations: {observations.n} decided, {observations.undecided} undecided", end=", ")
    print(f"agreeing {_shown(observations.percent)}")
    print(f"kappa                {_shown(observations.kappa)}   aim {AIMS['kappa']}")
    print(f"error of the total   {_shown(totals.error)}   aim {AIMS['error']}   bias {_shown(totals.bias)}")
    print(f"levels within one    {_shown(levels.near)}   aim {AIMS['near']}   of {levels.n}\n")


def _answers(one: Graded, asked: set[str]) -> list[tuple[object, object]]:
    verdicts = {verdict.id: verdict.outcome for score in one.card.criteria for verdict in score.observations}
    labelled = set(one.labels["observations"])
    mine = {name: outcome for name, outcome in verdicts.items() if name in asked}
    return [(name in labelled, _joined(name, mine)) for name in sorted(_labels(mine))]


def _levels(card: Scorecard, labels: Mapping[str, int]) -> Sequence[tuple[int, int]]:
    return [(score.level, labels[score.id]) for score in card.criteria if score.level is not None]


def _shown(estimate: Estimate) -> str:
    if estimate.value is None:
        return "undefined"
    interval = "" if estimate.low is None else f" [{estimate.low:.3f} {estimate.high:.3f}]"
    return f"{estimate.value:.3f}{interval}"


@contextmanager
def taped(file: Path | None, base_url: str | None) -> Iterator[None]:
    """Requests written to a cassette, or without a base URL answered from it."""
    with ExitStack() as stack:
        if file and base_url:
            secrets = Secrets(os.environ.get("OPENAI_API_KEY"), base_url, [Path.home()])
            tape = Tape(stack.enter_context(to_write(file)), secrets)
            stack.enter_context(in_place_of_network(lambda network: partial(tape.send, network)))
        elif file:
            player = Player(to_play(file), lambda _: None)
            stack.enter_context(in_place_of_network(lambda _: player.send))
        yield


async def run(options: argparse.Namespace) -> None:
    """Judge, then print the tables."""
    with taped(options.cassette, options.base_url):
        await judge_all(options)


async def judge_all(options: argparse.Namespace) -> None:
    """The same, whoever answers."""
    rubric = load_rubric(options.rubric.read_bytes(), options.rubric.name).value
    files = sorted(options.transcripts.glob("*.yaml"))
    chosen = [file for file in files if not options.judge_only or file.stem in options.judge_only]
    address = options.base_url or ADDRESS
    endpoint = Endpoint(options.model, address, os.environ.get("OPENAI_API_KEY"), Memory(None))
    bench = Bench(endpoint, Counter(options.model), None, options.kept, options.seconds)
    dockets = [Docket(bench) for _ in chosen]
    try:
        results = [
            await judged(file, options.personas, rubric, docket, options.samples)
            for file, docket in zip(chosen, dockets, strict=True)
        ]
    finally:
        await endpoint.close()
    print_agreement(results, rubric)
    print_totals(results)
    print_order(results)
    print_observations(results, details=options.details)
    for docket, one in zip(dockets, results, strict=True):
        docket.concluded(one.card)


def main() -> None:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url")
    parser.add_argument("--cassette", type=Path, help="record there, or answer from there without --base-url")
    parser.add_argument("--model", required=True)
    parser.add_argument("--judge-only", nargs="+", metavar="TALK", help="names of transcripts, without .yaml")
    parser.add_argument("--samples", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3600, help="how long one answer may take")
    parser.add_argument("--kept", type=Path, help="where answers are kept until all are there")
    parser.add_argument("--transcripts", type=Path, default=ROOT / "tests" / "labelled")
    parser.add_argument("--personas", type=Path, default=ROOT / "personas")
    parser.add_argument("--rubric", type=Path, default=ROOT / "rubrics" / "moments-of-truth.yaml")
    parser.add_argument("--details", action="store_true", help="which transcripts each observation disagrees on")
    options = parser.parse_args()
    if not (options.base_url or options.cassette):
        parser.error("give --base-url, or a --cassette to answer from")
    asyncio.run(run(options))


if __name__ == "__main__":
    main()
