"""Hears a line through a model: it labels numbered sentences with ids from closed lists, and code keeps the last word.

The model sees the customer's last words, the sentences, and topic ids with words that touch them. What it answers can
neither name a need nor move a number; what code sets aside it is not even shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, get_args

from simulator.conversation.ports import Scene
from simulator.domain.acts import ACTS, ActSpan, Flag, HeardSentence, Hearing, TopicSpan
from simulator.domain.text import Match
from simulator.language.acts import hear
from simulator.language.flags import flags
from simulator.language.sentences import sentences
from simulator.language.topics import finder
from simulator.llm.answers import Answer, Message
from simulator.llm.endpoint import Endpoint, TurnBudget
from simulator.llm.meter import Meter
from simulator.llm.prompts import render
from simulator.llm.structured import ask_structured
from simulator.packs.traditional import traditional

SECONDS = 20.0
"""A third of the turn's time (reliability.md: 60 s): the reply needs the rest, and the offline ear takes no time."""

TRIES = 2
LONGEST_WAIT = 2.0
"""Seconds. Whoever must be waited for longer is not waited for: the offline ear hears the line at once."""

HEARD = tuple(act for act in ACTS if act not in ("follow_up", "script_repeat"))
"""Acts that a line shows by itself. The other two need the conversation so far: conversation/context.py adds them."""

WORDS_SHOWN = 16
"""Words of a synonym group that the model is shown, picked evenly: enough to see what is meant. Packs list hundreds,
because code must find each one; a model knows the others."""

PREVIOUS_SHOWN = 1_000
"""Characters of the customer's last words that the model is shown, from their end."""

MOST_BY_MEANING = 2
"""Topics that one sentence may touch on the model's word alone. See `_topics`."""

# JSON keeps a line from closing its own quotation; these two as escapes keep it from spelling what chat templates read
# as a change of speaker (<|im_start|>, [INST]), which servers look for in the text of messages too.
_HARMLESS = str.maketrans({"<": "\\u003c", "[": "\\u005b"})


class LlmListener:
    """Listener over an endpoint. It begins the turn's `budget` and writes what it spent to `meter`."""

    name = "llm"

    def __init__(self, endpoint: Endpoint, budget: TurnBudget, meter: Meter) -> None:
        self._endpoint = endpoint
        self._budget = budget
        self._meter = meter

    async def hear(self, line: str, scene: Scene) -> Hearing:
        """Acts and topics of the line, each shown by its whole sentence. Raises EndpointError.

        A sentence that code sets aside, or that keeps such company, stays as code heard it, without topics.
        """
        self._budget.restart()
        heard = list(hear(line, scene.previous).sentences)
        aside = flags(sentences(line)).shared
        numbered = [at for at, why in enumerate(aside) if why is None]
        if not numbered:
            return Hearing(tuple(heard))
        asked = _asked(scene.language, tuple(scene.topics.items()))
        said = {str(number): heard[at].text for number, at in enumerate(numbered, start=1)}
        answer = await ask_structured(
            self._endpoint,
            [
                {"role": "system", "content": asked.prompt},
                {"role": "user", "content": _as_data({"customer": scene.previous[-PREVIOUS_SHOWN:], "label": said})},
            ],
            "hearing",
            asked.schema,
            seconds=min(SECONDS, self._budget.left()),
            tries=TRIES,
            longest_wait=LONGEST_WAIT,
            fault=lambda value: _miscounted(value, len(numbered)),
            paid=self._pay,
        )
        for label in answer.value["sentences"]:
            at = numbered[label["n"] - 1]
            heard[at] = _labelled(heard[at], label, scene.topics)
        return Hearing(tuple(heard))

    def _pay(self, sent: Sequence[Message], answer: Answer | None) -> None:
        spent, reply = (answer.spent, answer.arguments or answer.text) if answer else (None, "")
        self._meter.add("listener", self._endpoint.model, spent, sent, reply)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stays the same for every line of a session."""

    prompt: str
    schema: Mapping[str, Any]


@lru_cache(maxsize=16)
def _asked(language: str, topics: tuple[tuple[str, Match], ...]) -> _Asked:
    lexicon = "en" if language == "en" else "zh-Hans"
    spoken = {topic: shown for topic, match in topics if (shown := _shown(match.groups(lexicon)))}
    if language == "zh-Hant":
        spoken = {topic: traditional(words) for topic, words in spoken.items()}
    return _Asked(render("listener", language, topics=spoken), _schema(spoken))


def _shown(groups: Iterable[Sequence[str]]) -> str:
    """Some words of each group; where there are several groups, a sentence about the topic has a word of each."""
    picked = (group[:: -(-len(group) // WORDS_SHOWN)] for group in groups)
    return " + ".join(", ".join(" ".join(_plain(word).split()) for word in words) for words in picked)


def _plain(word: str) -> str:
    """The word without the marks that only a finder reads."""
    return word.replace("..", " … ").replace("*", "")


def _schema(topics: Iterable[str]) -> dict[str, Any]:
    """The form of an answer, of what OpenAI's strict mode takes. It does not depend on the line: servers keep the
    grammar they make of it.
    """
    ids = list(topics)
    flag = {"anyOf": [{"type": "string", "enum": list(get_args(Flag))}, {"type": "null"}]}
    label = {"n": {"type": "integer"}, "flag": flag, "acts": _list_of(HEARD)}
    if ids:  # an empty enum is no schema
        label["topics"] = _list_of(ids)
    return _object({"sentences": {"type": "array", "items": _object(label)}})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list_of(ids: Sequence[str]) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(ids)}}


def _as_data(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_HARMLESS)


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
    return [topic for topic, match in topics.items() if topic in believed or finder(match).find(text)]
