"""What decides where an activity stands in time beside its dates: calendar, placement, constraint, deadline, estimates."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from milestone_desktop.desktop.inspector.panel import Panel, Section
from milestone_desktop.desktop.inspector.timing import add_timing
from milestone_desktop.desktop.words import _, instant_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.operations import dates
from milestone_desktop.domain.enums import Placement
from milestone_desktop.domain.messages import N_


def add_scheduling(panel: Panel) -> None:
    """Adds what the schedule says, and calendar, placement, constraint and deadline, to a panel."""
    add_timing(panel)
    section = panel.section(_("Scheduling"))
    section.cell(panel.fields["calendar"])
    section.cell(panel.fields["placement"])
    _add_pin(panel, section)
    section.cell(panel.fields["constraint"])
    section.cell(panel.fields["constraint_date"])
    section.cell(panel.fields["deadline"])


def _add_pin(panel: Panel, section: Section) -> None:
    """The pin in words with a button that takes it away; hidden where there is none."""
    strip = QWidget()
    line = QHBoxLayout(strip)
    line.setContentsMargins(9, 0, 0, 0)
    told = WrappedText()
    told.setMinimumHeight(26)
    remove = QPushButton(_("Remove"))
    remove.setAccessibleName(_("Remove the pin"))
    remove.clicked.connect(lambda: panel.commit(N_("Remove pin"), lambda edit: dates.release(edit, [panel.row_id])))
    line.addWidget(told, 1)
    line.addWidget(remove)
    section.pair(_("Pin"), strip)

    def refresh() -> None:
        row = panel.row
        pinned = row is not None and row.placement is Placement.PINNED
        section.show_pair(strip, pinned)
        if row is not None and pinned:
            told.setText(_("not before {day}").format(day=instant_text(row.constraint_date, panel.session.today())))
            told.setAccessibleDescription(_("Pin"))
        remove.setEnabled(not panel.session.document.read_only)

    panel.on_refresh(refresh)


def add_estimates(panel: Panel) -> None:
    """Adds the three-point estimate and the remaining duration to a panel."""
    section = panel.section(_("Estimates"))
    for name in ("remaining", "optimistic", "most_likely", "pessimistic"):
        section.cell(panel.fields[name])
