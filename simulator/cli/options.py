"""Options that several commands share, the settings they make, and the ids a shell may complete."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.errors import BadInput, MomentError
from simulator.wording import say, speak

if TYPE_CHECKING:
    from simulator.settings import Settings

TextOrJson = Literal["text", "json"]

Packs = Annotated[
    list[Path] | None,
    typer.Option("--packs", metavar="DIR", help="Look for personas and rubrics here first; may be repeated."),
]
Format = Annotated[TextOrJson, typer.Option("--format", help="text for people, json for programs.")]


def settings_of(ctx: typer.Context, *, offline: bool = False, **flags: str | None) -> Settings:
    """The settings of this run, whose language is spoken from here on.

    `flags` are the command's own options by setting name, None where not given; a language may also stand before the
    command. `offline` leaves the endpoint out.
    Raises BadInput as `read_settings` does, and for a folder of packs that is not there.
    """
    from simulator.settings import read_settings

    before = ctx.find_root().params
    packs = [Path(folder) for folder in before.get("packs") or ()]
    flags["language"] = flags.get("language") or before.get("language")
    settings = read_settings(flags, os.environ, packs=packs, offline=offline)
    speak(settings.spoken)
    for folder in packs:
        if not os.path.isdir(folder):  # noqa: PTH112 -- False, too, for a name that no system takes
            raise BadInput(say("{folder}: no such folder", folder=folder))
    return settings


def complete_personas(ctx: typer.Context, incomplete: str) -> list[str]:
    """Persona ids for the shell."""
    from simulator import assemble

    return _completed(lambda: assemble.shelf(settings_of(ctx)).personas(), incomplete)


def complete_rubrics(ctx: typer.Context, incomplete: str) -> list[str]:
    """Rubric ids for the shell."""
    from simulator import assemble

    return _completed(lambda: assemble.shelf(settings_of(ctx)).rubrics(), incomplete)


def complete_sessions(ctx: typer.Context, incomplete: str) -> list[str]:
    """Ids of sessions, the latest first, and of imported transcripts, for the shell."""
    from simulator import assemble

    def ids() -> Iterable[str]:
        store = assemble.store(settings_of(ctx))
        return (*(summary.id for summary in store.sessions()), *store.imports.ids())

    return _completed(ids, incomplete)


def _completed(ids: Callable[[], Iterable[str]], incomplete: str) -> list[str]:
    """A shell that completes has no use for an error: it gets no proposals, and the command itself will say why."""
    try:
        return [one for one in ids() if one.startswith(incomplete)]
    except MomentError:
        return []


SessionsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="SESSION...", help="Ids of sessions and imported transcripts.", autocompletion=complete_sessions
    ),
]
PersonaOption = Annotated[
    str | None, typer.Option(help="The persona a transcript was held with.", autocompletion=complete_personas)
]
RubricOption = Annotated[str | None, typer.Option(help="The rubric to grade by.", autocompletion=complete_rubrics)]
LearnerNameOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="What the learner is called in transcripts that name people.")
]
OwnerOption = Annotated[str | None, typer.Option("--learner", metavar="NAME", help="All that are this learner's.")]
BaseUrlOption = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", help="Where it is asked; OPENAI_BASE_URL where not given."),
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="en, zh-Hans or zh-Hant; MOT_LANGUAGE where not given.")
]
OfflineOption = Annotated[bool, typer.Option("--offline", help="No model plays, whatever the settings name.")]
JobsOption = Annotated[int | None, typer.Option(min=1, max=64, metavar="N", help="Share the work in N processes.")]
