"""Printing a report beside the window: all that it needs is copied before it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from milestone_desktop.chart.words import DateWords
from milestone_desktop.desktop.report_parts import chosen_parts
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import LocaleDates, _
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.health import Figures
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.reports.parts import Part
from milestone_desktop.reports.status import preview, status_report
from milestone_desktop.tracking.figures import figures_of


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """plan: a copy; receipts: every move with the time of its edit; figures: by id of the milestone, as the screen has
    them; dates: how days are written; pixels_per_inch: of the preview; lanes: the groups in which the Roadmap page packs its
    rows, None where it does not; parts: what stands in the report."""

    plan: Plan
    project: int
    today: Day
    receipts: Sequence[tuple[datetime, Receipt]]
    figures: Mapping[int, Figures]
    dates: DateWords
    pixels_per_inch: float
    lanes: tuple[str, ...] | None
    parts: frozenset[Part]


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """The PDF, its pages as PNG, and the codes of characters that no font could print."""

    pdf: bytes
    pages: list[bytes]
    replaced: tuple[str, ...]


def order_for(session: Session, project: int, pixels_per_inch: float) -> ReportOrder:
    """What printing needs, copied out of the session."""
    moves, today = session.document.receipts(), session.today()
    return ReportOrder(
        plan=session.plan.copy(),
        project=project,
        today=today,
        receipts=[(line.time, receipt) for line, receipt in moves],
        figures=figures_of(session.plan, moves, today, session.document.schedule()),
        dates=LocaleDates(),
        pixels_per_inch=pixels_per_inch,
        lanes=session.shown.grouping if session.shown.packed else None,
        parts=chosen_parts(session),
    )


def print_report(order: ReportOrder) -> PrintedReport:
    """Prints; runs on any thread."""
    report = status_report(
        order.plan,
        order.project,
        today=order.today,
        receipts=order.receipts,
        figures=order.figures,
        translate=_,
        dates=order.dates,
        lanes=order.lanes,
        parts=order.parts,
    )
    codes = tuple(dict.fromkeys(found.code for found in report.replaced))
    return PrintedReport(report.pdf, preview(report, order.pixels_per_inch), codes)
