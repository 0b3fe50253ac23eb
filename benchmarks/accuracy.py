"""How well the language analysis agrees with people, beside the baselines and aims it was built against.

    python benchmarks/accuracy.py --data DIR

DIR holds the labelled sets as JSON lines (see the design notes on grading); they are not part of this repository, so
this script is no part of the test run. Rows of one third, by a hash of their id, were kept back while rules were
mended; both parts are shown.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from simulator.domain.acts import ACTS, QUESTIONS, HeardSentence
from simulator.domain.persona import Unlock
from simulator.language.acts import hear
from simulator.language.topics import Finder
from simulator.packs.find import PackShelf, default_folders

Row = dict[str, Any]
Measure = Callable[[list[Row]], float]

REFLECTIONS = frozenset({"reflect_content", "reflect_feeling", "summary_check"})
ASKING = QUESTIONS | {"confirm_ask"}
FORMS = ("open", "closed", "none")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
    data: Path = parser.parse_args().data
    print(f"{'measure':58}{'all':>7}{'seen':>7}{'kept':>7}  {'baseline':22}aim")
    line("question form, AnnoMI, macro-F1", rows(data, "en_question_type_annomi"), question_form, "rule .765", ".80")
    line("question form, MITI sentences, accuracy", rows(data, "en_miti15_migold_test"), miti_form, "rule .854", ".88")
    line(
        "reflection yes/no, AnnoMI, macro-F1",
        rows(data, "en_reflection_annomi"),
        reflection,
        "TF-IDF 3-way .768",
        ".80",
    )
    line("question yes/no, CPED, macro-F1", rows(data, "zh_acts_cped"), chinese_question, "rule .800", ".85")
    line(
        "reflection rate of talks, AnnoMI, AUC", rows(data, "en_conv_quality_annomi"), talk_quality, "naive .37", ".80"
    )
    line("acts of authored lines, macro-F1", rows(data, "act_lines"), lambda part: act_scores(part)[0], "", ".85")
    line("acts of authored lines, micro-F1", rows(data, "act_lines"), lambda part: act_scores(part)[1], "", "")
    line("acts that open a need, authored lines, recall", gate_rows(data, "positive"), opening_acts, "", "")
    line("demands that open nothing", gate_rows(data, "demand"), refused, "", "1.00")
    print_flags(data)
    print_acts(data)
    print_gate(data)


def rows(data: Path, name: str) -> list[Row]:
    """The rows of one set."""
    return [json.loads(text) for text in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if text]


def is_kept(row: Row) -> bool:
    """Whether a row belongs to the third that was not looked at."""
    return sum(map(ord, str(row["id"]))) % 3 == 0


def line(name: str, found: list[Row], measure: Measure, baseline: str, aim: str) -> None:
    """One row of the table: the measure over all rows, over those seen and over those kept back."""
    parts = (found, [row for row in found if not is_kept(row)], [row for row in found if is_kept(row)])
    values = "".join(f"{measure(part):7.3f}" for part in parts)
    print(f"{name:58}{values}  {baseline:22}{aim}")


def form_of(text: str, context: str = "") -> str:
    """An utterance is open if any sentence asks openly, else closed if any asks at all."""
    acts = {act for sentence in hear(text, context).sentences for act in (found.act for found in sentence.acts)}
    if "open_question" in acts:
        return "open"
    return "closed" if acts & ASKING else "none"


def question_form(found: list[Row]) -> float:
    """Macro-F1 over open, closed, none."""
    return macro_f1([row["label"] for row in found], [form_of(row["text"], row["context"]) for row in found], FORMS)


def miti_form(found: list[Row]) -> float:
    """Accuracy over open, closed, none; every other code is none."""
    names = {"Open Question": "open", "Closed Question": "closed"}
    right = sum(form_of(row["text"]) == names.get(row["label"], "none") for row in found)
    return right / len(found)


def reflects(text: str, context: str) -> bool:
    """Whether any sentence gives something back."""
    return any(sentence.does(*REFLECTIONS) for sentence in hear(text, context).sentences)


def reflection(found: list[Row]) -> float:
    """Macro-F1 of reflection, yes or no."""
    gold = [str(row["label"] != "none") for row in found]
    return macro_f1(gold, [str(reflects(row["text"], row["context"])) for row in found], ("True", "False"))


def chinese_question(found: list[Row]) -> float:
    """Macro-F1 of question, yes or no."""
    gold = [str(row["label"] == "question") for row in found]
    told = [str(form_of(row["text"], row["context"]) != "none") for row in found]
    return macro_f1(gold, told, ("True", "False"))


def talk_quality(found: list[Row]) -> float:
    """How often a larger share of sentences gives something back in a good talk than in a poor one."""
    rates: dict[str, list[float]] = {"high": [], "low": []}
    for row in found:
        before, heard = "", list[HeardSentence]()
        for turn in row["turns"]:
            if turn["role"] == "agent":
                heard.extend(hear(turn["text"], before).sentences)
            else:
                before = turn["text"]
        rates[row["label"]].append(sum(sentence.does(*REFLECTIONS) for sentence in heard) / max(1, len(heard)))
    pairs = [(good > poor) + (good == poor) / 2 for good in rates["high"] for poor in rates["low"]]
    return sum(pairs) / max(1, len(pairs))


def act_counts(found: Iterable[Row]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Right, wrong and missing acts; optional ones count neither way, nor does a promise beside a guarantee."""
    right, wrong, missing = Counter[str](), Counter[str](), Counter[str]()
    for row in found:
        told, gold = set(hear(row["line"], row.get("context") or "").acts), set(row["acts"])
        free = {*row.get("optional", ()), *(("promise",) if "guarantee" in gold else ())}
        right.update(told & gold)
        missing.update(gold - told)
        wrong.update(told - gold - free)
    return right, wrong, missing


def act_scores(found: list[Row]) -> tuple[float, float]:
    """Macro- and micro-F1 over the acts that the labels use."""
    right, wrong, missing = act_counts(found)
    labelled = [act for act in ACTS if right[act] + missing[act]]
    each = [f1(right[act], wrong[act], missing[act]) for act in labelled]
    total = [sum(counts[act] for act in labelled) for counts in (right, wrong, missing)]
    return sum(each) / len(each), f1(*total)


def gate_rows(data: Path, kind: str) -> list[Row]:
    """Lines that should open a need (positive), or that demand it (demand)."""
    return [row for row in rows(data, "gate_lines") if row["kind"] == kind]


def opening_acts(found: list[Row]) -> float:
    """Share of lines in which the behaviour that opens the need was heard."""
    return sum(row["behaviour"] in hear(row["line"]).acts for row in found) / len(found)


def refused(found: list[Row]) -> float:
    """Share of demands that yield nothing which could open a need."""
    opening = {*QUESTIONS, "reflect_feeling", "reflect_content", "summary_check", "own_it"}
    return sum(not opening & set(hear(row["line"]).acts) for row in found) / len(found)


def print_flags(data: Path) -> None:
    """Share of flagged lines for each file and label; judge-directed ones by the grader's flag."""
    print("\nflagged lines")
    for name in ("authored_roleplay", "hijack_and_judge", "prompt_extraction", "benign_controls"):
        groups: dict[str, list[tuple[str, ...]]] = {}
        for row in rows(data, f"attacks_{name}"):
            groups.setdefault(row["label"], []).append(hear(row["text"]).flags)
        for label, flags in groups.items():
            flagged = sum(bool(flag) for flag in flags) / len(flags)
            graders = sum("addresses_grader" in flag for flag in flags) / len(flags)
            print(f"  {name:20}{label:22}{len(flags):5} lines {flagged:7.3f} flagged {graders:7.3f} addresses_grader")


def print_acts(data: Path) -> None:
    """F1 of each act."""
    print("\nacts of authored lines")
    right, wrong, missing = act_counts(rows(data, "act_lines"))
    for act in ACTS:
        if right[act] + missing[act] + wrong[act]:
            score = f1(right[act], wrong[act], missing[act])
            print(f"  {act:22}{score:6.2f}   right {right[act]:3}  wrong {wrong[act]:3}  missing {missing[act]:3}")


def print_gate(data: Path) -> None:
    """Share of gate lines that open their need, or rightly do not, at a fitting moment; needs the personas' packs."""
    shelf = PackShelf(default_folders((), Path.cwd(), Path.home()))
    print("\nneeds opened by act and topic in one sentence")
    for name in sorted({row["scenario"] for row in rows(data, "gate_lines")}):
        if name not in shelf.personas():
            print(f"  {name}: no pack")
            continue
        found = [row for row in rows(data, "gate_lines") if row["scenario"] == name]
        needs = {need.id: need.unlock for need in shelf.persona(name).value.needs}
        right = sum(opens(row, needs[row["need"]]) == row["should_open"] for row in found)
        print(f"  {name}: {right / len(found):.3f} of {len(found)} lines")


def opens(row: Row, unlock: Unlock) -> bool:
    """Whether an unlocking act and the topic stand in the same sentence of the line."""
    topics = Finder(unlock.topics)
    return any(s.does(*unlock.any_of) and topics.find(s.text) for s in hear(row["line"]).sentences)


def macro_f1(gold: Sequence[str], told: Sequence[str], labels: Sequence[str]) -> float:
    """The mean of the labels' F1."""
    scores = []
    for label in labels:
        pairs = Counter((label == a, label == b) for a, b in zip(gold, told, strict=True))
        scores.append(f1(pairs[True, True], pairs[False, True], pairs[True, False]))
    return sum(scores) / len(scores)


def f1(right: int, wrong: int, missing: int) -> float:
    """Harmonic mean of precision and recall; 1 where there was nothing to find and nothing was found."""
    return 2 * right / (2 * right + wrong + missing) if right + wrong + missing else 1.0


if __name__ == "__main__":
    main()
