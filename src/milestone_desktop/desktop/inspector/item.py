"""All of one work item."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.activity_fields.reading import read_percent, read_points
from milestone_desktop.desktop.inspector.common import (
    Choices,
    add_description,
    add_texts,
    day_or_none,
    people_offer,
    setter,
)
from milestone_desktop.desktop.inspector.evidence import add_evidence
from milestone_desktop.desktop.inspector.head import Head
from milestone_desktop.desktop.inspector.linked import add_dependencies, add_milestones_of_item
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.placing import add_parent, add_relations, shortened
from milestone_desktop.desktop.inspector.scheduling import add_estimates, add_scheduling
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, percent_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, items
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.durations import format_duration, format_effort, parse_duration, parse_effort
from milestone_desktop.domain.enums import Priority
from milestone_desktop.domain.instants import Day, at
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import Project, Workspace


class ItemPanel(Panel):
    """Dates, status, people, effort, milestones, links, notes, attachments."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.head = Head(self, self._subtitle)
        self.column.addWidget(self.head)
        self._add_dates()
        self._add_what_it_is()
        self._add_effort()
        add_description(self)
        add_milestones_of_item(self)
        add_dependencies(self)
        add_relations(self)
        add_parent(self)
        add_evidence(self, _("Attachments"))
        add_estimates(self)
        add_scheduling(self)
        add_texts(self)
        self.column.addStretch(1)

    @property
    def item(self) -> WorkItem:
        """The work item shown."""
        return self.session.plan[WorkItem, self.row_id]

    @property
    def project(self) -> Project:
        """The project that it belongs to."""
        return self.session.plan[Project, self.item.project]

    # sections

    def _add_dates(self) -> None:
        section = self.section(_("Dates"))
        self.start = section.date(_("Start"), N_("Change start"), lambda row: day_or_none(row.start), self._put_start)
        self.end = section.date(_("End"), N_("Change end"), lambda row: day_or_none(row.end), self._put_end)
        self.duration = section.line(_("Duration"), N_("Change duration"), self._duration_text, self._put_duration)
        section.date(
            _("Actual start"), N_("Change actual start"), lambda row: day_or_none(row.actual_start), self._put_actual_start
        )
        section.date(
            _("Actual finish"), N_("Change actual finish"), lambda row: day_or_none(row.actual_finish), self._put_actual_finish
        )

        def refresh() -> None:
            parent = is_parent(self.session.plan, self.row_id)
            for field in (self.start, self.end, self.duration):
                field.setEnabled(not parent and not self.session.document.read_only)
                field.setToolTip(_("Follows from the rows below it") if parent else "")

        self.on_refresh(refresh)

    def _add_what_it_is(self) -> None:
        section = self.section(_("Work item"))
        self.status = section.choice(
            _("Status"), N_("Change status"), self._states, lambda row: row.status,
            lambda edit, value: items.set_status(edit, self.row_id, value),
        )  # fmt: skip
        self.progress = section.line(
            _("Progress"), N_("Change progress"), lambda row: percent_text(self.session.facts.progress_of(row)),
            lambda edit, text: items.set_progress(edit, self.row_id, read_percent(text)),
        )  # fmt: skip
        section.choice(_("Type"), N_("Change type"), self._types, lambda row: row.type, setter(self, "type"))
        section.choice(
            _("Priority"), N_("Change priority"), lambda row: [(value.value, _(value.value)) for value in Priority],
            lambda row: row.priority.value,
            lambda edit, value: activities.set_fields(edit, [self.row_id], priority=Priority(value)),
        )  # fmt: skip
        self.assignees = QPushButton()
        self.assignees.setProperty("field", True)
        self.assignees.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu = QMenu(self.assignees)
        menu.aboutToShow.connect(lambda: self._fill_people(menu))
        self.assignees.setMenu(menu)
        self.assignees.setAccessibleName(_("Assignees"))
        holder = QWidget()
        beside = QHBoxLayout(holder)
        beside.setContentsMargins(9, 0, 0, 0)
        beside.addWidget(self.assignees)
        section.pair(_("Assignees"), holder)
        section.choice(
            _("Reporter"),
            N_("Change reporter"),
            lambda row: people_offer(self),
            lambda row: row.reporter,
            setter(self, "reporter"),
        )

        def refresh() -> None:
            names = ", ".join(person.name for person in self.session.facts.assignees(self.item)) or _("Nobody")
            self.assignees.setText(shortened(self.assignees, names))
            self.assignees.setToolTip(names)
            self.assignees.setEnabled(not self.session.document.read_only)
            leaf = not is_parent(self.session.plan, self.row_id)
            for field in (self.status, self.progress):
                field.setEnabled(leaf and not self.session.document.read_only)

        self.on_refresh(refresh)

    def _add_effort(self) -> None:
        section = self.section(_("Effort"))
        for text, name, empty in (
            (_("Estimate"), "estimate", None),
            (_("Logged"), "logged", 0),
            (_("Remaining"), "remaining_effort", None),
        ):
            section.line(text, N_("Change effort"), self._effort_getter(name), self._effort_putter(name, empty))
        section.line(_("Story points"), N_("Change story points"), _points_text, self._put_points)

    # writing

    def _put_start(self, edit: Edit, day: Day | None) -> None:
        dates.set_start(edit, self.row_id, None if day is None else dates.start_instant(edit.plan, self.item, day))

    def _put_end(self, edit: Edit, day: Day | None) -> None:
        dates.set_end(edit, self.row_id, None if day is None else dates.end_instant(edit.plan, self.item, day))

    def _put_duration(self, edit: Edit, text: str) -> None:
        found = parse_duration(text, self.project)
        dates.set_duration(edit, self.row_id, found.minutes, found.unit, estimated=found.estimated)

    def _put_actual_start(self, edit: Edit, day: Day | None) -> None:
        moment = None if day is None else at(day, self.project.day_start)
        activities.set_fields(edit, [self.row_id], actual_start=moment)

    def _put_actual_finish(self, edit: Edit, day: Day | None) -> None:
        moment = None if day is None else at(day, self.project.day_end)
        if moment is not None and self.item.actual_finish is None:
            items.set_progress(edit, self.row_id, 100)
        activities.set_fields(edit, [self.row_id], actual_finish=moment)

    def _duration_text(self, row: Any) -> str:
        return format_duration(row.duration, row.duration_unit, self.project, estimated=row.estimated)

    def _effort_getter(self, name: str) -> Any:
        def get(row: Any) -> str:
            minutes = getattr(row, name)
            return format_effort(minutes, self.project) if minutes else ""

        return get

    def _effort_putter(self, name: str, empty: int | None) -> Any:
        def put(edit: Edit, text: str) -> None:
            minutes = parse_effort(text, self.project) if text.strip() else empty
            activities.set_fields(edit, [self.row_id], **{name: minutes})

        return put

    def _put_points(self, edit: Edit, text: str) -> None:
        activities.set_fields(edit, [self.row_id], story_points=read_points(text))

    def _fill_people(self, menu: QMenu) -> None:
        menu.clear()
        there = {person.id for person in self.session.facts.assignees(self.item)}
        for person in self.session.facts.people():
            action = QAction(person.name, menu)
            action.setCheckable(True)
            action.setChecked(person.id in there)
            action.triggered.connect(self._assigner(person.id, there))
            menu.addAction(action)
        if menu.isEmpty():
            menu.addAction(_("Add people on the People page first")).setEnabled(False)

    def _assigner(self, person: int, there: set[int]) -> Any:
        def assign() -> None:
            wanted = there ^ {person}
            self.commit(N_("Assign"), lambda edit: items.assign(edit, self.row_id, sorted(wanted)))

        return assign

    def _states(self, row: Any) -> Choices:
        return [(state.id, _(state.name)) for state in self.session.facts.states_for(row.project)]

    def _types(self, row: Any) -> Choices:
        known = self.session.plan[Workspace, 1].item_types
        names = known if row.type in known else (*known, row.type)
        return [(name, _(name)) for name in names]

    def _subtitle(self, row: Any) -> str:
        return " · ".join((self.session.facts.code(row), _(row.type), self.session.facts.status_name(row)))


def _points_text(row: Any) -> str:
    return "" if row.story_points is None else f"{row.story_points:g}"
