"""`mot import`: conversations from elsewhere into the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.narration import at_terminal, left_out, narrate
from simulator.cli.options import LanguageOption, LearnerNameOption, PersonaOption, settings_of
from simulator.errors import ExitCode, SpeakersUnknown, TranscriptError
from simulator.text_gate import clean
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.transcript import Imported, Transcript
    from simulator.store.imports import Imports

_Pause = Callable[[], AbstractContextManager[None]]

AT_ONCE = 100
"""Transcripts in one transaction: what an interruption costs at most, and the cost of a disk's flush shared by many."""


def import_transcripts(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help="Transcripts (YAML, JSON, chat JSONL, CSV, Markdown, text, WebVTT, SRT), or folders of them.",
        ),
    ],
    learner: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose conversations these are; MOT_LEARNER where not given.")
    ] = None,
    learner_name: LearnerNameOption = None,
    persona: PersonaOption = None,
    language: LanguageOption = None,
) -> int:
    """Take transcripts from elsewhere into the store, to be shown, graded and rated by the ids this prints.

    What cannot be read is named and left out. What is there already is skipped, so that the same command goes on where
    it was interrupted. Where nobody can tell who the learner is, a terminal is asked.
    """
    from simulator import assemble
    from simulator.cli.watching import Watch

    settings = settings_of(ctx, language=language, learner=learner)
    if persona:
        assemble.shelf(settings).persona(persona)
    paths = list(_transcripts_in(files))
    watch = Watch(say("importing"), len(paths))
    reader = _Reader(learner_name, persona, settings.learner, watch.paused)
    intake = _Intake(assemble.store(settings).imports, watch.paused)
    try:
        for path in watch.over(paths):
            if one := reader.read(path):
                intake.take(one)
        intake.settle()
    except KeyboardInterrupt:
        narrate(say("Interrupted; the same command goes on from here."))
        raise
    finally:
        narrate(intake.told(reader.refused))
    return ExitCode.USAGE if reader.refused else ExitCode.FINE


@dataclass(slots=True)
class _Reader:
    """Reads one file after another, and asks once for each set of speakers that nobody can tell apart."""

    learner_name: str | None
    persona: str | None
    learner: str
    paused: _Pause
    refused: int = 0
    answers: dict[tuple[str, ...], str] = field(default_factory=dict)

    def read(self, path: Path) -> Imported | None:
        """The conversation in a file; None, and a line on standard error, where there is none."""
        from simulator.domain.transcript import Imported

        try:
            transcript = self._transcript(path)
        except TranscriptError as error:
            self.refused += 1
            with self.paused():
                left_out(error)
            return None
        named = replace(transcript, persona=self.persona or transcript.persona)
        return Imported(named, self.learner, clean(path.name))

    def _transcript(self, path: Path) -> Transcript:
        from simulator.exchange.read import read_transcript

        if self.learner_name:
            with suppress(TranscriptError):  # a file that does not have the name may need none
                return read_transcript(path, self.learner_name)
        try:
            return read_transcript(path)
        except SpeakersUnknown as unknown:
            if not unknown.names or not at_terminal():
                raise
            if unknown.names not in self.answers:
                with self.paused():
                    self.answers[unknown.names] = _asked(path, unknown)
            return read_transcript(path, self.answers[unknown.names])


class _Intake:
    """Puts conversations into the store, some at once, and their ids on standard output as soon as they are in."""

    def __init__(self, imports: Imports, paused: _Pause) -> None:
        self._imports = imports
        self._paused = paused
        self._waiting: list[Imported] = []
        self._new = 0
        self._known = 0

    def take(self, one: Imported) -> None:
        """One more; it is in with the next that are settled."""
        self._waiting.append(one)
        if len(self._waiting) == AT_ONCE:
            self.settle()

    def settle(self) -> None:
        """Put in what waits."""
        if not self._waiting:
            return
        arrived, self._waiting = self._waiting, []
        new = len(self._imports.add(arrived))
        self._new += new
        self._known += len(arrived) - new
        with self._paused():
            typer.echo("\n".join(one.id for one in arrived))

    def told(self, refused: int) -> str:
        """What came of it, in a line."""
        return say(
            "{new:,} imported, {known:,} there already, {refused:,} not read",
            new=self._new,
            known=self._known,
            refused=refused,
        )


def _transcripts_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those in the folders named that end like a transcript, by name."""
    from simulator.exchange.read import ENDINGS

    for path in paths:
        if not path.is_dir():
            yield path
            continue
        found = (one for one in path.rglob("*") if one.suffix.lower() in ENDINGS and one.is_file())
        yield from sorted(one for one in found if not _hidden(one.relative_to(path)))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _asked(path: Path, unknown: SpeakersUnknown) -> str:
    """The learner's name, by number or as it is, from the terminal. Raises the error where nobody says it."""
    from simulator.cli.streams import typed_lines

    narrate(say("{file}: who is the learner?", file=path))
    narrate("\n".join(f"  {number}  {name}" for number, name in enumerate(unknown.names, 1)))
    for line in typed_lines(""):  # a prompt would go to standard output, where the ids go
        if name := _chosen(line.strip(), unknown.names):
            return name
        narrate(say("a number from 1 to {count}, or a name", count=len(unknown.names)))
    raise unknown


def _chosen(answer: str, names: Sequence[str]) -> str | None:
    by_number = {str(number): name for number, name in enumerate(names, 1)}
    return by_number.get(answer) or next((name for name in names if name.casefold() == answer.casefold()), None)
