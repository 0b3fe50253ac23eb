"""`mot list`: what there is to practise, to grade by, and to look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from simulator.cli.narration import left_out
from simulator.cli.options import Format, LanguageOption, settings_of
from simulator.errors import BadInput
from simulator.text_gate import clean

if TYPE_CHECKING:
    from simulator.settings import Settings


def list_all(
    ctx: typer.Context,
    kind: Annotated[
        Literal["personas", "rubrics", "sessions", "imported"],
        typer.Argument(metavar="personas|rubrics|sessions|imported"),
    ],
    language: LanguageOption = None,
    form: Format = "text",
) -> None:
    """List personas, rubrics, sessions or imported transcripts."""
    listed = {"personas": personas, "rubrics": rubrics, "sessions": sessions, "imported": imported}
    rows = listed[kind](settings_of(ctx, language=language))
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2) if form == "json" else table(rows))


def personas(settings: Settings) -> list[dict[str, Any]]:
    """The personas within reach; one that cannot be loaded is named on standard error and left out.

    Of one that a check found sound no more is read than is shown.
    """
    from simulator import assemble
    from simulator.progress.scenarios import read_heading
    from simulator.trainer.remembered import Remembered

    shelf, remembered = assemble.shelf(settings), Remembered(settings.home, settings.locale)
    rows = []
    for name in shelf.personas():
        try:
            known = remembered.is_sound(*shelf.source(name, "persona"))
            shown = (read_heading(shelf, name) if known else None) or shelf.persona(name).value.profile
        except BadInput as error:
            left_out(error)
            continue
        language = settings.preferred(shown.languages)
        rows.append({
            "id": name,
            "title": shown.title.in_language(language),
            "sector": shown.sector,
            "channel": shown.channel,
            "difficulty": shown.difficulty,
            "languages": list(shown.languages),
        })  # fmt: skip
    return rows


def rubrics(settings: Settings) -> list[dict[str, Any]]:
    """The rubrics within reach."""
    from simulator import assemble

    shelf = assemble.shelf(settings)
    rows = []
    for name in shelf.rubrics():
        try:
            rubric = shelf.rubric(name).value
        except BadInput as error:
            left_out(error)
            continue
        title = rubric.title.in_language(settings.preferred(rubric.languages))
        rows.append({"id": name, "title": title, "version": rubric.version, "languages": list(rubric.languages)})
    return rows


def sessions(settings: Settings) -> list[dict[str, Any]]:
    """The sessions in the store, the one written to last first."""
    from simulator import assemble

    return [
        {
            "id": summary.id,
            "persona": summary.persona,
            "language": summary.language,
            "learner": summary.learner and clean(summary.learner),
            "turns": summary.turns,
            "ended": summary.ended,
            "started_at": summary.started_at and summary.started_at.isoformat(timespec="seconds"),
            "updated_at": summary.updated_at and summary.updated_at.isoformat(timespec="seconds"),
            "damaged": summary.damaged,
        }
        for summary in assemble.store(settings).sessions()
    ]


def imported(settings: Settings) -> list[dict[str, Any]]:
    """The imported transcripts in the store, the latest first."""
    from simulator import assemble

    rows = [
        {
            "id": one.id,
            "persona": one.transcript.persona,
            "language": one.transcript.language,
            "learner": clean(one.learner),
            "turns": len(one.transcript.turns),
            "source": one.source,
            "imported_at": one.at and one.at.isoformat(timespec="seconds"),
        }
        for one in assemble.store(settings).imports.all()
    ]
    return rows[::-1]


def table(rows: list[dict[str, Any]]) -> str:
    """The rows in aligned columns under their names."""
    from simulator.reports.layout import cells, padded
    from simulator.wording import say

    if not rows:
        return say("none yet")
    lines = [list(rows[0]), *([_cell(value) for value in row.values()] for row in rows)]
    widths = [max(cells(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(map(padded, line, widths)).rstrip() for line in lines)


def _cell(value: object) -> str:
    match value:
        case None | False:
            return "-"
        case True:
            return "yes"
        case list():
            return " ".join(value)
        case _:
            return " ".join(clean(str(value)).split())
