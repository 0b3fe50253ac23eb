"""Whether a line of the pack's could have been said at a turn: it may use no need that nobody had voiced by then.

A persona's model lines are written by somebody who has read the whole file. Held up beside what the learner said early
on, one that serves a need nobody had spoken of would be no better line: it would be a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulator.grading.content import texts, times
from simulator.language.normalize import split_sentences
from simulator.language.topics import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.domain.persona import LatentNeed, Persona
    from simulator.domain.scorecard import NeedRecord
    from simulator.domain.text import Match
    from simulator.domain.transcript import Turn

OFFERS = frozenset(("propose", "promise"))
"""Lines that answer needs: there an item of the checklist that is for a need nobody voiced gives the need away. To ring
back oneself, say, suits such a need as well, but takes no knowledge of it.
"""

ANSWERS = frozenset(("need", "trap", "news", "expectation"))
"""Lines that ask, answer what the customer asked, or are made of what the brief tells."""


@dataclass(frozen=True, slots=True)
class Foreknowledge:
    """What was known when, in one conversation. `turns` may be empty: then only what was voiced is known."""

    persona: Persona
    needs: tuple[NeedRecord, ...]
    turns: tuple[Turn, ...]
    language: str

    def taken_by(self, line: str, origin: str | None, turn: int) -> bool:
        """Whether a line of this origin (a criterion's `better`), said in this turn, would use a need nobody had voiced
        before: its words, where nobody had said them, or its times of day, where the brief does not tell them either.
        """
        if origin in ANSWERS:
            return False
        said = "\n".join(one.text for one in self.turns if one.n < turn)
        voiced = {need.id for need in self.needs if need.turn is not None and need.turn < turn}
        offers = set(self._offered(line)) if origin in OFFERS else set()
        hours = times(line) - times("\n".join((said, *texts(self.persona.profile.learner, self.language))))
        return any(
            need.id in offers or _names(line, need, said) or hours & self._hours(need)
            for need in self.persona.needs
            if need.id not in voiced
        )

    def _offered(self, line: str) -> Iterator[str]:
        """The needs that a line answers by items that are for them alone, not for the request as well."""
        for item in self.persona.checklist.items:
            if self.persona.profile.explicit_need.id not in item.covers and _holds(line, item.match):
                yield from item.covers

    def _hours(self, need: LatentNeed) -> frozenset[str]:
        return times(f"{need.text.in_language(self.language)}\n{need.reveal.in_language(self.language)}")


def _names(line: str, need: LatentNeed, said: str) -> bool:
    """Whether a line has words by which a need is noticed, and which nobody had said."""
    return any(_holds(line, match) and not _holds(said, match) for match in (need.keywords, need.secret))


def _holds(text: str, match: Match) -> bool:
    return any(finder(match).find(text[start:end]) for start, end in split_sentences(text))
