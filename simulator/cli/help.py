"""What `--help` says, in the language spoken.

Pages in English are typer's own. It counts characters and breaks at spaces; Chinese takes two columns for each and has
none, so a page in another language is laid out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from simulator.wording import in_words, say, spoken

if TYPE_CHECKING:
    from typer._click import Command, Context
    from typer._click.shell_completion import CompletionItem

WIDEST_NAME = 30
"""Columns of the longest name that has its help beside it; what is longer has it below."""


class SpokenCommand(TyperCommand):
    """A command whose help is in the language spoken."""

    def get_help(self, ctx: Context) -> str:
        """The page of this command."""
        return super().get_help(ctx) if spoken() == "en" else _page(self, ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """What a shell proposes, with what it shows beside it."""
        return _told(super().shell_complete(ctx, incomplete))


class SpokenGroup(TyperGroup):
    """The commands, whose list is in the language spoken."""

    def get_help(self, ctx: Context) -> str:
        """The page of the program."""
        return super().get_help(ctx) if spoken() == "en" else _page(self, ctx)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """What a shell proposes, with what it shows beside it."""
        return _told(super().shell_complete(ctx, incomplete))


def texts(command: Command, ctx: Context) -> Iterator[str]:
    """Every text that the help of a command and of those below it shows, as the catalogues know it."""
    yield from _paragraphs(command)
    for param in command.get_params(ctx):
        if _help_of(param):
            yield _help_of(param)
    for name, below in _below(command):
        yield below.get_short_help_str()
        yield from texts(below, typer.Context(below, parent=ctx, info_name=name))


def _page(command: Command, ctx: Context) -> str:
    from simulator.reports.layout import cells, wrapped

    width = ctx.make_formatter().width
    usage = say("Usage: {command}", command=ctx.command_path) + " "
    blocks = [wrapped(" ".join(command.collect_usage_pieces(ctx)), width, " " * cells(usage), usage)]
    blocks += [wrapped(in_words(paragraph), width, "  ") for paragraph in _paragraphs(command)]
    params = command.get_params(ctx)
    sections = {
        say("Arguments"): _records((one for one in params if isinstance(one, TyperArgument)), ctx),
        say("Options"): _records((one for one in params if isinstance(one, TyperOption)), ctx),
        say("Commands"): [(name, in_words(below.get_short_help_str())) for name, below in _below(command)],
    }
    for heading, rows in sections.items():
        if rows:
            blocks.append([say("{heading}:", heading=heading), *_listed(rows, width)])
    if command.epilog:
        blocks.append(wrapped(command.epilog, width, "  "))
    return "\n\n".join("\n".join(block) for block in blocks)


def _paragraphs(command: Command) -> list[str]:
    return [" ".join(paragraph.split()) for paragraph in (command.help or "").split("\n\n")]


def _below(command: Command) -> Iterable[tuple[str, Command]]:
    return command.commands.items() if isinstance(command, TyperGroup) else ()


def _help_of(param: object) -> str:
    return (isinstance(param, TyperArgument | TyperOption) and param.help) or ""


def _records(params: Iterable[TyperArgument | TyperOption], ctx: Context) -> list[tuple[str, str]]:
    """Names and helps. What typer adds to a help is its last part, in brackets: `[default: 1; 1<=x<=25]`."""
    rows = []
    for param in params:
        if record := param.get_help_record(ctx):
            name, told = record
            known = _help_of(param)
            added = told.removeprefix(known).strip().strip("[]")
            notes = [f"[{_note(note)}]" for note in added.split("; ") if note]
            rows.append((name, " ".join([in_words(known), *notes] if known else notes)))
    return rows


def _note(note: str) -> str:
    if note == "required":
        return say("required")
    kind, _, value = note.partition(": ")
    return say("default: {value}", value=value) if kind == "default" else note


def _listed(rows: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Names in one column and their helps in another."""
    from simulator.reports.layout import cells, padded, wrapped

    column = 2 + min(WIDEST_NAME, max(cells(name) for name, _ in rows)) + 2
    for name, told in rows:
        first = padded(f"  {name}", column)
        if cells(first) == column:
            yield from wrapped(told, width, " " * column, first)
        else:
            yield from chain([first], wrapped(told, width, " " * column))


def _told(proposed: list[CompletionItem]) -> list[CompletionItem]:
    for item in proposed:
        item.help = item.help and in_words(item.help)
    return proposed
