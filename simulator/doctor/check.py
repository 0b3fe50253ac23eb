"""One thing that was looked at, and how a program ends that looked at several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from simulator.errors import ExitCode
from simulator.text_gate import clean

State = Literal["ok", "note", "trouble"]
"""Fine as it is; works, but worth knowing; keeps something from working."""

Id = Literal[
    "endpoint", "key", "model", "first_token", "thinking", "structured", "tokens", "window",
    "home", "store", "packs", "terminal", "input_method",
]  # fmt: skip
"""Every check by the name it has in JSON; the name stays when the words change."""


@dataclass(frozen=True, slots=True)
class Check:
    """What was found, in a line for a person, and what to do about it, empty where there is nothing to do."""

    id: Id
    state: State
    found: str
    advice: str = ""


_OTHERS: dict[Id, ExitCode] = {"home": ExitCode.STORAGE, "store": ExitCode.STORAGE, "packs": ExitCode.FINDINGS}


def exit_code(checks: Iterable[Check]) -> ExitCode:
    """How the command ends: the gravest trouble decides, storage before endpoint before packs."""
    troubles = (_OTHERS.get(check.id, ExitCode.ENDPOINT) for check in checks if check.state == "trouble")
    return max(troubles, default=ExitCode.FINE)


def data(checks: Sequence[Check]) -> dict[str, Any]:
    """The JSON object of a visit, with stable keys."""
    shown = [{key: clean(value) for key, value in asdict(check).items()} for check in checks]
    return {"format": "doctor/1", "exit_code": int(exit_code(checks)), "checks": shown}
