"""`mot export`: conversations and results, out of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.options import complete_sessions, settings_of
from simulator.errors import BadInput, StoreError
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.exchange.kept import Kept
    from simulator.store.store import Store

Form = Literal["yaml", "jsonl", "csv", "md", "results", "xapi"]


def export(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    sessions: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SESSION...", help="Ids of sessions and imported transcripts.", autocompletion=complete_sessions
        ),
    ] = None,
    learner: Annotated[str | None, typer.Option(metavar="NAME", help="All that are this learner's.")] = None,
    form: Annotated[
        Form,
        typer.Option(
            "--format",
            help="What was said as transcript/1 (yaml), chat JSONL, CSV or Markdown; grades as CSV (results) or xAPI.",
        ),
    ] = "yaml",
    everything: Annotated[
        bool, typer.Option("--everything", help="All that is kept of the learner, into a new folder or .zip file.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE|DIR", help="Write there, whole or not at all; several into DIR."),
    ] = None,
) -> None:
    """Write conversations or results in a form that other programs read; all that are kept, unless some are named.

    Transcripts come back as they were: `mot import` and `mot grade` read each of these forms.
    """
    from simulator import assemble

    store = assemble.store(settings_of(ctx))
    if sessions and learner is not None:
        raise BadInput(say("name sessions or a learner, not both"))
    if everything and (learner is None or output is None):
        raise BadInput(say("--everything is for one learner, into one place: --learner NAME -o DIR|FILE.zip"))
    found = [store.session_id(name) for name in sessions] if sessions else _all(store, learner)
    if not found:
        raise BadInput(say("nothing is kept of {learner}", learner=learner) if learner else say("nothing is kept yet"))
    if everything and output:
        _everything(store, learner or "", found, output)
    elif form in {"results", "xapi"}:
        _results(store, found, form, output)
    else:
        _transcripts(store, found, form, output)


def _all(store: Store, learner: str | None) -> list[str]:
    owners = [(run.id, run.learner) for run in reversed(store.history())]
    owners += [(one.id, one.learner) for one in store.imports.all()]
    return [conversation for conversation, owner in owners if learner in {None, owner}]


def _read(store: Store, found: Sequence[str]) -> Iterator[Kept]:
    from simulator.cli.watching import Watch
    from simulator.exchange.kept import kept

    return (kept(store, one) for one in Watch(say("exporting"), len(found)).over(found))


def _everything(store: Store, learner: str, found: Sequence[str], output: Path) -> None:
    from simulator.exchange.dossier import dossier, write_folder, write_zip

    files = dossier(learner, list(_read(store, found)), store.ratings())
    write = write_zip if output.suffix.lower() == ".zip" else write_folder
    try:
        write(files, output)
    except OSError as error:
        raise StoreError(say("{output}: not written: {reason}", output=output, reason=error.strerror)) from error
    typer.echo(say("{count} conversations are in {output}", count=len(found), output=output), err=True)


def _results(store: Store, found: Sequence[str], form: Form, output: Path | None) -> None:
    from simulator.cli.streams import write
    from simulator.exchange.results import results_csv
    from simulator.exchange.xapi import statements_json

    text = (results_csv if form == "results" else statements_json)(_read(store, found))
    write(text.removesuffix("\r\n"), output)


def _transcripts(store: Store, found: Sequence[str], form: Form, output: Path | None) -> None:
    from simulator.cli.streams import write
    from simulator.exchange.names import file_names
    from simulator.exchange.write import WRITERS

    one = len(found) == 1 and not (output and output.is_dir())
    if not one and output is None:
        raise BadInput(say("{count} conversations need a folder: -o DIR", count=len(found)))
    if not one and output:
        output.mkdir(parents=True, exist_ok=True)
    names = file_names(found)
    for each in _read(store, found):
        text = WRITERS[form](each.transcript).rstrip("\r\n")
        write(text, output if one or output is None else output / f"{names[each.id]}.{form}")
