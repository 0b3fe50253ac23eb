"""`mot practice`: a conversation in the app or in line mode, and its scorecard."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import (
    BaseUrlOption,
    Format,
    LanguageOption,
    OfflineOption,
    RubricOption,
    complete_personas,
    complete_sessions,
    settings_of,
)
from simulator.errors import BadInput
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.opening import Opening
    from simulator.practice import Practice
    from simulator.settings import Settings
    from simulator.trainer.preview import Preview


def practice(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    persona: Annotated[
        str | None,
        typer.Argument(help="Which scenario; `mot list personas` shows them.", autocompletion=complete_personas),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line mode, on standard input and output.")] = False,
    script: Annotated[
        Path | None,
        typer.Option("--script", metavar="FILE", help="Take the learner's lines from a file, one a line; # comments."),
    ] = None,
    language: LanguageOption = None,
    rubric: RubricOption = None,
    learner: Annotated[str | None, typer.Option("--learner", metavar="NAME", help="Who practises.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Makes the customer's wording repeatable.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="Which model plays; MOT_MODEL where not given.")] = None,
    base_url: BaseUrlOption = None,
    offline: OfflineOption = False,
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume",
            metavar="[SESSION]",
            help="Go on with an unfinished session; the latest where none is named.",
            autocompletion=complete_sessions,
        ),
    ] = None,
    again: Annotated[
        str | None,
        typer.Option("--from", metavar="SESSION:TURN", help="Try a session again from a line of yours, as a branch."),
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", metavar="DIR", help="Record it there; mot replay plays it again.")
    ] = None,
    show_gate: Annotated[
        bool, typer.Option("--show-gate", help="Show what was heard and what each need lacks.")
    ] = False,
    form: Format = "text",
) -> int:
    """Practise one conversation with a simulated customer, then see the scorecard."""
    from simulator.cli.script import read_script

    lines = read_script(script) if script else None
    chosen = {"language": language, "rubric": rubric, "learner": learner, "model": model, "base_url": base_url}
    settings = settings_of(ctx, offline=offline, **chosen)
    opening = _opening(persona, seed, settings, resume, again, show_gate=show_gate)
    if (resume is not None or again is not None) and (persona or seed is not None or rubric or language or learner):
        raise BadInput(say("a session is gone on with, or tried again, as it was: with no persona and no choices"))
    if not (plain or script or record) and form == "text" and sys.stdin.isatty() and sys.stdout.isatty():
        return _app(settings, opening)
    return _line_mode(settings, opening, lines, record, json=form == "json")


def _opening(
    persona: str | None,
    seed: int | None,
    settings: Settings,
    resume: str | None,
    again: str | None,
    *,
    show_gate: bool,
) -> Opening:
    from simulator.domain.opening import Choice, Opening

    choice = Choice(persona, settings.rubric, seed) if persona else None
    return Opening(choice, resume, _moment(again) if again is not None else None, show_gate=show_gate)


def _app(settings: Settings, opening: Opening) -> int:
    """The app. Raises BadInput for a scenario or session that is not there, before a screen is drawn."""
    from simulator import assemble
    from simulator.tui.run import run

    if opening.choice:
        assemble.shelf(settings).persona(opening.choice.persona)
    elif opening.resume is not None:
        assemble.store(settings).session_id(opening.resume or None)
    return run(settings, opening)


def _line_mode(
    settings: Settings, opening: Opening, lines: Sequence[str] | None, record: Path | None, *, json: bool
) -> int:
    from simulator.cli.line_mode import LineMode
    from simulator.practice import take_up

    if record and opening.choice:  # make sure of the folder before anything is said
        from simulator.recording.recorder import claim

        claim(record)
    with take_up(settings, opening) as session, _recorded(session, record):
        preview = _preview(session, opening, record) if opening.show_gate else None
        return LineMode(session, json=json, preview=preview).run(lines)


def _preview(session: Practice, opening: Opening, record: Path | None) -> Preview:
    from simulator.trainer.preview import Preview

    chosen = opening.choice.persona if opening.choice else None
    return Preview(session, chosen, "/reload", recording=record is not None)


def _recorded(session: Practice, folder: Path | None) -> AbstractContextManager[None]:
    if folder is None:
        return nullcontext()
    from simulator.recording.recorder import recorded

    return recorded(session, folder)


def _moment(text: str) -> tuple[str, int]:
    """The session and the turn that SESSION:TURN names. Raises BadInput."""
    session, _, turn = text.rpartition(":")
    if not session or not turn.isdecimal():
        raise BadInput(say("--from takes a session and a turn of yours, as in 20260301-101500-7f3a:5"))
    return session, int(turn)
