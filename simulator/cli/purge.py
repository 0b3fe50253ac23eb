"""`mot purge`: conversations deleted for good, with all that was made of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.narration import at_terminal, narrate
from simulator.cli.options import LanguageOption, OwnerOption, SessionsArgument, settings_of
from simulator.errors import BadInput, ExitCode, StoreError
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.store.purge import Extent
    from simulator.store.store import Store

SHOWN = 20
"""Conversations that are named one by one before a person is asked; who deletes more goes by their number."""


def purge(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    sessions: SessionsArgument = None,
    learner: OwnerOption = None,
    older_than: Annotated[
        int | None,
        typer.Option(min=0, metavar="DAYS", help="All that were last written to, or imported, before so many days."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    language: LanguageOption = None,
) -> int:
    """Delete conversations for good: what was said, grades, ratings, salvaged copies, kept answers, and pages and
    exports under MOT_HOME.

    --learner and --older-than together delete what both are true of. Prints the ids of what is gone. A session that is
    open in another program stays and is named.
    """
    from simulator import assemble
    from simulator.cli.watching import Watch

    settings = settings_of(ctx, language=language)
    if bool(sessions) == (learner is not None or older_than is not None):
        raise BadInput(say("name what to delete: SESSION..., or --learner NAME, --older-than DAYS or both"))
    store = assemble.store(settings)
    owned = _owned(store)
    found = _named(store, sessions) if sessions else _chosen(owned.values(), learner, older_than, assemble.now())
    if not found:
        narrate(say("There is nothing to delete."))
        return ExitCode.FINE
    answers = assemble.kept_answers(settings)
    _tell(owned, found, store.purge.extent(found), sum(1 for _ in answers.glob("*")))
    if not (yes or _agreed()):
        narrate(say("Nothing was deleted."))
        return ExitCode.FINE
    _forget(settings.home, answers, found, *(assemble.report_page(settings, one) for one in found))
    purged = store.purge.delete(Watch(say("deleting"), len(found)).over(found))
    for one in purged.gone:
        typer.echo(one)
    for one in purged.busy:
        narrate(say("mot: session {session} is open in another program; it was not deleted", session=one))
    if purged.kept_size:
        narrate(say("mot: it is deleted, but the file could not be made smaller: {reason}", reason=purged.kept_size))
    return ExitCode.STORAGE if purged.busy else ExitCode.FINE


def _named(store: Store, names: Iterable[str]) -> list[str]:
    """Their ids, each once. A transcript that was only rated is kept with its ratings, under its whole id."""
    rated = {rating.subject for rating in store.ratings()}
    return list(dict.fromkeys(name if name in rated else store.session_id(name) for name in names))


@dataclass(frozen=True, slots=True)
class _Owned:
    """A conversation as somebody knows it again. `at` is when it was last written to, or imported; `branch_of` the
    session it branches off, and the turn there after a colon.
    """

    id: str
    learner: str
    persona: str | None
    at: datetime | None
    branch_of: str | None = None

    def __str__(self) -> str:
        """In a line."""
        day = self.at.date().isoformat() if self.at else None
        return "  ".join(filter(None, (self.id, self.learner, self.persona, day)))


def _owned(store: Store) -> dict[str, _Owned]:
    """All conversations, the oldest first."""
    runs = (_Owned(run.id, run.learner, run.persona, run.last_at, run.branch_of) for run in reversed(store.history()))
    imports = (_Owned(one.id, one.learner, one.transcript.persona, one.at) for one in store.imports.all())
    return {one.id: one for one in (*runs, *imports)}


def _chosen(owned: Iterable[_Owned], learner: str | None, days: int | None, now: datetime) -> list[str]:
    before = None if days is None else now - timedelta(days=days)
    return [
        one.id
        for one in owned
        if learner in {None, one.learner} and (before is None or (one.at is not None and one.at < before))
    ]


def _tell(owned: Mapping[str, _Owned], found: Sequence[str], extent: Extent, answers: int) -> None:
    """Say what goes, and what else holds some of it."""
    narrate(say("This goes for good:"))
    for name in found[:SHOWN]:
        narrate(f"  {owned.get(name, name)}")
    if len(found) > SHOWN:
        narrate(say("  and {count:,} more", count=len(found) - SHOWN))
    counted = say(
        "conversations: {count:,}; grades: {grades:,}; ratings: {ratings:,}; salvaged copies: {copies:,}",
        count=len(found),
        grades=extent.scorecards,
        ratings=extent.ratings,
        copies=len(extent.copies),
    )
    narrate(counted)
    if answers:
        told = say("answers of a model for unfinished grades, whatever they are about: {count:,}", count=answers)
        narrate(told)
    going = set(found)
    for one in owned.values():
        trunk = (one.branch_of or "").partition(":")[0]
        if trunk in going and one.id not in going:
            narrate(
                say("{branch} stays; it goes on from {session} and keeps its beginning", branch=one.id, session=trunk)
            )


def _agreed() -> bool:
    """Whether the person at the terminal says yes. Raises BadInput where there is none to ask."""
    from simulator.cli.streams import typed_lines

    if not at_terminal():
        raise BadInput(say("nobody can be asked here, so nothing was deleted; add --yes"))
    narrate(say("Delete it? (y/n)"))
    answer = next(typed_lines(""), "")  # a prompt would go to standard output, where the ids go
    return answer.strip().casefold() in {"y", "yes", "是"}


def _forget(home: Path, answers: Path, ids: Sequence[str], *pages: Path) -> None:
    """Delete what lies beside the store, before what it was made of. Nobody can tell which conversation a kept answer
    is about; without it a model is asked again, that is all.
    """
    from simulator.exchange.written import forget

    try:
        forget(home, ids)
        for page in pages:
            page.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            shutil.rmtree(answers)
    except OSError as error:
        raise StoreError(say("{file}: not deleted: {reason}", file=error.filename, reason=error.strerror)) from error
