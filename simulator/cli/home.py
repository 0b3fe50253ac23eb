"""`mot` alone: what there is to practise and how to start; in a terminal it asks which one."""

from __future__ import annotations

import sys

import typer

from simulator.cli.list import personas, table
from simulator.cli.options import settings_of
from simulator.cli.practice import practice
from simulator.cli.streams import typed_lines
from simulator.wording import say


def welcome(ctx: typer.Context) -> int:
    """Show the personas and, if somebody can answer, practise the one they choose. Returns the exit code."""
    rows = personas(settings_of(ctx))
    numbered = [{"": number, **row} for number, row in enumerate(rows, 1)]
    typer.echo(table(numbered))
    typer.echo()
    typer.echo(say("Start one with: mot practice ID    Look around with: mot --help"))
    if not rows or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return 0
    answer = next(typed_lines(say("Which one? Its number or id; Enter leaves: ")), "").strip()
    if not answer:
        return 0
    chosen = int(answer) - 1 if answer.isdecimal() else -1
    return practice(ctx, persona=rows[chosen]["id"] if 0 <= chosen < len(rows) else answer)
