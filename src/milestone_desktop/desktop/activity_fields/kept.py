"""What the baseline in force keeps of an activity, and the reasons that were given for it."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.activity_fields.making import WhyNot, computed_field
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.models.roadmap_cells import date_words
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.baseline_rows import BaselineRows
from milestone_desktop.desktop.words import _, working_days_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_, PlanError


def baseline_fields(session: Session) -> tuple[Column, ...]:
    """Start and end in the baseline in force, its repairs included, and the days that the end has moved since."""
    group, baselines = _("Baseline"), BaselineRows(session)
    why_not = _kept_field

    def start(row: Any) -> Instant | None:
        kept = None if isinstance(row, Milestone) else baselines.row(row)
        return None if kept is None else kept.start

    def end(row: Any) -> Instant | None:
        kept = baselines.row(row)
        return None if kept is None else kept.end

    def moved(row: Any) -> str:
        days = baselines.moved(row)
        return "" if days is None else working_days_text(days)

    return (
        Column("baseline_start", _("Baseline start"), 104, lambda row: date_words(start(row), session.today()), Look.DATE,
               right=True, order=start, group=group, why_not=why_not),
        Column("baseline_end", _("Baseline end"), 104, lambda row: date_words(end(row), session.today()), Look.DATE,
               right=True, order=end, group=group, why_not=why_not),
        Column("baseline_moved", _("Moved since"), 96, moved, Look.SLIP, right=True, raw=baselines.moved, order=baselines.moved,
               group=group, why_not=computed_field(N_("This is worked out from the baseline and the end date."))),
    )  # fmt: skip


def reason_fields(session: Session) -> tuple[Column, ...]:
    """Why a milestone was dropped, judged otherwise, or promised for another day."""
    group = _("Texts")
    return (
        _reason("target_reason", _("Target because"), group, computed_field(N_("The reason is given with the target."))),
        _reason("dropped_reason", _("Dropped because"), group,
                computed_field(N_("The reason is given where a milestone is dropped: Track, Drop milestone."))),
        _reason("health_reason", _("Health because"), group,
                computed_field(N_("The reason is given where health is overridden, in the inspector."))),
    )  # fmt: skip


def _kept_field(row: Any) -> PlanError:
    return PlanError(N_("A baseline keeps its dates."), N_("Repair the row on the page Baselines, with a reason."))


def _reason(name: str, heading: str, group: str, why_not: WhyNot) -> Column:
    def text(row: Any) -> str:
        return " ".join(str(getattr(row, name, "")).split())

    return Column(name, heading, 180, text, Look.MUTED, group=group, why_not=why_not)
