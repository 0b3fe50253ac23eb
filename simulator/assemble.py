"""The only place that picks implementations: shelf, store, listener, actor and judge, from settings.

Each is made when it is first asked for, so a command pays for what it uses.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from simulator.conversation.engine import Cast
    from simulator.conversation.ports import Listener
    from simulator.domain.persona import PublicProfile
    from simulator.domain.rubric import Rubric, Stage
    from simulator.domain.scorecard import Scorecard
    from simulator.domain.usage import Prices
    from simulator.grading.case import Case
    from simulator.grading.observations import Judge
    from simulator.llm.drafter import LlmDrafter
    from simulator.llm.endpoint import Endpoint
    from simulator.llm.learner import LlmLearner
    from simulator.llm.meter import Meter
    from simulator.llm.tokens import Counter
    from simulator.packs.find import PackShelf
    from simulator.settings import Settings
    from simulator.store.store import Store


@dataclass(frozen=True, slots=True)
class Company:
    """Who hears and plays in a conversation, and the endpoint they ask; None: they ask nobody."""

    cast: Cast
    endpoint: Endpoint | None = None


Coach = Callable[["Scorecard", "Case", "Rubric", str], Awaitable["Scorecard"]]
"""Gives a scorecard better coaching, in a language."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who judges one conversation. `concluded` gives its scorecard, once complete, what judging came to. `coach` None:
    the coaching is the pack's.
    """

    judge: Judge
    concluded: Callable[[Scorecard], Scorecard]
    coach: Coach | None = None


@dataclass(frozen=True, slots=True)
class Court:
    """Who judges in one run: each conversation gets a seat of its own. `endpoint` None: nobody is asked.

    An asynchronous context manager, which lets go of the endpoint in the event loop that used it.
    """

    seat: Callable[[Rubric], Seat]
    endpoint: Endpoint | None = None

    async def __aenter__(self) -> Self:
        """The court itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the endpoint."""
        if self.endpoint:
            await self.endpoint.close()

    def announcing(self, told: Callable[[Stage], None]) -> Court:
        """The same court, where a model's judging tells each stage once it is judged."""
        if self.endpoint is None:  # it is over at once
            return self
        from simulator.grading.announced import Announced  # noqa: PLC0415 -- the grader is for after the end

        def seat(rubric: Rubric) -> Seat:
            plain, stages = self.seat(rubric), {stage.id: stage for stage in rubric.stages}
            return replace(plain, judge=Announced(plain.judge, lambda stage: told(stages[stage])))

        return replace(self, seat=seat)


def now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


def new_session_id() -> str:
    """An id that sorts by time and can be typed: date, time, and four hexadecimal digits against collision."""
    return f"{now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def new_seed() -> int:
    """A seed for a session that was given none."""
    return secrets.randbelow(2**31)


def shelf(settings: Settings) -> PackShelf:
    """Where personas and rubrics are looked for. Raises BadInput where the working folder is gone."""
    from simulator.errors import BadInput  # noqa: PLC0415
    from simulator.packs.find import PackShelf, default_folders  # noqa: PLC0415 -- YAML is for those who read packs
    from simulator.wording import say  # noqa: PLC0415

    try:
        here = Path.cwd()
    except OSError as error:
        raise BadInput(say("the working folder cannot be used: {reason}", reason=error.strerror)) from error
    return PackShelf(default_folders(settings.packs, here, settings.config_folder))


def store(settings: Settings) -> Store:
    """The event store. Raises StoreError where the settings name one that this program does not speak to."""
    from simulator.errors import StoreError  # noqa: PLC0415
    from simulator.store.store import open_store  # noqa: PLC0415
    from simulator.wording import say  # noqa: PLC0415

    if settings.database_url:
        raise StoreError(say("MOT_DATABASE_URL: only the embedded store is available in this version; unset it"))
    return open_store(settings.home, now)


def kept_answers(settings: Settings) -> Path:
    """Where a model's answers are kept until the grade they belong to is finished."""
    return settings.home / "judging"


def report_page(settings: Settings, session: str) -> Path:
    """Where the app puts the report of a session."""
    from simulator.exchange.names import file_name  # noqa: PLC0415 -- for those who take something out

    return settings.home / "reports" / f"{file_name(session)}.html"


def listener() -> Listener:
    """Who hears lines outside a conversation: transcripts to be graded, lines to be explained. No model does, whatever
    the settings name: what is graded without one can be graded again by anybody.
    """
    from simulator.offline.listener import OfflineListener  # noqa: PLC0415

    return OfflineListener()


def endpoint(settings: Settings) -> Endpoint | None:
    """The endpoint that the settings name, with what earlier runs found out about it; None: no model was named."""
    if settings.endpoint is None:
        return None
    from simulator.llm.endpoint import Endpoint  # noqa: PLC0415 -- only for those who ask a model
    from simulator.llm.memory import Memory  # noqa: PLC0415

    named = settings.endpoint
    return Endpoint(named.model, named.base_url, named.api_key, Memory(settings.home / "endpoints.json"))


def company(settings: Settings) -> Company:
    """Who hears and who plays in a new or resumed conversation. What a model needs is made ready meanwhile."""
    from simulator.conversation.engine import Cast  # noqa: PLC0415
    from simulator.offline.actor import OfflineActor  # noqa: PLC0415
    from simulator.offline.listener import OfflineListener  # noqa: PLC0415

    asked = endpoint(settings)
    if asked is None:
        return Company(Cast(OfflineListener(), OfflineActor(), stand_in=OfflineListener()))
    from simulator.llm.actor import LlmActor  # noqa: PLC0415
    from simulator.llm.endpoint import TurnBudget  # noqa: PLC0415
    from simulator.llm.listener import LlmListener  # noqa: PLC0415
    from simulator.llm.meter import Meter  # noqa: PLC0415

    counter, prices = _ready(settings, asked)
    budget, meter = TurnBudget(), Meter(counter, prices)
    actor = LlmActor(asked, budget, meter, counter, settings.context_window)
    return Company(Cast(LlmListener(asked, budget, meter), actor, OfflineListener(), meter), asked)


def drafter(settings: Settings) -> LlmDrafter:
    """Who drafts a pack from a text. Raises BadInput where no model is named: nobody else can."""
    from simulator.llm.drafter import LlmDrafter  # noqa: PLC0415 -- only for those who ask a model

    return LlmDrafter(*_asked(settings))


def learner(settings: Settings, profile: PublicProfile, language: str) -> LlmLearner:
    """The model that plays the learner of one conversation. Raises BadInput where none is named."""
    from simulator.llm.learner import LlmLearner  # noqa: PLC0415 -- only for those who ask a model

    return LlmLearner(*_asked(settings), profile, language)


def _asked(settings: Settings) -> tuple[Endpoint, Meter]:
    """The endpoint of one piece of work, getting ready, and a meter for it. Raises BadInput where no model is named."""
    from simulator.errors import BadInput  # noqa: PLC0415
    from simulator.llm.meter import Meter  # noqa: PLC0415
    from simulator.wording import say  # noqa: PLC0415

    asked = endpoint(settings)
    if asked is None:
        raise BadInput(say("no model is named; name one with --model or MOT_MODEL"))
    return asked, Meter(*_ready(settings, asked))


def _ready(settings: Settings, asked: Endpoint) -> tuple[Counter, Prices | None]:
    """What counts a model's tokens, and what they cost. Client and encoding get ready behind the caller's back."""
    from simulator.llm.tokens import Counter  # noqa: PLC0415 -- only for those who ask a model

    asked.warm()
    counter = Counter(asked.model)
    counter.prepare()
    return counter, settings.prices


def court(
    settings: Settings, samples: int = 1, asked: Endpoint | None = None, *, coaching: bool = True, jobs: int = 1
) -> Court:
    """Who answers the observations that code cannot: the model that the settings name, `samples` times, or nobody.

    The model coaches too, unless nobody will read it. `asked` is its endpoint where one is open already. With `jobs`
    conversations judged at once, less of each is: who says how many has said what the endpoint bears.
    """
    asked = asked or endpoint(settings)
    if asked is None:
        from simulator.offline.judge import OfflineJudge  # noqa: PLC0415

        return Court(lambda rubric: Seat(OfflineJudge(rubric), lambda card: card))
    from simulator.grading.sampling import Majority  # noqa: PLC0415
    from simulator.llm.coach import LlmCoach  # noqa: PLC0415
    from simulator.llm.docket import Bench, Docket  # noqa: PLC0415
    from simulator.llm.judge import LlmJudge  # noqa: PLC0415
    from simulator.llm.pace import AT_ONCE  # noqa: PLC0415

    bench = Bench(asked, *_ready(settings, asked), kept_answers(settings), at_once=max(1, AT_ONCE // jobs))

    def seat(rubric: Rubric) -> Seat:
        del rubric  # its observations come with each request
        docket = Docket(bench)
        judges = [LlmJudge(docket, sample) for sample in range(1, samples + 1)]
        judge = judges[0] if samples == 1 else Majority(judges)
        coach = LlmCoach(docket).coach if coaching else None
        return Seat(judge, lambda card: replace(docket.concluded(card), samples=samples), coach)

    return Court(seat, asked)
