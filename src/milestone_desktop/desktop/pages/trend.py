"""The milestone trend: what the plan said of each milestone in past weeks, read from the journal, and what moved it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.chart.shapes import Scene
from milestone_desktop.desktop.dialogs.reason import ReasonDialog
from milestone_desktop.desktop.filters.flow import FlowLayout
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.pictures import ask_and_save
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.trend.curves import Told, curve_of, told_trend, trend_columns
from milestone_desktop.desktop.trend.view import TrendView
from milestone_desktop.desktop.trend.waterfall import WaterfallView
from milestone_desktop.desktop.words import _, day_text, instant_text, pair_text, say, working_days_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.outline import walk
from milestone_desktop.tracking.waterfall import reasons_of

RANGES: tuple[tuple[str, int | None], ...] = (("4w", 28), ("3m", 91), ("all", None))
FIRST_SHOWN = 8
"""Milestones that are shown at first where a project has more."""


class TrendPage(Page):
    """Chart or table at the left, the waterfall of the milestone in hand at the right. opened: a milestone's page is
    wanted; day_opened: the plan as it stood on a day is wanted."""

    least = QSize(700, 320)
    searchable = False
    opened = Signal(int)
    day_opened = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.told: dict[int, Told] = {}
        self._chosen: dict[int, set[int]] = {}
        self._since: int | None = None
        self._stale = True
        self.view = TrendView(session)
        self.table = RecordTable(session, trend_columns(session), lambda row_id: self.told.get(row_id), _("Trend as a table"))
        self.empty = QLabel(_("No milestones yet. Their trend begins with the first one: the journal remembers every date."))
        self.empty.setProperty("muted", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.stack = QStackedWidget()
        for each in (self.view, self.table, self.empty):
            self.stack.addWidget(each)
        self.point_text = WrappedText("")
        self.point_text.setProperty("muted", True)
        self.point_text.setContentsMargins(18, 4, 18, 10)
        self._lay_out()
        self.view.pointed.connect(self._tell_point)
        self.view.opened.connect(self.opened)
        self.table.chosen.connect(self.opened)
        self.table.picked.connect(self._take_from_table)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        session.selection_changed.connect(self._show_side)
        self.setFocusProxy(self.view)

    # what the window asks

    def enter(self) -> None:
        if self._stale:
            self.reload()

    def rows_text(self) -> str:
        return _("{count} of {all} milestones").format(count=len(self.told), all=len(self.milestones()))

    # showing

    def milestones(self) -> list[int]:
        """The milestones of the project in the order of its outline."""
        project = self.session.project_id
        if project is None:
            return []
        return [row.id for _level, row in walk(self.session.plan, project) if isinstance(row, Milestone)]

    def shown(self) -> list[int]:
        """Those that are chosen; at first the next ones to come."""
        rows = self.milestones()
        chosen = self._chosen.get(self.session.project_id or 0)
        if chosen is not None:
            return [row for row in rows if row in chosen]
        return rows[:FIRST_SHOWN]

    def choose(self, milestones: set[int]) -> None:
        """Shows these milestones of the project."""
        self._chosen[self.session.project_id or 0] = milestones
        self.reload()

    def set_range(self, days: int | None) -> None:
        """Shows the last so many days, None for all that the journal knows."""
        self._since = None if days is None else self.session.today() - days
        self.reload()

    def reload(self) -> None:
        """Reads the journal and draws anew."""
        self._stale = False
        shown = self.shown()
        found = told_trend(self.session, self.session.document.storage.moves(), shown, self._since) if shown else []
        self.told = {each.id: each for each in found}
        self.view.show_curves([curve_of(each) for each in found])
        self.table.show_records([each.id for each in found])
        every = len(self.milestones())
        self.chooser.setText(_("Milestones: {count} of {all}").format(count=len(found), all=every))
        self.stack.setCurrentWidget(self.empty if not found else self.table if self.as_table.isChecked() else self.view)
        self.point_text.setText("")
        self.rows_changed.emit()
        self._show_side()

    # inside

    def _lay_out(self) -> None:
        self.chooser = QPushButton()
        self.chooser.setAccessibleName(_("Choose milestones"))
        self.chooser.clicked.connect(self._open_chooser)
        self.ranges = [QPushButton(text) for text in (_("4 weeks"), _("3 months"), _("All"))]
        strip = QHBoxLayout()
        strip.setContentsMargins(18, 10, 18, 10)
        strip.setSpacing(10)
        strip.addWidget(self.chooser)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for number, (button, (_name, days)) in enumerate(zip(self.ranges, RANGES, strict=True)):
            button.setProperty("segment", True)
            button.setProperty("first", number == 0)
            button.setProperty("last", number == len(RANGES) - 1)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setChecked(days is None)
            button.clicked.connect(lambda _checked, days=days: self.set_range(days))
            segments.addWidget(button)
        strip.addLayout(segments)
        self.as_table = QPushButton(_("As table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(lambda _on: self.reload())
        strip.addWidget(self.as_table)
        strip.addStretch(1)
        self.save = QPushButton(_("Save picture…"))
        self.save.clicked.connect(self._ask_where)
        strip.addWidget(self.save)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)
        column.addWidget(self.point_text)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._side())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([760, 400])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self.splitter, 1)

    def _side(self) -> QWidget:
        self.heading = WrappedText("")
        self.heading.setProperty("section", True)
        self.heading.setProperty("strong", True)
        self.lead = WrappedText("")
        self.lead.setProperty("muted", True)
        self.waterfall = WaterfallView(self.session)
        self.reason = QPushButton(_("Add a reason…"))
        self.reason.clicked.connect(self._give_reason)
        self.show_day = QPushButton(_("Show the plan of that day"))
        self.show_day.clicked.connect(self._open_day)
        buttons = FlowLayout(gap=8)
        buttons.addWidget(self.reason)
        buttons.addWidget(self.show_day)
        inner = QWidget()
        inner.setObjectName("page")
        inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inner)
        column.setContentsMargins(18, 12, 18, 18)
        column.setSpacing(10)
        column.addWidget(self.heading)
        column.addWidget(self.lead)
        column.addWidget(self.waterfall)
        column.addLayout(buttons)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(300)
        area.setAccessibleName(_("What moved the milestone in hand"))
        return area

    def _hand(self) -> Milestone | None:
        """The milestone whose waterfall is shown: the one in hand, else the first on the chart."""
        row = self.session.plan.get(Milestone, self.session.current)
        if row is not None and row.id in self.told:
            return row
        return self.session.plan.get(Milestone, next(iter(self.told), None))

    def _show_side(self) -> None:
        if not self.isVisible():
            return
        row = self._hand()
        moves = [] if row is None else self.session.document.receipts(row.id)
        planned = [(line, receipt) for line, receipt in moves if receipt.what == "planned" and receipt.old is not None]
        self.reason.setEnabled(bool(planned) and not self.session.document.read_only)
        self.show_day.setEnabled(row is not None)
        self.show_day.setText(_("Show the plan of {day}").format(day=day_text(self._day(), self.session.today())))
        if row is None:
            self.heading.setText("")
            self.lead.setText("")
            self.waterfall.hide()
            return
        slipped = self.session.facts.slip(row)
        self.heading.setText(_headline(row.title, slipped))
        shown = self.waterfall.show_milestone(row.id)
        none = _("It has no target, so nothing is counted. Set one, or put a baseline in force.")
        self.lead.setText(_("Every step comes from an edit; together they are the slip.") if shown else none)

    def _day(self) -> int:
        """The report day pointed at; without one today."""
        if self.view.point is not None:
            milestone, number = self.view.point
            told = self.told.get(milestone)
            if told is not None and number < len(told.series.points):
                return told.series.points[number].report
        return self.session.today()

    def _tell_point(self, milestone: int, number: int) -> None:
        """Says below the chart, and in its tip, what the plan said at a point, and the receipt that led there."""
        told = self.told.get(milestone)
        if told is None or not 0 <= number < len(told.series.points):
            return
        point, today = told.series.points[number], self.session.today()
        lines = [_("{day} · {title}: {date}").format(
            day=day_text(point.report, today), title=told.title, date=instant_text(point.date, today)
        )]  # fmt: skip
        if number in told.series.outliers:
            lines.append(_("This date can only be a typing error, such as a wrong year."))
        lines += self._receipt_lines(milestone, point.entry)
        self.point_text.setText(" — ".join(lines))
        self.view.setToolTip("\n".join(lines))
        self.view.setAccessibleDescription(". ".join(lines))
        self.show_day.setText(_("Show the plan of {day}").format(day=day_text(point.report, today)))

    def _receipt_lines(self, milestone: int, entry: int) -> list[str]:
        reasons = reasons_of(self.session.plan, milestone)
        lines: list[str] = []
        for line, receipt in self.session.document.receipts(milestone):
            if line.sequence == entry and receipt.what == "planned" and receipt.old is not None:
                old, new = pair_text(receipt.old, receipt.new, self.session.today())
                days = working_days_text(receipt.working_days)
                lines.append(_("{old} → {new}, {days}").format(old=old, new=new, days=days))
                lines += [
                    say(cause) if share is None or len(receipt.causes) == 1 else f"{working_days_text(share)} {say(cause)}"
                    for cause, share in receipt.causes
                ]
                reason = reasons.get(entry) or receipt.reason
                lines += [_("“{reason}”").format(reason=reason)] if reason else []
        return lines

    def _take_from_table(self) -> None:
        hand = self.table.hand
        if self.stack.currentWidget() is self.table and hand is not None and hand != self.session.current:
            self.session.select([hand])

    def _open_chooser(self) -> None:
        """A menu of the project's milestones to tick; it stays open until it is left."""
        menu = QMenu(self)
        shown = set(self.shown())
        for text, chosen in ((_("All"), set(self.milestones())), (_("None"), set[int]())):
            menu.addAction(text).triggered.connect(lambda _on=False, chosen=chosen: self.choose(set(chosen)))
        menu.addSeparator()
        for row_id in self.milestones():
            action = menu.addAction(self.session.plan[Milestone, row_id].title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(row_id in shown)
            action.toggled.connect(lambda on, row_id=row_id: self._tick(row_id, on))
        menu.setAccessibleName(_("Milestones"))
        menu.popup(self.chooser.mapToGlobal(self.chooser.rect().bottomLeft()))

    def _tick(self, milestone: int, on: bool) -> None:
        chosen = set(self.shown())
        self.choose(chosen | {milestone} if on else chosen - {milestone})

    def _give_reason(self) -> None:
        row = self._hand()
        if row is None:
            return
        entry = None
        if self.view.point is not None and self.view.point[0] == row.id:
            entry = self.told[row.id].series.points[self.view.point[1]].entry
        ReasonDialog(self.session, row, entry, self.window()).exec()

    def _open_day(self) -> None:
        self.day_opened.emit(self._day())

    def _ask_where(self) -> None:
        project = self.session.project
        name = _("{project} trend").format(project=project.key if project is not None else "")
        ask_and_save(self, self.session, self.as_picture(), name.strip(), _("Milestone trend"))

    def as_picture(self) -> Scene:
        return self.view.drawing(max(self.view.width(), 900), max(self.view.height(), 560)).scene

    def _on_project(self) -> None:
        self.view.point = None
        self._stale = True
        if self.isVisible():
            self.reload()

    def _on_changed(self, event: Changed) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()


def _headline(title: str, slipped: int | None) -> str:
    if slipped is None:
        return title
    if slipped == 0:
        return _("{title}: on its target").format(title=title)
    text = _("{title}: {days} later than its target") if slipped > 0 else _("{title}: {days} earlier than its target")
    return text.format(title=title, days=working_days_text(abs(slipped)).lstrip("+"))
