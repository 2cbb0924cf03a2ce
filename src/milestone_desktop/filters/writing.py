"""Writes a filter as a person would type it; `reading` gives the same tree again."""

from __future__ import annotations

from milestone_desktop.filters.field import OPERATORS, Sort
from milestone_desktop.filters.fields import field_named
from milestone_desktop.filters.reading import ENDS, MARKS
from milestone_desktop.filters.tree import OPPOSITES, All, Condition, Node, Not, Operator, Some

_POSITIVE = {opposite: operator for operator, opposite in OPPOSITES.items() if operator is not Operator.EMPTY}
_SIZES = {Operator.BELOW: "<", Operator.AT_MOST: "<=", Operator.ABOVE: ">", Operator.AT_LEAST: ">="}
_BINDING = frozenset({"or", "and", "not", "|", "&"})
_PRESENCE = frozenset({"none", "any"})
_SIGNS = frozenset("".join(MARKS))


def write_filter(node: Node) -> str:
    """The text of a filter; "" for the one that keeps everything."""
    if isinstance(node, All):
        return " ".join(_inside(part, tight=True) for part in node.parts)
    return _inside(node, tight=False)


def _inside(node: Node, *, tight: bool) -> str:
    """A part of a filter; tight: it stands beside others that must hold too, so that `or` needs parentheses."""
    if isinstance(node, Condition):
        return _condition(node)
    if isinstance(node, Not):
        return f"-({write_filter(node.part)})" if not isinstance(node.part, Condition) else f"-{_condition(node.part)}"
    if isinstance(node, Some):
        text = " or ".join(_inside(part, tight=False) for part in node.parts)
        return f"({text})" if tight else text
    text = " ".join(_inside(part, tight=True) for part in node.parts)
    return f"({text})"


def _condition(node: Condition) -> str:
    field = field_named(node.field)
    operator = _POSITIVE.get(node.operator)
    if operator is not None and node.operator in (Operator.NOT_EQUALS, Operator.NOT_IN, Operator.NOT_LIKE):
        return f"-{_condition(Condition(node.field, operator, node.values))}"
    if field.sort is Sort.FLAG:
        return f"is:{node.field}" if node.values == ("yes",) else f"-is:{node.field}"
    if node.field == "what" and node.operator is Operator.EQUALS and node.values[0] in ("milestone", "item"):
        return f"is:{node.values[0]}"
    if node.field == "text" and node.operator is Operator.LIKE and len(node.values) == 1:
        return _bare(node.values[0])
    match node.operator:
        case Operator.EMPTY:
            return f"{node.field}:none"
        case Operator.NOT_EMPTY:
            return f"{node.field}:any"
        case Operator.BETWEEN | Operator.OVERLAPS:
            return f"{node.field}:{'..'.join(_value(value) for value in node.values)}"
        case Operator.NEXT:
            return f"{node.field}:next{node.values[0]}"
        case Operator.LAST:
            return f"{node.field}:last{node.values[0]}"
    usual = OPERATORS[field.sort][0]
    if node.operator in _SIZES:
        mark = _SIZES[node.operator]
    elif node.operator is Operator.LIKE:
        mark = ":" if usual is Operator.LIKE else "~"
    else:
        mark = "=" if usual is Operator.LIKE else ":"
    return f"{node.field}{mark}{','.join(_value(value) for value in node.values)}"


def _bare(word: str) -> str:
    """A word that stands alone."""
    if not word or word.startswith("-") or word.casefold() in _BINDING or set(word) & (ENDS | _SIGNS) or _spaced(word):
        return quoted(word)
    return word


def _value(text: str) -> str:
    """A value behind a mark."""
    if not text or set(text) & ENDS or ".." in text or text.endswith(".") or text.casefold() in _PRESENCE or _spaced(text):
        return quoted(text)
    return text


def _spaced(text: str) -> bool:
    return any(letter.isspace() for letter in text)


def quoted(text: str) -> str:
    """In quotation marks, those inside it and backslashes marked."""
    inside = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inside}"'
