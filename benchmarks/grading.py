"""How well the offline grade agrees with labelled transcripts, and how long one takes.

    python -m benchmarks.grading [--transcripts DIR] [--personas DIR] [--rubric FILE] [--details]

DIR (tests/labelled) holds transcripts (NAME.yaml) with what a reader found in them (NAME.labels.json). Each is graded
as an outside transcript, with its persona where there is one; criteria that need ground truth are left out where there
is none. Printed: error of the totals, levels within one, whether better transcripts come out above worse ones,
agreement by observation, and milliseconds for one grade: of a transcript the process has not seen, and of one it has.

Unseen means: nothing of it has been heard, in a process that has been at work for a while. Before anything is timed,
every transcript is graded some times, with a word more in each sentence. So packs and rubric are loaded and the
patterns compiled, and no sentence or turn that is timed was in any memory.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulator.__main__ import collect_seldom
from simulator.errors import PackError
from simulator.exchange.read import read_transcript
from simulator.grading.case import outside
from simulator.grading.grader import grade
from simulator.language.normalize import split_sentences
from simulator.offline.judge import OfflineJudge
from simulator.offline.listener import OfflineListener
from simulator.packs.load import load_persona, load_rubric

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript

    Talk = tuple[Transcript, Persona | None]

ROOT = Path(__file__).resolve().parent.parent
RANK = {"poor": 0, "mixed": 1, "excellent": 2}
EITHER = frozenset({"x2c"})
"""Labels that were split into alternatives; a split fault is met by any part, every other split label by all parts."""


MORE = {
    "en": (" indeed", " then", " again", " besides", " anyhow", " too", " though", " still"),
    "zh": ("确实", "那么", "又", "而且", "反正", "也", "不过", "仍然"),
}
"""Words that make a sentence one that was not heard before."""


@dataclass(frozen=True)
class Graded:
    """One labelled transcript with what it got."""

    name: str
    labels: Mapping[str, Any]
    card: Scorecard
    unseen: float
    again: float

    @property
    def expected(self) -> float:
        """The labelled total."""
        return float(self.labels["total"])


def persona_of(folder: Path, scenario: str) -> Persona | None:
    """The scenario's pack, or None (said on stderr) where there is none or it has errors."""
    path = folder / f"{scenario}.yaml"
    if not path.exists():
        return None
    try:
        return load_persona(path.read_bytes(), path.name).value
    except PackError as error:
        print(f"without persona: {error}", file=sys.stderr)
        return None


async def graded(talks: Mapping[Path, Talk], rubric: Rubric) -> list[Graded]:
    """Grade each transcript twice, after some of its kind; both times are in milliseconds of processor time."""
    for rank in range(len(MORE["en"])):
        for transcript, persona in talks.values():
            await timed(lengthened(transcript, rank), persona, rubric)
    results = []
    for path, talk in talks.items():
        card, unseen = await timed(*talk, rubric)
        _, again = await timed(*talk, rubric)
        results.append(
            Graded(path.stem, json.loads(path.with_suffix(".labels.json").read_bytes()), card, unseen, again)
        )
    return results


async def timed(transcript: Transcript, persona: Persona | None, rubric: Rubric) -> tuple[Scorecard, float]:
    """The scorecard, and what it took."""
    judge, listener = OfflineJudge(rubric), OfflineListener()
    start = time.process_time()
    card = await grade(await outside(transcript, persona, listener), rubric, judge, "en")
    return card, (time.process_time() - start) * 1000


def lengthened(transcript: Transcript, rank: int) -> Transcript:
    """The same talk with one of MORE at the end of every sentence."""
    word = MORE["en" if transcript.language == "en" else "zh"][rank]
    turns = (replace(turn, text=_lengthened(turn.text, word)) for turn in transcript.turns)
    return replace(transcript, turns=tuple(turns))


def _lengthened(text: str, word: str) -> str:
    sentences = (text[start:end] for start, end in split_sentences(text))
    return " ".join(re.sub(r"(?=[^\w]*$)", word, sentence, count=1) for sentence in sentences)


def print_totals(results: Sequence[Graded]) -> None:
    """The totals, and how far off they and the levels are."""
    errors, near, all_levels = [], 0, 0
    for one in results:
        levels = one.labels["levels"]
        scores = {score.id: score for score in one.card.criteria if score.status != "not_applicable"}
        within = [name for name, s in scores.items() if s.level is not None and abs(s.level - levels[name]) <= 1]
        near, all_levels = near + len(within), all_levels + len(scores)
        total = "-" if one.card.total is None else f"{one.card.total:.1f}"
        grounded = "" if one.card.ground_truth else "  (without ground truth)"
        print(
            f"{one.name:24} labelled {one.expected:5.1f}  got {total:>5}  scored {one.card.scored_weight:.0%}{grounded}"
        )
        off = [f"{n} {s.level or s.status}/{levels[n]}" for n, s in scores.items() if s.level != levels[n]]
        print("    off:", ", ".join(off) or "none")
        fired = {cap.id for cap in one.card.caps if cap.outcome == "fired"}
        if fired != set(one.labels["caps"]):
            print("    caps:", sorted(fired), "labelled", one.labels["caps"])
        if one.card.total is not None and one.card.ground_truth:
            errors.append(abs(one.card.total - one.expected))
    if errors:
        print(f"\nmean error of the total (with ground truth): {statistics.mean(errors):.1f} over {len(errors)}")
    print(f"levels within one: {near / all_levels:.1%} of {all_levels}")


def print_order(results: Iterable[Graded]) -> None:
    """Pairs of different quality, and those that come out the wrong way round."""
    known = [one for one in results if one.card.total is not None and one.card.ground_truth]
    pairs = [p for p in combinations(known, 2) if p[0].labels["quality"] != p[1].labels["quality"]]
    wrong = [p for p in pairs if not _in_order(*p)]
    print(f"order: {len(pairs) - len(wrong)} of {len(pairs)} pairs as labelled")
    for a, b in wrong:
        print(f"    {a.name} {a.card.total} against {b.name} {b.card.total}")


def _in_order(a: Graded, b: Graded) -> bool:
    better, worse = sorted((a, b), key=lambda one: RANK[one.labels["quality"]], reverse=True)
    return (better.card.total or 0) > (worse.card.total or 0)


def print_observations(results: Iterable[Graded], *, details: bool) -> None:
    """Agreement by labelled observation, worst first."""
    rows: dict[str, list[tuple[str, bool, bool | None]]] = defaultdict(list)
    for one in results:
        labelled = set(one.labels["observations"])
        verdicts = {v.id: v.outcome for score in one.card.criteria for v in score.observations}
        for name in _labels(verdicts):
            rows[name].append((one.name, name in labelled, _joined(name, verdicts)))
    agreement = {name: sum(label is got for _, label, got in row) / len(row) for name, row in rows.items()}
    decided = [(label, got) for row in rows.values() for _, label, got in row if got is not None]
    print(f"\nobservations decided: {len(decided)} of {sum(map(len, rows.values()))}; of these agreeing", end=" ")
    print(f"{sum(label is got for label, got in decided) / len(decided):.1%}")
    for name in sorted(agreement, key=lambda name: (agreement[name], name)):
        wrong = [f"{talk}:{'missed' if label else 'false'}" for talk, label, got in rows[name] if got is not label]
        if details and wrong:
            print(f"    {name:5} {agreement[name]:.0%}  {' '.join(wrong)}")


def _labels(verdicts: Iterable[str]) -> set[str]:
    """The labels these observations answer: an id, or what is left of it without the number of its part."""
    return {name.rstrip("0123456789") if name[-1].isdigit() else name for name in verdicts} - {"a1o"}


def _joined(label: str, verdicts: Mapping[str, str]) -> bool | None:
    parts = [outcome for name, outcome in verdicts.items() if name == label or name.rstrip("0123456789") == label]
    if label in EITHER or label.endswith("n"):
        return True if "met" in parts else None if "undecided" in parts else False
    return False if "not_met" in parts else None if "undecided" in parts else True


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--transcripts", type=Path, default=ROOT / "tests" / "labelled")
    parser.add_argument("--personas", type=Path, default=ROOT / "personas")
    parser.add_argument("--rubric", type=Path, default=ROOT / "rubrics" / "moments-of-truth.yaml")
    parser.add_argument("--details", action="store_true", help="which transcripts each observation disagrees on")
    options = parser.parse_args()
    collect_seldom()  # as the program does
    rubric = load_rubric(options.rubric.read_bytes(), options.rubric.name).value
    talks = {}
    for path in sorted(options.transcripts.glob("*.yaml")):
        transcript = read_transcript(path)
        talks[path] = transcript, persona_of(options.personas, transcript.persona or "")
    results = asyncio.run(graded(talks, rubric))
    print_totals(results)
    print_order(results)
    print_observations(results, details=options.details)
    unseen, again = (statistics.median(getattr(one, name) for one in results) for name in ("unseen", "again"))
    print(f"\none grade (median): {unseen:.1f} ms of an unseen transcript, {again:.1f} ms of one graded before")


if __name__ == "__main__":
    main()
