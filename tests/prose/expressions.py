"""The small language of slots and conditions: sums, comparisons and percentages over the names of figures."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

Number = int | str
"""A percentage is a string: it is there to be printed, digit by digit."""


def percent(digits: int) -> Callable[[int, int], str]:
    """Part and whole → the percentage with at most so many digits, rounded half up."""

    def printed(part: int, whole: int) -> str:
        step = Decimal(1).scaleb(-digits)
        text = str((Decimal(100 * part) / Decimal(whole)).quantize(step, ROUND_HALF_UP))
        return text.rstrip("0").rstrip(".") if digits == 2 else text

    return printed


FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "pct": percent(2),
    "pct1": percent(1),
    "pct0": percent(0),
    "abs": abs,
    "min": min,
    "max": max,
}
_OPERATORS: Mapping[type[ast.AST], Callable[..., int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


def parse(text: str) -> ast.expr:
    """The tree of an expression. Raises SyntaxError."""
    return ast.parse(text.strip(), mode="eval").body


def names_in(tree: ast.expr) -> frozenset[str]:
    """The figures that an expression speaks of."""
    return frozenset(node.id for node in ast.walk(tree) if isinstance(node, ast.Name)) - FUNCTIONS.keys()


def value_of(tree: ast.expr, figures: Mapping[str, int]) -> Number:
    """What an expression comes to. Raises KeyError for what it may not hold, ZeroDivisionError."""
    match tree:
        case ast.Constant(value=int(number)):
            return number
        case ast.Name(id=name):
            return figures[name]
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)](value_of(left, figures), value_of(right, figures))
        case ast.Compare(left=left, ops=ops, comparators=rest):
            operands = [value_of(part, figures) for part in (left, *rest)]
            return all(_OPERATORS[type(op)](*operands[i : i + 2]) for i, op in enumerate(ops))
        case ast.BoolOp(op=op, values=parts):
            whole = any if isinstance(op, ast.Or) else all
            return whole(value_of(part, figures) for part in parts)
        case ast.Call(func=ast.Name(id=name), args=args):
            return FUNCTIONS[name](*(value_of(part, figures) for part in args))
    raise KeyError(ast.unparse(tree))
