"""The lessons of all projects, or of one: searched, and turned into work."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.pages.records_page import RecordsPage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import gate_records, kind_rows
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import LessonCategory
from milestone_desktop.domain.gates import Lesson
from milestone_desktop.domain.lessons import all_lessons
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Person, Project


class LessonsPage(RecordsPage):
    """What was learned, where, why, and what follows from it. Lessons of archived projects are read here, too."""

    def __init__(self, session: Session) -> None:
        plan = session.plan
        super().__init__(session, lesson_columns(session), lambda row_id: plan.get(Lesson, row_id), _("Lessons"))
        self.follow = self.button(_("Make a follow-up work item"), self.follow_up, self.can_follow_up)
        self.remove = self.button(_("Delete lesson"), self.delete, self.has_chosen)
        self.told.setText(_("Lessons are written down at a milestone of the kind Review."))
        self.offer()

    def ids(self) -> Iterable[int]:
        return [row.id for row in all_lessons(self.session.plan, self.session.project_id)]

    def touched(self, event: Changed) -> set[int]:
        if any(True for _change in event.change_set.of(Person, Project, Milestone, WorkItem)):
            return set(self.model.ids)
        return event.change_set.ids(Lesson)

    def reorders(self, event: Changed) -> bool:
        return any(True for _change in event.change_set.of(Lesson, Milestone, Project))

    def empty_text(self) -> str:
        return _("Nothing is written down yet. A milestone of the kind Review holds the lessons of its project.")

    def can_follow_up(self) -> bool:
        lesson = self.session.plan.get(Lesson, self.hand)
        return lesson is not None and lesson.follow_up is None

    def follow_up(self) -> None:
        """Makes a work item out of the lesson in hand."""
        hand = self.hand
        if hand is not None:
            self.session.attempt(N_("Follow up lesson"), lambda edit: gate_records.follow_up(edit, hand))

    def delete(self) -> None:
        """Deletes the selected lessons."""
        plan = self.session.plan
        if self.for_each(N_("Delete lesson"), lambda edit, row_id: kind_rows.remove(edit, plan[Lesson, row_id])):
            self.pick([], None)


def lesson_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the register."""
    facts, plan, label = session.facts, session.plan, N_("Change lesson")

    def project(row: Lesson) -> str:
        return plan[Project, plan[Milestone, row.milestone].project].title

    def item(row: Lesson) -> str:
        there = plan.get(WorkItem, row.follow_up)
        return f"{facts.code(there)} {facts.status_name(there)}" if there is not None else ""

    def put(edit: Edit, row: Any, **fields: Any) -> None:
        kind_rows.change(edit, row, **fields)

    def text(name: str, heading: str, width: int, column: str = "") -> Column:
        return Column(
            column or name, heading, width, lambda row: getattr(row, name), editor=Editor.TEXT,
            tip=lambda row: getattr(row, name),
            write=lambda edit, row, value: put(edit, row, **{name: value.strip()}), label=label,
        )  # fmt: skip

    return (
        Column("category", _("Category"), 104, lambda row: _(row.category.value), editor=Editor.CHOICE,
               value=lambda row: row.category.value, choices=lambda row: [(v.value, _(v.value)) for v in LessonCategory],
               write=lambda edit, row, value: put(edit, row, category=LessonCategory(value)), label=label),
        text("text", _("Lesson"), 240, "title"),
        Column("project", _("Project"), 150, project, Look.MUTED),
        Column("milestone", _("Milestone"), 130, lambda row: plan[Milestone, row.milestone].title, Look.MUTED),
        text("cause", _("Cause"), 150),
        text("impact", _("Impact"), 110),
        text("recommendation", _("Recommendation"), 190),
        Column("owner", _("Owner"), 120, lambda row: facts.person_name(row.owner), editor=Editor.CHOICE,
               value=lambda row: row.owner, choices=lambda row: [(None, _("Nobody")), *((p.id, p.name) for p in facts.people())],
               write=lambda edit, row, value: put(edit, row, owner=value), label=label),
        Column("follow_up", _("Follow-up"), 130, item, Look.MUTED),
    )  # fmt: skip
