"""Coaches through a model: one request for a whole debrief, and nothing of the answer is shown unchecked.

Whatever fails a check, or does not come at all, stays as the pack has it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from simulator.conversation.promise_ledger import promises
from simulator.domain.rubric import Criterion, Rubric
from simulator.domain.scorecard import Coaching, Quote, Scorecard
from simulator.domain.transcript import Transcript, Turn
from simulator.errors import EndpointError
from simulator.grading.case import Case
from simulator.grading.evidence import verify
from simulator.language.acts import hear
from simulator.language.normalize import lexicon_language
from simulator.language.topics import finder
from simulator.llm.docket import Docket
from simulator.llm.form import strict_object
from simulator.llm.judge import case_as_data, miscounted
from simulator.llm.prompts import render
from simulator.text_gate import clean

LONGEST = 400
"""Characters of a line or of advice. Two or three spoken sentences; the longest of the shipped packs has 260."""

COLD = ("argue", "blame", "contempt", "pass_the_buck", "guarantee")
"""Acts that no line held up to a learner does."""

_MARKUP = re.compile(r"[*_`#<>\[\]{}|\\]|https?:|\n")
_NUMBER = re.compile(r"\d+")


class LlmCoach:
    """Puts a model's coaching in the place of the pack's, piece by piece."""

    def __init__(self, docket: Docket) -> None:
        self._docket = docket

    async def coach(self, card: Scorecard, case: Case, rubric: Rubric, language: str) -> Scorecard:
        """The scorecard with better coaching where the model has any. Never raises for what the endpoint does."""
        if not card.coaching or card.unjudged:
            return card
        criteria = {criterion.id: criterion for criterion in rubric.criteria}
        ids = [piece.criterion for piece in card.coaching]
        data = case_as_data(
            case,
            language,
            "pieces",
            (_piece(piece, criteria[piece.criterion], card, language) for piece in card.coaching),
        )
        messages = [{"role": "system", "content": render("coach", language)}, {"role": "user", "content": data}]
        try:
            given = await self._docket.ask(messages, "coaching", _schema(ids), partial(miscounted, ids), role="coach")
        except EndpointError:
            return card
        answers = {answer["id"]: answer for answer in given.value["answers"]}
        check = _Check(case, language, data)
        pieces = (check.better_of(piece, answers[piece.criterion]) for piece in card.coaching)
        return replace(card, coaching=tuple(pieces))


def _piece(piece: Coaching, criterion: Criterion, card: Scorecard, language: str) -> dict[str, Any]:
    """What fell short, and what the pack has to say about it."""
    level = next(score.level for score in card.criteria if score.id == piece.criterion)
    told: dict[str, Any] = {
        "id": piece.criterion,
        "about": criterion.what.in_language(language),
        "level": level,
        "advice": piece.advice,
    }
    if piece.quote:
        told["said"] = {"turn": piece.quote.turn, "text": piece.quote.text}
    if piece.better:
        told["example"] = piece.better
    return told


def _schema(ids: Sequence[str]) -> dict[str, Any]:
    """The form of an answer, of what OpenAI's strict mode takes."""
    text = {"type": "string"}
    answer = {
        "id": {"type": "string", "enum": list(ids)},
        "turn": {"type": "integer"},
        "quote": text,
        "better": text,
        "advice": text,
    }
    return strict_object({"answers": {"type": "array", "items": strict_object(answer)}})


class _Check:
    """What a model's piece is held to. `data` is what the model was told: all numbers it may use stand there."""

    def __init__(self, case: Case, language: str, data: str) -> None:
        self._case = case
        self._lexicon = "en" if language == "en" else "zh-Hans"
        self._numbers = {int(number) for number in _NUMBER.findall(data)}

    def better_of(self, authored: Coaching, answer: Mapping[str, Any]) -> Coaching:
        """The model's piece if it stands every check, else the authored one."""
        quote = Quote(answer["turn"], answer["quote"].strip())
        better, advice = answer["better"].strip(), answer["advice"].strip()
        sound = (
            not verify(quote, self._case.transcript, "learner", self._case.hearings)
            and self._readable(better)
            and self._readable(advice)
            and self._numbers >= {int(number) for number in _NUMBER.findall(better)}
            and self._fit_to_say(better)
        )
        return Coaching(authored.criterion, advice, quote, better, "model") if sound else authored

    def _readable(self, text: str) -> bool:
        """Short, clean, of the conversation's language, and for the learner rather than for a grader."""
        if not 0 < len(text) <= LONGEST or clean(text) != text or _MARKUP.search(text):
            return False
        return lexicon_language(text) == self._lexicon and not hear(text).flags

    def _fit_to_say(self, line: str) -> bool:
        """Whether a colleague may say it: nothing outside authority, no red line, nothing cold."""
        heard = hear(line)
        said = Transcript((Turn(1, "learner", line),), self._lexicon)
        if any(made.within_authority is False for made in promises(said, {1: heard}, self._case.persona)):
            return False
        stated = (s for s in heard.sentences if not s.does("refuse", "state_limit", "withdraw_promise"))
        persona = self._case.persona
        red_lines = persona.profile.learner.authority.red_lines if persona else ()
        crossed = any(finder(item.match).find(s.text) for s in stated for item in red_lines)
        return not crossed and not set(heard.acts) & set(COLD)
