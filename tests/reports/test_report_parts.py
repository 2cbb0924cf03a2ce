"""The parts of a status report: each can be had or left out, and the milestone report is one of them."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import report_plans as plans
from pypdf import PdfReader
from report_plans import AURORA, PROTOTYPE, STATUS_DATE

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.command_line.pictures import PARTS
from milestone_desktop.domain.activities import Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import LogType, MilestoneKind, StateGroup
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import WorkflowState
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.reports.parts import HEADINGS, USUAL, Part
from milestone_desktop.reports.status import Report, status_report


def aurora() -> Plan:
    """The plan with a risk, a comment, and two tasks for the prototype, one of them done."""
    plan = plans.aurora()
    plan.put(LogEntry(931, AURORA, "Betas change", LogType.RISK))
    plan.put(replace(plan[Milestone, PROTOTYPE], comment="Slower than planned", kind=MilestoneKind.PROTOTYPE))
    plan.put(WorkflowState(901, "Closed", StateGroup.DONE))
    plan.put(WorkflowState(902, "Doing", StateGroup.IN_PROGRESS))
    plan.put(WorkItem(911, AURORA, "Sync engine", order=90, number=4, status=901))
    plan.put(WorkItem(912, AURORA, "Map 日本 screens", order=91, number=6, status=902))
    plan.put(MilestoneLink(921, PROTOTYPE, 911))
    plan.put(MilestoneLink(922, PROTOTYPE, 912))
    return plan


def printed(*parts: Part) -> Report:
    receipts = [plans.moved(PROTOTYPE, "2026-11-16T10:00", "2026-12-02", "2026-12-04", 2)]
    return status_report(aurora(), AURORA, today=STATUS_DATE, receipts=receipts, parts=parts)


def text_of(report: Report) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(report.pdf)).pages).split())


def outline_of(report: Report) -> list[str]:
    return [str(entry.title) for entry in PdfReader(io.BytesIO(report.pdf)).outline]  # type: ignore[union-attr]


def test_the_milestone_report_has_the_columns_people_know_and_each_task_with_its_state() -> None:
    text = text_of(printed(Part.TASKS))
    assert "Milestone Name Owner Due Date Status Tasks" in text
    row = text.split("Prototype ready", 2)[-1]
    assert "4 Dec 2026 New 1 of 2 done" in row
    assert "AUR-4 Sync engine (Closed)" in row
    assert "AUR-6 Map" in row
    assert "(Doing)" in row
    for milestone in plans.SEVEN:
        assert milestone.title in text


def test_a_milestone_has_the_mark_of_its_kind_in_every_table() -> None:
    report = printed(Part.MILESTONES, Part.TASKS)
    for table in (report.data["milestones"], report.data["tasks"]):
        marks = {row["title"]: len(row["mark"]) for row in table["rows"]}
        assert marks["Prototype ready"] == len(mark_points(MilestoneKind.PROTOTYPE, 0, 0, 1))
        assert marks["Go-live"] == len(mark_points(MilestoneKind.GENERIC, 0, 0, 1)) != marks["Prototype ready"]


@pytest.mark.parametrize("part", list(Part))
def test_a_part_stands_there_only_where_it_is_wanted(part: Part) -> None:
    heading = HEADINGS[part]
    there, others = printed(part), printed(*(set(Part) - {part}))
    assert heading in outline_of(there)
    assert heading not in outline_of(others)
    assert set(outline_of(there)) == {heading}


def test_the_usual_report_has_all_parts_but_the_milestone_report() -> None:
    assert set(outline_of(printed(*USUAL))) == {HEADINGS[part] for part in USUAL}
    assert set(Part) - USUAL == {Part.TASKS}


def test_the_command_names_the_same_parts() -> None:
    assert list(PARTS) == [part.value for part in Part]
