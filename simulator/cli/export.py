"""`mot export`: conversations and results, out of the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.narration import left_out, narrate
from simulator.cli.options import LanguageOption, OwnerOption, SessionsArgument, settings_of
from simulator.errors import BadInput, ExitCode, StoreDamaged, StoreError
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.rating import Rating
    from simulator.exchange.kept import Kept
    from simulator.store.store import Store

Form = Literal["yaml", "jsonl", "csv", "md", "results", "xapi"]


def export(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    sessions: SessionsArgument = None,
    learner: OwnerOption = None,
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
    salvage: Annotated[
        bool, typer.Option("--salvage", help="Of damaged sessions what is good, each into a store of its own.")
    ] = False,
    language: LanguageOption = None,
) -> int:
    """Write conversations or results in a form that other programs read; all that are kept, unless some are named.

    Transcripts come back as they were: `mot import` and `mot grade` read each of these forms.
    What is damaged is named and left out.
    """
    from simulator import assemble

    settings = settings_of(ctx, language=language)
    store = assemble.store(settings)
    if sessions and learner is not None:
        raise BadInput(say("name sessions or a learner, not both"))
    if everything and (learner is None or output is None):
        raise BadInput(say("--everything is for one learner, into one place: --learner NAME -o DIR|FILE.zip"))
    if salvage:
        return _salvaged(store, sessions)
    found = [store.session_id(name) for name in sessions] if sessions else _all(store, learner)
    if not found:
        raise BadInput(say("nothing is kept of {learner}", learner=learner) if learner else say("nothing is kept yet"))
    whole = _Whole(store, found, settings.home)
    if everything and output:
        _everything(learner or "", whole, store.ratings(), output)
    elif form in {"results", "xapi"}:
        _results(whole, form, output)
    else:
        _transcripts(whole, form, output)
    return ExitCode.STORAGE if whole.damaged else ExitCode.FINE


def _salvaged(store: Store, sessions: Sequence[str] | None) -> int:
    """Each session's good events in a store of its own under MOT_HOME; the damaged ones stay as they are."""
    if not sessions:
        raise BadInput(say("name the sessions that are damaged: mot export SESSION... --salvage"))
    for name in sessions:
        copy = store.salvage(store.session_id(name))
        narrate(
            say(
                "{session}: {count} events are good; to go on with them: MOT_HOME={folder}",
                session=name,
                count=copy.events,
                folder=copy.folder,
            )
        )
    return ExitCode.FINE


class _Whole:
    """The conversations with these ids, as far as they are what was written."""

    def __init__(self, store: Store, ids: Sequence[str], home: Path) -> None:
        self._store = store
        self.ids = ids
        self.home = home
        self.damaged = 0

    def __iter__(self) -> Iterator[Kept]:
        """Each once, counted on standard error; one that is damaged is named there."""
        from simulator.cli.watching import Watch
        from simulator.exchange.kept import kept

        watch = Watch(say("exporting"), len(self.ids))
        for one in watch.over(self.ids):
            try:
                yield kept(self._store, one)
            except StoreDamaged as error:
                self.damaged += 1
                with watch.paused():
                    left_out(error)


def _all(store: Store, learner: str | None) -> list[str]:
    owners = [(run.id, run.learner) for run in reversed(store.history())]
    owners += [(one.id, one.learner) for one in store.imports.all()]
    return [conversation for conversation, owner in owners if learner in {None, owner}]


def _everything(learner: str, whole: _Whole, ratings: Sequence[Rating], output: Path) -> None:
    from simulator.exchange.dossier import dossier, write_folder, write_zip
    from simulator.exchange.written import keep_track

    conversations = list(whole)
    files = dossier(learner, conversations, ratings)
    write = write_zip if output.suffix.lower() == ".zip" else write_folder
    try:
        write(files, output)
    except OSError as error:
        raise StoreError(say("{output}: not written: {reason}", output=output, reason=error.strerror)) from error
    keep_track(whole.home, output, whole.ids)
    narrate(say("{count} conversations are in {output}", count=len(conversations), output=output))


def _results(whole: _Whole, form: Form, output: Path | None) -> None:
    from simulator.cli.streams import write_of
    from simulator.exchange.results import results_csv
    from simulator.exchange.xapi import statements_json

    text = (results_csv if form == "results" else statements_json)(whole)
    write_of(whole.ids, text.removesuffix("\r\n"), output, whole.home)


def _transcripts(whole: _Whole, form: Form, output: Path | None) -> None:
    from simulator.cli.streams import write_of
    from simulator.exchange.names import file_names
    from simulator.exchange.write import WRITERS

    one = len(whole.ids) == 1 and not (output and output.is_dir())
    if not one and output is None:
        raise BadInput(say("{count} conversations need a folder: -o DIR", count=len(whole.ids)))
    if not one and output:
        output.mkdir(parents=True, exist_ok=True)
    names = file_names(whole.ids)
    for each in whole:
        text = WRITERS[form](each.transcript).rstrip("\r\n")
        file = output if one or output is None else output / f"{names[each.id]}.{form}"
        write_of([each.id], text, file, whole.home)
