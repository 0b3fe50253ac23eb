"""`mot new`: writes the first file of a persona or a rubric."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import BaseUrlOption, LanguageOption, settings_of
from simulator.errors import BadInput, ExitCode
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.packs.shape import Kind
    from simulator.settings import Settings
    from simulator.trainer.draft import Draft

MOST_TEXT = 40_000
"""Characters of a text that is drafted from: a transcript of an hour. What matters of a longer one fits."""


def new(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    kind: Annotated[Literal["persona", "rubric"], typer.Argument(help="persona or rubric.", show_default=False)],
    pack_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, which is the file's name as well.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="Have a model draft it from this text: a case, notes, a talk."),
    ] = None,
    model: Annotated[str | None, typer.Option("--model", help="Which model; MOT_MODEL where not given.")] = None,
    base_url: BaseUrlOption = None,
    language: LanguageOption = None,
) -> int:
    """Write a commented persona or rubric that passes mot check, into personas/ or rubrics/ of the working folder.

    With --from a model drafts it, in the language of the text. A draft is marked as one, and what mot check finds in
    it is told; it ends with 1 where that must be mended before the file can be used. The schema by which editors
    complete the file is put beside it. No file is ever overwritten.
    """
    from simulator.cli.streams import write
    from simulator.trainer.scaffold import scaffold

    settings = settings_of(ctx, language=language, model=model, base_url=base_url)
    text = scaffold(kind, pack_id, settings.spoken)
    file = Path(f"{kind}s") / f"{pack_id}.yaml"
    if os.path.lexists(file):
        raise BadInput(say("{file} is there already; nothing was written", file=file))
    drafted = _drafted(settings, kind, file, source) if source else None
    _put_schema(kind, file.parent)
    write((drafted.text if drafted else text).rstrip("\n"), file)
    typer.echo(file)
    if drafted:
        _told(drafted, file, settings)
    narrate(say("Next: mot check {file}", file=file))
    return ExitCode.FINDINGS if drafted and drafted.errors else ExitCode.FINE


def _drafted(settings: Settings, kind: Kind, file: Path, source: Path) -> Draft:
    from simulator import assemble
    from simulator.exchange.read import decoded, read_bounded
    from simulator.trainer.draft import Order, draft

    drafter = assemble.drafter(settings)
    text = clean(decoded(read_bounded(source), str(source)))
    if len(text) > MOST_TEXT:
        message = say("{file}: {count:,} characters; at most {limit:,}", file=source, count=len(text), limit=MOST_TEXT)
        raise BadInput(message)
    if not drafter.endpoint.local:
        narrate(say("The text leaves this machine: it goes to {address}", address=drafter.endpoint.address))
    narrate(say("{model} drafts; this may take some minutes", model=drafter.endpoint.model))
    return draft(Order(kind, file.stem, str(file), source.name, text), drafter)


def _told(drafted: Draft, file: Path, settings: Settings) -> None:
    """What the linter finds in the draft, as `mot check` says it, and what the draft cost."""
    from simulator.cli.judging import told_spending
    from simulator.packs.diagnostics import rendered

    narrate(rendered(drafted.findings, "full", {str(file): file.read_bytes()}))
    if drafted.stopped:
        narrate(say("The model mended no further: {reason}", reason=drafted.stopped))
    told_spending(settings, drafted.usage)


def _put_schema(kind: Kind, folder: Path) -> None:
    from simulator.cli.schema import SCHEMAS, described
    from simulator.cli.streams import write

    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BadInput(say("{folder}: cannot be made: {reason}", folder=folder, reason=error.strerror)) from error
    schema = folder / SCHEMAS[kind][1].replace(".json", ".schema.json")
    if not os.path.lexists(schema):
        write(described(kind).rstrip("\n"), schema)
