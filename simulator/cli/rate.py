"""`mot rate`: a person judges a conversation, blind to every score of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.narration import narrate
from simulator.cli.options import PersonaOption, complete_rubrics, complete_sessions, settings_of
from simulator.errors import BadInput
from simulator.text_gate import clean
from simulator.wording import say, speak

if TYPE_CHECKING:
    from simulator.domain.rating import Rating
    from simulator.domain.scorecard import Outcome
    from simulator.ratings.subject import Subject
    from simulator.store.store import Store


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
) -> None:
    """Rate conversations: read, then answer yes, no or ? to each observation that takes judgement.

    What code counts is not asked; scores and other ratings stay hidden. What was answered is kept at once; the same
    command goes on where it was left.
    """
    import asyncio

    from simulator import assemble
    from simulator.ratings.subject import labelled, subject_of

    name = clean(rater).strip()
    if not name:
        raise BadInput(say("give --rater a name"))
    settings = settings_of(ctx, rubric=rubric)
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
        if not _rated(subject, name, store, answers):
            break


def _rated(subject: Subject, rater: str, store: Store, answers: Iterator[str]) -> bool:
    """Ask what is not answered yet, each answer kept as it is given. False: the rater has left."""
    from simulator.reports.conversation import transcript_text

    language = subject.transcript.language
    speak(language)
    given = dict(_earlier(subject, rater, store))
    typer.echo(transcript_text(subject.transcript, say("Learner"), say("Customer")))
    for stage, observations in subject.questions():
        typer.echo(f"\n{stage.name.in_language(language)}")
        for observation in observations:
            if observation.id in given:
                continue
            answer = _asked(observation.text.in_language(language), answers)
            if answer is None:
                narrate(say("Left for now; the same command goes on from here."))
                return False
            given[observation.id] = answer
            store.save_rating(subject.rating(rater, given))
    _thanked(given)
    return True


def _thanked(given: Mapping[str, Outcome]) -> None:
    narrate(say("Thank you; {count} answers are kept.", count=len(given)))


def _earlier(subject: Subject, rater: str, store: Store) -> Mapping[str, Outcome]:
    mine: list[Rating] = [
        rating
        for rating in store.ratings()
        if (rating.subject, rating.rater, rating.rubric_hash) == (subject.id, rater, subject.rubric_hash)
    ]
    return mine[-1].observations if mine else {}


def _asked(question: str, answers: Iterator[str]) -> Outcome | None:
    """The answer to one observation; None where the rater leaves with q or the end of input."""
    known: dict[str, Outcome] = {
        "y": "met",
        "yes": "met",
        "是": "met",
        "n": "not_met",
        "no": "not_met",
        "否": "not_met",
        "?": "undecided",
        "？": "undecided",
    }
    typer.echo(f"  {question}")
    for line in answers:
        answer = line.strip().casefold()
        if answer in known:
            return known[answer]
        if answer == "q":
            return None
        narrate(say("  y (yes), n (no), ? (cannot tell) or q (leave)"))
    return None


def _typed() -> Iterator[str]:
    from simulator.cli.streams import typed_lines

    return typed_lines(say("y/n/?/q > ") if sys.stdin.isatty() else "")
