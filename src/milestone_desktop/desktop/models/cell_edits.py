"""What editing cells does: texts in, one edit out. A text is read by its column, for each row by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.session import Session
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.messages import N_, Message, PlanError, message

MOST_NAMED = 3
"""How many faults of many cells are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A text for a cell. number: the row's number on the screen, counted from 1."""

    activity: int
    column: Column
    text: str
    number: int = 0


def refusal(session: Session, activity: Activity, column: Column) -> PlanError | None:
    """Why a cell cannot be edited; None where it can."""
    if (closed := session.only_read(activity.project)) is not None:
        return closed
    if column.why_not is not None and (found := column.why_not(activity)) is not None:
        return found
    if column.write is None or column.read is None:
        return PlanError(N_("This cell cannot be edited."))
    return None


def shown_text(column: Column, activity: Activity) -> str:
    """A cell as it goes to other programs: a text that the column reads."""
    return (column.copied if column.copied is not None else column.text)(activity)


def typed_text(column: Column, activity: Activity) -> str:
    """The text that an editor begins with."""
    return (column.typed if column.typed is not None else column.text)(activity)


def write_cell(session: Session, edit: Edit, column: Column, activity_id: int, text: str) -> None:
    """Takes a text into one cell. A value that stands there already is left alone. Raises PlanError."""
    row = existing(edit.plan, activity_id)
    if text.strip() == shown_text(column, row):
        return
    problem = refusal(session, row, column)
    if problem is not None:
        if is_shown(column, row, text):
            return
        raise problem
    if column.read is None or column.write is None:
        raise TypeError(f"the column {column.id} is not written")
    value: Any = column.read(row, text)
    if column.value is None or column.value(row) != value:
        column.write(edit, row, value)


def is_shown(column: Column, activity: Activity, text: str) -> bool:
    """Whether a text says in other signs what the cell shows already, as a spreadsheet writes `100.00%` for `100%`."""
    if column.read is None:
        return False
    try:
        said: Any = column.read(activity, text)
        return bool(said == column.read(activity, shown_text(column, activity)))
    except PlanError:
        return False


def write_cells(session: Session, edit: Edit, cells: Sequence[CellText], what: Message) -> None:
    """Takes texts into many cells, all of them or none. Raises PlanError that begins with `what` did not happen, and names
    the cells that were refused by row and column."""
    problems: list[tuple[CellText, PlanError]] = []
    label = edit.label
    for cell in cells:
        try:
            write_cell(session, edit, cell.column, cell.activity, cell.text)
        except PlanError as problem:
            problems.append((cell, problem))
    if problems:
        raise refused(problems, what, len(cells))
    if len(cells) > 1:
        edit.label = label


def refused(problems: Sequence[tuple[CellText, PlanError]], what: Message, count: int) -> PlanError:
    """One sentence about all cells that were refused."""
    if count == 1:
        return problems[0][1]
    told: Message | None = None
    for cell, problem in problems[:MOST_NAMED]:
        part = message(
            N_("row {number}, {column}: {problem}"), number=cell.number, column=cell.column.heading, problem=problem.message
        )
        told = part if told is None else message(N_("{first} {second}"), first=told, second=part)
    more = len(problems) - MOST_NAMED
    if more > 0:
        text = N_("{what}: {problems} And {more} more cells.")
        return PlanError(message(text, what=what, problems=told, more=more), problems[0][1].hint)
    return PlanError(message(N_("{what}: {problems}"), what=what, problems=told), problems[0][1].hint)


def label_of(column: Column, count: int) -> Message:
    """What one edit of `count` rows is called."""
    if count == 1:
        return message(column.label)
    return message(N_("{label} of {count} rows"), label=message(column.label), count=count)
