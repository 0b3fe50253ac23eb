"""What a learner reads when the program breaks: what happened, where, and that nothing is lost. No secret in it."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.settings import Settings

FRAMES = 8
"""The innermost calls shown: enough to find the fault."""


def crash_report(error: BaseException, settings: Settings, session: str | None) -> str:
    """Lines for standard error. Frames are named by file and line, without any values; what a recording must not hold
    (the key, a password in an address, the person's folders) is hidden wherever it stands.
    """
    from simulator.recording.recorder import secrets_of  # noqa: PLC0415 -- only where it breaks

    lines = [say("The program broke: {kind}: {reason}", kind=type(error).__name__, reason=error)]
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    if session:
        lines.append(say("What was said is kept; go on with: mot practice --resume {id}", id=session))
    return secrets_of(settings).hide(clean("\n".join(lines)).encode()).decode()
