"""`mot progress`: how far a learner has come, and what to practise next."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from simulator.cli.options import Format, LanguageOption, settings_of


def progress(
    ctx: typer.Context,
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose; the one who practises here, unless told.")
    ] = None,
    language: LanguageOption = None,
    form: Format = "text",
) -> None:
    """Show how far a learner has come: full loops, scores over time, mastery, and what to practise next."""
    from simulator import assemble
    from simulator.cli.streams import columns
    from simulator.courses import names_for, own_course
    from simulator.reports.progress import progress_view
    from simulator.reports.progress_json import progress_json
    from simulator.reports.progress_text import progress_text

    settings = settings_of(ctx, language=language, learner=learner)
    store = assemble.store(settings)
    found = own_course(settings, store)
    if form == "json":
        typer.echo(json.dumps(progress_json(found), ensure_ascii=False))
        return
    view = progress_view(found, names_for(settings, store, [found]), settings.spoken)
    typer.echo(progress_text(view, columns(sys.stdout)))
