"""Plays the customer through a model: what it is told is the brief and nothing else, and its words stream as they come.

The prompt is one system message, because some chat templates refuse a later one, and begins with what never changes, so
that an endpoint can reuse its prefix. The opening line stands in it: after it the messages begin with the learner's.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from simulator.conversation.brief import SOUR, Brief
from simulator.conversation.ports import Waiting
from simulator.domain.transcript import Turn
from simulator.errors import EndpointError
from simulator.llm.endpoint import Endpoint, TurnBudget
from simulator.llm.meter import UNPAID, Meter
from simulator.llm.prompts import render
from simulator.llm.tokens import Counter
from simulator.llm.topic_words import topic_words
from simulator.llm.window import Fitted, fit, with_room

TRIES = 3
"""Requests for one reply at most, shorter ones for a model whose window was overrun included."""

TONE = ("pressing", "told", "accepting")
"""Occasions whose wordings show the model how this customer talks."""

REACTIONS = ("puzzled", "irritated", "told", "accepting", "choosing", "agreeing")
"""Occasions that come out first, in this order: whoever has heard bad news does not begin by answering questions."""

FILLERS = ("listening", "pressing")
"""Occasions for a line that leaves nothing else to say."""

WORDS_THAT_ASK = 3
"""Words shown beside a fact, so that "One before bed" is seen to speak of tablets."""

CLAUSE_ENDS = re.compile(r"[^\w\s'’-]+")
SHORTEST_CLAUSE = 4
"""Characters: enough to tell a Chinese clause from a word that any reply may hold."""

SCRIPTS = {"en": "", "zh-Hans": "简体字", "zh-Hant": "繁體字，用臺灣的說法"}


class LlmActor:
    """Actor over an endpoint."""

    name = "llm"

    def __init__(self, endpoint: Endpoint, budget: TurnBudget, meter: Meter, counter: Counter, window: int) -> None:
        """`window`: tokens that prompt and reply may take together, unless the endpoint was found to take less."""
        self._endpoint = endpoint
        self._budget = budget
        self._meter = meter
        self._counter = counter
        self._window = window

    async def reply(self, brief: Brief) -> AsyncGenerator[str | Waiting, None]:
        """The reply as it streams. Raises EndpointError, with words before it where the endpoint broke off.

        A model that finds the prompt too long is asked again without the older half of the exchanges.
        """
        system = system_text(brief)
        exchanges = exchanges_of(brief.history)
        known = self._endpoint.known.window
        refused = 0
        for left in reversed(range(TRIES)):
            fitted = fit(self._counter, system, exchanges, brief.line, self._limit())
            kept = len(exchanges) - fitted.left_out
            spoken = False
            try:
                async with aclosing(self._asked(fitted, len(brief.history) // 2 - kept, left + 1)) as pieces:
                    async for piece in pieces:
                        spoken = spoken or isinstance(piece, str)
                        yield piece
            except EndpointError as error:
                if error.outcome != "context" or spoken or not (kept and left):
                    raise
                refused = self._counter.count_prompt(fitted.messages)
                exchanges = exchanges[len(exchanges) - kept // 2 :]
            else:
                if refused and self._endpoint.known.window == known:  # else the endpoint has named its window itself
                    self._endpoint.learn(window=max(refused, with_room(self._counter.count_prompt(fitted.messages))))
                return

    def _limit(self) -> int:
        return min(self._window, self._endpoint.known.window or self._window)

    async def _asked(self, fitted: Fitted, left_out: int, tries: int) -> AsyncGenerator[str | Waiting, None]:
        """One request, put on the meter however it ends: whoever stops a reply has asked for it all the same."""
        stream = self._endpoint.stream(fitted.messages, seconds=self._budget.left(), tries=tries)
        said: list[str] = []
        paid = True
        try:
            async with aclosing(stream.pieces()) as pieces:
                async for piece in pieces:
                    if isinstance(piece, str):
                        said.append(piece)
                    yield piece
        except EndpointError as error:
            paid = bool(said or stream.spent) or error.outcome not in UNPAID
            raise
        finally:
            if paid:
                self._meter.add(
                    "actor", self._endpoint.model, stream.spent, fitted.messages, "".join(said), left_out=left_out
                )


def exchanges_of(history: Sequence[Turn]) -> list[tuple[Turn, Turn]]:
    """The learner's lines with the customer's replies, without the opening line, which the prompt holds.

    A reply of nothing but space is sent as a silence: endpoints refuse an empty message.
    """
    turns = [turn if turn.text else replace(turn, text="…") for turn in history if turn.n > 1]
    return list(zip(turns[::2], turns[1::2], strict=True))


def system_text(brief: Brief) -> str:
    """What the model is told before the conversation; the same brief gives the same text."""
    profile, language = brief.profile, brief.language
    moment = _moment(brief)
    facts = [{"words": topic_words(f.match, language, WORDS_THAT_ASK), "text": f.text} for f in brief.known]
    return render(
        "actor",
        language,
        who=profile.name.in_language(language),
        identity=profile.identity.in_language(language),
        channel=profile.channel,
        role=profile.learner.role.in_language(language),
        opening=profile.opening.in_language(language),
        explicit=profile.explicit_need.text.in_language(language),
        mood_label=brief.mood_label,
        tone=[brief.lines[kind][0] for kind in TONE],
        script=SCRIPTS[language],
        facts=facts,
        opened=brief.opened,
        walk_out=brief.walk_out,
        mood=_mood(brief.mood),
        patience=_patience(brief.patience_left),
        first=[(kind, _example(brief, kind)) for kind in REACTIONS if kind in moment],
        asked=_fresh(brief),
        voice=brief.voice,
        again=_again(brief),
        closing=brief.closing,
        settled=brief.settled,
        unmet=[need.reveal for need in brief.unmet] if brief.settled is False else [],
        then=[(kind, _example(brief, kind)) for kind in moment if kind not in REACTIONS],
        pending=_pending(brief),
        expectation=brief.expectation,
        cue=brief.cue,
        trap=brief.trap,
    )


def _moment(brief: Brief) -> list[str]:
    """The occasions that this reply should meet: what merely fills a gap is left out where there is none."""
    left_out = set()
    if _confirming(brief):
        left_out.add("agreeing")
    if brief.closing:
        left_out.add("accepting")
    if _confirming(brief) or brief.voice or _fresh(brief) or _again(brief) or _pending(brief):
        left_out |= {"unknown", *FILLERS}
    if {"agreeing", "choosing"} & set(brief.occasions):  # then that is what was asked
        left_out.add("unknown")
    kinds = [kind for kind in brief.occasions if kind not in left_out]
    telling = [kind for kind in kinds if kind not in FILLERS]
    return telling or kinds[:1]


def _confirming(brief: Brief) -> bool:
    return brief.closing is not None or brief.settled is not None


def _fresh(brief: Brief) -> list[str]:
    """Facts that the line asks for and no line asked for before."""
    return [fact.text for fact in brief.asked if not fact.told]


def _again(brief: Brief) -> list[str]:
    """What the line asks for and was told before. A check that names it does not ask for it."""
    if _confirming(brief) or "agreeing" in brief.occasions:
        return []
    asks = "unknown" in brief.occasions and not (brief.voice or brief.asked)
    needs = [need.reveal for need in brief.opened if asks and need.id in brief.touched]
    return [fact.text for fact in brief.asked if fact.told] + needs


def _pending(brief: Brief) -> str | None:
    """What the customer asked for and hears nothing of. They come back to it where the line leaves them room."""
    quiet = brief.settled is not None or set(brief.occasions) <= {"unknown", "farewell", *FILLERS}
    return brief.pending if quiet and not (brief.voice or brief.asked or _again(brief)) else None


def _example(brief: Brief, kind: str) -> str:
    """A wording of the occasion's: not the one that shows the tone, and if possible none that was heard before."""
    if kind == "irritated" and brief.irritated:
        return brief.irritated[0]
    meant = brief.lines[kind][1:] if kind in TONE else brief.lines[kind]
    heard = " ".join(turn.text for turn in brief.history if turn.speaker == "persona")
    wordings = [wording for wording in meant if not _heard(wording, heard)] or meant
    return wordings[(brief.seed + brief.turn // 2) % len(wordings)]


def _heard(wording: str, said: str) -> bool:
    """Whether a clause of the wording was said: whoever takes it up rewords the rest."""
    clauses = (clause.strip().casefold() for clause in CLAUSE_ENDS.split(wording))
    return any(clause in said.casefold() for clause in clauses if len(clause) >= SHORTEST_CLAUSE)


def _mood(mood: float) -> str:
    """A word for -3..3 that the prompt spells out."""
    for limit, word in ((SOUR, "sour"), (-0.5, "tense"), (0.5, "even"), (1.5, "eased")):
        if mood <= limit:
            return word
    return "glad"


def _patience(left: float) -> str:
    """A word for the share of patience that is left."""
    if left > 0.7:  # noqa: PLR2004 -- thirds, of which the first goes unmentioned
        return "whole"
    return "thin" if left > 0.35 else "last"  # noqa: PLR2004
