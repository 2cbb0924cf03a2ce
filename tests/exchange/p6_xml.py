"""Small Primavera P6 XML files for tests."""

from __future__ import annotations

from pathlib import Path

from plan_xml import document

from milestone_desktop.document.document import Document
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import ImportResult, bring_in

DAY = ("2026-03-02T08:00:00", "2026-03-02T17:00:00")
OFFICE = (("08:00:00", "11:59:00"), ("13:00:00", "16:59:00"))


def xml(name: str, inside: str = "", **fields: object) -> str:
    """An element with simple fields and, behind them, whatever else."""
    return f"<{name}>" + "".join(f"<{key}>{value}</{key}>" for key, value in fields.items()) + f"{inside}</{name}>"


def hours(*times: tuple[str, str]) -> str:
    return "".join(xml("WorkTime", Start=start, Finish=finish) for start, finish in times)


def week(*times: tuple[str, str]) -> str:
    """Monday to Friday with these hours, the weekend off: once left empty, once written as nothing."""
    days = "".join(
        xml("StandardWorkHours", f"<DayOfWeek>{day}</DayOfWeek>{hours(*times)}")
        for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    )
    off = "<StandardWorkHours><DayOfWeek>Saturday</DayOfWeek></StandardWorkHours>"
    off += '<StandardWorkHours><DayOfWeek>Sunday</DayOfWeek><WorkTime xsi:nil="true"/></StandardWorkHours>'
    return xml("StandardWorkWeek", days + off)


def calendar(inside: str = "", key: int = 1, days: str | None = None, **fields: object) -> str:
    known = {"ObjectId": key, "Name": f"Cal {key}", "HoursPerDay": 8, "HoursPerWeek": 40, "HoursPerMonth": 172, **fields}
    return xml("Calendar", (week(*OFFICE) if days is None else days) + inside, **known)


def activity(key: int, inside: str = "", dates: tuple[str, str] = DAY, **fields: object) -> str:
    known = {
        "ObjectId": key, "Id": f"A{key}", "Name": f"Activity {key}", "Type": "Task Dependent", "CalendarObjectId": 1,
        "StartDate": dates[0], "FinishDate": dates[1], "AtCompletionDuration": 8, "Status": "Not Started",
        "PercentCompleteType": "Duration", "DurationPercentComplete": 0, "LevelingPriority": "Normal",
    }  # fmt: skip
    return xml("Activity", inside, **{**known, **fields})


def relationship(predecessor: int, successor: int, kind: str = "Finish to Start", lag: object = 0, **fields: object) -> str:
    ends = {"PredecessorActivityObjectId": predecessor, "SuccessorActivityObjectId": successor}
    return xml("Relationship", Lag=lag, **ends, Type=kind, **fields)


def project(rows: str, name: str = "Project", key: int = 9, **fields: object) -> str:
    known = {"ObjectId": key, "Id": f"P{key}", "Name": f"Plan {key}", "ActivityDefaultCalendarObjectId": 1}
    return xml(name, rows, **{**known, **fields})


def p6_xml(rows: str, *, shared: str | None = None, rest: str = "", **fields: object) -> str:
    """A file with one project; `shared` stands before it, `rest` behind."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><APIBusinessObjects xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xmlns="http://xmlns.oracle.com/Primavera/P6/V18.1/API/BusinessObjects">'
        f"{calendar() if shared is None else shared}{project(rows, **fields)}{rest}</APIBusinessObjects>"
    )


def taken(folder: Path, text: str, into: Document | None = None) -> tuple[Document, ImportResult]:
    """A document with the plan in it."""
    path = folder / "p6.xml"
    path.write_text(text, encoding="utf-8")
    assert registry.format_for(path).id == "pmxml"
    opened = into or document()
    with opened.edit("import") as edit:
        result = bring_in(edit, registry.read(path))
    return opened, result


def row(opened: Document, key: object) -> Milestone | WorkItem:
    """The activity or part of the work breakdown (`WBS-1`) with that id."""
    found = next(found for found in opened.plan.activities() if found.source == f"primavera:{key}")
    assert isinstance(found, Milestone | WorkItem)
    return found
