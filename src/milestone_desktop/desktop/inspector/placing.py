"""Where an activity stands in the outline, and what else it has to do with."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.dialogs.choose import choose_activities, choose_activity
from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.inspector.linked import adder, show_title, title_button
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.row_list import Row, RowList
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, relations
from milestone_desktop.domain.activities import Activity, Relation
from milestone_desktop.domain.enums import RelationType
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import descendants

FIELD_LETTERS = 18
"""How many letters a field of the narrowest inspector has room for."""


def add_parent(panel: Panel) -> None:
    """Adds the row above in the outline, with a way to choose another and one to the top."""
    section = panel.section(_("Outline"))
    parent = QPushButton()
    parent.setProperty("field", True)
    top = adder(_("To the top level"))
    parent.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    strip = QWidget()
    line = QHBoxLayout(strip)
    line.setContentsMargins(9, 0, 0, 0)
    line.addWidget(parent)
    section.pair(_("Under"), strip)
    section.wide(top)
    parent.setAccessibleName(_("Choose the row above in the outline"))

    def choose() -> None:
        row = panel.row
        if row is None:
            return
        below = {found.id for found in descendants(panel.session.plan, row.id)} | {row.id}
        chosen = choose_activity(
            panel.session, panel.window(), _("Move under"), lambda other: other.id not in below and other.project == row.project
        )
        if chosen is not None:
            panel.commit(N_("Move in the outline"), lambda edit: activities.move_to(edit, [row.id], chosen))

    def to_top() -> None:
        row_id = panel.row_id
        panel.commit(N_("Move in the outline"), lambda edit: activities.move_to(edit, [row_id], None))

    def refresh() -> None:
        row = panel.row
        above = panel.session.plan.activity(None if row is None else row.parent)
        writable = not panel.session.document.read_only
        title = above.title if above is not None else _("the top level")
        parent.setText(shortened(parent, title))
        parent.setToolTip(title)
        parent.setEnabled(writable)
        top.setEnabled(writable)
        top.setVisible(above is not None)

    parent.clicked.connect(choose)
    top.clicked.connect(to_top)
    panel.on_refresh(refresh)


def shortened(button: QPushButton, text: str) -> str:
    """A text that stands on a button of the inspector's narrow column, with … where it is long."""
    room = button.fontMetrics().horizontalAdvance("n") * FIELD_LETTERS
    return elided(button.fontMetrics(), text, room).replace("&", "&&")


def relation_words(mine: bool) -> list[tuple[object, str]]:
    """The kinds of relation in words, as read from the side of the activity that it was made at (mine) or from the other."""
    duplicates = _("duplicates") if mine else _("is duplicated by")
    return [(RelationType.RELATES_TO.value, _("relates to")), (RelationType.DUPLICATES.value, duplicates)]


def add_relations(panel: Panel) -> None:
    """Adds what else the activity has to do with."""
    section = panel.section(_("Relations"))
    rows = RowList(lambda relation: RelationRow(panel, relation))
    button = adder(_("Add relation…"))
    error = section.error_label()
    section.wide(rows)
    section.wide(error)
    section.wide(button)

    def current() -> list[Relation]:
        return relations.of_activity(panel.session.plan, panel.row_id)

    def add() -> None:
        taken = {panel.row_id} | {end for relation in current() for end in (relation.activity, relation.other)}
        chosen = choose_activities(panel.session, panel.window(), _("Add relation"), lambda row: row.id not in taken)

        def put(edit: Edit) -> None:
            for activity in chosen:
                relations.add(edit, panel.row_id, activity)

        if chosen:
            panel.commit(N_("Add relation"), put, error)

    def refresh() -> None:
        rows.show_things(current())
        button.setEnabled(not panel.session.document.read_only)

    button.clicked.connect(add)
    panel.on_refresh(refresh)


class RelationRow(Row):
    """What kind, the other activity, remove."""

    def __init__(self, panel: Panel, relation: Relation) -> None:
        super().__init__(panel.session, relation)
        self._panel = panel
        self.title = title_button(panel.session, self._other())
        self.type = ChoiceField()
        self.type.setFixedWidth(110)
        self.type.setProperty("calm", True)
        self.type.setAccessibleName(_("Kind of relation"))
        self.line.addWidget(self.type)
        self.line.addWidget(self.title, 1)
        self.small_button("x", _("Remove relation"), self._remove)
        self.type.picked.connect(self._change)

    def refresh(self, thing: Any) -> None:
        super().refresh(thing)
        show_title(self.title, self._other(), self.session)
        self.type.offer(relation_words(thing.activity == self._panel.row_id), thing.type.value)
        self.type.setEnabled(not self.session.document.read_only)

    def _change(self) -> None:
        relation, kind = self.thing, RelationType(self.type.currentData())
        self._panel.commit(N_("Change relation"), lambda edit: relations.change(edit, relation.id, kind))

    def _remove(self) -> None:
        relation = self.thing
        self._panel.commit(N_("Remove relation"), lambda edit: relations.remove(edit, relation.id))

    def _other(self) -> Activity:
        relation = self.thing
        found = self.session.plan.activity(relation.other if relation.activity == self._panel.row_id else relation.activity)
        if found is None:
            raise LookupError(f"relation {relation.id} has one end only")
        return found
