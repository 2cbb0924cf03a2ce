"""What the trend page shows of a project: its milestones' series as curves, and as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from milestone_desktop.chart.trend import Curve
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, instant_text, number_text, working_days_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Recorded
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.tracking.trend import Disorder, Pattern, Series, disorders, reports_since, trend

WORDS = {
    Pattern.FEW: N_("not enough reports"),
    Pattern.STABLE: N_("stable"),
    Pattern.SLIPPING: N_("slipping"),
    Pattern.RECOVERING: N_("recovering"),
    Pattern.ZIGZAG: N_("zigzag"),
    Pattern.PARALLEL: N_("parallel"),
    Pattern.LATE_CLIFF: N_("late cliff"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One milestone of the trend: its series, the working days that it has moved since the first report, and what stands
    in the wrong order with it."""

    id: int
    title: str
    series: Series
    moved: int | None
    wrong: tuple[str, ...]


def told_trend(session: Session, moves: Sequence[Recorded], milestones: Sequence[int], since: Day | None) -> list[Told]:
    """The trend of some milestones up to today. since: the first report, None for the beginning of the journal."""
    plan, today = session.plan, session.today()
    wanted = set(milestones)
    days = {move.day for move in moves if move.milestone in wanted and move.day <= today}
    first = min(days, default=today)
    if since is not None:
        first = max(first, since)
    reports = reports_since(first, today, days)
    found = trend(plan, moves, milestones, reports)
    wrong = disorders(plan, found)
    return [_told(session, series, wrong) for series in found]


def _told(session: Session, series: Series, wrong: Sequence[Disorder]) -> Told:
    row = session.plan[Milestone, series.milestone]
    good = [point for place, point in enumerate(series.points) if place not in series.outliers]
    moved = None
    if good:
        work = session.facts.times.of_target(row)
        moved = work.working_days(day_of(good[0].date), day_of(good[-1].date))
    titles = [
        session.plan[Milestone, other].title
        for each in wrong
        for own, other in ((each.before, each.after), (each.after, each.before))
        if own == row.id
    ]
    return Told(row.id, row.title, series, moved, tuple(dict.fromkeys(titles)))


def pattern_text(told: Told) -> str:
    """`slipping`, or `reached`."""
    return _("reached") if told.series.reached is not None else _(WORDS[told.series.pattern])


def curve_of(told: Told) -> Curve:
    note = f"{pattern_text(told)}, {working_days_text(told.moved)}" if told.moved is not None else pattern_text(told)
    if told.wrong:
        note = f"{note} · {_('out of order')}"
    points = tuple((point.report, point.date) for point in told.series.points)
    return Curve(told.id, told.title, note, points, told.series.outliers)


def trend_columns(session: Session) -> list[Column]:
    """The table twin of the chart: a row for each milestone."""
    today = session.today

    def first(told: Told) -> int | None:
        return told.series.points[0].date if told.series.points else None

    def last(told: Told) -> int | None:
        return told.series.points[-1].date if told.series.points else None

    def typing_errors(told: Told) -> str:
        return ", ".join(day_text(told.series.points[place].report, today()) for place in sorted(told.series.outliers))

    return [
        Column("title", _("Milestone"), 220, lambda told: told.title),
        Column("first", _("At first"), 104, lambda told: instant_text(first(told), today()), order=lambda told: first(told) or 0),
        Column("last", _("Now"), 104, lambda told: instant_text(last(told), today()), order=lambda told: last(told) or 0),
        Column(
            "moved",
            _("Moved"),
            82,
            lambda told: "—" if told.moved is None else working_days_text(told.moved),
            right=True,
            order=lambda told: told.moved or 0,
        ),
        Column("pattern", _("Pattern"), 130, pattern_text),
        Column(
            "slope",
            _("Days per week"),
            104,
            lambda told: "—" if told.series.slope is None else number_text(told.series.slope * 7, 1),
            right=True,
            order=lambda told: told.series.slope or 0.0,
        ),
        Column(
            "arrival",
            _("Line meets the due line"),
            150,
            lambda told: day_text(told.series.arrival, today()) if told.series.arrival is not None else _("never"),
        ),
        Column("wrong", _("Out of order with"), 160, lambda told: ", ".join(told.wrong)),
        Column("outliers", _("Typing errors"), 120, typing_errors),
    ]
