"""Who works by a calendar: projects, people, and the rows that are selected."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QListWidgetItem, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.tick_list import TickList
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendars
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.projects import Calendar, Person, Project

WHAT = Qt.ItemDataRole.UserRole + 1
Target = tuple[str, int]
"""Kind ("project", "person" or "rows") and id."""


class CalendarUseDialog(FormDialog):
    """A tick for each. A project always has a calendar, so that its tick is taken away by giving it another one."""

    label = N_("Use calendar")
    listed = Listed.ALL

    def __init__(self, session: Session, calendar: Calendar, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Who works by “{calendar}”").format(calendar=calendar.name), _("Use calendar"), parent)
        self.setMinimumSize(480, 480)
        self._calendar = calendar
        self.list = TickList(session)
        self.list.setAccessibleName(_("Projects, people and rows"))
        self.list.setMinimumHeight(300)
        self._were: dict[Target, bool] = {}
        chosen = [row for row_id in session.selection if (row := session.plan.activity(row_id)) is not None]
        if chosen:
            text = ngettext("The {n} selected row", "The {n} selected rows", len(chosen))
            self._add(("rows", 0), text, on=all(row.calendar == calendar.id for row in chosen))
        for project in self._projects():
            self._add(("project", project.id), project.title, on=project.calendar == calendar.id, kept=True)
        for person in session.facts.people():
            self._add(("person", person.id), person.name, on=person.calendar == calendar.id)
        told = QLabel(_("Rows without a calendar of their own work by that of their people, else by their project's."))
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.form.addRow(self.list)
        self.form.addRow(told)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def write(self, edit: Edit) -> None:
        for target, before in self._were.items():
            if self.is_ticked(target) is not before:
                self._use(edit, target, on=not before)
        edit.label = message(N_("Change who works by calendar “{calendar}”"), calendar=self._calendar.name)

    def is_ticked(self, target: Target) -> bool:
        """Whether a project, a person or the selected rows are to work by the calendar."""
        return self._item(target).checkState() is Qt.CheckState.Checked

    def tick(self, target: Target, *, on: bool) -> None:
        self._item(target).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _use(self, edit: Edit, target: Target, *, on: bool) -> None:
        kind, row_id = target
        own = self._calendar.id if on else None
        if kind == "project":
            calendars.set_of_project(edit, row_id, self._calendar.id)
        elif kind == "person":
            calendars.set_of_person(edit, row_id, own)
        else:
            calendars.set_of_activities(edit, self.session.selection, own)

    def _projects(self) -> list[Project]:
        """The projects that may have the calendar: one of a project is for that one only."""
        rows = self.session.facts.projects()
        here = self.session.project
        if here is not None and here not in rows:
            rows.append(here)
        return [row for row in rows if self._calendar.project in (None, row.id)]

    def _add(self, target: Target, text: str, *, on: bool, kept: bool = False) -> None:
        kinds = {"project": _("project"), "person": _("person"), "rows": ""}
        item = QListWidgetItem(_("{name} ({kind})").format(name=text, kind=kinds[target[0]]) if kinds[target[0]] else text)
        item.setData(WHAT, target)
        item.setSizeHint(QSize(0, 28))
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        if on and kept:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.list.addItem(item)
        self._were[target] = on

    def _item(self, target: Target) -> QListWidgetItem:
        for row in range(self.list.count()):
            item = self.list.item(row)
            if tuple(item.data(WHAT)) == target:
                return item
        raise LookupError(f"nothing to tick for {target}")


def used_by(session: Session, calendar: Calendar) -> str:
    """What works by a calendar, in words."""
    plan = session.plan
    projects = [row.title for row in session.facts.projects() if row.calendar == calendar.id]
    people = [row.name for row in plan.where(Person, "calendar", calendar.id)]
    bases = [row.name for row in plan.where(Calendar, "base", calendar.id)]
    rows = len(plan.activities_where("calendar", calendar.id))
    parts = [*projects, *people[:3]]
    if len(people) > 3:
        parts.append(ngettext("{n} more person", "{n} more people", len(people) - 3))
    if rows:
        parts.append(ngettext("{n} row", "{n} rows", rows))
    parts += [_("calendar “{name}”").format(name=name) for name in bases]
    return _("Used by {users}").format(users=", ".join(parts)) if parts else _("Not used yet")
