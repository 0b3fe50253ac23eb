"""`mot rate`: a person judges a conversation, blind to every score of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import LanguageOption, PersonaOption, complete_rubrics, complete_sessions, settings_of
from simulator.errors import BadInput
from simulator.text_gate import clean
from simulator.wording import say, speak

if TYPE_CHECKING:
    from simulator.domain.rating import Rating
    from simulator.domain.rubric import Observation, Stage
    from simulator.domain.scorecard import Outcome
    from simulator.ratings.subject import Subject
    from simulator.store.store import Store

_ANSWERS: Mapping[str, Outcome] = {
    "y": "met",
    "yes": "met",
    "是": "met",
    "n": "not_met",
    "no": "not_met",
    "否": "not_met",
    "?": "undecided",
    "？": "undecided",
}


def rate(  # noqa: PLR0917 -- a command's options
    ctx: typer.Context,
    subjects: Annotated[
        list[str],
        typer.Argument(
            metavar="SESSION|FILE...", help="Session ids, or transcripts.", autocompletion=complete_sessions
        ),
    ],
    rater: Annotated[str, typer.Option("--rater", metavar="NAME", help="Who rates.")],
    persona: PersonaOption = None,
    rubric: Annotated[str | None, typer.Option(help="The rubric to rate by.", autocompletion=complete_rubrics)] = None,
    labels: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='Take the answers from JSON: {"observations": [those that are true]}.'),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Rate conversations: read, then answer yes, no or ? to each observation that takes judgement.

    What code counts is not asked; scores and other ratings stay hidden. b goes back to change an answer. What was
    answered is kept at once; the same command goes on where it was left.
    """
    import asyncio

    from simulator import assemble
    from simulator.ratings.subject import labelled, subject_of

    name = clean(rater).strip()
    if not name:
        raise BadInput(say("give --rater a name"))
    settings = settings_of(ctx, language=language, rubric=rubric)
    store = assemble.store(settings)
    found = [asyncio.run(subject_of(settings, subject, persona)) for subject in subjects]
    if labels is not None:
        if len(found) > 1:
            raise BadInput(say("labels belong to one conversation; name one"))
        rating = found[0].rating(name, labelled(labels, found[0].rubric))
        store.save_rating(rating)
        _thanked(rating.observations)
        return
    answers = _typed()
    for subject in found:
        if not _rated(subject, name, store, answers, alone=len(found) == 1):
            break


def _rated(subject: Subject, rater: str, store: Store, answers: Iterator[str], *, alone: bool) -> bool:
    """Ask what is not answered yet, each answer kept as it is given. False: the rater has left.

    Where all is answered of a conversation that is rated `alone`, the rater may go back, even to the last answer.
    """
    from simulator.reports.conversation import transcript_text

    language = subject.transcript.language
    speak(language)
    given = dict(_earlier(subject, rater, store))
    typer.echo(transcript_text(subject.transcript, say("Learner"), say("Customer")))
    questions = [(stage, observation) for stage, asked in subject.questions() for observation in asked]
    place, heading = _unanswered(questions, given), None
    if place == len(questions) and alone:
        narrate(say("All is answered; b goes back to the last answer, anything else leaves it as it is."))
        place -= next(answers, "").strip().casefold() == "b"
    while place < len(questions):
        stage, observation = questions[place]
        if stage is not heading:
            typer.echo(f"\n{stage.name.in_language(language)}")
            heading = stage
        answer = _asked(observation.text.in_language(language), given.get(observation.id), answers)
        if answer is None:
            narrate(say("Left for now; the same command goes on from here."))
            return False
        if answer == "back":
            if place == 0:
                narrate(say("  this is the first"))
            place = max(place - 1, 0)
            continue
        given[observation.id] = answer
        store.save_rating(subject.rating(rater, given))
        place = _unanswered(questions, given)
    _thanked(given)
    return True


def _unanswered(questions: Sequence[tuple[Stage, Observation]], given: Mapping[str, Outcome]) -> int:
    """The place of the first question without an answer; behind the last where all have one."""
    return next((n for n, (_, one) in enumerate(questions) if one.id not in given), len(questions))


def _thanked(given: Mapping[str, Outcome]) -> None:
    narrate(say("Thank you; {count} answers are kept.", count=len(given)))


def _earlier(subject: Subject, rater: str, store: Store) -> Mapping[str, Outcome]:
    mine: list[Rating] = [
        rating
        for rating in store.ratings()
        if (rating.subject, rating.rater, rating.rubric_hash) == (subject.id, rater, subject.rubric_hash)
    ]
    return mine[-1].observations if mine else {}


def _asked(question: str, before: Outcome | None, answers: Iterator[str]) -> Outcome | Literal["back"] | None:
    """The answer to one observation, or back to the one before it; None where the rater leaves with q or the end of
    input. `before` is what was answered so far.
    """
    shown: dict[Outcome, str] = {"met": "y", "not_met": "n", "undecided": "?"}
    typer.echo(f"  {question}" + (f" [{shown[before]}]" if before else ""))
    for line in answers:
        answer = line.strip().casefold()
        if answer in _ANSWERS:
            return _ANSWERS[answer]
        if answer == "b":
            return "back"
        if answer == "q":
            return None
        narrate(say("  y (yes), n (no), ? (cannot tell), b (back to the one before) or q (leave)"))
    return None


def _typed() -> Iterator[str]:
    from simulator.cli.streams import typed_lines

    return typed_lines(say("y/n/?/b/q > ") if sys.stdin.isatty() else "")
