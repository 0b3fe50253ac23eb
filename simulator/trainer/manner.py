"""What simulated learners have to speak with: a persona's lines, their own words, and where the talk stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from simulator.conversation.state import State
from simulator.domain.persona import Persona
from simulator.domain.text import Text
from simulator.text_gate import clean


@dataclass(frozen=True, slots=True)
class Line:
    """What a learner says next. `why` tells somebody who watches what it is for; `asks` is the need it asks for."""

    text: str
    why: str = ""
    asks: str | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A persona, and where a conversation with it stands."""

    persona: Persona
    state: State

    @property
    def language(self) -> str:
        """The language of the session."""
        return self.state.started.language if self.state.started else self.persona.profile.languages[0]

    def words(self, text: Text) -> str:
        """A text of the pack in the language of the session."""
        return text.in_language(self.language)

    def model(self, *acts: str) -> str:
        """The pack's model lines for these acts, as one turn; those it lacks or that were said are left out."""
        lines = (Line(self.words(self.persona.model_lines[act])) for act in acts if act in self.persona.model_lines)
        return self.joined(*(line.text for line in lines if self.unsaid([line])))

    def own(self, learner: str) -> list[str]:
        """The words a learner brings along, in order, in the language of the session."""
        from simulator.packs.traditional import traditional  # noqa: PLC0415 -- only Traditional needs it

        if self.language == "zh-Hant":
            return [traditional(words["zh-Hans"]) for words in _brought()[learner]]
        return [words[self.language] for words in _brought()[learner]]

    def joined(self, *parts: str) -> str:
        """Parts of one turn. Chinese puts no space between sentences."""
        return (" " if self.language == "en" else "").join(part for part in parts if part)

    def unsaid(self, plan: Iterable[Line]) -> Line | None:
        """The first line of a plan that was not said yet, alone or within a longer one."""
        said = [turn.text for turn in self.state.turns if turn.speaker == "learner"]
        return next((line for line in plan if line.text and not any(_bare(line.text) in text for text in said)), None)


def _bare(text: str) -> str:
    """The text as a conversation keeps it."""
    return clean(text).strip()


@cache
def _brought() -> Mapping[str, Any]:
    import yaml  # noqa: PLC0415 -- for those who drill

    source = resources.files("simulator.trainer").joinpath("learners.yaml").read_text("utf-8")
    return yaml.safe_load(source)  # type: ignore[no-any-return]
