"""Printing a report beside the window: all that it needs is copied before it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.reports.status import preview, status_report


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """plan: a copy; pixels_per_inch: of the preview."""

    plan: Plan
    project: int
    today: Day
    receipts: Sequence[tuple[datetime, Receipt]]
    pixels_per_inch: float


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """The PDF, its pages as PNG, and the codes of characters that no font could print."""

    pdf: bytes
    pages: list[bytes]
    replaced: tuple[str, ...]


def order_for(session: Session, project: int, pixels_per_inch: float) -> ReportOrder:
    """What printing needs, copied out of the session."""
    receipts = [(line.time, receipt) for line, receipt in session.document.receipts()]
    return ReportOrder(session.plan.copy(), project, session.today(), receipts, pixels_per_inch)


def print_report(order: ReportOrder) -> PrintedReport:
    """Prints; runs on any thread."""
    report = status_report(order.plan, order.project, today=order.today, receipts=order.receipts, translate=_)
    codes = tuple(dict.fromkeys(found.code for found in report.replaced))
    return PrintedReport(report.pdf, preview(report, order.pixels_per_inch), codes)
