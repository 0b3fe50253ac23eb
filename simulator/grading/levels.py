"""Rules of a rubric: boolean expressions over named observations and facts, checked when they are compiled.

Allowed: and, or, not, comparisons (chains too), numbers, true, false, names, parentheses. Nothing is ever handed to
eval: the standard library's ast parses, a whitelist compiles. Values may be unknown: kleene.py evaluates.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from simulator.domain.rubric import Criterion, LevelRule, Rule
from simulator.errors import BadInput
from simulator.grading.kleene import (
    Compared,
    Comparison,
    Constant,
    Decider,
    Joined,
    Named,
    Negation,
    Number,
    Value,
    at_most,
    equal,
    fixed,
    inverse,
    less,
    measured,
)
from simulator.wording import say

LONGEST_RULE = 1000
"""Characters of a rule. The longest of a real rubric has under 200; beyond this it is an attack on the parser."""


class RuleError(BadInput):
    """A rule that cannot be compiled. `line` and `column` are those of the pack file, counted from 1.

    `unknown` is the name that nobody knows, where that is what is wrong, and `suggestions` the known ones near it.
    """

    def __init__(
        self, message: str, line: int, column: int, unknown: str = "", suggestions: tuple[str, ...] = ()
    ) -> None:
        hint = say("; did you mean '{word}'?", word=suggestions[0]) if suggestions else ""
        super().__init__(message + hint)
        self.message = message
        self.line = line
        self.column = column
        self.unknown = unknown
        self.suggestions = suggestions


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled rule. `names` are all names it reads."""

    source: str
    names: frozenset[str]
    decider: Decider

    def evaluate(self, values: Mapping[str, Value]) -> bool | None:
        """True, False, or None where unknown values leave it open. A name without a value is unknown."""
        return self.decider.truth(values)

    def grounds(self, values: Mapping[str, Value]) -> frozenset[str]:
        """The names that this answer rests on."""
        return self.decider.grounds(values)


@dataclass(frozen=True, slots=True)
class LevelRange:
    """The levels that what is undecided still allows; `undecided` names what stands between them."""

    low: int
    high: int
    undecided: tuple[str, ...] = ()


_COMPARISONS: Mapping[type[ast.cmpop], Comparison] = {
    ast.Lt: less,
    ast.LtE: at_most,
    ast.Gt: lambda a, b: less(b, a),
    ast.GtE: lambda a, b: at_most(b, a),
    ast.Eq: equal,
    ast.NotEq: lambda a, b: inverse(equal(a, b)),
}

_SLIPS = {"=>": ">=", "=<": "<=", "&&": "and", "||": "or", "!": "not", "=": "=="}
_SLIP = re.compile(r"=>|=<|&&|\|\||!(?!=)|(?<![=<>!])=(?!=)")
_CONSTANTS = {"true": True, "True": True, "false": False, "False": False}


def compile_rule(rule: Rule, names: Mapping[str, type]) -> Expression:
    """The rule, ready to evaluate. `names` gives each name's type: bool or float (int counts as float).

    Raises RuleError for what is not a rule, an unknown name or a name of the wrong type.
    """
    compiler = _Compiler(rule, names)
    tree = compiler.parse()
    decider = compiler.truth(tree)
    read = frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in _CONSTANTS)
    return Expression(rule.source, read, decider)


def reachable_level(
    rules: Sequence[tuple[int, Expression]],
    observations: Mapping[str, bool | None],
    faults: Iterable[str],
    facts: Mapping[str, Value],
) -> LevelRange:
    """The levels a criterion can have: its rules tried in order, the first that holds wins.

    They are tried twice, once with undecided virtues false and undecided faults true, once the reverse. A rule that an
    unknown fact leaves open may win or not, so both ways are followed.
    """
    read = frozenset().union(*(expression.names for _, expression in rules))
    values = {name: observations[name] if name in observations else facts.get(name) for name in read}
    undecided = [name for name, value in observations.items() if value is None]
    faulty = set(faults)
    found: set[int] = set()
    for kind in (False, True) if undecided else (False,):
        found |= _levels(rules, {**values, **{name: (name in faulty) != kind for name in undecided}})
    unknown = [name for name, value in values.items() if not isinstance(value, bool | int | float)]
    return LevelRange(min(found), max(found), tuple(sorted(unknown)))


def compile_levels(criterion: Criterion, fact_types: Mapping[str, type]) -> tuple[tuple[int, Expression], ...]:
    """The level rules of a criterion over its own observations and all facts. Raises RuleError."""
    names = {**fact_types, **{observation.id: bool for observation in criterion.observations}}
    return tuple((rule.level, compile_rule(rule.when, names)) for rule in _with_floor(criterion.levels))


def _with_floor(rules: Sequence[LevelRule]) -> Sequence[LevelRule]:
    """A criterion whose last rule can fail would have no level at all; level 1 is what is left."""
    return (*rules, LevelRule(1, Rule("true")))


def _levels(rules: Sequence[tuple[int, Expression]], values: Mapping[str, Value]) -> set[int]:
    found: set[int] = set()
    for level, expression in rules:
        holds = expression.evaluate(values)
        if holds is not False:
            found.add(level)
        if holds:
            break
    return found


class _Compiler:
    """One rule on its way through the whitelist."""

    def __init__(self, rule: Rule, names: Mapping[str, type]) -> None:
        self.rule = rule
        self.names = names
        self.text = " ".join(rule.source.splitlines())

    def parse(self) -> ast.expr:
        if len(self.text) > LONGEST_RULE:
            raise self.error(say("{count} characters; at most {limit}", count=len(self.text), limit=LONGEST_RULE), 0)
        if not self.text.strip():
            raise self.error(say("an empty rule"), 0)
        indent = len(self.text) - len(self.text.lstrip())
        try:
            return ast.parse(self.text.lstrip(), mode="eval").body
        except SyntaxError as error:
            if slip := _SLIP.search(self.text):
                told = say("not a rule: '{slip}' is written '{meant}'", slip=slip[0], meant=_SLIPS[slip[0]])
                raise self.error(told, slip.start()) from error
            at_end = not error.offset or error.lineno != 1
            offset = len(self.text) if at_end else indent + (error.offset or 1) - 1
            raise self.error(say("not a rule: {reason}", reason=error.msg), offset) from error
        except (ValueError, RecursionError, MemoryError) as error:
            raise self.error(say("not a rule: it cannot be parsed"), 0) from error

    def error(self, message: str, offset: int, name: str = "") -> RuleError:
        close = tuple(get_close_matches(name, self.names, n=3, cutoff=0.6)) if name else ()
        return RuleError(message, self.rule.line, self.rule.column + offset, name, close)

    def at(self, node: ast.expr, message: str, name: str = "") -> RuleError:
        indent = len(self.text) - len(self.text.lstrip())
        before = self.text.lstrip().encode()[: node.col_offset].decode(errors="ignore")
        return self.error(message, indent + len(before), name)

    def truth(self, node: ast.expr) -> Decider:  # noqa: PLR0911 - one line a kind of node reads best flat
        """Compile what must be true or false."""
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return Joined([self.truth(value) for value in values], deciding=False)
            case ast.BoolOp(op=ast.Or(), values=values):
                return Joined([self.truth(value) for value in values], deciding=True)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Negation(self.truth(operand))
            case ast.Compare():
                return self.comparison(node)
            case ast.Constant(value=bool() as value):
                return Constant(value)
            case ast.Name(id=name) if name in _CONSTANTS:
                return Constant(_CONSTANTS[name])
            case ast.Name(id=name):
                self.expect(node, name, bool)
                return Named(name)
            case ast.Constant():
                raise self.at(node, say("a number or text stands where true or false is needed"))
        raise self.at(node, say("only and, or, not, comparisons, numbers, true, false and names are allowed"))

    def comparison(self, node: ast.Compare) -> Decider:
        sides = [self.number(side) for side in (node.left, *node.comparators)]
        names = frozenset(
            n.id for side in (node.left, *node.comparators) for n in ast.walk(side) if isinstance(n, ast.Name)
        )
        operators = []
        for operator in node.ops:
            if type(operator) not in _COMPARISONS:
                raise self.at(node, say("only <, <=, >, >=, == and != compare"))
            operators.append(_COMPARISONS[type(operator)])
        return Compared(sides, operators, names)

    def number(self, node: ast.expr) -> Number:
        """Compile what must be a number."""
        match node:
            case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
                return fixed(value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)) if not isinstance(
                value, bool
            ):
                return fixed(-value)
            case ast.Name(id=name) if name not in _CONSTANTS:
                self.expect(node, name, float)
                return measured(name)
        raise self.at(node, say("a comparison needs numbers or names of numbers"))

    def expect(self, node: ast.expr, name: str, wanted: type) -> None:
        if name not in self.names:
            raise self.at(node, say("unknown name '{name}'", name=name), name)
        if (self.names[name] is bool) != (wanted is bool):
            if self.names[name] is bool:
                raise self.at(node, say("'{name}' is a yes or no; a number is wanted here", name=name))
            raise self.at(node, say("'{name}' is a number; compare it, as in `{name} >= 1`", name=name))
