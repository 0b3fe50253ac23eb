"""A persona file's plain values as domain values. They fit their schema; nothing is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.domain.learner import Authority, AuthorityItem, LearnerBrief, LearnerFact
from simulator.domain.persona import (
    BadNews,
    Checklist,
    ChecklistItem,
    Closing,
    Delta,
    ExplicitNeed,
    Irritation,
    LatentNeed,
    NewExpectation,
    Persona,
    PersonaFact,
    PublicProfile,
    Start,
    Trap,
    Trigger,
    Unlock,
)
from simulator.domain.text import ANY_LANGUAGE, Match, Text

Values = Mapping[str, Any]


def text(value: str | Values) -> Text:
    """One text, from a plain string or a map of languages; a block of YAML ends in a line feed that nobody says."""
    by_language = {ANY_LANGUAGE: value} if isinstance(value, str) else value
    return Text({language: wording.strip() for language, wording in by_language.items()})


def build_persona(value: Values) -> Persona:
    """The persona that a well-shaped file describes."""
    persona = value["persona"]
    return Persona(
        profile=_profile(value),
        facts=tuple(_fact(fact) for fact in persona["facts"]),
        needs=tuple(_need(need) for need in value["latent_needs"]),
        start=Start(**_floats(persona["start"])),
        deltas={name: Delta(**_floats(delta)) for name, delta in persona.get("deltas", {}).items()},
        irritations=tuple(_irritation(irritation) for irritation in value["irritations"]),
        trap=_trap(value["trap"]),
        bad_news=tuple(_bad_news(news) for news in value["bad_news"]),
        checklist=Checklist(
            **{kind: tuple(_checklist_item(item) for item in items) for kind, items in value["offer_checklist"].items()}
        ),
        lines={occasion: tuple(map(text, lines)) for occasion, lines in persona["lines"].items()},
        closing=_closing(value["closing"]),
        model_lines={act: text(line) for act, line in value.get("model_lines", {}).items()},
    )


def _floats(value: Values) -> dict[str, float]:
    return {name: float(number) for name, number in value.items()}


def _match(value: Values) -> Match:
    return Match({language: tuple(map(tuple, groups)) for language, groups in value.items()})


def _words(value: Values) -> Match:
    """One group of words: any of them will do."""
    return Match({language: (tuple(terms),) for language, terms in value.items()})


def _profile(value: Values) -> PublicProfile:
    persona = value["persona"]
    explicit = persona["explicit_need"]
    return PublicProfile(
        id=value["id"],
        title=text(value["title"]),
        sector=value["sector"],
        channel=value["channel"],
        difficulty=int(value["difficulty"]),
        languages=tuple(dict.fromkeys(value["languages"])),
        name=text(persona["name"]),
        identity=text(persona["identity"]),
        mood_label=text(persona["mood_label"]),
        bearing={seen: text(words) for seen, words in persona.get("bearing", {}).items()},
        opening=text(persona["opening"]),
        explicit_need=ExplicitNeed(explicit["id"], text(explicit["text"]), _words(explicit["keywords"])),
        learner=_learner(value["learner"]),
    )


def _learner(value: Values) -> LearnerBrief:
    authority = {kind: tuple(_authority_item(item) for item in items) for kind, items in value["authority"].items()}
    return LearnerBrief(
        role=text(value["role"]),
        facts=tuple(LearnerFact(fact["id"], text(fact["text"])) for fact in value["facts"]),
        resources=tuple(map(text, value["resources"])),
        authority=Authority(**authority),
    )


def _authority_item(value: Values) -> AuthorityItem:
    return AuthorityItem(
        id=value["id"],
        text=text(value["text"]),
        match=_match(value["match"]),
        condition=_match(value["condition"]) if "condition" in value else None,
        compliance=value.get("compliance", False),
    )


def _fact(value: Values) -> PersonaFact:
    return PersonaFact(value["id"], text(value["text"]), _match(value["match"]), value.get("with"))


def _need(value: Values) -> LatentNeed:
    unlock = value["unlock"]
    return LatentNeed(
        id=value["id"],
        interest=value["interest"],
        text=text(value["text"]),
        cue=text(value["cue"]),
        unlock=Unlock(
            any_of=tuple(unlock["any_of"]),
            topics=_match(unlock["topics"]),
            trust_min=float(unlock["trust_min"]),
            about=text(unlock["about"]) if "about" in unlock else None,
        ),
        reveal=text(value["reveal"]),
        keywords=_words(value["keywords"]),
        secret=_words(value["secret"]),
        example=text(value["example"]),
        after=tuple(value.get("after", ())),
    )


def _irritation(value: Values) -> Irritation:
    on = value["on"]
    return Irritation(
        id=value["id"],
        text=text(value["text"]),
        on=Trigger(
            acts=tuple(on.get("acts", ())),
            match=_match(on["match"]) if "match" in on else None,
            before_first_question=on.get("before_first_question", False),
        ),
        mood=float(value["mood"]),
        patience=float(value["patience"]),
        line=text(value["line"]) if "line" in value else None,
    )


def _trap(value: Values) -> Trap:
    return Trap(
        line=text(value["line"]),
        tempting=text(value["tempting"]),
        why_wrong=text(value["why_wrong"]),
        good_answer=text(value["good_answer"]),
        match=_match(value["match"]),
    )


def _bad_news(value: Values) -> BadNews:
    return BadNews(value["id"], text(value["text"]), _match(value["match"]), value["critical"], value.get("need"))


def _checklist_item(value: Values) -> ChecklistItem:
    return ChecklistItem(value["id"], text(value["text"]), _match(value["match"]), tuple(value.get("covers", ())))


def _closing(value: Values) -> Closing:
    expectation = value.get("new_expectation")
    return Closing(
        satisfied=text(value["satisfied"]),
        unsatisfied=text(value["unsatisfied"]),
        new_expectation=_expectation(expectation) if expectation else None,
        no_confirm=text(value["no_confirm"]),
    )


def _expectation(value: Values) -> NewExpectation:
    return NewExpectation(
        id=value["id"],
        text=text(value["text"]),
        reveal=text(value["reveal"]),
        match=_match(value["match"]),
        explore_points=tuple(_fact(point) for point in value["explore_points"]),
        good_response=text(value["good_response"]),
    )
