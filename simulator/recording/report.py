"""What became of checked recordings, in the four forms a person or a CI reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from simulator.packs.diagnostics import Finding, rendered
from simulator.recording.check import Checked
from simulator.recording.drift import Drift
from simulator.recording.recording import FILE
from simulator.reports.junit import Case, Suite, junit
from simulator.text_gate import clean
from simulator.wording import say

_PLACED = re.compile(r"(?P<file>[^\n]+?\.ya?ml):(?:(?P<line>\d+):(?:(?P<column>\d+):)?)? (?P<told>.*)", re.DOTALL)
"""What is wrong with a recording, with its place in one of the files."""

Form = Literal["text", "json", "junit", "github"]


def report(results: Sequence[Checked], form: Form) -> str:
    """All results in one form, in their order."""
    match form:
        case "json":
            return json.dumps([_as_json(one) for one in results], ensure_ascii=False, indent=2)
        case "junit":
            return junit("mot replay", [Suite("mot replay", [_case(one) for one in results])])
        case "github":
            return rendered([finding for one in results for finding in _findings(one)], "github", {})
    return "\n".join(line for one in results for line in told(one))


def told(one: Checked) -> Iterator[str]:
    """One result in lines."""
    if one.trouble:
        yield f"{one.folder}: {clean(one.trouble)}"
    elif not one.drifts:
        yield say("{folder}: as recorded", folder=one.folder)
    else:
        yield say("{folder}: not as recorded ({count})", folder=one.folder, count=len(one.drifts))
        for drift in one.drifts:
            yield "  " + clean(drift.told) + _place(drift)
            yield from ("      " + line for detail in drift.details for line in clean(detail).splitlines())


def _place(drift: Drift) -> str:
    if drift.file is None:
        return ""
    return f" ({_here(drift.file)}:{drift.line})" if drift.line else f" ({_here(drift.file)})"


def _here(file: str) -> str:
    """The file's path as one types it in the working folder."""
    try:
        return str(Path(file).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return file


def _as_json(one: Checked) -> dict[str, object]:
    outcome = "unusable" if one.trouble else "drift" if one.drifts else "same"
    drifts = [asdict(drift) for drift in one.drifts]
    return {"recording": str(one.folder), "outcome": outcome, "trouble": one.trouble, "drifts": drifts}


def _case(one: Checked) -> Case:
    name, group = str(one.folder), "mot replay"
    if one.trouble:
        return Case(name, group, "error", one.trouble, "unusable")
    if one.drifts:
        return Case(name, group, "failure", one.drifts[0].told, "drift", "\n".join(told(one)))
    return Case(name, group)


def _findings(one: Checked) -> Iterator[Finding]:
    file = str(one.folder / FILE)
    if placed := _PLACED.fullmatch(one.trouble):
        told = f"{one.folder}: {placed['told']}"
        yield Finding(_here(placed["file"]), int(placed["line"] or 1), int(placed["column"] or 1), "unusable", "", told)
    elif one.trouble:
        yield Finding(_here(file), 1, 1, "unusable", "", f"{one.folder}: {one.trouble}")
    for drift in one.drifts:
        message = "\n".join((f"{one.folder}: {drift.told}", *drift.details))
        yield Finding(_here(drift.file or file), drift.line or 1, 1, drift.kind, "", message)
