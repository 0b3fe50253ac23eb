"""A small customer and scripted ports for tests. A script that runs dry raises: no test passes by silence."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field, replace

from simulator.conversation.brief import Brief
from simulator.conversation.ports import Scene, Waiting
from simulator.domain import persona as p
from simulator.domain.acts import ActSpan, HeardSentence, Hearing, TopicSpan
from simulator.domain.events import Event, SessionStarted
from simulator.domain.learner import Authority, AuthorityItem, LearnerBrief, LearnerFact
from simulator.domain.text import Match, Text


def text(words: str) -> Text:
    return Text({"en": words, "zh-Hans": f"「{words}」"})


def match(*groups: Iterable[str]) -> Match:
    return Match({"en": tuple(tuple(group) for group in groups)})


def need(need_id: str, act: str, topic: str, **changes: object) -> p.LatentNeed:
    """A need called after its topic, opened by `act` on it, with a secret of its own."""
    plain = p.LatentNeed(
        id=need_id,
        interest="company",
        text=text(f"wants the {topic} sorted"),
        cue=text(f"Hm, the {topic}."),
        unlock=p.Unlock((act,), match((topic,)), 0),
        reveal=text(f"It is the {topic}: secret-{need_id}."),
        keywords=match((f"secret-{need_id}",)),
        secret=match((f"secret-{need_id}",)),
        example=text(f"What about the {topic}?"),
    )
    return replace(plain, **changes)


def a_persona(*needs: p.LatentNeed, **changes: object) -> p.Persona:
    """A customer with two needs (or those given), one irritation and the plainest of everything else."""
    authority = Authority(
        may=(AuthorityItem("M1", text("send the file"), match(("file",))),),
        conditional=(AuthorityItem("K1", text("a time"), match(("by four",)), match(("finance",))),),
        may_not=(AuthorityItem("N1", text("a call back"), match(("call you", "ring you"))),),
    )
    profile = p.PublicProfile(
        id="a-customer",
        title=text("A customer"),
        sector="office",
        channel="phone",
        difficulty=1,
        languages=("en", "zh-Hans"),
        name=text("Ms Chen"),
        identity=text("office manager"),
        mood_label=text("hurried"),
        bearing={},
        opening=text("Hello, is he there?"),
        explicit_need=p.ExplicitNeed("EXP", text("speak to him"), match(("speak", "reach"))),
        learner=LearnerBrief(text("assistant"), (LearnerFact("F1", text("He is out.")),), (), authority),
    )
    plain = p.Persona(
        profile=profile,
        facts=(p.PersonaFact("P1", text("I'm at my desk."), match(("desk",))),),
        needs=needs or (need("L1", "open_question", "paper"), need("L2", "reflect_feeling", "worry")),
        start=p.Start(mood=-1, trust=1, patience=4),
        deltas={},
        irritations=(p.Irritation("I1", text("sent away"), p.Trigger(acts=("pass_the_buck",)), -1, -2),),
        trap=p.Trap(
            text("So he rings me at once?"), text("Sure."), text("Nobody asked him."), text("No."), match(("ring",))
        ),
        bad_news=(
            p.BadNews("B1", text("He is out until half past three."), match(("half past three",)), critical=True),
        ),
        checklist=p.Checklist(
            complete=(
                p.ChecklistItem("OC1", text("a note to him"), match(("note",)), ("EXP",)),
                p.ChecklistItem("OC2", text("the paper"), match(("paper",)), ("L1",)),
                p.ChecklistItem("OC3", text("somebody owns it"), match(("own it",)), ("L2",)),
            ),
            practical=(p.ChecklistItem("OP1", text("a time"), match(("half past three",))),),
            win_win=(),
        ),
        lines={kind: (text(f"{kind} one."), text(f"{kind} two.")) for kind in p.LINE_KINDS},
        closing=p.Closing(
            satisfied=text("That is what I need."),
            unsatisfied=text("I suppose so."),
            new_expectation=p.NewExpectation(
                id="NX1",
                text=text("copy the deputy"),
                reveal=text("Could my deputy have it too?"),
                match=match(("deputy",)),
                explore_points=(p.PersonaFact("X1", text("Her name is Zhou."), match(("name",))),),
                good_response=text("Ask the name, then copy."),
            ),
            no_confirm=text("She rings somebody else."),
        ),
    )
    return replace(plain, **changes)


def sentence(words: str, *acts: str, topics: Iterable[str] = ()) -> HeardSentence:
    """A sentence doing these acts, touching these topics, all of it shown by the whole sentence."""
    return HeardSentence(
        words,
        0,
        len(words),
        tuple(ActSpan(act, words) for act in acts),
        tuple(TopicSpan(topic, words) for topic in topics),
    )


def hearing(*sentences: HeardSentence) -> Hearing:
    return Hearing(sentences)


def started(**changes: object) -> SessionStarted:
    plain = SessionStarted(
        session="s-1",
        persona="a-customer",
        persona_hash="0" * 64,
        rubric="a-rubric",
        rubric_hash="1" * 64,
        language="en",
        seed=7,
        learner="learner",
        listener="offline",
        actor="offline",
        program="test",
    )
    return replace(plain, **changes)


@dataclass
class ScriptedListener:
    """Hears what it was told to, in order; an exception in the script is raised."""

    script: deque[Hearing | Exception]
    name: str = "scripted"
    scenes: list[Scene] = field(default_factory=list)

    async def hear(self, line: str, scene: Scene) -> Hearing:
        del line
        self.scenes.append(scene)
        answer = self.script.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class ScriptedActor:
    """Says what it was told to, in pieces; an exception among the pieces is raised there."""

    script: deque[list[str | Waiting | Exception]]
    name: str = "scripted"
    briefs: list[Brief] = field(default_factory=list)

    async def reply(self, brief: Brief) -> AsyncGenerator[str | Waiting, None]:
        self.briefs.append(brief)
        for piece in self.script.popleft():
            if isinstance(piece, Exception):
                raise piece
            yield piece


@dataclass
class MemoryJournal:
    """Keeps commits apart, so that a test sees what became durable together."""

    commits: list[tuple[Event, ...]] = field(default_factory=list)
    failure: Exception | None = None

    async def append(self, *events: Event) -> None:
        if self.failure:
            raise self.failure
        self.commits.append(events)

    @property
    def events(self) -> list[Event]:
        return [event for commit in self.commits for event in commit]
