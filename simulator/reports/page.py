"""One judged conversation as a page: what was said, what came to light in which turn, and what to make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

from simulator.domain.scorecard import NeedOutcome
from simulator.reports.headings import signs
from simulator.reports.view import View, view_of
from simulator.wording import say, speaking

if TYPE_CHECKING:
    from simulator.conversation.record import Record
    from simulator.domain.persona import Persona
    from simulator.domain.rubric import Rubric
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.transcript import Transcript

Kind = Literal["elicited", "volunteered", "blocked", "missed", "trap", "promise", "news", "confirm"]

SIGNS: Mapping[Kind, str] = {
    "elicited": "◆",
    "volunteered": "○",
    "blocked": "△",
    "missed": "✕",
    "trap": "▲",
    "promise": "¶",
    "news": "!",
    "confirm": "✓",
}
"""A sign for each kind of moment: nothing depends on colour."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in a turn, in words."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class TurnView:
    """One turn. `mood` is the customer's after it, -3..3, where the learner's words moved it; `cut`: it broke off."""

    n: int
    name: str
    mine: bool
    text: str
    cut: bool
    moments: tuple[Moment, ...]
    mood: float | None = None

    @property
    def signs(self) -> tuple[Kind, ...]:
        """What stands over the turn in a timeline: a sign for each need, of anything else one is enough."""
        kinds = [moment.kind for moment in self.moments]
        return tuple(kind for at, kind in enumerate(kinds) if kind in get_args(NeedOutcome) or kind not in kinds[:at])


@dataclass(frozen=True, slots=True)
class Page:
    """A conversation and its debrief in its own language. `missed` are needs that no turn hints at.

    `beside` are reasons why its score stands for itself; `about` are label and value of where all this comes from;
    `contested` are findings that somebody holds to be wrong, with why; `notes` are the learner's, with their turn;
    `mood_told` says in words what a drawing of the customer's mood shows.
    """

    id: str
    language: str
    title: str
    customer: str
    at: datetime | None
    view: View
    turns: tuple[TurnView, ...]
    missed: tuple[Moment, ...]
    beside: tuple[str, ...]
    about: tuple[tuple[str, str], ...]
    contested: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()
    mood_told: str = ""

    @property
    def kinds(self) -> frozenset[Kind]:
        """The kinds of moment there are, for a legend."""
        return frozenset(moment.kind for turn in self.turns for moment in turn.moments)

    @property
    def moods(self) -> tuple[float, ...]:
        """The customer's mood as it went, -3..3."""
        return tuple(turn.mood for turn in self.turns if turn.mood is not None)


def page_of(
    name: str,
    scorecard: Scorecard,
    rubric: Rubric,
    transcript: Transcript,
    *,
    persona: Persona | None = None,
    record: Record | None = None,
    at: datetime | None = None,
) -> Page:
    """The page of a session (`record`) or of an outside transcript. `name` is what it is known by, `at` when it ended.

    Raises LookupError where the rubric or the persona has no wording in the transcript's language.
    """
    language = transcript.language
    if record:  # which has the words that opened a need, a stored scorecard has not
        scorecard = replace(scorecard, needs=record.needs)
    profile = persona.profile if persona else None
    with speaking(language):
        view = view_of(scorecard, rubric, language, persona, record)
        moments = _by_turn(view, record)
        moods = {moved.turn: moved.mood for moved in record.moods} if record else {}
        customer = profile.name.in_language(language) if profile else say("Customer")
        return Page(
            id=name,
            language=language,
            title=profile.title.in_language(language) if profile else name,
            customer=customer,
            at=at,
            view=view,
            turns=tuple(
                TurnView(
                    n=turn.n,
                    name=say("You") if turn.speaker == "learner" else customer,
                    mine=turn.speaker == "learner",
                    text=turn.text,
                    cut=turn.status != "complete",
                    moments=tuple(moments.get(turn.n, ())),
                    mood=moods.get(turn.n),
                )
                for turn in transcript.turns
            ),
            missed=tuple(moments.get(0, ())),
            beside=tuple(_beside(record)) if record else (),
            about=tuple(_about(name, scorecard, f"{rubric.title.in_language(language)} {rubric.version}", record, at)),
            contested=tuple((one.item, one.reason) for one in record.state.contested) if record else (),
            notes=tuple((note.turn, note.text) for note in record.state.notes) if record else (),
            mood_told=_mood_told(record) if record else "",
        )


def judged_by(judge: str | None) -> str:
    """Who judged, in words; `judge` is `offline` or a model's name."""
    return say("the offline judge") if judge == "offline" else judge or say("nobody")


def _by_turn(view: View, record: Record | None) -> dict[int, list[Moment]]:
    """What happened in each turn; what has none stands under 0."""
    found: dict[int, list[Moment]] = {}
    for turn, moment in _moments(view, record):
        found.setdefault(turn, []).append(moment)
    return found


def _moments(view: View, record: Record | None) -> Iterator[tuple[int, Moment]]:
    hints = [record.state.cues.get(need.id, 0) for need in record.needs] if record else [0] * len(view.needs)
    for need, hint in zip(view.needs, hints, strict=True):
        turn = {"missed": hint, "blocked": need.words.turn if need.words else 0}.get(need.outcome, need.turn or 0)
        yield turn, Moment(need.outcome, need.text)
    if record and record.state.trap_turn:
        yield record.state.trap_turn, Moment("trap", signs()["trap"])
    for promise, standing in view.promises:
        yield promise.turn, Moment("promise", standing)
    for news in view.news:
        if news.turn:
            yield news.turn, Moment("news", news.text)
    if record and record.state.confirmed:
        yield record.state.confirmed.turn, Moment("confirm", signs()["confirm"])


def _mood_told(record: Record) -> str:
    if not record.moods:
        return ""
    worst = min(record.moods, key=lambda moved: moved.mood)
    return say(
        "The customer's mood, from -3 to 3: {first:g} at first, {worst:g} at worst in turn {turn}, {last:g} at last.",
        first=record.moods[0].mood,
        turn=worst.turn,
        worst=worst.mood,
        last=record.moods[-1].mood,
    )


def _beside(record: Record) -> Iterator[str]:
    """Why the score does not count for best scores, mastery and full loops."""
    state, branch = record.state, record.started.branches_off
    if state.hints:
        yield say("Hints looked at: {count}.", count=len(state.hints))
    if state.undone:
        yield say("Exchanges taken back: {count}.", count=state.undone)
    if branch:
        session, turn = branch
        yield say("This is a second try, from turn {turn} of session {session}.", turn=turn, session=session)
    if state.hints or state.undone or branch:
        yield say("So this score does not count for best scores, mastery or full loops.")


def _about(
    name: str, scorecard: Scorecard, title: str, record: Record | None, at: datetime | None
) -> Iterator[tuple[str, str]]:
    made = scorecard.provenance
    yield (say("Session") if record else say("Transcript")), name
    if record:
        yield say("Learner"), record.started.learner
    if at:
        yield say("Date"), f"{at:%Y-%m-%d %H:%M}"
    yield say("Rubric"), f"{title} ({(made.get('rubric_hash') or '')[:12]})"
    yield say("Judged by"), judged_by(made.get("judge_answered") or made.get("judge"))
    if program := made.get("program"):
        yield say("Program"), program
