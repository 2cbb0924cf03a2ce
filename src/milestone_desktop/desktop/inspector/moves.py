"""The moves of a milestone: every change of its planned date or target, with its cause."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.layouts import delete_item
from milestone_desktop.desktop.trend.waterfall import WaterfallView
from milestone_desktop.desktop.words import _, day_text, ngettext, pair_text, say, working_days_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.domain.changes import JournalLine, Receipt
from milestone_desktop.tracking.waterfall import reasons_of

MOST = 12
FEWEST_BARS = 4
"""Target, two steps and the sum: with fewer the list of moves says it all."""


def add_moves(panel: Panel) -> None:
    """Adds the section of the moves to a panel; it is hidden while there are none."""
    section = panel.section(_("Moves"))
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(1, 1)
    waterfall = WaterfallView(panel.session)
    section.wide(waterfall)
    section.wide(holder)
    shown: list[object] = []

    def refresh() -> None:
        found = [pair for pair in panel.session.document.receipts(panel.row_id) if is_move(pair[1])]
        section.setVisible(bool(found))
        if not waterfall.show_milestone(panel.row_id) or len(waterfall.bars) < FEWEST_BARS:
            waterfall.hide()
        reasons = reasons_of(panel.session.plan, panel.row_id)
        signature: list[object] = [(panel.row_id, line.sequence, reasons.get(line.sequence)) for line, _receipt in found]
        if signature == shown:
            return
        shown[:] = signature
        section.heading.setText(heading(found))
        while grid.count():
            delete_item(grid.takeAt(0))
        for number, (line, receipt) in enumerate(reversed(found[-MOST:])):
            _show(panel, grid, number, line, receipt)

    panel.on_refresh(refresh)


def is_move(receipt: Receipt) -> bool:
    """A date that was there and is now another; setting the first one is no move."""
    return receipt.old is not None and receipt.old != receipt.new


def heading(found: list[tuple[JournalLine, Receipt]]) -> str:
    """`Moved 3 times, +10 wd`."""
    planned = [receipt for _line, receipt in found if receipt.what != "target"]
    if not planned:
        return _("Moves")
    total = sum(receipt.working_days or 0 for receipt in planned)
    return _("{moved}, {days}").format(
        moved=ngettext("Moved {n} time", "Moved {n} times", len(planned)), days=working_days_text(total)
    )


def told(receipt: Receipt, later: str | None = None) -> str:
    """The causes of a move with their days, and the reason that was given; later: what was said afterwards."""
    if len(receipt.causes) == 1:
        parts = [say(receipt.causes[0][0])]
    else:
        parts = [say(cause) if days is None else f"{working_days_text(days)} {say(cause)}" for cause, days in receipt.causes]
    reason = later or receipt.reason
    return " · ".join([*parts, _("“{reason}”").format(reason=reason)] if reason else parts)


def _show(panel: Panel, grid: QGridLayout, number: int, line: JournalLine, receipt: Receipt) -> None:
    today = panel.session.today()
    day = QLabel(day_text(line.time.toordinal(), today))
    day.setProperty("muted", True)
    old, new = pair_text(receipt.old, receipt.new, today)
    moved = WrappedText((_("target {old} → {new}") if receipt.what == "target" else _("{old} → {new}")).format(old=old, new=new))
    moved.setToolTip(say(line.label))
    distance = QLabel(working_days_text(receipt.working_days))
    distance.setProperty("slip" if (receipt.working_days or 0) > 0 else "muted", True)
    cause = WrappedText(told(receipt, reasons_of(panel.session.plan, panel.row_id).get(line.sequence)) or say(line.label))
    cause.setProperty("faint", True)
    grid.addWidget(day, number * 2, 0)
    grid.addWidget(moved, number * 2, 1)
    grid.addWidget(distance, number * 2, 2)
    grid.addWidget(cause, number * 2 + 1, 1, 1, 2)
