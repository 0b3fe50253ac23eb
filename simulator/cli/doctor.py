"""`mot doctor`: what works here, what does not, and what to do about it."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import BaseUrlOption, Format, LanguageOption, settings_of
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from simulator.doctor.check import Check
    from simulator.settings import Settings


def doctor(
    ctx: typer.Context,
    model: Annotated[str | None, typer.Option("--model", metavar="NAME", help="Which model to try.")] = None,
    base_url: BaseUrlOption = None,
    language: LanguageOption = None,
    form: Format = "text",
) -> int:
    """Look at everything a practice needs: the model and its endpoint, the store, the packs, the terminal."""
    import asyncio

    from simulator.doctor.check import data, exit_code

    settings = settings_of(ctx, language=language, model=model, base_url=base_url)
    checks = asyncio.run(_visit(settings, as_text=form == "text"))
    if form == "json":
        typer.echo(json.dumps(data(checks), ensure_ascii=False, indent=2))
    return exit_code(checks)


async def _visit(settings: Settings, *, as_text: bool) -> list[Check]:
    """All checks; as text each is printed as soon as it is known."""
    checks = []
    async for check in _checks(settings):
        if as_text:
            _print(check)
        checks.append(check)
    return checks


async def _checks(settings: Settings) -> AsyncGenerator[Check, None]:
    from simulator.cli.streams import columns
    from simulator.doctor.endpoint import endpoint_checks
    from simulator.doctor.machine import Terminal, machine_checks

    colours = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    terminal = Terminal(sys.stdout.encoding, columns(sys.stdout), colours)
    for check in machine_checks(settings, terminal, os.environ):
        yield check
    async for check in endpoint_checks(settings, _narrate):
        yield check


def _narrate(doing: str) -> None:
    narrate(f"{doing} ...")


def _print(check: Check) -> None:
    from simulator.cli.streams import columns
    from simulator.reports.layout import cells, padded, wrapped

    state = {"ok": say("ok"), "note": say("note"), "trouble": say("trouble")}[check.state]
    head = f"{padded(state, 8)} {padded(check.id, 13)} "
    width = columns(sys.stdout)
    for first, text in ((head, check.found), (" " * cells(head) + "-> ", check.advice)):
        line = " ".join(clean(text).split())
        if line:
            rest = " " * cells(first)
            typer.echo("\n".join(wrapped(line, width, rest, first)) if width else first + line)
