"""`mot schema`: prints a JSON Schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import resources
from typing import Annotated

import typer

from simulator.cli.options import LanguageOption, settings_of
from simulator.errors import BadInput, ExitCode
from simulator.wording import in_words, say

SCHEMAS: Mapping[str, tuple[str, str]] = {
    "persona": ("simulator.packs", "persona-1.json"),
    "rubric": ("simulator.packs", "rubric-1.json"),
    "transcript": ("simulator.exchange", "transcript-1.json"),
    "xapi": ("simulator.exchange", "xapi-1.0.3.json"),
    "session": ("simulator.exchange", "session-1.json"),
    "scorecard": ("simulator.grading", "scorecard-1.json"),
    "comparison": ("simulator.reports", "comparison-1.json"),
    "agreement": ("simulator.reports", "agreement-1.json"),
    "progress": ("simulator.reports", "progress-1.json"),
    "doctor": ("simulator.doctor", "doctor-1.json"),
    "practice-plan": ("simulator.progress", "practice-plan-1.json"),
}
"""Every schema by the name of its format: the room that owns it, and its file in that room's schema folder."""


def schema(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(help=f"One of {', '.join(SCHEMAS)}.", autocompletion=lambda: list(SCHEMAS)),
    ],
    language: LanguageOption = None,
) -> int:
    """Print the JSON Schema (draft-07) of a file format, for editors and for programs that read our output."""
    settings_of(ctx, language=language)
    typer.echo(schema_text(name), nl=False)
    return ExitCode.FINE


def schema_text(name: str) -> str:
    """The schema of this format, as it ships. Raises BadInput for a name that is none."""
    if name not in SCHEMAS:
        from simulator.packs.diagnostics import nearest, shown

        near = nearest(name, SCHEMAS)
        known = say("; there is {known}", known=", ".join(SCHEMAS))
        hint = say("; did you mean '{word}'?", word=near) if near else known
        raise BadInput(say("no schema '{name}'", name=shown(name)) + hint)
    room, file = SCHEMAS[name]
    return resources.files(room).joinpath("schema", file).read_text("utf-8")


def described(name: str) -> str:
    """The same with its descriptions in the language spoken, for whoever reads them in an editor."""

    def told(found: re.Match[str]) -> str:
        return found[1] + json.dumps(in_words(json.loads(found[2])), ensure_ascii=False)

    return re.sub(r'("description": )("(?:[^"\\]|\\.)*")', told, schema_text(name))
