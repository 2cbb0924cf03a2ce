"""Registers of a milestone: a heading with how far it is, a table edited in place, and a field that adds a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from milestone_desktop.desktop.editable_table import EditableTable
from milestone_desktop.desktop.fields import LineField
from milestone_desktop.desktop.inspector.common import people_offer
from milestone_desktop.desktop.inspector.linked import adder
from milestone_desktop.desktop.inspector.panel import Panel, Section
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.words import _, day_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import kind_rows
from milestone_desktop.domain.completion import ordered
from milestone_desktop.domain.messages import N_

Put = Callable[..., object]
"""`put(edit, row, **fields)`: makes the edit of some fields of a line."""


@dataclass(frozen=True, slots=True)
class Register:
    """One register. rows: its lines in order; heading: its title, with how far it is; columns: all of them, the first is
    what a line says; compact: the ids of those that the narrow inspector shows; hint, add: the field that adds a line."""

    kind: type[Any]
    name: str
    columns: Callable[[Panel], Sequence[Column]]
    compact: tuple[str, ...]
    hint: str = ""
    add: Callable[[Edit, int, str], object] | None = None
    heading: Callable[[list[Any]], str] | None = None
    rows: Callable[[Panel], list[Any]] | None = None
    remove: Callable[[Edit, Any], object] | None = kind_rows.remove
    movable: bool = True
    stretch: str = "text"
    activate: Callable[[Panel, Any], object] | None = None


def add_register(panel: Panel, register: Register) -> tuple[Section, EditableTable]:
    """Adds a register to a panel: the section and its table."""
    section = panel.section(register.name)
    table = table_of(panel, register)
    section.wide(table)
    field = _adding_field(panel, register) if register.add is not None else None
    panel.places[register.kind.__name__] = field if field is not None else table
    panel.tables[register.kind.__name__] = table
    if field is not None:
        section.wide(field)

    def refresh() -> None:
        rows = lines(panel, register)
        section.heading.setText(register.heading(rows) if register.heading is not None else register.name)
        table.show_records([row.id for row in rows])
        if field is not None:
            field.setEnabled(not panel.session.document.read_only)

    panel.on_refresh(refresh)
    return section, table


def lines(panel: Panel, register: Register) -> list[Any]:
    """The lines of a register of the panel's milestone."""
    if register.rows is not None:
        return register.rows(panel)
    return ordered(panel.session.plan, register.kind, panel.row_id)


def table_of(panel: Panel, register: Register) -> EditableTable:
    """The table of a register; a narrow panel shows the compact columns and no heading."""
    session = panel.session
    columns = register.columns(panel)
    if not panel.roomy:
        columns = [column for column in columns if column.id in register.compact]
    attempt = None if session.document.read_only else panel.commit
    table = EditableTable(
        session, columns, lambda row_id: session.plan.get(register.kind, row_id), attempt, register.name, stretch=register.stretch
    )
    table.horizontalHeader().setVisible(panel.roomy)
    if attempt is not None and register.remove is not None:
        remove = register.remove
        table.remove = lambda record: panel.commit(N_("Delete line"), lambda edit: remove(edit, record))
    if attempt is not None and register.movable:
        table.move_row = lambda record, step: panel.commit(N_("Move line"), lambda edit: kind_rows.move(edit, record, step))
    if register.activate is not None:
        activate = register.activate
        table.activate_row = lambda record: activate(panel, record)
    return table


def _adding_field(panel: Panel, register: Register) -> LineField:
    """The field below the table; Enter adds a line and leaves the field ready for the next."""
    field = LineField()
    field.setPlaceholderText(register.hint)
    field.setAccessibleName(register.hint.removesuffix("…"))
    field.setProperty("calm", True)

    def add() -> None:
        text, function = field.text().strip(), register.add
        if text and function is not None and panel.commit(N_("Add line"), lambda edit: function(edit, panel.row_id, text)):
            field.clear()
            field.setModified(False)

    field.left.connect(add)
    return field


def button_strip(section: Section, *buttons: QPushButton) -> None:
    """Quiet buttons beside each other below what a section holds."""
    strip = QWidget()
    line = QHBoxLayout(strip)
    line.setContentsMargins(0, 4, 0, 0)
    line.setSpacing(6)
    for button in buttons:
        line.addWidget(button)
    line.addStretch(1)
    section.wide(strip)


def action_button(panel: Panel, text: str, function: Callable[[], object]) -> QPushButton:
    """A button below a register; off where the workspace is only read."""
    button = adder(text) if not panel.roomy else QPushButton(text)
    button.setAccessibleName(text.removesuffix("…"))
    button.clicked.connect(lambda: function())
    panel.on_refresh(lambda: button.setEnabled(not panel.session.document.read_only))
    return button


# columns


class Fields:
    """Makes the columns of one register. put: makes the edit of fields of a line; label: what it is called until then."""

    def __init__(self, panel: Panel, label: str, put: Put = kind_rows.change) -> None:
        self._panel = panel
        self._label = label
        self._put = put

    def text(self, name: str, heading: str, width: int, *, muted: bool = False, column: str = "") -> Column:
        """A line of text."""
        return Column(
            column or name, heading, width, lambda row: getattr(row, name), Look.MUTED if muted else Look.PLAIN,
            editor=Editor.TEXT, write=lambda edit, row, value: self._put(edit, row, **{name: value.strip()}), label=self._label,
            tip=lambda row: getattr(row, name),
        )  # fmt: skip

    def person(self, name: str, heading: str, width: int) -> Column:
        """One of the people."""
        facts = self._panel.session.facts
        return Column(
            name, heading, width, lambda row: facts.person_name(getattr(row, name)), editor=Editor.CHOICE,
            value=lambda row: getattr(row, name), choices=lambda row: people_offer(self._panel),
            write=lambda edit, row, value: self._put(edit, row, **{name: value}), label=self._label,
        )  # fmt: skip

    def day(self, name: str, heading: str, width: int) -> Column:
        """A day."""
        today = self._panel.session.today
        return Column(
            name, heading, width, lambda row: "" if getattr(row, name) is None else day_text(getattr(row, name), today()),
            editor=Editor.DATE, value=lambda row: getattr(row, name),
            write=lambda edit, row, value: self._put(edit, row, **{name: value}), label=self._label,
        )  # fmt: skip

    def choice(
        self, name: str, heading: str, width: int, values: type[StrEnum], *, tone: Callable[[Any], str] | None = None,
        sign: Callable[[Any], str] | None = None,
    ) -> Column:  # fmt: skip
        """One of the values of an enumeration. tone: the token of its colour; sign: what stands before its word."""

        def told(row: Any) -> str:
            value = getattr(row, name)
            return f"{sign(value)} {_(value.value)}" if sign is not None else _(value.value)

        return Column(
            name, heading, width, told, Look.TONED if tone is not None else Look.PLAIN,
            raw=(lambda row: tone(getattr(row, name))) if tone is not None else None,
            editor=Editor.CHOICE, value=lambda row: getattr(row, name).value,
            choices=lambda row: [(value.value, _(value.value)) for value in values],
            write=lambda edit, row, value: self._put(edit, row, **{name: values(value)}), label=self._label,
        )  # fmt: skip

    def tick(self, name: str, heading: str, width: int, said: str) -> Column:
        """A box. said: what a screen reader hears where it is ticked."""
        return Column(
            name, heading, width, lambda row: said if getattr(row, name) else "", Look.TICK, raw=lambda row: getattr(row, name),
            editor=Editor.TOGGLE, value=lambda row: getattr(row, name),
            write=lambda edit, row, value: self._put(edit, row, **{name: value}), label=self._label,
        )  # fmt: skip
