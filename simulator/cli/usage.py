"""What is wrong with a command line, in the language spoken. Typer says it in English alone, in these words."""

from __future__ import annotations

import re

import typer

from simulator.wording import in_words, say

MESSAGES = (
    "Invalid value for {parameter}: {reason}",
    "Missing argument {argument}. Choose from: {choices}",
    "Missing argument {argument}.",
    "Missing option {option}.",
    "No such option: {option} (Possible options: {options})",
    "No such option: {option}",
    "No such command {command}. Did you mean {commands}?",
    "No such command {command}.",
    "Option {option} requires an argument.",
    "Option {option} does not take a value.",
    "Got unexpected extra argument(s) ({arguments})",
    "{value} is not one of {choices}.",
    "{value} is not in the range {range}.",
    "{value} is not a valid int.",
    "{value} is not a valid int range.",
    "{value} is not a valid float range.",
)
"""What typer says. The first that a message is written by is it: the longer ones stand before those they begin with."""


def complaint(error: typer.TyperException) -> str:
    """What is wrong and where to read more, in one line."""
    context = getattr(error, "ctx", None)
    more = say("see {command} --help", command=context.command_path if context else "mot")
    return say("{complaint} ({more})", complaint=_translated(error.format_message()), more=more)


def _translated(message: str) -> str:
    """The message in the language spoken; one that typer has not been known to say stays as it is."""
    line = " ".join(message.split())
    for known in MESSAGES:
        if found := re.fullmatch(_pattern(known), line):
            fields = found.groupdict()
            if "reason" in fields:
                fields["reason"] = _translated(fields["reason"])
            return in_words(known).format(**fields)
    return line


def _pattern(known: str) -> str:
    return re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(known))
