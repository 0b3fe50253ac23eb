"""`mot show`: one session looked at again."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from simulator.cli.options import complete_sessions, settings_of


def show(
    ctx: typer.Context,
    session: Annotated[
        str, typer.Argument(metavar="SESSION", help="Its id, or how it begins.", autocompletion=complete_sessions)
    ],
    form: Annotated[
        Literal["text", "json", "md"], typer.Option("--format", help="text for people, json for programs, md to share.")
    ] = "text",
) -> None:
    """Show a session: what was said, and what became of each need."""
    from simulator import assemble
    from simulator.conversation.record import record
    from simulator.practice import packs_of
    from simulator.reports.conversation import conversation_markdown, conversation_text
    from simulator.reports.session import session_data

    store = assemble.store(settings_of(ctx))
    found = store.session_id(session)
    events = store.events(found)
    persona, _ = packs_of(store, events[0])
    looked_back = record(events, persona)
    if form == "json":
        grades = store.scorecards(found)
        typer.echo(json.dumps(session_data(looked_back, persona, grades[-1] if grades else None), ensure_ascii=False))
    else:
        view = conversation_markdown if form == "md" else conversation_text
        typer.echo(view(looked_back, persona))
