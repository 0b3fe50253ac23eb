"""`mot practice`: a conversation in the app or in line mode, and its scorecard."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.options import Format, complete_personas, complete_sessions, settings_of
from simulator.errors import BadInput
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.opening import Opening
    from simulator.practice import Practice
    from simulator.settings import Settings


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
    language: Annotated[str | None, typer.Option("--language", help="en, zh-Hans or zh-Hant.")] = None,
    rubric: Annotated[str | None, typer.Option("--rubric", help="Which rubric grades it.")] = None,
    learner: Annotated[str | None, typer.Option("--learner", metavar="NAME", help="Who practises.")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Makes the customer's wording repeatable.")] = None,
    model: Annotated[str | None, typer.Option("--model", help="Which model plays; MOT_MODEL where not given.")] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="URL", help="Where it is asked; OPENAI_BASE_URL where not given."),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="No model, whatever the settings name.")] = False,
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
    format: Format = "text",  # noqa: A002 -- the option's name
) -> int:
    """Practise one conversation with a simulated customer, then see the scorecard."""
    from simulator.cli.line_mode import LineMode
    from simulator.cli.script import read_script
    from simulator.practice import take_up

    lines = read_script(script) if script else None
    chosen = {"language": language, "rubric": rubric, "learner": learner, "model": model, "base_url": base_url}
    settings = settings_of(ctx, offline=offline, **chosen)
    opening = _opening(persona, seed, settings, resume, again, show_gate=show_gate)
    if (resume is not None or again is not None) and (persona or seed is not None or rubric or language or learner):
        raise BadInput(say("a session is gone on with, or tried again, as it was: with no persona and no choices"))
    if not (plain or script or record) and format == "text" and sys.stdin.isatty() and sys.stdout.isatty():
        return _app(settings, opening)
    if record:
        _claim(record, opening)
    session = take_up(settings, opening)
    preview = None
    if show_gate:
        from simulator.trainer.preview import Preview

        preview = Preview(session, persona, "/reload", recording=record is not None)
    with session, _recorded(session, record):
        return LineMode(session, json=format == "json", preview=preview).run(lines)


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


def _claim(folder: Path, opening: Opening) -> None:
    """Make sure of the folder before anything is said."""
    from simulator.recording.recorder import claim

    if opening.choice:
        claim(folder)


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
