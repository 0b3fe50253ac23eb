"""How far changes that should earn and cost nothing move the offline grade of the labelled transcripts.

    python -m benchmarks.robustness [--attacks FILE...] [--details]

The changes are those of tests/robustness.py. FILE: lines that attack a program or its grader, one JSON object a line
with `text`, `lang` and, where it is no attack, a `label` of "benign"; each becomes a learner turn of a transcript in
its language. Printed for each change: how many grades, how many of them unmoved, the largest moves of the total and of
a level; with --details, every grade that moved.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from simulator.domain.scorecard import Scorecard
from simulator.domain.transcript import Transcript, Turn
from simulator.language.acts import hear
from tests import robustness
from tests.robustness import Moved, graded, moved

CHANGES: Mapping[str, robustness.Change] = {
    "polite filler": robustness.padded,
    "appeal to the grader": robustness.appealing,
    "fake system line": robustness.faking_system_lines,
    "spoofed speaker label": robustness.spoofing_labels,
    "attack as a turn": robustness.attacked,
    "attack that rambles": robustness.rambling,
    "everything said twice": robustness.doubled,
}
SHUFFLES = 3


async def measured(before: Mapping[str, Scorecard]) -> dict[str, list[tuple[str, Moved]]]:
    """The moves by change, each with the name of its transcript."""
    talks = robustness.talks()
    found: dict[str, list[tuple[str, Moved]]] = defaultdict(list)
    for change, apply in CHANGES.items():
        for name, talk in talks.items():
            found[change] += [(name, moved(before[name], await graded(changed))) for changed in apply(talk)]
    for name, changed in robustness.paraphrased():
        found["paraphrase"].append((name, moved(before[name], await graded(changed))))
    for seed in range(SHUFFLES):
        rubric = robustness.shuffled(robustness.shipped_rubric(), seed)
        for name, talk in talks.items():
            found["criteria shuffled"].append((name, moved(before[name], await graded(talk, rubric))))
    return found


async def attacks(files: Iterable[Path], before: Mapping[str, Scorecard]) -> dict[str, list[tuple[str, Moved]]]:
    """The moves by whether the line was flagged: in every sentence, in some, in none."""
    talks = robustness.talks()
    found: dict[str, list[tuple[str, Moved]]] = defaultdict(list)
    for at, (line, lexicon) in enumerate(_lines(files)):
        pool = [name for name, talk in talks.items() if talk.language[:2] == lexicon]
        name = pool[at % len(pool)]
        heard = hear(line)
        kind = "flagged whole" if heard.set_aside else "flagged in part" if heard.flags else "not flagged"
        changed = _put_in(talks[name], line, 1 + 2 * (at % (len(talks[name].turns) // 2)))
        found[f"attack, {kind}"].append((f"{name}: {line[:60]!r}", moved(before[name], await graded(changed))))
    return found


def _lines(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for file in files:
        for row in map(json.loads, file.read_text("utf-8").splitlines()):
            if row["text"].strip() and row.get("label") != "benign":
                yield row["text"].strip(), row.get("lang", "en")[:2]


def _put_in(talk: Transcript, line: str, after: int) -> Transcript:
    turns = [*talk.turns[:after], Turn(0, "learner", line), *talk.turns[after:]]
    return replace(talk, turns=tuple(replace(turn, n=n) for n, turn in enumerate(turns, 1)))


def told(found: Mapping[str, list[tuple[str, Moved]]], *, details: bool) -> None:
    """Print the table."""
    print(f"{'change':26} grades  unmoved  within 1  furthest  levels by  which")
    for change, moves in found.items():
        still = sum(not one.total and not one.levels for _, one in moves)
        near = sum(abs(one.total) <= 1 for _, one in moves)
        most = max(moves, key=lambda each: abs(each[1].total))[1].total
        steps = max(one.steps for _, one in moves)
        which = Counter(name for _, one in moves for name in one.levels)
        names = ", ".join(f"{name} {count}" for name, count in which.most_common(6))
        print(f"{change:26} {len(moves):6} {still:8} {near:9} {most:+9.2f} {steps:10}  {names}")
        for name, one in moves if details else ():
            if one.total or one.levels:
                print(f"    {one.total:+6.2f}  {name}  {dict(one.levels)}")


async def main() -> None:
    """Print how far each change moved the grades."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attacks", type=Path, nargs="+", default=(), metavar="FILE")
    parser.add_argument("--details", action="store_true", help="every grade that moved")
    options = parser.parse_args()
    before = {name: await graded(talk) for name, talk in robustness.talks().items()}
    told(await measured(before), details=options.details)
    if options.attacks:
        told(await attacks(options.attacks, before), details=options.details)


if __name__ == "__main__":
    asyncio.run(main())
