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
    """Lines for standard error. Frames are named by file and line, without any values; whatever settings hold secret
    is masked wherever it stands.
    """
    lines = [say("The program broke: {kind}: {reason}", kind=type(error).__name__, reason=error)]
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    if session:
        lines.append(say("What was said is kept; go on with: mot practice --resume {id}", id=session))
    return masked(clean("\n".join(lines)), settings)


def masked(text: str, settings: Settings) -> str:
    """The text without the key, the endpoint's address (it may hold a password) and the person's home folder."""
    endpoint = settings.endpoint
    for secret in (endpoint and endpoint.api_key, endpoint and endpoint.base_url):
        if secret:
            text = text.replace(secret, "***")
    return text.replace(str(Path.home()), "~")
