"""`mot replay`: recordings played again and compared, with no key and no network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import JobsOption, LanguageOption, settings_of
from simulator.cli.watching import Watch
from simulator.errors import ExitCode, MomentError
from simulator.processes import worth_beginning
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.recording.check import Checked
    from simulator.settings import Settings

WORTH_A_PROCESS = 16
"""Recordings that take about as long as a process to begin."""


def replay(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Recordings, or folders that hold some.")],
    update: Annotated[
        bool, typer.Option("--update", help="Show what differs, then record it anew; changed requests want a --model.")
    ] = False,
    form: Annotated[
        Literal["text", "json", "junit", "github"], typer.Option("--format", help="How the results are written.")
    ] = "text",
    jobs: JobsOption = None,
    model: Annotated[
        str | None, typer.Option("--model", help="For --update: any model; the recorded one is asked.")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", metavar="URL", help="For --update: where.")] = None,
    language: LanguageOption = None,
) -> int:
    """Play recordings again, with no key and no network, and say what differs.

    Packs are those within reach; ends with 1 where something differs, 2 where a recording cannot be played.
    """
    from simulator.recording.check import check_all
    from simulator.recording.recording import found_in
    from simulator.recording.report import report

    settings = settings_of(ctx, language=language, model=model, base_url=base_url)
    found = found_in(folders)
    shared = jobs or worth_beginning(len(found), WORTH_A_PROCESS)
    checking = check_all(found, settings, shared, settings.spoken)
    results = {one.folder: one for one in Watch(say("replaying"), len(found)).over(checking)}
    ordered = [results[folder] for folder in found]
    typer.echo(report(ordered, form))
    different = [one for one in ordered if one.drifts]
    useless = sum(bool(one.trouble) for one in ordered)
    counts = {"all": len(found), "different": len(different), "useless": useless}
    narrate(say("recordings: {all}, not as recorded: {different}, unusable: {useless}", **counts))
    if update:
        different = [one for one in different if not _updated(one, settings)]
    if useless:
        return ExitCode.USAGE
    return ExitCode.FINDINGS if different else ExitCode.FINE


def _updated(one: Checked, settings: Settings) -> bool:
    """Record it anew; whether that could be done."""
    from simulator.recording.recording import load
    from simulator.recording.update import update

    try:
        update(load(one.folder), one.folder, settings)
    except MomentError as trouble:
        narrate(say("not updated: {reason}", reason=trouble))
        return False
    narrate(say("updated: {folder}", folder=one.folder))
    return True
