"""Importing a file again: what is new in it comes, what was changed here stays, and every move is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from plan_xml import activity, calendar_xml, dates_xml, imported, plan_xml, task_xml

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, items, log, milestones, modes
from milestone_desktop.domain.activities import Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LogType, MilestoneStatus, ScheduleMode
from milestone_desktop.domain.gates import ChecklistEntry
from milestone_desktop.domain.instants import instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.said import recalled
from milestone_desktop.exchange.update import UpdateResult, bring_up_to_date, imported_from, is_same_plan

HEAD = "<Name>Ship.mpp</Name><GUID>A-1</GUID>"
PEOPLE = (
    "<Resources><Resource><UID>1</UID><Type>1</Type><Name>Ada</Name></Resource>"
    "<Resource><UID>2</UID><Type>1</Type><Name>Bea</Name></Resource></Resources>"
)


def work(uid: int, start: str, finish: str, inside: str = "", name: str | None = None, level: int = 1) -> str:
    return task_xml(uid, dates_xml(f"2026-{start}T08:00:00", f"2026-{finish}T17:00:00") + inside, name, level)


def point(uid: int, day: str, inside: str = "", baseline: str = "", name: str | None = None, level: int = 1) -> str:
    at, then = f"2026-{day}T17:00:00", f"2026-{baseline}T17:00:00"
    promised = f"<Baseline><Number>0</Number><Start>{then}</Start><Finish>{then}</Finish></Baseline>"
    told = dates_xml(at, at, "PT0H0M0S") + "<Milestone>1</Milestone>" + inside + (promised if baseline else "")
    return task_xml(uid, told, name, level)


def assigned(*pairs: tuple[int, int]) -> str:
    rows = "".join(
        f"<Assignment><UID>{n}</UID><TaskUID>{task}</TaskUID><ResourceUID>{person}</ResourceUID></Assignment>"
        for n, (task, person) in enumerate(pairs, 1)
    )
    return PEOPLE + f"<Assignments>{rows}</Assignments>"


FIRST = plan_xml(
    work(1, "04-06", "04-10") + work(2, "04-13", "04-17") + point(3, "04-17", baseline="04-17", name="Ready"),
    head=HEAD, rest=assigned((1, 1), (3, 1)),
)  # fmt: skip


def again(opened: Document, folder: Path, text: str, *, delete_gone: bool = False) -> UpdateResult:
    path = folder / "again.xml"
    path.write_text(text, encoding="utf-8")
    foreign = registry.read(path)
    (project, *_) = imported_from(opened.plan, foreign, opened.plan.all(Project))
    with opened.edit("Import again") as edit:
        return bring_up_to_date(edit, foreign, project.id, recalled(project, opened.blob), delete_gone=delete_gone)


def change(opened: Document, action: Callable[[Edit], object]) -> None:
    with opened.edit("Change") as edit:
        action(edit)


def shown(plan: Plan) -> list[tuple[int, str, str | None]]:
    (project,) = plan.all(Project)
    return [
        (level, row.title, None if row.end is None else instant_to_iso(row.end)[:10]) for level, row in walk(plan, project.id)
    ]


def told(result: UpdateResult) -> list[str]:
    return [f"{found.title}: {found.what}: {found.old} → {found.new}" for found in result.differences]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    before, entries = opened.plan.copy(), len(opened.storage.lines())
    found = again(opened, tmp_path, FIRST)
    assert (found.differences, found.gone) == ((), 0)
    assert opened.plan == before
    assert len(opened.storage.lines()) == entries


def test_what_is_new_in_the_file_comes_in_one_edit_that_undo_takes_back(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    before, ready = opened.plan.copy(), activity(opened, 3)
    second = plan_xml(
        work(1, "04-06", "04-10", "<PercentComplete>50</PercentComplete>")
        + work(4, "04-13", "04-15", name="Between")
        + work(2, "04-16", "04-22")
        + point(3, "04-22", baseline="04-17", name="Ready"),
        head=HEAD, rest=assigned((1, 1), (2, 2), (3, 1)),
    )  # fmt: skip
    result = again(opened, tmp_path, second)
    assert shown(opened.plan) == [
        (0, "Task 1", "2026-04-10"), (0, "Between", "2026-04-15"), (0, "Task 2", "2026-04-22"), (0, "Ready", "2026-04-22"),
    ]  # fmt: skip
    assert activity(opened, 3).id == ready.id
    assert (activity(opened, 4).title, activity(opened, 1).progress) == ("Between", 50)
    workers = opened.plan.where(Assignment, "item", activity(opened, 2).id)
    assert [opened.plan[Person, row.person].name for row in workers] == ["Bea"]
    assert "Task 1: Progress (%): 0 → 50" in told(result)
    assert "Task 2: Assignee: None → Bea" in told(result)
    assert any(line.startswith("Between: Work item: new") for line in told(result))
    (_, receipt) = opened.receipts(ready.id)[-1]
    assert (receipt.working_days, str(receipt.causes[0][0])) == (3, "Import “Test plan” again")
    opened.undo()
    assert opened.plan == before
    opened.redo()
    assert activity(opened, 4).title == "Between"


def test_what_was_typed_here_stays_where_the_file_says_nothing_new(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    ready = activity(opened, 3)
    with opened.edit("Work here") as edit:
        bea = edit.add(Person(edit.new_id(), "Cyd"))
        edit.update(ready, owner=bea.id, title="Ready to ship", kind="UAT")
        dates.set_target(edit, ready.id, instant(2026, 4, 30, 17), "agreed with the client")
        milestones.add_checklist_entry(edit, ready.id, "Pack")
        log.create(edit, ready.project, "Strike", LogType.RISK, [ready.id])
        own = items.create(edit, ready.project, "Our own", start=instant(2026, 4, 6, 8), end=instant(2026, 4, 7, 17))
        dates.set_end(edit, activity(opened, 2).id, instant(2026, 4, 20, 17))
    second = FIRST.replace("Task 1", "Task one")
    result = again(opened, tmp_path, second)
    row = opened.plan[Milestone, ready.id]
    assert told(result) == ["Task 1: Title: Task 1 → Task one"]
    assert (row.title, row.owner, row.kind, row.target) == ("Ready to ship", bea.id, "UAT", instant(2026, 4, 30, 17))
    assert row.first_target == instant(2026, 4, 17, 17)
    assert [entry.text for entry in opened.plan.where(ChecklistEntry, "milestone", ready.id)] == ["Pack"]
    assert [entry.text for entry in opened.plan.all(LogEntry)] == ["Strike"]
    assert opened.plan[WorkItem, own.id].title == "Our own"
    assert activity(opened, 2).end == instant(2026, 4, 20, 17)


def test_where_both_changed_the_file_wins_and_says_so(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    change(opened, lambda edit: activities.rename(edit, activity(opened, 1).id, "Mine"))
    result = again(opened, tmp_path, FIRST.replace("Task 1", "Theirs"))
    assert told(result) == ["Mine: Title: Mine → Theirs"]


def test_a_third_reading_compares_with_what_the_file_said_the_second_time(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    second = FIRST.replace("Task 1", "Task one")
    again(opened, tmp_path, second)
    change(opened, lambda edit: activities.rename(edit, activity(opened, 1).id, "Mine"))
    assert told(again(opened, tmp_path, second)) == []
    assert activity(opened, 1).title == "Mine"


def test_what_was_deleted_here_stays_away(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    change(opened, lambda edit: activities.delete(edit, [activity(opened, 2).id]))
    again(opened, tmp_path, FIRST.replace("Task 1", "Task one"))
    assert [title for _, title, _ in shown(opened.plan)] == ["Task one", "Ready"]


def test_rows_that_left_the_file_stay_unless_they_are_to_go(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    second = plan_xml(work(1, "04-06", "04-10") + point(3, "04-17", baseline="04-17", name="Ready"), head=HEAD,
                      rest=assigned((1, 1), (3, 1)))  # fmt: skip
    result = again(opened, tmp_path, second)
    assert result.gone == 1
    assert "Task 2" in str(result.findings[0])
    assert activity(opened, 2).title == "Task 2"
    result = again(opened, tmp_path, second, delete_gone=True)
    assert told(result) == [f"Task 2: Work item: deleted: None → {instant(2026, 4, 17, 17)}"]
    assert [title for _, title, _ in shown(opened.plan)] == ["Task 1", "Ready"]


def test_a_row_of_our_own_keeps_the_parent_that_left_the_file(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    change(opened, lambda edit: items.create(edit, activity(opened, 2).project, "Ours", parent=activity(opened, 2).id))
    second = plan_xml(work(1, "04-06", "04-10") + point(3, "04-17", baseline="04-17", name="Ready"), head=HEAD)
    result = again(opened, tmp_path, second, delete_gone=True)
    assert "rows of your own" in str(result.findings[0])
    assert (0, "Task 2", "2026-04-17") in shown(opened.plan)


def test_a_new_promise_of_the_file_becomes_the_target_and_slip_and_receipts_agree(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    again(opened, tmp_path, FIRST.replace("2026-04-17T17:00:00", "2026-04-24T17:00:00", 1))
    ready = activity(opened, 3)
    second = FIRST.replace("<Baseline><Number>0</Number><Start>2026-04-17", "<Baseline><Number>0</Number><Start>2026-04-21")
    second = second.replace("<Finish>2026-04-17T17:00:00</Finish></Baseline>", "<Finish>2026-04-21T17:00:00</Finish></Baseline>")
    second = second.replace(dates_xml("2026-04-17T17:00:00", "2026-04-17T17:00:00", "PT0H0M0S"),
                            dates_xml("2026-04-28T17:00:00", "2026-04-28T17:00:00", "PT0H0M0S"))  # fmt: skip
    again(opened, tmp_path, second)
    ready = activity(opened, 3)
    assert isinstance(ready, Milestone)
    assert (ready.target, ready.first_target) == (instant(2026, 4, 21, 17), instant(2026, 4, 17, 17))
    assert slip(opened.plan, ready, WorkTimes(opened.plan)) == 5
    assert [row.what for _, row in opened.receipts(ready.id)][-2:] == ["planned", "target"]
    (baseline,) = opened.plan.all(Baseline)
    assert baseline.in_force


def test_links_come_change_and_go(tmp_path: Path) -> None:
    link = (
        "<PredecessorLink><PredecessorUID>{0}</PredecessorUID><Type>1</Type>"
        "<LinkLag>{1}</LinkLag><LagFormat>7</LagFormat></PredecessorLink>"
    )

    def plan(*inside: str) -> str:
        return plan_xml("".join(work(n, "04-06", "04-10", text) for n, text in enumerate(inside, 1)), head=HEAD)

    opened, _ = imported(tmp_path, plan("", link.format(1, 0), link.format(1, 0)))
    result = again(opened, tmp_path, plan("", link.format(1, 4800), link.format(2, 0)))
    assert sorted((row.predecessor, row.successor, row.lag) for row in opened.plan.all(Dependency)) == [
        (activity(opened, 1).id, activity(opened, 2).id, 480), (activity(opened, 2).id, activity(opened, 3).id, 0),
    ]  # fmt: skip
    assert told(result) == [
        "Task 2: Predecessor: Task 1 FS → Task 1 FS +1d",
        "Task 3: Predecessor: None → Task 2 FS",
        "Task 3: Predecessor: Task 1 FS → None",
    ]


def test_the_outline_follows_the_file_where_it_has_changed(tmp_path: Path) -> None:
    rows = [work(n, "04-06", "04-10", name=f"T{n}") for n in (1, 2, 3)]
    opened, _ = imported(tmp_path, plan_xml("".join(rows), head=HEAD))
    again(opened, tmp_path, plan_xml(rows[2] + rows[0] + rows[1], head=HEAD))
    assert [title for _, title, _ in shown(opened.plan)] == ["T3", "T1", "T2"]
    under = work(4, "04-06", "04-10", name="T4", level=2)
    moved = work(2, "04-06", "04-10", name="T2", level=2)
    again(opened, tmp_path, plan_xml(rows[2] + moved + rows[0] + under, head=HEAD))
    assert [(level, title) for level, title, _ in shown(opened.plan)] == [(0, "T3"), (1, "T2"), (0, "T1"), (1, "T4")]


def test_holidays_of_the_file_change_and_those_of_ones_own_stay(tmp_path: Path) -> None:
    def plan(day: str) -> str:
        free = (
            f"<Exceptions><Exception><TimePeriod><FromDate>2026-{day}T00:00:00</FromDate><ToDate>2026-{day}T23:59:00</ToDate>"
            "</TimePeriod><Occurrences>1</Occurrences><Name>Off</Name><Type>1</Type><DayWorking>0</DayWorking></Exception>"
            "</Exceptions>"
        )
        return plan_xml(work(1, "04-06", "04-10"), head=HEAD, calendars=calendar_xml(f"|{free}"))

    opened, result = imported(tmp_path, plan("04-07"))
    calendar = opened.plan[Project, result.project_id].calendar
    change(opened, lambda edit: edit.add(CalendarException(edit.new_id(), calendar, "Ours", 739_000, 739_000)))
    again(opened, tmp_path, plan("04-08"))
    rows = opened.plan.where(CalendarException, "calendar", calendar)
    assert sorted(row.name for row in rows) == ["Off", "Ours"]
    assert {row.first for row in rows if row.name == "Off"} == {instant(2026, 4, 8) // 1440}
    assert opened.plan.count(Calendar) == 2


def test_a_computed_project_keeps_to_the_scheduler_and_tells_dates_that_it_did_not_take(tmp_path: Path) -> None:
    link = "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink>"
    head = f"{HEAD}<StartDate>2026-04-06T08:00:00</StartDate>"
    text = plan_xml(work(1, "04-06", "04-06") + point(3, "04-06", link, name="Ready"), head=head)
    opened, result = imported(tmp_path, text)
    change(opened, lambda edit: modes.set_mode(edit, result.project_id, ScheduleMode.COMPUTED))
    longer = text.replace("PT8H0M0S", "PT24H0M0S").replace("2026-04-06T17:00:00</Finish>", "2026-04-08T17:00:00</Finish>", 1)
    found = again(opened, tmp_path, longer)
    assert told(found) == ["Task 1: Duration: 1d → 3d"]
    assert activity(opened, 3).end == instant(2026, 4, 8, 17)
    assert "computed here" in str(found.findings[0])
    (_, receipt) = opened.receipts(activity(opened, 3).id)[-1]
    assert (receipt.working_days, str(receipt.causes[0][0])) == (2, "Import “Test plan” again")


def test_reached_in_the_file_while_something_is_open_here_stays_open(tmp_path: Path) -> None:
    opened, _ = imported(tmp_path, FIRST)
    change(opened, lambda edit: milestones.add_checklist_entry(edit, activity(opened, 3).id, "Pack"))
    done = FIRST.replace("<Milestone>1</Milestone>", "<Milestone>1</Milestone><PercentComplete>100</PercentComplete>")
    result = again(opened, tmp_path, done)
    row = activity(opened, 3)
    assert isinstance(row, Milestone)
    assert row.status is MilestoneStatus.NEW
    assert "left open" in str(result.findings[0])


def test_a_file_of_another_plan_is_refused(tmp_path: Path) -> None:
    opened, result = imported(tmp_path, FIRST)
    path = tmp_path / "other.xml"
    text = plan_xml(work(77, "04-06", "04-10"), head="<GUID>B-2</GUID>").replace("<UID>0</UID>", "<UID>99</UID>")
    path.write_text(text, "utf-8")
    foreign = registry.read(path)
    assert not is_same_plan(opened.plan[Project, result.project_id], foreign)
    before = opened.plan.copy()
    with pytest.raises(PlanError, match="holds no row of project TES"), opened.edit("Import again") as edit:
        bring_up_to_date(edit, foreign, result.project_id, None)
    assert opened.plan == before


def test_an_older_import_of_which_nothing_is_kept_takes_what_the_file_says(tmp_path: Path) -> None:
    opened, result = imported(tmp_path, FIRST)
    project = opened.plan[Project, result.project_id]
    with opened.edit("As an older version left it") as edit:
        edit.update(project, extra={name: kept for name, kept in project.extra.items() if name != "import"})
        edit.update(activity(opened, 2), notes="Ours", progress=40)
        dates.set_end(edit, activity(opened, 3).id, instant(2026, 4, 20, 17))
    found = again(opened, tmp_path, FIRST)
    assert activity(opened, 2).notes == "Ours"
    assert activity(opened, 2).progress == 40
    assert activity(opened, 3).end == instant(2026, 4, 17, 17)
    assert found.gone == 0
