"""The plan check: fourteen points and what milestones lack, each with what was counted, and a remedy for each finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from milestone_desktop.desktop import jobs
from milestone_desktop.desktop.dialogs.choose import choose_activity
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.words import _, number_text, say
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import dependencies, mending
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.checks import Check, Finding, Remedy
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import BaselineRepair, Project
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.plan_check import Order, checked
from milestone_desktop.tracking.variance import rows_of

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

LARGE = 5000
"""Work items above which the plan is checked beside the window."""

VERDICTS = {True: ("✓", "health-on-track"), False: ("✕", "health-late"), None: ("–", "text-muted")}


class PlanCheckPage(Page):
    """Left the checks, right what the one in hand found. Enter goes to a finding, M mends it. There is no score."""

    least = QSize(760, 260)
    searchable = False

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.session)
        self._window = window
        self.checks: list[Check] = []
        self.findings: Sequence[Finding] = ()
        self._stale = True
        self._job: jobs.Job | None = None
        session = self.session
        self.table = RecordTable(session, self._check_columns(), lambda row_id: self.checks[row_id], _("Checks"))
        self.found = RecordTable(session, self._finding_columns(), self._finding, _("Findings"))
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        self.mend = QPushButton(_("Mend it  (M)"))
        self.go = QPushButton(_("Go to it  (Enter)"))
        self.mend.clicked.connect(self.mend_finding)
        self.go.clicked.connect(self.go_to_finding)
        self._lay_out()
        for table in (self.table, self.found):
            table.installEventFilter(self)
        self.table.picked.connect(self._show_findings)
        self.table.chosen.connect(lambda _row: self.found.setFocus())
        self.found.picked.connect(self._offer)
        self.found.chosen.connect(lambda _row: self.go_to_finding())
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_changed)
        self.setFocusProxy(self.table)

    def enter(self) -> None:
        if self._stale:
            self.check()

    def check(self) -> None:
        """Checks the project as it stands: a large one beside the window, with a way to cancel."""
        project = self.session.project
        if project is None:
            return
        self._stale = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        facts, plan = self.session.facts, self.session.plan
        status_day = facts.status_day(project.id, self.session.today())
        order = Order(plan, project, status_day, facts.times, self.session.document.schedule(), self._baseline(project))
        if plan.count(WorkItem) <= LARGE:
            self._show_checks(checked(order))
            return
        copy = plan.copy()
        order = replace(order, plan=copy, times=WorkTimes(copy))
        self.told.setText(_("Checking the plan…"))
        self._job = jobs.run(
            checked, order, parent=self, text=_("Checking the plan"), done=self._show_checks, failed=self._report_failure
        )
        self._job.over.connect(self._say_if_cancelled)

    def _show_checks(self, found: list[Check]) -> None:
        self.checks = found
        self.table.show_records(range(len(self.checks)))
        failed = sum(check.passed is False for check in self.checks)
        unknown = sum(check.passed is None for check in self.checks)
        self.told.setText(
            _("{failed} of {all} checks found too much, {unknown} cannot be told. They make no score.").format(
                failed=number_text(failed), all=number_text(len(self.checks)), unknown=number_text(unknown)
            )
        )
        self._show_findings()

    def _say_if_cancelled(self) -> None:
        if self._job is not None and self._job.cancelled:
            self._stale = True
            self.told.setText(_("The check was cancelled. It starts again when the page is next shown."))
        self._job = None

    def _report_failure(self, error: Exception) -> None:
        raise error

    @property
    def finding(self) -> Finding | None:
        """The finding in hand."""
        hand = self.found.hand
        return self._finding(hand) if hand is not None else None

    def mend_finding(self) -> None:
        """Does what mends the finding in hand; asks where that needs a choice."""
        finding = self.finding
        if finding is None or self.session.document.read_only:
            return
        if finding.remedy in mending.ALONE:
            self.session.attempt(N_("Mend what the plan check found"), lambda edit: mending.mend(edit, finding))
        elif finding.remedy is Remedy.OPEN:
            self.go_to_finding()
        else:
            self._choose_link(finding)

    def go_to_finding(self) -> None:
        """Shows what the finding in hand is about."""
        finding = self.finding
        if finding is None:
            return
        if self.session.plan.get(Milestone, finding.activity) is not None:
            self._window.open_milestone(finding.activity)
        else:
            self._window.show_found(finding.activity)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """M mends; the tables would take the letter for a search."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_M
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self.mend_finding()
            return True
        return super().eventFilter(watched, event)

    def _choose_link(self, finding: Finding) -> None:
        before = finding.remedy is Remedy.ADD_PREDECESSOR
        title = _("Add predecessor") if before else _("Add successor")
        chosen = choose_activity(self.session, self, title, lambda row: row.id != finding.activity)
        if chosen is not None:
            first, second = (chosen, finding.activity) if before else (finding.activity, chosen)
            self.session.attempt(N_("Add dependency"), lambda edit: dependencies.add(edit, first, second))

    def _baseline(self, project: Project) -> dict[int, Instant] | None:
        """The finishes that the baseline in force promises, repairs included; None without one that can be read."""
        baseline = self.session.facts.baseline_in_force(project.id)
        content = None if baseline is None else self.session.baselines.content(baseline)
        if baseline is None or content is None:
            return None
        rows = rows_of(content, self.session.plan.where(BaselineRepair, "baseline", baseline.id))
        return {row_id: row.end for row_id, row in rows.items() if row.end is not None}

    def _finding(self, row_id: int) -> Finding | None:
        return self.findings[row_id] if row_id < len(self.findings) else None

    def _show_findings(self) -> None:
        hand = self.table.hand
        self.findings = self.checks[hand].findings if hand is not None and hand < len(self.checks) else ()
        self.found.show_records(range(len(self.findings)))
        self._offer()

    def _offer(self) -> None:
        finding = self.finding
        self.go.setEnabled(finding is not None)
        self.mend.setEnabled(finding is not None and not self.session.document.read_only)
        self.mend.setText(_("{remedy}  (M)").format(remedy=_(finding.remedy.value)) if finding is not None else _("Mend it  (M)"))

    def _on_changed(self, _event: Changed | None = None) -> None:
        self._stale = True
        if self.isVisible():
            self.check()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.found, 1)
        line = QHBoxLayout()
        line.setContentsMargins(14, 0, 0, 0)
        for button in (self.mend, self.go):
            line.addWidget(button)
        line.addStretch(1)
        column.addLayout(line)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(right)
        splitter.setSizes([860, 580])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 12, 18, 12)
        layout.setSpacing(10)
        layout.addWidget(self.told)
        layout.addWidget(splitter, 1)

    @staticmethod
    def _check_columns() -> tuple[Column, ...]:
        return (
            Column("title", _("Check"), 250, lambda row: say(row.title), tip=lambda row: say(row.title)),
            Column("found", _("Found / of"), 100, _found_text, right=True, order=lambda row: row.found),
            Column("share", _("Share"), 74, _share_text, right=True, order=lambda row: row.found / row.of if row.of else -1),
            Column("limit", _("Asked for"), 226, lambda row: say(row.limit), Look.MUTED, tip=lambda row: say(row.limit)),
            Column("verdict", _("Result"), 120, _verdict_text, Look.TONED, raw=lambda row: VERDICTS[row.passed][1],
                   tip=_verdict_text),
        )  # fmt: skip

    @staticmethod
    def _finding_columns() -> tuple[Column, ...]:
        return (
            Column("text", _("Finding"), 280, lambda row: _capital(say(row.text)), tip=lambda row: say(row.text)),
            Column("remedy", _("Remedy"), 210, lambda row: _(row.remedy.value), Look.MUTED),
        )


def _found_text(row: Check) -> str:
    if row.passed is None:
        return _("not counted")
    return _("{found} / {of}").format(found=number_text(row.found), of=number_text(row.of))


def _share_text(row: Check) -> str:
    return _("{percent} %").format(percent=number_text(100 * row.found / row.of, 1)) if row.passed is not None and row.of else ""


def _verdict_text(row: Check) -> str:
    sign = VERDICTS[row.passed][0]
    if row.passed is None:
        return f"{sign} {say(row.unknown) if row.unknown is not None else _('cannot be told')}"
    return f"{sign} {_('passed') if row.passed else _('look at it')}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
