"""What a well-shaped pack may still get wrong within itself: ids, references, languages, and promises of its format.

Works on plain values that fit their schema, so that every fault has the path it has in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from simulator.domain.rubric import LEVELS
from simulator.language.doubtful import is_doubtful
from simulator.packs.diagnostics import Fault, nearest, shown
from simulator.packs.locate import Path
from simulator.packs.shape import Kind, defined, schema_of
from simulator.wording import say

Parts = Sequence[tuple[str, Path, Any]]
"""Values that fall under a named definition of the schema: its name, the path, the value."""

_LETTER = re.compile(r"[^\W_]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_SMALL_WORD = re.compile(r"\b[a-z]{2,}")  # what is written with a capital may be a name
_HAN = re.compile("[\u3400-\u9fff]")
_STAR = re.compile(r"(?<![^\W_])\*|\*(?=[^\W_])")
_BETWEEN = "，、；"
_PARTED = re.compile(rf"[{_BETWEEN}]\s+\w")  # nobody says a space
_WIDE_SIGN = re.compile(f"[{_BETWEEN}【】「」“”]")  # what a Chinese input method types for YAML's own
_MANY_MORE = 40
_MATCHED_BY = {"en": "en", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hans"}


def inconsistent(value: Mapping[str, Any], kind: Kind, file_id: str) -> Iterator[Fault]:
    """Every fault of a persona or rubric that only shows when its parts are held against each other."""
    if value["id"] != file_id:
        message = say("id '{id}' is not the file's name '{name}'", id=value["id"], name=file_id)
        yield Fault("P021", ("id",), message)
    if value.get("draft"):
        message = say("a model drafted this file: read every line and try it, then take `draft` out")
        yield Fault("P035", ("draft",), message, at_key=True, severity="warning")
    parts = defined(value, schema_of(kind))
    yield from _doubled_ids(parts)
    yield from _unspoken(parts, value["languages"])
    yield from _untranslated(parts, value["languages"])
    yield from _wordless_terms(parts)
    yield from (_persona(value, parts) if kind == "persona" else _rubric(value))


def _doubled_ids(parts: Parts) -> Iterator[Fault]:
    first: dict[tuple[str, str], Path] = {}
    for name, path, value in parts:
        if name.endswith("_id") and first.setdefault((name, value), path) != path:
            yield Fault("P022", path, say("id '{id}' stands twice in this file", id=value))


def _unspoken(parts: Parts, languages: Sequence[str]) -> Iterator[Fault]:
    needed = {"text": list(dict.fromkeys(languages))}
    needed["match"] = needed["words"] = list(dict.fromkeys(_MATCHED_BY[language] for language in languages))
    for name, path, value in parts:
        if name not in needed or isinstance(value, str):
            continue
        for language in needed[name]:
            if language not in value and not (language == "zh-Hant" and name == "text" and "zh-Hans" in value):
                if name == "text":
                    yield Fault("P031", path, say("no wording in {language}", language=language))
                else:
                    message = say("no words in {language}: code cannot decide this in that language", language=language)
                    yield Fault("P032", path, message)


def _untranslated(parts: Parts, languages: Sequence[str]) -> Iterator[Fault]:
    """Wordings that hold no word of the language they stand for. Names and numbers are alike in all of them."""
    for name, path, value in parts:
        if name != "text":
            continue
        wordings = dict.fromkeys(languages, value) if isinstance(value, str) else value
        for language, wording in wordings.items():
            ours, foreign = (_LATIN, _HAN) if language == "en" else (_HAN, _SMALL_WORD)
            if foreign.search(wording) and not ours.search(wording):
                place = path if isinstance(value, str) else (*path, language)
                message = say("no word of this is {language}: it was not translated", language=language)
                yield Fault("P034", place, message, severity="warning")


def _wordless_terms(parts: Parts) -> Iterator[Fault]:
    for name, path, terms in parts:
        if name != "terms":
            continue
        letters = _LATIN if "en" in path else _LETTER
        for index, term in enumerate(terms):
            if not all(map(letters.search, term.split(".."))):
                message = say("'{term}' has a part without a word of its language: it can never hit", term=shown(term))
                yield Fault("P033", (*path, index), message)
            elif "*" in term and _STAR.search(term):
                message = say("the * in '{term}' must end a word, as in `rehears*`", term=shown(term))
                yield Fault("P033", (*path, index), message)
        yield from _doubtful_terms(path, terms)
        yield from _wide_signs(path, terms)


def _doubtful_terms(path: Path, terms: Sequence[str]) -> Iterator[Fault]:
    """Terms that count only beside another, where nothing looks for another or there is none."""
    doubtful = [(index, term) for index, term in enumerate(terms) if is_doubtful(term)]
    if "topics" not in path:
        for index, term in doubtful:
            message = say(
                "the + in '{term}' marks a doubtful word of `topics`; here it can never hit", term=shown(term)
            )
            yield Fault("P033", (*path, index), message)
    elif len(doubtful) == len(terms) == 1:
        message = say("'{term}' counts only beside another word, and there is none", term=shown(terms[0]))
        yield Fault("P033", (*path, 0), message)


def _wide_signs(path: Path, terms: Sequence[str]) -> Iterator[Fault]:
    """Terms that are several to whoever wrote them. A few among many may be meant: people type “done” and 红、."""
    found = [(index, term, signs) for index, term in enumerate(terms) if (signs := _WIDE_SIGN.findall(term))]
    for index, term, signs in found:
        apart = sum(sign in _BETWEEN for sign in signs) > 1 or _PARTED.search(term)
        if apart or len(found) * _MANY_MORE >= len(terms):
            message = say(
                "'{sign}' is a part of the term '{term}'; between and around terms YAML wants , [ ] and \"",
                sign=signs[0],
                term=shown(term),
            )
            yield Fault("P036", (*path, index), message, severity="warning")


def _unknown(path: Path, reference: str, known: Sequence[str], what: str) -> Iterator[Fault]:
    if reference not in known:
        message = say(
            "{what} '{id}' does not exist; there is {known}",
            what=what,
            id=reference,
            known=", ".join(known) or say("none"),
        )
        yield Fault("P024", path, message, nearest(reference, known))


def _persona(value: Mapping[str, Any], parts: Parts) -> Iterator[Fault]:
    needs = [need["id"] for need in value["latent_needs"]]
    explicit = value["persona"]["explicit_need"]["id"]
    for name, path, need in parts:
        if name == "reference":
            known = [explicit, *needs] if path[0] == "offer_checklist" else needs
            yield from _unknown(path, need, known, say("need"))
    yield from _circles(value["latent_needs"])
    yield from _uncovered(value, explicit)
    for index, irritation in enumerate(value["irritations"]):
        on = irritation["on"]
        if not on.get("acts") and not on.get("match") and not on.get("before_first_question"):
            message = say("nothing triggers this: give acts, match or before_first_question")
            yield Fault("P041", ("irritations", index, "on"), message)


def _circles(needs: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    after = {need["id"]: list(need.get("after", ())) for need in needs}
    told: set[str] = set()
    for index, need in enumerate(needs):
        if need["id"] not in told and (circle := _circle_through(need["id"], after)):
            told.update(circle)
            message = say("these needs wait for each other: {circle}", circle=" -> ".join((*circle, circle[0])))
            yield Fault("P040", ("latent_needs", index, "after"), message)


def _circle_through(start: str, after: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The shortest way from a need back to itself along `after`, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for earlier in after.get(way[-1], ()):
            if earlier == start:
                return way
            if earlier not in seen:
                seen.add(earlier)
                ways.append((*way, earlier))
    return ()


def _uncovered(value: Mapping[str, Any], explicit: str) -> Iterator[Fault]:
    """Needs that no item covers. As many as there are slips among the ids that are covered may be meant by those, which
    are told already: one mistake, one finding.
    """
    needs = {explicit: ("persona", "explicit_need", "id")}
    needs |= {need["id"]: ("latent_needs", index, "id") for index, need in enumerate(value["latent_needs"])}
    covered = {need for item in value["offer_checklist"]["complete"] for need in item["covers"]}
    left = [need for need in needs if need not in covered]
    if len(left) <= len(covered - needs.keys()):
        return
    for need in left:
        message = say("no item of offer_checklist.complete covers '{id}'", id=need)
        yield Fault("P042", needs[need], message)


def _rubric(value: Mapping[str, Any]) -> Iterator[Fault]:
    criteria = [
        (("stages", at, "criteria", index), criterion)
        for at, stage in enumerate(value["stages"])
        for index, criterion in enumerate(stage["criteria"])
    ]
    total = sum(criterion["weight"] for _, criterion in criteria)
    if abs(total - 100) > 1e-6:  # noqa: PLR2004 - the format's promise: weights are shares of 100
        yield Fault("R001", ("stages",), say("the weights add up to {total:g}, not 100", total=total))
    ids = [criterion["id"] for _, criterion in criteria]
    caps = [cap["id"] for cap in value["caps"]]
    for path, criterion in criteria:
        yield from _levels(path, criterion)
        for index, observation in enumerate(criterion["observations"]):
            yield from _answered((*path, "observations", index), observation)
    for index, observation in enumerate(value["cap_observations"]):
        yield from _answered(("cap_observations", index), observation)
    for index, cap in enumerate(value["caps"]):
        yield from _cap(("caps", index), cap, ids)
    for index, item in enumerate(value["card"]):
        for place, criterion_id in enumerate(item.get("lowest_of", ())):
            yield from _unknown(("card", index, "lowest_of", place), criterion_id, ids, say("criterion"))
        if "less_if" in item:
            yield from _unknown(("card", index, "less_if"), item["less_if"], caps, say("cap"))
    yield from _bands(value["bands"])


def _levels(path: Path, criterion: Mapping[str, Any]) -> Iterator[Fault]:
    given = [level["level"] for level in criterion["levels"]]
    for index, level in enumerate(given):
        if level in given[:index]:
            absent = ", ".join(str(level) for level in LEVELS if level not in given)
            message = say("level {level} stands twice and {absent} is missing", level=level, absent=absent)
            yield Fault("R002", (*path, "levels", index, "level"), message)


def _answered(path: Path, observation: Mapping[str, Any]) -> Iterator[Fault]:
    if observation["by"] == "code" and "when" not in observation:
        yield Fault("R003", path, say("'{id}' is answered by code and has no `when`", id=observation["id"]))
    unread = "offline" if observation["by"] == "code" else "when"
    if unread in observation:
        message = say("an observation by {by} does not read `{key}`", by=observation["by"], key=unread)
        yield Fault("R003", (*path, unread), message, "when" if unread == "offline" else "offline", at_key=True)


def _cap(path: Path, cap: Mapping[str, Any], criteria: Sequence[str]) -> Iterator[Fault]:
    for key in ("set", "max_level"):
        for criterion in cap.get(key, ()):
            for fault in _unknown((*path, key, criterion), criterion, criteria, say("criterion")):
                yield Fault(fault.code, fault.path, fault.message, fault.suggestion, at_key=True)
    if not (cap.get("set") or cap.get("max_level") or "total_max" in cap or cap.get("fail")):
        yield Fault("R004", path, say("'{id}' limits nothing: give set, max_level, total_max or fail", id=cap["id"]))


def _bands(bands: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    for index, (upper, lower) in enumerate(pairwise(bands)):
        if lower["min"] >= upper["min"]:
            message = say(
                "bands go from the highest down: {lower:g} does not follow {upper:g}",
                lower=lower["min"],
                upper=upper["min"],
            )
            yield Fault("R005", ("bands", index + 1, "min"), message)
    if bands[-1]["min"] != 0:
        yield Fault("R005", ("bands", len(bands) - 1, "min"), say("the last band must begin at 0"))
