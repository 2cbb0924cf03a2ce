"""Everybody who owns, works or approves."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, number_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import people
from milestone_desktop.domain.activities import Assignment, Milestone
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Person, Workspace


class PeoplePage(TablePage):
    """Name, role, organisation, external, and which of them is the person at the keyboard."""

    def __init__(self, session: Session) -> None:
        plan = session.plan
        super().__init__(session, people_columns(session), lambda row_id: plan.get(Person, row_id), _("People"))
        self._hand: int | None = None
        self._chosen: tuple[int, ...] = ()
        self.add = QPushButton(_("Add person"))
        self.remove = QPushButton(_("Delete person"))
        self.me = QPushButton(_("This is me"))
        strip = QHBoxLayout()
        strip.setContentsMargins(18, 10, 18, 12)
        strip.setSpacing(8)
        for button, function in ((self.add, self.add_person), (self.remove, self.remove_people), (self.me, self.set_me)):
            button.clicked.connect(function)
            strip.addWidget(button)
        strip.addStretch(1)
        self.body.addLayout(strip)
        self._offer()

    def ids(self) -> Iterable[int]:
        return [person.id for person in self.session.facts.people()]

    def touched(self, event: Changed) -> set[int]:
        if any(True for _change in event.change_set.of(Workspace, Milestone, Assignment)):
            return set(self.model.ids)
        return event.change_set.ids(Person)

    def reorders(self, event: Changed) -> bool:
        return any(
            change.old is None or change.new is None or change.old.name != change.new.name
            for change in event.change_set.of(Person)
        )

    def empty_text(self) -> str:
        return _("Nobody yet. Add the people who own milestones and do the work.")

    def pick(self, ids: list[int], current: int | None) -> None:
        self._chosen, self._hand = tuple(ids), current
        self._offer()

    def picked(self) -> tuple[tuple[int, ...], int | None]:
        return self._chosen, self._hand

    def add_person(self) -> None:
        """Adds a person and opens the name for typing."""
        made: list[int] = []
        if self.session.attempt(N_("Add person"), lambda edit: made.append(people.create(edit, _("New person")).id)):
            self.pick(made, made[0])
            self.reload()
            self.name_row(made[0])

    def remove_people(self) -> None:
        """Deletes who is selected, as one edit."""
        chosen = self._chosen

        def delete(edit: Edit) -> None:
            for person in chosen:
                people.delete(edit, person)

        if self.session.attempt(N_("Delete person"), delete):
            self.pick([], None)

    def set_me(self) -> None:
        """Says that the person in hand sits at the keyboard."""
        hand = self._hand
        self.session.attempt(N_("Change who “me” is"), lambda edit: people.set_me(edit, hand))

    def _offer(self) -> None:
        writable = not self.session.document.read_only
        self.add.setEnabled(writable)
        self.remove.setEnabled(writable and bool(self._chosen))
        self.me.setEnabled(writable and self._hand is not None)


def people_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the people table."""
    plan, facts = session.plan, session.facts

    def is_me(row: Person) -> bool:
        return plan[Workspace, 1].me == row.id

    def field(name: str, heading: str, width: int, label: str) -> Column:
        return Column(
            name, heading, width, lambda row: getattr(row, name), editor=Editor.TEXT,
            write=lambda edit, row, value: people.set_fields(edit, row.id, **{name: value.strip()}), label=label,
        )  # fmt: skip

    return (
        Column("title", _("Name"), 200, lambda row: row.name, editor=Editor.TEXT,
               write=lambda edit, row, value: people.set_fields(edit, row.id, name=value.strip()), label=N_("Rename person")),
        field("role", _("Role"), 200, N_("Change role")),
        field("organisation", _("Organisation"), 200, N_("Change organisation")),
        field("email", _("Email"), 220, N_("Change e-mail")),
        Column("external", _("Belongs to"), 130, lambda row: _("external") if row.external else _("own team"),
               editor=Editor.CHOICE, value=lambda row: row.external,
               choices=lambda row: [(False, _("own team")), (True, _("external"))],
               write=lambda edit, row, value: people.set_fields(edit, row.id, external=value), label=N_("Change person")),
        Column("me", _("Me"), 124, lambda row: _("this is me") if is_me(row) else "", Look.CHECK, raw=is_me),
        Column("owns", _("Milestones"), 96, lambda row: number_text(len(facts.owned_by(row.id))), Look.MUTED, right=True,
               order=lambda row: len(facts.owned_by(row.id))),
        Column("works", _("Work items"), 96, lambda row: number_text(len(facts.items_of_person(row.id))), Look.MUTED, right=True,
               order=lambda row: len(facts.items_of_person(row.id))),
    )  # fmt: skip
