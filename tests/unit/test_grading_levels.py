from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.domain.rubric import Rule
from simulator.grading.kleene import Bounds
from simulator.grading.levels import LONGEST_RULE, RuleError, compile_rule, reachable_level

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMES: Mapping[str, type] = {"a": bool, "b": bool, "c": bool, "ratio": float, "count": int}


def rule(source: str) -> Rule:
    return Rule(source, line=7, column=20)


def evaluate(source: str, **values: bool | float | Bounds | None) -> bool | None:
    return compile_rule(rule(source), NAMES).evaluate(values)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a and not b", True),
        ("a and b", False),
        ("a or b and c", True),
        ("(a or b) and c", None),
        ("not (b or b)", True),
        ("true", True),
        ("True and not False", True),
        ("ratio >= 0.6", True),
        ("0 < count <= 3 < ratio", False),
        ("-1 <= count != 4 and ratio == 0.75", True),
        ("  a", True),
        ("a and\n  not b", True),
    ],
)
def test_a_rule_says_what_it_reads_like(source: str, expected: bool | None) -> None:  # noqa: FBT001 - a table row
    assert evaluate(source, a=True, b=False, c=None, ratio=0.75, count=3) is expected


RULES = (
    "a and b",
    "a or b",
    "not a",
    "a and not b or c",
    "(a or b) and (b or c) and not (a and c)",
    "not (a or not b) and c",
    "a and (b or ratio > 1)",
    "not (ratio > 1) or c",
)


@pytest.mark.parametrize("source", RULES)
def test_the_three_valued_answer_agrees_with_python_for_every_truth_table(source: str) -> None:
    """Known values give Python's answer; with unknown ones an answer stands only if no value of theirs changes it."""
    for values in product((True, False, None), (True, False, None), (True, False, None), (0, 2, None)):
        given_values = dict(zip(("a", "b", "c", "ratio"), values, strict=True))
        answer = evaluate(source, **given_values)
        choices = [
            [value] if value is not None else [0, 2] if name == "ratio" else [True, False]
            for name, value in given_values.items()
        ]
        possible = {
            bool(eval(source, {}, dict(zip(given_values, chosen, strict=True))))  # noqa: S307 - the oracle, on fixed text
            for chosen in product(*choices)
        }
        if answer is not None:
            assert possible == {answer}, given_values
        if None not in values:
            assert answer is possible.pop()


def boolean_sources() -> st.SearchStrategy[str]:
    leaves = st.sampled_from(["a", "b", "c", "true", "false", "ratio >= 2", "1 < ratio <= 3"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda part: f"not ({part})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        ),
        max_leaves=8,
    )


@given(boolean_sources(), st.tuples(*[st.sampled_from([True, False, None])] * 3), st.sampled_from([0, 2, 3, 5]))
@settings(max_examples=150)
def test_any_rule_agrees_with_python_however_it_is_nested(
    source: str, truths: tuple[bool | None, ...], ratio: int
) -> None:
    names = dict(zip("abc", truths, strict=True))
    answer = evaluate(source, ratio=ratio, **names)
    open_names = [name for name, value in names.items() if value is None]
    for chosen in product((True, False), repeat=len(open_names)):
        values = {**names, **dict(zip(open_names, chosen, strict=True)), "ratio": ratio, "true": True, "false": False}
        if answer is not None or not open_names:
            assert answer is bool(eval(source, {}, values))  # noqa: S307 - the oracle, on generated boolean text


def test_a_range_decides_only_what_holds_over_all_of_it() -> None:
    part = Bounds(0.6, 1.0)
    assert evaluate("ratio >= 0.6", ratio=part) is True
    assert evaluate("ratio > 0.6", ratio=part) is None
    assert evaluate("ratio < 0.5", ratio=part) is False
    assert evaluate("ratio == 0.8", ratio=part) is None
    assert evaluate("ratio != 2", ratio=part) is True
    assert evaluate("0.1 < ratio < 0.9", ratio=part) is None


def test_an_answer_names_what_it_rests_on() -> None:
    decided = compile_rule(rule("a and b or c and ratio > 1"), NAMES)
    assert decided.evaluate(values := {"a": True, "b": False, "c": True, "ratio": 2}) is True
    assert decided.grounds(values) == {"c", "ratio"}


@pytest.mark.parametrize(
    ("source", "column", "said"),
    [
        ("a and ratoi > 1", 26, "did you mean 'ratio'"),
        ("a and ratio", 26, "'ratio' is a number"),
        ("b > 1", 20, "'b' is a yes or no"),
        ("a and 3", 26, "number or text"),
        ("a == true", 20, "'a' is a yes or no"),
        ("a + b > 1", 20, "comparison needs numbers"),
        ("a if b else c", 20, "only and, or, not"),
        ("ratio in count", 20, "only <, <="),
        ("a and", 25, "not a rule"),
        ("", 20, "empty"),
        ("(a) or (b", 27, "not a rule"),
        ("__import__('os').system('x')", 20, "only and, or, not"),
        ("(lambda: a)()", 20, "only and, or, not"),
        ("ratio.real > 1", 20, "comparison needs numbers"),
        ("'a'", 20, "number or text"),
        ("a; b", 21, "not a rule"),
    ],
)
def test_a_rule_that_cannot_be_decided_is_refused_where_it_stands(source: str, column: int, said: str) -> None:
    with pytest.raises(RuleError) as refused:
        compile_rule(rule(source), NAMES)
    assert said in str(refused.value)
    assert (refused.value.line, refused.value.column) == (7, column)


@pytest.mark.parametrize("source", ["a or " * 300 + "a", "(" * 400 + "a" + ")" * 400])
def test_a_hostile_rule_is_refused(source: str) -> None:
    with pytest.raises(RuleError):
        compile_rule(rule(source), NAMES)


def test_a_rule_as_long_as_is_allowed_is_evaluated() -> None:
    source = "not " * ((LONGEST_RULE - 1) // 8 * 2) + "a"
    assert evaluate(source, a=True) is True


def levels(*rules: tuple[int, str]) -> list[tuple[int, object]]:
    names = {**NAMES, "fault": bool}
    return [(level, compile_rule(rule(source), names)) for level, source in rules]


FIVE = ((5, "a and b and not fault"), (4, "a and not fault"), (3, "b"), (1, "true"))


@pytest.mark.parametrize(
    ("values", "low", "high"),
    [
        ({"a": True, "b": True, "fault": False}, 5, 5),
        ({"a": True, "b": None, "fault": False}, 4, 5),
        ({"a": True, "b": True, "fault": None}, 3, 5),
        ({"a": None, "b": None, "fault": None}, 1, 5),
        ({"a": False, "b": False, "fault": None}, 1, 1),
    ],
)
def test_undecided_virtues_and_faults_are_supposed_both_ways(
    values: dict[str, bool | None], low: int, high: int
) -> None:
    found = reachable_level(levels(*FIVE), values, ["fault"], {})  # type: ignore[arg-type]  # the helper hides the type
    assert (found.low, found.high) == (low, high)
    assert set(found.undecided) == {name for name, value in values.items() if value is None}


def test_a_fact_of_unknown_size_leaves_the_levels_it_allows() -> None:
    rules = levels((5, "ratio >= 0.9"), (3, "ratio >= 0.5"), (1, "true"))
    found = reachable_level(rules, {}, [], {"ratio": Bounds(0.6, 1.0)})  # type: ignore[arg-type]
    assert (found.low, found.high, found.undecided) == (3, 5, ("ratio",))


def test_rules_are_tried_in_their_order_not_by_level() -> None:
    rules = levels((1, "fault"), (5, "a"), (2, "true"))
    found = reachable_level(rules, {"fault": True, "a": True}, ["fault"], {})  # type: ignore[arg-type]
    assert (found.low, found.high) == (1, 1)
