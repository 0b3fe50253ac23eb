"""What was practised and how it was graded as xAPI 1.0.3 statements, for a learning record store.

https://github.com/adlnet/xAPI-Spec/blob/master/xAPI-Data.md. A statement's id is made from what it says, so that who
sends it twice says it once, and a later grade never takes the id of an earlier one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from simulator.exchange.kept import Kept

VERSION = "1.0.3"
HOME_PAGE = "https://moments-of-truth.invalid/learners"
"""Where accounts are said to live: the program knows names, not addresses. RFC 2606 reserves `.invalid`."""

_URN = "urn:moments-of-truth"
_NAMESPACE = uuid5(NAMESPACE_URL, _URN)
_ADL = "http://adlnet.gov/expapi"

Verb = Literal["completed", "passed", "failed", "scored"]


@dataclass(frozen=True, slots=True)
class Score:
    """A result between `least` and `most`."""

    raw: float
    least: float
    most: float

    def to_json(self) -> dict[str, float]:
        """With the share of the way from least to most."""
        scaled = round((self.raw - self.least) / (self.most - self.least), 4)
        return {"scaled": scaled, "raw": self.raw, "min": self.least, "max": self.most}


@dataclass(frozen=True, slots=True)
class Activity:
    """What somebody did something with: its id, and its type in ADL's vocabulary."""

    id: str
    kind: Literal["simulation", "objective", "assessment"]

    def to_json(self) -> dict[str, Any]:
        """As an object or a context activity."""
        return {"objectType": "Activity", "id": self.id, "definition": {"type": f"{_ADL}/activities/{self.kind}"}}


@dataclass(frozen=True, slots=True)
class Statement:
    """The learner did (`verb`) this to the activity, within the conversation `conversation`.

    `parent` and `grouping` are what the activity is part of. `timestamp` None: nobody knows when.
    """

    learner: str
    verb: Verb
    activity: Activity
    conversation: str
    language: str
    timestamp: str | None
    score: Score | None = None
    success: bool | None = None
    completion: bool | None = None
    parent: Activity | None = None
    grouping: Activity | None = None
    extensions: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The statement as JSON values, with its id: a UUID of version 5 over all the rest."""
        said = {
            "actor": {
                "objectType": "Agent",
                "name": self.learner,
                "account": {"homePage": HOME_PAGE, "name": self.learner},
            },
            "verb": {"id": f"{_ADL}/verbs/{self.verb}", "display": {"en": self.verb}},
            "object": self.activity.to_json(),
            "context": self._context(),
            "version": VERSION,
        }
        result = {"score": self.score and self.score.to_json(), "success": self.success, "completion": self.completion}
        if stated := {name: value for name, value in result.items() if value is not None}:
            said["result"] = stated
        if self.timestamp:
            said["timestamp"] = self.timestamp
        return {"id": str(uuid5(_NAMESPACE, json.dumps(said, sort_keys=True, ensure_ascii=False))), **said}

    def _context(self) -> dict[str, Any]:
        around = {"parent": self.parent, "grouping": self.grouping}
        return {
            "registration": str(uuid5(_NAMESPACE, self.conversation)),
            "platform": "Moments of Truth",
            "language": self.language,
            "contextActivities": {name: [activity.to_json()] for name, activity in around.items() if activity},
            "extensions": {f"{_URN}:conversation": self.conversation, **self.extensions},
        }


def statements_json(conversations: Iterable[Kept]) -> str:
    """The statements about these conversations as a JSON array, which a learning record store takes in one request."""
    said = [statement.to_json() for one in conversations for statement in statements(one)]
    return json.dumps(said, ensure_ascii=False, indent=1)


def statements(one: Kept) -> Iterator[Statement]:
    """That it was completed, passed or failed by its latest grade, and scored so on each criterion.

    Nothing is said of a conversation that is not over and of criteria without a level.
    """
    practised = Activity(_urn("persona", one.transcript.persona), "simulation")
    if one.imported or one.transcript.persona is None:
        practised = Activity(_urn("conversation", one.id), "simulation")
    about = (one.id, one.transcript.language, one.at.isoformat() if one.at else None)
    if one.ended:
        yield Statement(one.learner, "completed", practised, *about, completion=one.ended != "technical")
    card = one.scorecard
    if card is None:
        return
    made = card["provenance"]
    rubric = Activity(_urn("rubric", made["rubric"]), "assessment")
    extensions = {
        f"{_URN}:rubric-hash": made["rubric_hash"],
        f"{_URN}:judge": made.get("judge_answered") or made.get("judge") or "",
    }
    if card["total"] is not None:
        verb: Verb = "scored" if card["passed"] is None else "passed" if card["passed"] else "failed"
        score = Score(card["total"], 0, 100)
        around = {"score": score, "success": card["passed"], "grouping": rubric, "extensions": extensions}
        yield Statement(one.learner, verb, practised, *about, **around)
    for criterion in card["criteria"]:
        if criterion["level"] is not None:
            objective = Activity(_urn("rubric", made["rubric"], "criterion", criterion["id"]), "objective")
            level = Score(criterion["level"], 1, 5)
            around = {"score": level, "parent": practised, "grouping": rubric, "extensions": extensions}
            yield Statement(one.learner, "scored", objective, *about, **around)


def _urn(*parts: str | None) -> str:
    return ":".join((_URN, *(quote(part or "", safe="") for part in parts)))
