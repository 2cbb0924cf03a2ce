"""All of one milestone on a page: its figures, what its kind holds, what is linked to it, its gate, health and moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from milestone_desktop.desktop.inspector.checklist import add_checklist
from milestone_desktop.desktop.inspector.common import add_description
from milestone_desktop.desktop.inspector.criteria import add_criteria
from milestone_desktop.desktop.inspector.evidence import add_evidence
from milestone_desktop.desktop.inspector.head import Head
from milestone_desktop.desktop.inspector.kinds import add_kind
from milestone_desktop.desktop.inspector.linked import add_dependencies
from milestone_desktop.desktop.inspector.linked_table import add_linked_table
from milestone_desktop.desktop.inspector.log_lines import add_open_entries
from milestone_desktop.desktop.inspector.milestone import DetailsPanel, subtitle
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.placing import add_relations
from milestone_desktop.desktop.inspector.scheduling import add_scheduling
from milestone_desktop.desktop.inspector.waterfall import add_waterfall
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, ngettext, percent_text, working_days_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import Condition

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

SIDE_WIDTH = 350
NARROW_SIDE = 290
NARROW_PAGE = 1050


class MilestonePage(Page):
    """Shows the milestone in hand; Esc goes back to the table of milestones."""

    searchable = False

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.session)
        self._window = window
        session = window.session
        self.back = QPushButton(_("‹ Milestones"))
        self.back.setProperty("quiet", True)
        self.back.setProperty("adder", True)  # its words begin at the edge of the page, as all do
        self.back.setAccessibleName(_("Back to the milestones"))
        self.back.clicked.connect(self.leave)
        self.head_panel = Panel(session)
        self.head_panel.column.setContentsMargins(0, 0, 0, 0)
        self.head = Head(self.head_panel, lambda row: subtitle(session, row))
        self.head_panel.column.addWidget(self.head)
        self.figures = Figures(session)
        self.main = Panel(session, roomy=True)
        self._build_main(self.main)
        self.side = DetailsPanel(session, self.go_to)
        self._lay_out()
        session.selection_changed.connect(self._on_selection)
        session.changed.connect(self._on_changed)
        session.theme_changed.connect(self._on_changed)

    @property
    def row(self) -> Milestone | None:
        """The milestone shown."""
        return self.session.plan.get(Milestone, self.main.row_id)

    def enter(self) -> None:
        self._show(self.session.current)
        self.area.verticalScrollBar().setValue(0)

    def leave(self) -> None:
        """Goes back to the table of milestones, this one in hand."""
        self._window.show_page("milestones")

    def go_to(self, condition: Condition, number: int = 0) -> bool:
        """Brings the place into view where an open point of the gate is dealt with, and gives it the keyboard; what stands
        elsewhere in the plan is shown on its own page. False where there is no such place."""
        name = condition.about.__name__ if condition.about is not None else ""
        table = self.main.tables.get(name)
        if table is not None and number < len(condition.rows) and table.take(condition.rows[number]):
            self.area.ensureWidgetVisible(table, 40, 80)
            table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        place = self.main.places.get(name)
        if place is None:
            elsewhere = {"Milestone": "milestones", "WorkItem": "items"}.get(name)
            if elsewhere is not None:
                self._window.show_page(elsewhere)
            return elsewhere is not None
        if not place.isVisibleTo(self):
            return False
        self.area.ensureWidgetVisible(place, 40, 80)
        place.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def _show(self, row_id: int | None) -> None:
        if self.session.plan.get(Milestone, row_id) is None or row_id is None:
            if self.isVisible():
                self.leave()
            return
        for panel in (self.head_panel, self.main, self.side):
            panel.show_activity(row_id)
        self.figures.show_milestone(self.session.plan[Milestone, row_id])

    def _on_selection(self) -> None:
        """Another milestone in hand is shown; a work item takes one to its own place."""
        current = self.session.current
        if not self.isVisible() or current == self.main.row_id:
            return
        if self.session.plan.get(Milestone, current) is None and self.session.plan.activity(current) is not None:
            self._window.show_page("items")
            return
        self._show(current)

    def _on_changed(self) -> None:
        if self.isVisible():
            self._show(self.main.row_id if self.row is not None else None)

    # building

    @staticmethod
    def _build_main(panel: Panel) -> None:
        panel.column.setContentsMargins(0, 0, 0, 24)
        add_kind(panel)
        add_criteria(panel)
        add_checklist(panel)
        add_linked_table(panel)
        add_waterfall(panel)
        add_evidence(panel, _("Evidence"))
        add_open_entries(panel)
        add_description(panel)
        add_dependencies(panel)
        add_relations(panel)
        add_scheduling(panel)
        panel.column.addStretch(1)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.head_panel, 1)
        self.side_holder = QWidget()
        self.side_holder.setFixedWidth(SIDE_WIDTH)
        holder = QVBoxLayout(self.side_holder)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.side)
        columns = QHBoxLayout()
        columns.setSpacing(28)
        columns.addWidget(self.main, 1)
        columns.addWidget(self.side_holder)
        inside = QWidget()
        inside.setObjectName("page")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(18, 12, 18, 12)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.figures)
        whole.addLayout(columns, 1)
        self.area = QScrollArea()
        self.area.setWidget(inside)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(_("Milestone"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.area)
        self.setFocusProxy(self.area)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt hands over a QResizeEvent
        self.side_holder.setFixedWidth(NARROW_SIDE if self.width() < NARROW_PAGE else SIDE_WIDTH)


class Figures(QFrame):
    """The dates and figures of a milestone beside each other: what, how much, and a word on it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        names = (_("Target"), _("Planned"), _("Actual"), _("Slack"), _("Progress"))
        self.cells = [Figure(name, first=number == 0) for number, name in enumerate(names)]
        for cell in self.cells:
            self._line.addWidget(cell, 1)

    def show_milestone(self, row: Milestone) -> None:
        """Shows the figures of a milestone."""
        facts, today = self._session.facts, self._session.today()
        target, planned, actual, slack, progress = self.cells
        first = row.first_target is not None and row.first_target != row.target
        told = _("first: {date}").format(date=instant_text(row.first_target, today)) if first else row.target_reason
        target.show_figure(instant_text(row.target, today), told or (_("not set") if row.target is None else ""))
        slip, reached = facts.slip(row), row.actual_finish is not None
        late = (slip or 0) > 0
        told = "" if slip is None else working_days_text(slip) if slip else _("on target")
        planned.show_figure(instant_text(row.end, today), "" if reached else told, late=late and not reached)
        dropped = _("dropped {date}").format(date=instant_text(row.dropped * 1440, today)) if row.dropped is not None else ""
        word = (told or _("reached")) if reached else _("not yet")
        actual.show_figure(instant_text(row.actual_finish, today), dropped or word, late=late and reached)
        critical = facts.is_critical(row)
        slack.show_figure(facts.slack_text(row), _("on the critical path") if critical else "")
        items = len(facts.items_of(row))
        counted = ngettext("of {n} work item", "of {n} work items", items) if items else ""
        progress.show_figure(percent_text(facts.progress_of(row)), counted)


class Figure(QWidget):
    """One figure between its name and a word on it."""

    def __init__(self, name: str, *, first: bool) -> None:
        super().__init__()
        self.setProperty("figure", not first)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name, self.value, self.told = QLabel(name), QLabel(), QLabel()
        self.name.setProperty("faint", True)
        self.value.setProperty("heading", True)
        self.value.setAccessibleDescription(name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 10, 10)
        layout.setSpacing(1)
        for label in (self.name, self.value, self.told):
            layout.addWidget(label)

    def show_figure(self, value: str, told: str, *, late: bool = False) -> None:
        """Shows a value and a word on it; late: in the colour of a slip."""
        self.value.setText(value)
        self.told.setText(told)
        self.told.setToolTip(told)
        for name, wanted in (("slip", late), ("faint", not late)):
            if self.told.property(name) != wanted:
                self.told.setProperty(name, wanted)
                self.told.style().polish(self.told)
