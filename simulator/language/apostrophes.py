"""The apostrophes that people leave out when they type in haste: "whats", "dont", "theyre".

Only forms that are no word of their own: "its", "well" and "ill" stay as they are.
"""

from __future__ import annotations

import re

_BARE = re.compile(
    r"\b(?:(?:what|how|where|who|when|that|there|here|he|she)(?=s\b)|(?:you|they)(?=re\b)|(?:i|we|you|they)(?=ve\b)|i(?=m\b)"
    r"|(?:is|was|are|were|do|does|did|have|has|had|could|would|should|ca)n(?=t\b))"
)


def left_out(text: str) -> list[int]:
    """Where apostrophes are missing in a lower-case text, the last place first."""
    return [bare.end() for bare in _BARE.finditer(text)][::-1]
