"""What a model reads as data, so that nothing in it passes for anything else."""

from __future__ import annotations


def harmless(data: str) -> str:
    """JSON text with two signs as escapes.

    JSON keeps a text from closing its own quotation; the escapes keep it from spelling what chat templates read as a
    change of speaker (<|im_start|>, [INST]), which servers look for in the text of messages too. The brackets
    of a list are put around it afterwards, for they would be escaped too.
    """
    return data.replace("<", "\\u003c").replace("[", "\\u005b")
