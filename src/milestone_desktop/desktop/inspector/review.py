"""A review: what was learned, and how what was planned compares with what came."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, action_button, add_register, button_strip
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.words import _, instant_text, working_days_text
from milestone_desktop.document.operations import gate_records, kind_rows
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import LessonCategory
from milestone_desktop.domain.gates import Lesson
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.slip import expected


def add_review(panel: Panel) -> None:
    """Adds the sections of a review."""
    section, table = add_register(panel, Register(
        Lesson, _("Lessons"), lesson_columns, ("text", "category"), _("Add a lesson…"),
        lambda edit, row_id, text: kind_rows.add(edit, Lesson, row_id, text),
        activate=lambda panel, row: panel.session.select([row.follow_up]) if row.follow_up is not None else None))  # fmt: skip

    def follow_up() -> None:
        lesson = table.record_in_hand()
        if lesson is not None:
            panel.commit(N_("Follow up lesson"), lambda edit: gate_records.follow_up(edit, lesson.id))

    button_strip(section, action_button(panel, _("Make a follow-up work item"), follow_up))
    outcome, _table = add_register(panel, Register(
        Milestone, _("Planned against actual"), _outcome, ("title", "slip"), remove=None, movable=False, stretch="title",
        rows=_milestones, activate=lambda panel, row: panel.session.select([row.id])))  # fmt: skip
    note = QLabel(_("Targets against what came, in working days; — where a milestone has no target."))
    note.setProperty("faint", True)
    note.setWordWrap(True)
    outcome.wide(note)


def _milestones(panel: Panel) -> list[Milestone]:
    plan = panel.session.plan
    rows = plan.where(Milestone, "project", plan[Milestone, panel.row_id].project)
    return sorted(rows, key=lambda row: (expected(row) is None, expected(row) or 0, row.id))


def lesson_columns(panel: Panel) -> tuple[Column, ...]:
    """The columns of lessons."""
    fields, session = Fields(panel, N_("Change lesson")), panel.session

    def item(row: Any) -> str:
        there = session.plan.get(WorkItem, row.follow_up)
        return session.facts.code(there) if there is not None else ""

    return (
        fields.text("text", _("Lesson"), 180),
        fields.choice("category", _("Category"), 96, LessonCategory),
        fields.text("cause", _("Cause"), 130, muted=True),
        fields.text("impact", _("Impact"), 110, muted=True),
        fields.text("recommendation", _("Recommendation"), 170),
        fields.person("owner", _("Owner"), 120),
        Column("follow_up", _("Follow-up"), 84, item, Look.MUTED),
    )


def _outcome(panel: Panel) -> tuple[Column, ...]:
    facts, today = panel.session.facts, panel.session.today
    return (
        Column("title", _("Milestone"), 180, lambda row: row.title, Look.TITLE, raw=lambda row: row),
        Column("first_target", _("First target"), 96, lambda row: instant_text(row.first_target, today()), Look.MUTED),
        Column("target", _("Target"), 96, lambda row: instant_text(row.target, today())),
        Column("planned", _("Planned"), 96, lambda row: instant_text(row.end, today())),
        Column("actual", _("Actual"), 96, lambda row: instant_text(row.actual_finish, today())),
        Column("slip", _("Slip"), 74, lambda row: working_days_text(facts.slip(row)), Look.SLIP, raw=facts.slip, right=True),
    )  # fmt: skip
