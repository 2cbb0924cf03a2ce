"""The lines of a milestone's registers (agenda, objectives, artefacts, lessons …): adding, changing, moving, deleting them."""

from __future__ import annotations

from typing import Any, TypeVar

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.milestones import milestone
from milestone_desktop.domain.completion import ordered
from milestone_desktop.domain.enums import LessonCategory
from milestone_desktop.domain.gates import (
    AgendaRow,
    Artefact,
    ChecklistEntry,
    Criterion,
    Feedback,
    LaunchStep,
    Lesson,
    Objective,
    RoleLine,
    ScopeLine,
)
from milestone_desktop.domain.messages import N_, PlanError, message

Row = TypeVar("Row")

_ADD = {
    AgendaRow: N_("Add agenda point “{text}”"),
    Objective: N_("Add objective “{text}”"),
    ScopeLine: N_("Add to the scope: “{text}”"),
    RoleLine: N_("Add role “{text}”"),
    Artefact: N_("Add artefact “{text}”"),
    Feedback: N_("Add feedback “{text}”"),
    LaunchStep: N_("Add launch step “{text}”"),
    Lesson: N_("Add lesson “{text}”"),
}
_CHANGE = {
    AgendaRow: N_("Change agenda point “{text}”"),
    Objective: N_("Change objective “{text}”"),
    ScopeLine: N_("Change the scope: “{text}”"),
    RoleLine: N_("Change role “{text}”"),
    Artefact: N_("Change artefact “{text}”"),
    Feedback: N_("Change feedback “{text}”"),
    LaunchStep: N_("Change launch step “{text}”"),
    Lesson: N_("Change lesson “{text}”"),
}
_DELETE = {
    AgendaRow: N_("Delete agenda point “{text}”"),
    Objective: N_("Delete objective “{text}”"),
    ScopeLine: N_("Delete from the scope: “{text}”"),
    RoleLine: N_("Delete role “{text}”"),
    Artefact: N_("Delete artefact “{text}”"),
    Feedback: N_("Delete feedback “{text}”"),
    LaunchStep: N_("Delete launch step “{text}”"),
    Lesson: N_("Delete lesson “{text}”"),
}
_TEXT_FIELDS = {RoleLine: "role", Artefact: "title"}
"""What a line says, where the field is not called `text`."""


def text_field(kind: type) -> str:
    """The field that says what a line is about; it is never empty."""
    return _TEXT_FIELDS.get(kind, "text")


def add(edit: Edit, kind: type[Row], milestone_id: int, text: str, **fields: Any) -> Row:
    """Adds a line of a kind to the end of a milestone's register. Raises PlanError for an empty text."""
    row = milestone(edit.plan, milestone_id)
    said = _some_text(text)
    edit.label = message(_ADD[kind], text=said)
    last = max((entry.order for entry in _lines(edit, kind, row.id)), default=0.0)
    if kind is Feedback:
        fields.setdefault("given", edit.today)
    made: Any = kind
    line: Row = made(id=edit.new_id(), milestone=row.id, order=last + 1, **{text_field(kind): said}, **fields)
    return edit.add(line)


def change(edit: Edit, row: Row, **fields: Any) -> Row:
    """Changes fields of a line. Raises PlanError for an empty text."""
    kind, name = type(row), text_field(type(row))
    edit.label = message(_CHANGE[kind], text=getattr(row, name))
    if name in fields:
        fields[name] = _some_text(fields[name])
    return edit.update(row, **fields)


def remove(edit: Edit, row: Any) -> None:
    """Deletes a line."""
    edit.label = message(_DELETE[type(row)], text=getattr(row, text_field(type(row))))
    edit.remove(row)


def move(edit: Edit, row: Any, step: int) -> None:
    """Moves a line (also of the checklist or the criteria) one place up (-1) or down (1); at the end it stays."""
    edit.label = message(N_("Move “{text}”"), text=getattr(row, text_field(type(row))))
    lines = _lines(edit, type(row), row.milestone)
    place = next(n for n, line in enumerate(lines) if line.id == row.id)
    other = place + step
    if not 0 <= other < len(lines):
        return
    lines[place], lines[other] = lines[other], lines[place]
    for number, line in enumerate(lines, 1):
        edit.update(line, order=float(number))


def add_lesson(edit: Edit, milestone_id: int, text: str, category: LessonCategory) -> Lesson:
    """Adds a lesson of a category; it is a review's, whatever milestone it was learned at."""
    return add(edit, Lesson, milestone_id, text, category=category)


def _lines(edit: Edit, kind: type[Any], milestone_id: int) -> list[Any]:
    return ordered(edit.plan, kind, milestone_id)


def _some_text(text: str) -> str:
    trimmed = text.strip()
    if not trimmed:
        raise PlanError(N_("A line without text says nothing."), N_("Type what it is about, or delete the line."))
    return trimmed


REGISTERS = tuple(_ADD)
"""The kinds of lines that this module looks after as a whole."""

MOVABLE = (*REGISTERS, ChecklistEntry, Criterion)
