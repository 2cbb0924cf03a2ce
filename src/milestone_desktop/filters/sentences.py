"""A filter in words: “Status is open”, “Due in the next 30 days”."""

from __future__ import annotations

from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.filters.field import Field, Sort
from milestone_desktop.filters.fields import field_named
from milestone_desktop.filters.moments import STATUS, WORDS
from milestone_desktop.filters.tree import All, Condition, Node, Not, Operator, Some

_PATTERNS = {
    Operator.EQUALS: N_("{field} is {value}"),
    Operator.NOT_EQUALS: N_("{field} is not {value}"),
    Operator.IN: N_("{field} is one of {value}"),
    Operator.NOT_IN: N_("{field} is none of {value}"),
    Operator.LIKE: N_("{field} contains {value}"),
    Operator.NOT_LIKE: N_("{field} does not contain {value}"),
    Operator.EMPTY: N_("{field} is empty"),
    Operator.NOT_EMPTY: N_("{field} is not empty"),
    Operator.BELOW: N_("{field} below {value}"),
    Operator.AT_MOST: N_("{field} at most {value}"),
    Operator.ABOVE: N_("{field} above {value}"),
    Operator.AT_LEAST: N_("{field} at least {value}"),
    Operator.BETWEEN: N_("{field} between {value} and {last}"),
    Operator.NEXT: N_("{field} in the next {value}"),
    Operator.LAST: N_("{field} in the last {value}"),
    Operator.OVERLAPS: N_("{field} overlap {value} to {last}"),
}
_OF_DAYS = {
    Operator.BELOW: N_("{field} before {value}"),
    Operator.AT_MOST: N_("{field} on {value} or before"),
    Operator.ABOVE: N_("{field} after {value}"),
    Operator.AT_LEAST: N_("{field} on {value} or after"),
}
_OF_OFFSETS = {
    Operator.BELOW: (N_("{field} less than {value} ahead"), N_("{field} more than {value} ago")),
    Operator.AT_MOST: (N_("{field} at most {value} ahead"), N_("{field} at least {value} ago")),
    Operator.ABOVE: (N_("{field} more than {value} ahead"), N_("{field} less than {value} ago")),
    Operator.AT_LEAST: (N_("{field} at least {value} ahead"), N_("{field} at most {value} ago")),
}
"""Of days counted from the status date: ahead of it, and before it."""

_MANY = {"d": N_("{count} days"), "w": N_("{count} weeks"), "m": N_("{count} months"), "y": N_("{count} years")}
_SINGLE = {"d": N_("day"), "w": N_("week"), "m": N_("month"), "y": N_("year")}
_ONE = {"d": N_("one day"), "w": N_("one week"), "m": N_("one month"), "y": N_("one year")}


def operator_words(operator: Operator, sort: Sort) -> Message:
    """An operator as the middle of a sentence, for a list to choose from: “is”, “contains”, “before”."""
    pattern = _OF_DAYS.get(operator) if sort is Sort.DAY else None
    return Message(pattern or _PATTERNS[operator], {"field": "", "value": "…", "last": "…"})


def sentence(node: Node) -> Message:
    """A filter or a part of it in words."""
    if isinstance(node, Condition):
        return _condition(node)
    if isinstance(node, Not):
        return message(N_("not ({part})"), part=sentence(node.part))
    if not node.parts:
        return message(N_("everything"))
    pattern = N_("{first} and {rest}") if isinstance(node, All) else N_("{first} or {rest}")
    parts = [_inner(part) for part in node.parts]
    told = parts[-1]
    for part in reversed(parts[:-1]):
        told = message(pattern, first=part, rest=told)
    return told


def _inner(node: Node) -> Message:
    return message(N_("({part})"), part=sentence(node)) if isinstance(node, All | Some) else sentence(node)


def _condition(node: Condition) -> Message:
    field = field_named(node.field)
    heading = Message(field.heading)
    if field.sort is Sort.FLAG:
        return heading if node.values == ("yes",) else message(N_("not {field}"), field=heading)
    if node.field == "what" and node.operator is Operator.EQUALS:
        return Message(N_("Only milestones") if node.values == ("milestone",) else N_("Only work items"))
    if node.field == "text" and node.operator is Operator.LIKE:
        return message(N_("“{words}”"), words=node.values[0]) if len(node.values) == 1 else _worded(node, field, heading)
    return _worded(node, field, heading)


def _worded(node: Condition, field: Field, heading: Message) -> Message:
    if node.operator in (Operator.NEXT, Operator.LAST):
        return message(_PATTERNS[node.operator], field=heading, value=_stretch(node.values[0]))
    if field.sort is Sort.DAY and node.operator in _OF_OFFSETS and _is_offset(node.values[0]):
        back = node.values[0].startswith("-")
        return message(_OF_OFFSETS[node.operator][back], field=heading, value=_count(node.values[0].lstrip("-")))
    told = [_value(value, field) for value in node.values]
    pattern = (_OF_DAYS.get(node.operator) if field.sort is Sort.DAY else None) or _PATTERNS[node.operator]
    if node.operator in (Operator.BETWEEN, Operator.OVERLAPS):
        return message(pattern, field=heading, value=told[0], last=told[1])
    value: Message | str = ""
    for one in reversed(told):
        value = message(N_("{first}, {rest}"), first=one, rest=value) if value else one
    return message(pattern, field=heading, value=value)


def _value(text: str, field: Field) -> Message | str:
    match field.sort:
        case Sort.DAY | Sort.SPAN:
            return _day(text, own_clock=field.own_clock)
        case Sort.NUMBER if field.unit:
            return f"{text} {field.unit}"
        case Sort.PERSON if text.casefold() == "me":
            return Message(N_("me"))
        case Sort.WORDS if field.choices is not None:
            return Message(text) if text else "“”"
        case Sort.EFFORT | Sort.NUMBER:
            return text
        case _:
            return f"“{text}”" if field.sort is Sort.TEXT or not text else text


def _day(text: str, *, own_clock: bool) -> Message | str:
    if text == STATUS:
        return Message(N_("the status date"))
    if text in WORDS:
        return Message(_WORDED[text])
    if _is_offset(text):
        back = text.startswith("-")
        pattern = N_("{count} ago") if back else N_("in {count}")
        if not own_clock:
            pattern = N_("{count} before the status date") if back else N_("{count} after the status date")
        return message(pattern, count=_count(text.lstrip("-")))
    return text


def _is_offset(text: str) -> bool:
    return text[-1:] in _MANY and text[:-1].lstrip("-").isdecimal()


def _stretch(text: str) -> Message:
    """The same after “in the next”."""
    return Message(_SINGLE[text[-1]]) if int(text[:-1]) == 1 else _count(text)


def _count(text: str) -> Message:
    count, unit = int(text[:-1]), text[-1]
    return Message(_ONE[unit]) if count == 1 else message(_MANY[unit], count=count)


_WORDED = {
    "today": N_("today"), "tomorrow": N_("tomorrow"), "yesterday": N_("yesterday"), "eow": N_("the end of this week"),
    "eom": N_("the end of this month"), "eoq": N_("the end of this quarter"), "eoy": N_("the end of this year"),
    "monday": N_("Monday"), "tuesday": N_("Tuesday"), "wednesday": N_("Wednesday"), "thursday": N_("Thursday"),
    "friday": N_("Friday"), "saturday": N_("Saturday"), "sunday": N_("Sunday"),
}  # fmt: skip
