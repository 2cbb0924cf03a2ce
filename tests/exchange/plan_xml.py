"""Small Microsoft Project XML files for tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import ImportResult, bring_in

NOW = datetime(2026, 3, 2, 9, 30)

WEEK = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(1 < day < 7)}</DayWorking>"
    + (
        "<WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime><ToTime>12:00:00</ToTime></WorkingTime>"
        "<WorkingTime><FromTime>13:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes>"
        if 1 < day < 7
        else ""
    )
    + "</WeekDay>"
    for day in range(1, 8)
)


def calendar_xml(inside: str = "", uid: int = 1, head: str = "<IsBaseCalendar>1</IsBaseCalendar>", week: str = WEEK) -> str:
    """A calendar; `inside` may hold more `WeekDay` rows before a `|`, and what comes after the week behind it."""
    days, _, rest = inside.partition("|")
    weeks = f"<WeekDays>{week}{days}</WeekDays>" if week or days else ""
    return f"<Calendar><UID>{uid}</UID><Name>Cal {uid}</Name>{head}{weeks}{rest}</Calendar>"


def task_xml(uid: int, inside: str = "", name: str | None = None, level: int = 1) -> str:
    title = f"Task {uid}" if name is None else name
    return f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{title}</Name><OutlineLevel>{level}</OutlineLevel>{inside}</Task>"


def dates_xml(start: str, finish: str, duration: str = "PT8H0M0S") -> str:
    return f"<Start>{start}</Start><Finish>{finish}</Finish><Duration>{duration}</Duration><DurationFormat>7</DurationFormat>"


def plan_xml(tasks: str = "", *, head: str = "", calendars: str | None = None, rest: str = "") -> str:
    shown = calendar_xml() if calendars is None else calendars
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project">'
        f"<Title>Test plan</Title><CalendarUID>1</CalendarUID>{head}"
        f"<Calendars>{shown}</Calendars><Tasks>{task_xml(0, level=0)}{tasks}</Tasks>{rest}</Project>"
    )


def document() -> Document:
    return Document(MemoryStorage(seed_plan()), lambda: NOW)


def imported(folder: Path, text: str, key: str | None = None, into: Document | None = None) -> tuple[Document, ImportResult]:
    """A document with the plan in it."""
    path = folder / "plan.xml"
    path.write_text(text, encoding="utf-8")
    target = into or document()
    with target.edit("import") as edit:
        result = bring_in(edit, registry.read(path), key)
    return target, result


def activity(opened: Document, uid: int) -> Milestone | WorkItem:
    """The activity that came from the task with that UID."""
    row = next(row for row in opened.plan.activities() if row.source == f"msproject:{uid}")
    assert isinstance(row, Milestone | WorkItem)
    return row


def sentences(result: ImportResult) -> list[str]:
    return [str(found) for found in result.findings]
