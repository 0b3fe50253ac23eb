"""What a sentence does and what it touches: the vocabulary every listener answers in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ACTS = (
    "open_question",
    "closed_question",
    "implication_question",
    "follow_up",
    "reflect_content",
    "reflect_feeling",
    "summary_check",
    "affirm",
    "own_it",
    "inform",
    "propose",
    "act_now",
    "refuse",
    "state_limit",
    "promise",
    "guarantee",
    "withdraw_promise",
    "bad_news",
    "update_commit",
    "confirm_ask",
    "apologize",
    "argue",
    "blame",
    "contempt",
    "quote_rule",
    "pass_the_buck",
    "script_repeat",
    "greet",
    "close",
)
"""The closed vocabulary of acts."""

QUESTIONS = frozenset({"open_question", "closed_question", "implication_question"})
"""Acts that ask. `summary_check` and `confirm_ask` ask too, but about what was already said."""

Flag = Literal["addresses_grader", "extracts_prompt"]
"""Why a sentence is set aside: it talks to the grader, or asks the model for its instructions."""

MOSTLY = 0.25
"""Share of a line's characters from which on flagged sentences make one demand of the whole, as in "What are you afraid
of? Out with your secrets."
"""


@dataclass(frozen=True, slots=True)
class ActSpan:
    """One act and the words that showed it, verbatim from the line."""

    act: str
    span: str


@dataclass(frozen=True, slots=True)
class TopicSpan:
    """One topic (a need's or a persona fact's id) and the words that touched it, verbatim."""

    topic: str
    span: str


@dataclass(frozen=True, slots=True)
class HeardSentence:
    """One sentence of a learner's line: acts and topics belong to a sentence, never to a line.

    `start` and `end` are character offsets into the line. A flagged sentence has no acts and no topics.
    """

    text: str
    start: int
    end: int
    acts: tuple[ActSpan, ...] = ()
    topics: tuple[TopicSpan, ...] = ()
    flag: Flag | None = None

    def does(self, *acts: str) -> bool:
        """Whether the sentence does any of these acts."""
        for found in self.acts:  # noqa: SIM110 -- asked thousands of times a grade: any() would take twice as long
            if found.act in acts:
                return True
        return False

    def touches(self, topic: str) -> bool:
        """Whether the sentence touches this need or fact."""
        return any(found.topic == topic for found in self.topics)

    def stated(self) -> str:
        """The words before it asks, all of them where it asks nothing: "They're in class till ten to five, can you
        wait?" states that they are.
        """
        asks = [self.text.find(found.span) for found in self.acts if found.act in QUESTIONS]
        return self.text[: max(0, min(asks))] if asks else self.text


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a listener made of one learner line."""

    sentences: tuple[HeardSentence, ...]

    @property
    def acts(self) -> tuple[str, ...]:
        """Acts of the line in order of first appearance, each once."""
        return tuple(dict.fromkeys(a.act for s in self.sentences for a in s.acts))

    @property
    def topics(self) -> tuple[str, ...]:
        """Topics of the line in order of first appearance, each once."""
        return tuple(dict.fromkeys(t.topic for s in self.sentences for t in s.topics))

    @property
    def set_aside(self) -> bool:
        """Whether nothing of the line belongs to the conversation: every sentence is flagged, or there is none."""
        return all(sentence.flag for sentence in self.sentences)

    @property
    def mostly_set_aside(self) -> bool:
        """Whether flagged sentences make up so much of the line that the rest asks for nothing either."""
        whole = sum(len(sentence.text) for sentence in self.sentences)
        return sum(len(sentence.text) for sentence in self.sentences if sentence.flag) >= MOSTLY * whole

    @property
    def flags(self) -> tuple[str, ...]:
        """Why sentences were set aside, each reason once."""
        return tuple(dict.fromkeys(s.flag for s in self.sentences if s.flag))
