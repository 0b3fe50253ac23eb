"""What commands tell people beside the data: on standard error, so that standard output holds nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.llm.endpoint import Endpoint


def narrate(text: str) -> None:
    """Say it on standard error."""
    typer.echo(clean(text), err=True)


def told_where(*asked: Endpoint | None) -> None:
    """Say where conversations go, once for each address that is not on this machine."""
    addresses = (endpoint.address for endpoint in asked if endpoint and not endpoint.local)
    for address in dict.fromkeys(addresses):
        narrate(say("The conversations leave this machine: they go to {address}", address=address))


def at_terminal() -> bool:
    """Whether somebody can be asked, and sees the question on standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def left_out(error: Exception) -> None:
    """Say what cannot be used, where the work goes on without it."""
    narrate(f"mot: {error}")
