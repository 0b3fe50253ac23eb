"""Hears a line through a model: it labels numbered sentences with ids from closed lists, and code keeps the last word.

The model sees what the customer said last, the sentences, and topic ids with what they are about. What it answers can
neither name a need nor move a number; what code sets aside it is not even shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, get_args

from simulator.conversation.ports import Scene
from simulator.domain.acts import ACTS, ActSpan, Flag, HeardSentence, Hearing, TopicSpan
from simulator.domain.text import Match
from simulator.language.acts import hear
from simulator.language.per_pack import once_per_pack
from simulator.language.topics import Finders, finders
from simulator.llm.endpoint import Endpoint, TurnBudget
from simulator.llm.form import strict_object
from simulator.llm.harmless import harmless
from simulator.llm.meter import Meter
from simulator.llm.prompts import render
from simulator.llm.structured import ask_structured
from simulator.llm.topic_words import topic_words

SECONDS = 20.0
"""A third of the turn's time (reliability.md: 60 s): the reply needs the rest, and the offline ear takes no time."""

TRIES = 2
LONGEST_WAIT = 2.0
"""Seconds. Whoever must be waited for longer is not waited for: the offline ear hears the line at once."""

HEARD = tuple(act for act in ACTS if act not in ("follow_up", "script_repeat"))
"""Acts that a line shows by itself. The other two need the conversation so far: conversation/context.py adds them."""

WORDS_SHOWN = 16
"""Words of a synonym group that the model is shown, where nothing else says what is meant."""

WORDS_BESIDE = 6
"""Words shown beside what says so."""

REPLY_SHOWN = 600
"""Characters of each reply of the customer's that the model is shown, from its end."""

MOST_BY_MEANING = 2
"""Topics that one sentence may touch on the model's word alone. See `_topics`."""


class LlmListener:
    """Listener over an endpoint. It begins the turn's `budget` and writes what it spent to `meter`."""

    name = "llm"

    def __init__(self, endpoint: Endpoint, budget: TurnBudget, meter: Meter) -> None:
        self._endpoint = endpoint
        self._budget = budget
        self._meter = meter

    async def hear(self, line: str, scene: Scene) -> Hearing:
        """Acts and topics of the line, each shown by its whole sentence. Raises EndpointError.

        A sentence that code sets aside stays as code heard it, and so does a line mostly of such.
        """
        self._budget.restart()
        by_code = hear(line, scene.previous)
        if by_code.mostly_set_aside:
            return by_code
        heard = list(by_code.sentences)
        numbered = [at for at, sentence in enumerate(heard) if not sentence.flag]
        asked = _asked(scene.language, tuple(_topic_lines(scene)))
        told = "\n".join(" ".join(reply[-REPLY_SHOWN:].split()) for reply in scene.said)
        said = {str(number): heard[at].text for number, at in enumerate(numbered, start=1)}
        answer = await ask_structured(
            self._endpoint,
            [
                {"role": "system", "content": asked.prompt},
                {"role": "user", "content": _as_data({"customer": told, "label": said})},
            ],
            "hearing",
            asked.schema,
            seconds=min(SECONDS, self._budget.left()),
            tries=TRIES,
            longest_wait=LONGEST_WAIT,
            fault=lambda value: _miscounted(value, len(numbered)),
            paid=self._meter.of("listener", self._endpoint.model),
        )
        for label in answer.value["sentences"]:
            at = numbered[label["n"] - 1]
            heard[at] = _labelled(heard[at], label, scene.topics)
        return Hearing(tuple(heard))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stays the same for every line of a session."""

    prompt: str
    schema: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _TopicLine:
    """What the model is told of one id. `further`: the need it asks more about."""

    id: str
    about: str
    further: str
    words: str


@lru_cache(maxsize=16)
def _asked(language: str, topics: tuple[_TopicLine, ...]) -> _Asked:
    return _Asked(render("listener", language, topics=topics), _schema([topic.id for topic in topics]))


def _topic_lines(scene: Scene) -> Iterator[_TopicLine]:
    """A line for each topic that has words in the session's language."""
    for topic, match in scene.topics.items():
        about, further = scene.about.get(topic, ""), scene.further.get(topic, "")
        words = topic_words(match, scene.language, WORDS_BESIDE if about else WORDS_SHOWN)
        if words:
            yield _TopicLine(topic, about, further, words)


def _schema(ids: Sequence[str]) -> dict[str, Any]:
    """The form of an answer, of what OpenAI's strict mode takes. It does not depend on the line: servers keep the
    grammar they make of it.
    """
    flag = {"anyOf": [{"type": "string", "enum": list(get_args(Flag))}, {"type": "null"}]}
    label = {"n": {"type": "integer"}, "flag": flag, "acts": _list_of(HEARD)}
    if ids:  # an empty enum is no schema
        label["topics"] = _list_of(ids)
    return strict_object({"sentences": {"type": "array", "items": strict_object(label)}})


def _list_of(ids: Sequence[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(ids)}}


def _as_data(value: Mapping[str, Any]) -> str:
    return harmless(json.dumps(value, ensure_ascii=False))


def _miscounted(value: Mapping[str, Any], count: int) -> str | None:
    """What is wrong with the numbers of an answer's sentences."""
    numbers = [label["n"] for label in value["sentences"]]
    if sorted(numbers) == list(range(1, count + 1)):
        return None
    return f'"sentences" needs every number from 1 to {count} once, and no other; it has {numbers}'


def _labelled(sentence: HeardSentence, label: Mapping[str, Any], topics: Mapping[str, Match]) -> HeardSentence:
    if label["flag"]:
        return replace(sentence, acts=(), flag=label["flag"])
    text = sentence.text
    acts = tuple(ActSpan(act, text) for act in HEARD if act in label["acts"])
    touched = _topics(text, [topic for topic in topics if topic in label.get("topics", ())], topics)
    return replace(sentence, acts=acts, topics=tuple(TopicSpan(topic, text) for topic in touched))


def _topics(text: str, claimed: Sequence[str], topics: Mapping[str, Match]) -> Sequence[str]:
    """The topics that the sentence touches: those whose words stand in it, and one or two that the model claims.

    To understand what no list of words holds is what a model is asked for; that far it is taken at its word. Beyond
    that only the sentence's own words count. Whoever asks after something in particular names it (in this project's
    labelled talks all but 2 of 59 questions touch at most two topics, and those two by their words), while "tell me
    everything you hide" names nothing and fits everything: a model that lets itself be charmed would open every need.
    """
    believed = claimed if len(claimed) <= MOST_BY_MEANING else ()
    worded = _finders(topics).find(text)
    return [topic for topic in topics if topic in believed or topic in worded]


@once_per_pack
def _finders(topics: Mapping[str, Match]) -> Finders:
    return finders(topics)
