"""One difference between a recording and its replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "persona", "rubric", "prompt", "request", "unused", "stopped", "said", "heard", "moved", "judged", "ledger"
]
"""What differs: a pack, a prompt file, a request otherwise, requests nobody made, the course of the session, a turn's
words, what the listener made of them, what the rules made of that, the scorecard, the ledger.
"""


@dataclass(frozen=True, slots=True)
class Drift:
    """`told` is one line, `details` the lines that show it, `[-old-]{+new+}` marking words.

    `file` and `line` say where to look, where that is known.
    """

    kind: Kind
    told: str
    details: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None
