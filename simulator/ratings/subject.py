"""What is rated: a session of ours or a conversation from elsewhere, and the questions about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator import assemble
from simulator.domain.rating import Rating
from simulator.domain.transcript import OUTSIDE, Transcript, from_json, to_json
from simulator.errors import BadInput
from simulator.grading.case import Case, outside, recorded
from simulator.session_packs import in_language, packs_of
from simulator.wording import say

if TYPE_CHECKING:
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Observation, Rubric, Stage
    from simulator.domain.scorecard import Outcome
    from simulator.packs.load import Loaded
    from simulator.settings import Settings


@dataclass(frozen=True, slots=True)
class Subject:
    """A conversation to be rated, by the rubric that the settings name, in its own language."""

    id: str
    transcript: Transcript
    case: Case
    rubric: Rubric
    rubric_hash: str
    outside: bool

    def questions(self) -> tuple[tuple[Stage, tuple[Observation, ...]], ...]:
        """What a rater is asked: the judged observations by stage; what only caps rest on comes last."""
        rubric = self.rubric
        by_stage = [
            (stage, tuple(o for criterion in stage.criteria for o in criterion.observations if o.by == "judge"))
            for stage in rubric.stages
        ]
        last, asked = by_stage[-1]
        by_stage[-1] = (last, (*asked, *rubric.cap_observations))
        return tuple(by_stage)

    def rating(self, rater: str, answers: Mapping[str, Outcome]) -> Rating:
        """These answers as a rating. Raises BadInput for an observation that the rubric does not have."""
        known = {observation.id for observation in self.rubric.observations}
        if unknown := sorted(answers.keys() - known):
            message = say("rubric {rubric} has no observation {ids}", rubric=self.rubric.id, ids=", ".join(unknown))
            raise BadInput(message)
        transcript = to_json(self.transcript) if self.outside else None
        return Rating(self.id, rater, self.rubric.id, self.rubric_hash, dict(answers), transcript)


async def subject_of(settings: Settings, name: str, persona: str | None) -> Subject:
    """A session by its id, or a transcript file. Raises BadInput, StoreError."""
    from simulator.exchange.read import names_a_file, read_transcript  # noqa: PLC0415 -- for those who name one

    if names_a_file(name):
        return await _outside(settings, read_transcript(Path(name)), persona)
    store = assemble.store(settings)
    found = store.session_id(name)
    if found.startswith(OUTSIDE):
        return await _outside(settings, store.imports.get(found).transcript, persona)
    if persona:
        raise BadInput(say("a session knows its persona; take --persona away"))
    return _session(settings, found)


async def rated_subject(settings: Settings, rating: Rating) -> Subject:
    """The conversation that was rated, once more. Raises BadInput, StoreError."""
    if rating.transcript is None:
        return _session(settings, rating.subject)
    return await _outside(settings, from_json(rating.transcript), None)


def labelled(path: Path, rubric: Rubric) -> dict[str, Outcome]:
    """Answers from a labels file: JSON with `observations`, the list of those that are true. Raises BadInput.

    Those that code decides may be named, and are no answers: nobody is asked them.
    """
    from simulator.exchange.read import decoded, read_bounded  # noqa: PLC0415

    try:
        labels = json.loads(decoded(read_bounded(path), str(path)))
        true = set(labels["observations"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(say("{path}: labels are JSON with a list of observations that are true", path=path)) from error
    if unknown := sorted(set(map(str, true)) - {name for o in rubric.observations for name in (o.id, _whole(o))}):
        ids = ", ".join(unknown)
        raise BadInput(say("{path}: rubric {rubric} has no observation {ids}", path=path, rubric=rubric.id, ids=ids))
    known = {observation.id for observation in rubric.observations}
    return {o.id: _label(o, true, split=_whole(o) not in known) for o in rubric.observations if o.by == "judge"}


def _whole(observation: Observation) -> str:
    """The observation this one may be a numbered part of: x2c of x2c1."""
    return observation.id.rstrip("0123456789")


def _label(observation: Observation, true: set[str], *, split: bool) -> Outcome:
    """What a label tells. One from before an observation was split says only that a fault not found has no part."""
    if observation.id in true:
        return "met"
    told = not split or (observation.fault and _whole(observation) not in true)
    return "not_met" if told else "undecided"


def _session(settings: Settings, session: str) -> Subject:
    from simulator.conversation.record import record  # noqa: PLC0415 -- as in grading

    store = assemble.store(settings)
    events = store.events(session)
    persona, _ = packs_of(store, events[0])
    looked_back = record(events, persona)
    if looked_back.state.ended is None:
        raise BadInput(
            say("session {session} is not over; go on with: mot practice --resume {session}", session=session)
        )
    rubric = assemble.shelf(settings).rubric(settings.rubric)
    worded = in_language(rubric.value, looked_back.started.language)
    case = recorded(looked_back, persona)
    return Subject(session, looked_back.transcript, case, worded, rubric.sha256, outside=False)


async def _outside(settings: Settings, transcript: Transcript, persona: str | None) -> Subject:
    shelf = assemble.shelf(settings)
    named = persona or transcript.persona
    truth: Loaded[Persona] | None = shelf.persona(named) if named else None
    rubric = shelf.rubric(settings.rubric)
    language = transcript.language
    known = in_language(truth.value, language) if truth else None
    case = await outside(transcript, known, assemble.listener())
    spoken = Transcript(transcript.turns, language, named)
    return Subject(spoken.id, spoken, case, in_language(rubric.value, language), rubric.sha256, outside=True)
