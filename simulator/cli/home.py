"""`mot` alone: the app at its home screen; through a pipe, what there is to practise and how to start."""

from __future__ import annotations

import sys

import typer

from simulator.cli.options import settings_of
from simulator.errors import ExitCode
from simulator.wording import say


def welcome(ctx: typer.Context) -> int:
    """Open the app where somebody can see it. Returns the exit code."""
    settings = settings_of(ctx)
    if sys.stdin.isatty() and sys.stdout.isatty():
        from simulator.domain.opening import Opening
        from simulator.tui.run import run

        return run(settings, Opening())
    from simulator.cli.list import personas, table

    typer.echo(table(personas(settings)))
    typer.echo()
    typer.echo(say("Start one with: mot practice ID    Look around with: mot --help"))
    return ExitCode.FINE
