"""Judges through a model: it says yes or no to statements, with quotes. Levels and totals stay with code.

One request a stage holds the whole dialogue: JSON under a key that its own words decide, and no template is ever filled
in with it. Whatever a turn says, it cannot end its own quotation.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any

from simulator.domain.persona import Persona
from simulator.domain.scorecard import Outcome, Quote, Verdict
from simulator.domain.text import Text
from simulator.domain.transcript import Transcript
from simulator.grading.case import Case
from simulator.grading.observations import StageRequest
from simulator.llm.answers import Message
from simulator.llm.docket import Docket
from simulator.llm.form import strict_object
from simulator.llm.harmless import harmless
from simulator.llm.prompts import render

_OUTCOMES: Mapping[str, Outcome] = {"yes": "met", "no": "not_met", "cannot_tell": "undecided"}

_dumped = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps would make one anew for every turn


class LlmJudge:
    """Judge over an endpoint. Several with one docket and different `sample` numbers ask the same things anew."""

    proves = True

    def __init__(self, docket: Docket, sample: int = 1) -> None:
        self._docket = docket
        self._sample = sample

    @property
    def name(self) -> str:
        """The model that answers, or the one that was named as long as none has."""
        return self._docket.judge

    async def answer(self, request: StageRequest) -> tuple[Verdict, ...]:
        """One verdict for each observation. Raises EndpointError."""
        ids = [observation.id for observation in request.observations]
        given = await self._docket.ask(
            messages_of(request),
            "judgement",
            _schema(ids),
            partial(miscounted, ids),
            self._sample,
            about=request.stage,
        )
        return tuple(_verdict(answer, given.model) for answer in given.value["answers"])


def messages_of(request: StageRequest) -> list[Message]:
    """What the model is told: how to judge, then the conversation and the statements as one JSON object.

    The statements come last, so that an endpoint can reuse all that precedes them for the next stage.
    """
    return [
        {"role": "system", "content": render("judge", request.language)},
        {"role": "user", "content": _as_data(request)},
    ]


def _as_data(request: StageRequest) -> str:
    return case_as_data(request.case, request.language, "statements", _statements(request))


def case_as_data(case: Case, language: str, asked: str, items: Iterable[Mapping[str, Any]]) -> str:
    """A conversation with what is true in it, as one JSON object, and what is asked of it: `items` under `asked`."""
    marker, dialogue = _dialogue(case.transcript)
    parts: list[tuple[str, str]] = [("marker", json.dumps(marker))]
    if case.persona:
        parts.append((f"scenario {marker}", _dumped(_scenario(case.persona, case, language))))
    parts += [(f"dialogue {marker}", dialogue), (f"{asked} {marker}", _listed(items))]
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {value}" for key, value in parts) + "\n}"


def marker_of(transcript: Transcript) -> str:
    """What only somebody who has the whole dialogue can know: no turn can hold it, for it would change it."""
    words = json.dumps([[turn.speaker, turn.text] for turn in transcript.turns])
    return sha256(words.encode()).hexdigest()[:12]


@lru_cache(maxsize=64)  # a request a stage holds the same one; as many as are judged at once
def _dialogue(transcript: Transcript) -> tuple[str, str]:
    """The marker of a conversation, and what was said in it."""
    turns = ({"n": turn.n, turn.speaker: turn.text} for turn in transcript.turns if turn.text)
    return marker_of(transcript), _listed(turns)


def _statements(request: StageRequest) -> Iterator[dict[str, str]]:
    """What is asked, the first of each criterion with what they are all about."""
    before = None
    for observation in request.observations:
        about = request.about.get(observation.id)
        told = {"about": about.in_language(request.language)} if about and about != before else {}
        told |= {"id": observation.id, "text": observation.text.in_language(request.language)}
        told["quote"] = observation.quote
        if observation.id in request.refused:
            told["refused"] = request.refused[observation.id]
        before = about
        yield told


def _scenario(persona: Persona, case: Case, language: str) -> dict[str, Any]:
    """What an observer of this conversation has to know to judge it, without what is empty."""

    def said(text: Text) -> str:
        return text.in_language(language)

    learner, voiced = persona.profile.learner, {need.id: need.turn for need in case.needs}
    authority, expectation = learner.authority, persona.closing.new_expectation
    told: dict[str, Any] = {
        "learner_is": said(learner.role),
        "learner_knows": [said(fact.text) for fact in learner.facts],
        "may_promise": [said(item.text) for item in authority.may],
        "may_promise_only_with_condition": [said(item.text) for item in authority.conditional],
        "may_never_promise": [said(item.text) for item in authority.may_not if not item.compliance],
        "red_lines": [said(item.text) for item in authority.red_lines],
        "must_tell": [
            {"text": said(news.text), "critical": news.critical and (news.need is None or bool(voiced.get(news.need)))}
            for news in persona.bad_news
        ],
        "opening_request": said(persona.profile.explicit_need.text),
        "hidden_needs": [{"text": said(need.text), "voiced_in": voiced.get(need.id)} for need in persona.needs],
    }
    if case.trap_turn:
        told["customer_pushes_for_promise_in"] = case.trap_turn
    if expectation and case.expectation_turn:
        told["new_expectation"] = {"text": said(expectation.text), "raised_in": case.expectation_turn}
    return {name: value for name, value in told.items() if value}


def _listed(items: Iterable[Mapping[str, Any]]) -> str:
    """A JSON list with a line for each item, harmless to servers. No item has a list in it."""
    lines = harmless(",\n".join(map(_dumped, items)))
    return f"[\n{lines}\n]"


def _schema(ids: Sequence[str]) -> dict[str, Any]:
    """The form of an answer, of what OpenAI's strict mode takes. Quotes come before the answer that rests on them."""
    quote = strict_object({"turn": {"type": "integer"}, "text": {"type": "string"}})
    answer = {
        "id": {"type": "string", "enum": list(ids)},
        "quotes": {"type": "array", "items": quote},
        "met": {"type": "string", "enum": list(_OUTCOMES)},
    }
    return strict_object({"answers": {"type": "array", "items": strict_object(answer)}})


def miscounted(ids: Sequence[str], value: Mapping[str, Any]) -> str | None:
    """What is wrong with the ids of a value whose "answers" should have each of `ids` once; None for nothing."""
    counts = Counter(answer["id"] for answer in value["answers"])
    missing = [one for one in ids if not counts[one]]
    doubled = [one for one in ids if counts[one] > 1]
    faults = [f"{what} {', '.join(which)}" for what, which in (("missing:", missing), ("twice:", doubled)) if which]
    return f'"answers" needs every id exactly once; {"; ".join(faults)}' if faults else None


def _verdict(answer: Mapping[str, Any], model: str) -> Verdict:
    outcome = _OUTCOMES[answer["met"]]
    quotes = tuple(Quote(quote["turn"], quote["text"]) for quote in answer["quotes"]) if outcome == "met" else ()
    reason = "cannot be told from what was said" if outcome == "undecided" else ""
    return Verdict(answer["id"], outcome, quotes, model, reason)
