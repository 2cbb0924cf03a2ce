"""What could be typed next in a filter: fields, and the values that a field may have."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.filters.field import Field, Sort
from milestone_desktop.filters.fields import by_name, fields
from milestone_desktop.filters.moments import WORDS
from milestone_desktop.filters.writing import quoted

MOST = 12
_DAYS = ("next30d", "last7d", "none", *WORDS[:1], *WORDS[3:6], "status")
_SPACES = " \t\n("


@dataclass(frozen=True, slots=True)
class Suggestion:
    """text: what would stand from `start` to `end` instead; told: what it is called."""

    text: str
    told: str | Message
    start: int
    end: int


def suggestions(text: str, cursor: int, plan: Plan) -> list[Suggestion]:
    """What the word at the cursor could become, the likeliest first; nothing inside quotation marks."""
    start = cursor
    while start > 0 and text[start - 1] not in _SPACES:
        start -= 1
    if text[:cursor].count('"') % 2:
        return []
    word = text[start:cursor].lstrip("-")
    start = cursor - len(word)
    name, mark, begun = word.partition(":")
    if mark:
        return _values(name.casefold(), begun, start + len(name) + 1, cursor, plan)
    wanted = word.casefold()
    if not wanted:
        return []
    begins = [field for field in fields() if field.name.startswith(wanted)]
    more = [field for field in fields() if field not in begins and any(name.startswith(wanted) for name in field.aliases)]
    return [Suggestion(f"{field.name}:", Message(field.heading), start, cursor) for field in (*begins, *more)][:MOST]


def _values(name: str, begun: str, start: int, cursor: int, plan: Plan) -> list[Suggestion]:
    done, comma, begun = begun.rpartition(",")
    start += len(done) + len(comma)
    found: list[str] = []
    if name == "is":
        found = ["open", "done", "milestone", "item", *(field.name for field in fields() if field.sort is Sort.FLAG)]
    elif (field := by_name().get(name)) is not None:
        found = list(_offered(field, plan))
    fitting = [value for value in found if value.casefold().startswith(begun.casefold()) and value != begun]
    return [Suggestion(_typed(value), value, start, cursor) for value in fitting[:MOST]]


def _offered(field: Field, plan: Plan) -> tuple[str, ...]:
    match field.sort:
        case Sort.DAY:
            return _DAYS
        case Sort.FLAG:
            return ("yes", "no")
        case Sort.PERSON:
            return ("me", *(field.choices(plan) if field.choices is not None else ()), "none")
    return (*(field.choices(plan) if field.choices is not None else ()), "none")


def _typed(value: str) -> str:
    return quoted(value) if any(letter.isspace() or letter in '(),"' for letter in value) else value
