"""A milestone's checklist, edited line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from milestone_desktop.desktop.fields import LineField
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.row_list import Row, RowList
from milestone_desktop.desktop.tick_box import TickBox
from milestone_desktop.desktop.words import _, number_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.completion import ordered
from milestone_desktop.domain.gates import ChecklistEntry
from milestone_desktop.domain.messages import N_


def add_checklist(panel: Panel) -> None:
    """Adds the section of the checklist to a panel."""

    def heading(entries: list[ChecklistEntry]) -> str:
        if not entries:
            return _("Checklist")
        done = sum(entry.done for entry in entries)
        return _("Checklist · {done} of {all}").format(done=number_text(done), all=number_text(len(entries)))

    _add_list(
        panel, ChecklistEntry, lambda entry: ChecklistRow(panel, entry), heading,
        Adding(
            _("Add a line…"), _("Add a line to the checklist"), N_("Add checklist line"), milestones.add_checklist_entry
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Adding:
    """The field below a list that adds to it. hint: what stands in it while empty; label: what the edit is called."""

    hint: str
    name: str
    label: str
    function: Callable[[Edit, int, str], object]


def _add_list(
    panel: Panel, kind: type[Any], make: Callable[[Any], Row], heading: Callable[[list[Any]], str], adding: Adding
) -> None:
    """Adds a section that lists what of one kind belongs to the milestone, and a field that adds to it."""
    section = panel.section(heading([]))
    rows = RowList(make)
    adder = LineField()
    adder.setPlaceholderText(adding.hint)
    adder.setAccessibleName(adding.name)
    adder.setProperty("calm", True)
    section.wide(rows)
    section.wide(adder)
    panel.places[kind.__name__] = adder

    def add() -> None:
        text = adder.text().strip()
        adder.clear()
        if text:
            panel.commit(adding.label, lambda edit: adding.function(edit, panel.row_id, text))

    def refresh() -> None:
        found = ordered(panel.session.plan, kind, panel.row_id)
        section.heading.setText(heading(found))
        rows.show_things(found)
        adder.setEnabled(not panel.session.document.read_only)

    adder.left.connect(add)
    panel.on_refresh(refresh)


class ChecklistRow(Row):
    """Tick, text and delete."""

    def __init__(self, panel: Panel, entry: ChecklistEntry) -> None:
        super().__init__(panel.session, entry)
        self._panel = panel
        self.tick = TickBox(panel.session)
        self.text = LineField()
        self.text.setProperty("calm", True)
        self.line.addWidget(self.tick)
        self.line.addWidget(self.text, 1)
        self.small_button("x", _("Delete this line"), self._delete)
        self.tick.clicked.connect(self._on_tick)
        self.text.left.connect(self._on_text)

    def refresh(self, thing: Any) -> None:
        super().refresh(thing)
        writable = not self.session.document.read_only
        self.tick.setChecked(thing.done)
        self.tick.setEnabled(writable)
        self.tick.setAccessibleName(_("Done: {text}").format(text=thing.text))
        self.text.show_text(thing.text)
        self.text.setEnabled(writable)
        self.text.setAccessibleName(_("Checklist line"))

    def _on_tick(self, done: bool) -> None:
        entry = self.thing
        label = N_("Tick off") if done else N_("Take back tick")
        if not self._panel.commit(label, lambda edit: milestones.tick(edit, entry.id, done, self.session.today())):
            self.tick.setChecked(not done)

    def _on_text(self) -> None:
        entry, text = self.thing, self.text.text().strip()
        if not text:
            self._delete()
        elif self._panel.commit(
            N_("Change checklist line"), lambda edit: milestones.change_checklist_entry(edit, entry.id, text)
        ):
            self.text.setModified(False)

    def _delete(self) -> None:
        entry = self.thing
        self._panel.commit(N_("Delete checklist line"), lambda edit: milestones.remove_checklist_entry(edit, entry.id))
