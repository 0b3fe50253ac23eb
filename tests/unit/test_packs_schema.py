"""The schemas are JSON Schemas of draft-07 that editors can use, and the loader and the domain agree with them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.exceptions import NoSuchResource

from simulator.conversation.gate import DELTAS
from simulator.domain.acts import ACTS
from simulator.domain.persona import LINE_KINDS, Interest
from simulator.domain.rubric import AnsweredBy, QuoteFrom
from simulator.domain.text import LANGUAGES
from simulator.packs.locate import Path as Way
from simulator.packs.personas import build_persona
from simulator.packs.rubrics import build_rubric
from simulator.packs.shape import KEYWORDS, Kind, misshapen, schema_of
from simulator.packs.tree import read_tree

FIXTURES = Path(__file__).parents[1] / "fixtures" / "packs"
SOURCES: dict[Kind, bytes] = {
    "persona": (FIXTURES / "personas" / "wet-books.yaml").read_bytes(),
    "rubric": (FIXTURES / "rubrics" / "brief.yaml").read_bytes(),
}
VALUES: dict[Kind, Any] = {kind: read_tree(source).value for kind, source in SOURCES.items()}
KINDS: tuple[Kind, ...] = get_args(Kind)


def _refuse(uri: str) -> Any:
    raise NoSuchResource(uri)


NOTHING_FETCHED: Registry[Any] = Registry(retrieve=_refuse)  # type: ignore[call-arg] # attrs' names are invisible here


def validator(kind: Kind) -> Draft7Validator:
    return Draft7Validator(schema_of(kind), registry=NOTHING_FETCHED)


def rules(rule: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema with the way to it."""
    yield at, rule
    for place in ("properties", "definitions"):
        for name, inner in rule.get(place, {}).items():
            yield from rules(inner, f"{at}/{place}/{name}")
    for place in ("items", "additionalProperties"):
        if isinstance(rule.get(place), dict):
            yield from rules(rule[place], f"{at}/{place}")


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_of_draft_7_without_an_address(kind: Kind) -> None:
    Draft7Validator.check_schema(schema_of(kind))
    assert schema_of(kind)["$id"].startswith("urn:")


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described_and_every_map_is_closed(kind: Kind) -> None:
    schema = schema_of(kind)
    for at, rule in rules(schema):
        shared = schema["definitions"].get(rule.get("$ref", "").rpartition("/")[2], {})
        if at.rpartition("/")[0].endswith("/properties"):
            assert rule.get("description") or shared.get("description"), at
        if "object" in rule.get("type", ()):
            assert "additionalProperties" in rule, at


@pytest.mark.parametrize("kind", KINDS)
def test_the_loader_knows_every_keyword_that_is_used(kind: Kind) -> None:
    for at, rule in rules(schema_of(kind)):
        assert set(rule) <= KEYWORDS, at
        assert "$ref" not in rule or set(rule) <= {"$ref", "description"}, at  # draft-07 ignores what stands beside it
        assert rule.get("$ref", "#/definitions/").startswith("#/definitions/"), at
        assert "pattern" not in rule or (rule["pattern"][0], rule["pattern"][-1]) == ("^", "$"), at


def test_vocabularies_are_those_of_the_domain() -> None:
    persona, rubric = schema_of("persona"), schema_of("rubric")
    assert tuple(persona["definitions"]["act"]["enum"]) == ACTS
    assert set(persona["definitions"]["unlocking_act"]["enum"]) < set(ACTS)
    assert set(persona["properties"]["persona"]["properties"]["deltas"]["properties"]) == set(DELTAS)
    lines = persona["properties"]["persona"]["properties"]["lines"]
    assert tuple(lines["properties"]) == LINE_KINDS == tuple(lines["required"])
    need = persona["properties"]["latent_needs"]["items"]["properties"]
    assert tuple(need["interest"]["enum"]) == get_args(Interest)
    observation = rubric["definitions"]["observation"]["properties"]
    assert tuple(observation["by"]["enum"]) == get_args(AnsweredBy)
    assert tuple(observation["quote"]["enum"]) == get_args(QuoteFrom)
    better = rubric["definitions"]["criterion"]["properties"]["better"]["enum"]
    assert set(persona["properties"]["model_lines"]["properties"]) == {*better[4:]} < set(ACTS)
    for schema in (persona, rubric):
        assert tuple(schema["definitions"]["languages"]["items"]["enum"]) == LANGUAGES
        assert tuple(schema["definitions"]["text"]["properties"]) == LANGUAGES


def leaves(value: Any, way: Way = ()) -> Iterator[Way]:
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(item, (*way, step))
    else:
        yield way


@pytest.mark.parametrize("kind", KINDS)
def test_the_small_pack_has_every_key_of_the_schema(kind: Kind) -> None:
    used: set[int] = set()

    def collect(value: Any, rule: Any) -> None:
        if "$ref" in rule:
            rule = schema_of(kind)["definitions"][rule["$ref"].rpartition("/")[2]]
        for key, item in value.items() if isinstance(value, dict) else ():
            if inner := rule.get("properties", {}).get(key):
                used.add(id(inner))
                collect(item, inner)
        for item in value if isinstance(value, list) else ():
            collect(item, rule.get("items", {}))

    collect(VALUES[kind], schema_of(kind))
    keys = {at: rule for at, rule in rules(schema_of(kind)) if at.rpartition("/")[0].endswith("/properties")}
    unused = {at.rpartition("/")[2] for at, rule in keys.items() if id(rule) not in used}
    assert unused <= {*DELTAS, *ACTS, "zh-Hant", "draft"} - {"patience", "promise", "confirm_ask"}


CHANGED = {"learner": "either", "either": "none", "none": "learner", "company": "personal", "personal": "company",
           "judge": "code", "code": "judge", "phone": "chat", "quote_rule": "argue", "open_question": "own_it",
           "closed_question": "own_it", "reflect_feeling": "own_it", "en": "zh-Hant", "zh-Hans": "zh-Hant"}  # fmt: skip


def changed(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return CHANGED.get(value, value + "x")
    return value - 1 if value > 0 else value - 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_of_the_file_arrives_in_the_domain(kind: Kind) -> None:
    """Whatever is changed in the file changes what is loaded, so no key is read past."""
    tree = read_tree(SOURCES[kind])

    def built(value: Any) -> object:
        return build_persona(value) if kind == "persona" else build_rubric(value, tree.positions)

    before = built(tree.value)
    lost = []
    for way in leaves(tree.value):
        value = copy.deepcopy(tree.value)
        holder: Any = value
        for step in way[:-1]:
            holder = holder[step]
        holder[way[-1]] = changed(holder[way[-1]])
        if built(value) == before:
            lost.append(way)
    assert lost == [("format",)]


WORDS = st.text(st.characters(exclude_characters="\n"), max_size=5)  # Python's $ matches before a last line feed
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 200), st.floats(-9, 9), WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


@settings(max_examples=200)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_the_loader_and_jsonschema_agree_on_what_has_the_right_shape(kind: Kind, data: st.DataObject) -> None:
    value = copy.deepcopy(VALUES[kind])
    for _ in range(data.draw(st.integers(1, 2))):
        holder: Any = value
        while True:
            step = data.draw(st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder))))
            if not isinstance(holder[step], dict | list) or not holder[step] or data.draw(st.booleans()):
                break
            holder = holder[step]
        match data.draw(st.sampled_from(["replace", "remove", "add", "repeat"])):
            case "replace":
                holder[step] = data.draw(ANYTHING)
            case "remove" if len(holder) > 1:
                del holder[step]
            case "add" if isinstance(holder, dict):
                holder[data.draw(st.sampled_from(["extra", "en", "zh-Hant", "id", "with", "when"]))] = data.draw(
                    ANYTHING
                )
            case "repeat" if isinstance(holder, list):
                holder.extend([holder[step]] * data.draw(st.integers(1, 30)))
            case _:
                pass
    wrong = list(misshapen(value, schema_of(kind)))
    assert validator(kind).is_valid(value) == (not wrong), wrong[:1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_small_pack_fits_for_jsonschema_too(kind: Kind) -> None:
    assert list(validator(kind).iter_errors(VALUES[kind])) == []
