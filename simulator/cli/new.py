"""`mot new`: writes the first file of a persona or a rubric."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from simulator.errors import BadInput, ExitCode
from simulator.wording import say


def new(
    kind: Annotated[Literal["persona", "rubric"], typer.Argument(help="persona or rubric.", show_default=False)],
    pack_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, which is the file's name as well.")],
) -> int:
    """Write a commented persona or rubric that passes mot check, into personas/ or rubrics/ of the working folder.

    The schema by which editors complete the file is put beside it. No file is ever overwritten.
    """
    from simulator.cli.schema import SCHEMAS, schema_text
    from simulator.cli.streams import write
    from simulator.trainer.scaffold import scaffold

    text = scaffold(kind, pack_id)
    folder = Path(f"{kind}s")
    file = folder / f"{pack_id}.yaml"
    if os.path.lexists(file):
        raise BadInput(say("{file} is there already; nothing was written", file=file))
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise BadInput(say("{folder}: cannot be made: {reason}", folder=folder, reason=error.strerror)) from error
    write(text.rstrip("\n"), file)
    schema = folder / SCHEMAS[kind][1].replace(".json", ".schema.json")
    if not os.path.lexists(schema):
        write(schema_text(kind).rstrip("\n"), schema)
    typer.echo(file)
    typer.echo(say("Next: mot check {file}", file=file), err=True)
    return ExitCode.FINE
