"""`mot show`: one session looked at again."""

from __future__ import annotations

import json
from typing import Annotated, Literal

import typer

from simulator.cli.options import LanguageOption, complete_sessions, settings_of
from simulator.domain.transcript import OUTSIDE, Transcript, to_json
from simulator.wording import say

Form = Literal["text", "json", "md"]


def show(
    ctx: typer.Context,
    session: Annotated[
        str, typer.Argument(metavar="SESSION", help="Its id, or how it begins.", autocompletion=complete_sessions)
    ],
    form: Annotated[Form, typer.Option("--format", help="text for people, json for programs, md to share.")] = "text",
    language: LanguageOption = None,
) -> None:
    """Show a session: what was said, and what became of each need; of an imported transcript what was said."""
    from simulator import assemble
    from simulator.conversation.record import record
    from simulator.exchange.markdown import write_markdown
    from simulator.reports.conversation import conversation_text
    from simulator.reports.session import session_data
    from simulator.session_packs import packs_of

    store = assemble.store(settings_of(ctx, language=language))
    found = store.session_id(session)
    if found.startswith(OUTSIDE):
        typer.echo(_imported(store.imports.get(found).transcript, form))
        return
    events = store.events(found)
    persona, _ = packs_of(store, events[0])
    looked_back = record(events, persona)
    if form == "json":
        grades = store.scorecards(found)
        typer.echo(json.dumps(session_data(looked_back, persona, grades[-1] if grades else None), ensure_ascii=False))
    elif form == "md":
        typer.echo(write_markdown(looked_back.transcript).rstrip("\n"))
    else:
        typer.echo(conversation_text(looked_back, persona))


def _imported(transcript: Transcript, form: Form) -> str:
    from simulator.exchange.markdown import write_markdown
    from simulator.reports.conversation import transcript_text

    if form == "json":
        return json.dumps(to_json(transcript), ensure_ascii=False)
    if form == "md":
        return write_markdown(transcript).rstrip("\n")
    return transcript_text(transcript, say("Learner"), say("Customer"))
