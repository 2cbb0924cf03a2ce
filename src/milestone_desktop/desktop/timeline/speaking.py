"""The timeline in words: for screen readers, and for the tip at the pointer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from milestone_desktop.chart.hit import Part
from milestone_desktop.desktop.lags import lag_text
from milestone_desktop.desktop.models.roadmap_cells import milestone_tip
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.spoken import say_aloud
from milestone_desktop.desktop.words import _, day_text, instant_text, long_day_text, percent_text, range_text
from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.enums import Placement
from milestone_desktop.domain.holiday_names import day_off_name
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.projects import Project

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody


def announce(widget: QWidget, words: str) -> None:
    """Has a screen reader say something about a widget, and keeps it as the widget's description."""
    if words and words != widget.accessibleDescription():
        widget.setAccessibleDescription(words)
        say_aloud(widget, words)


def spoken_row(body: TimelineBody, activity_id: int | None) -> str:
    """Everything that a row's bar or diamond tells."""
    activity = body.model.session.plan.activity(activity_id)
    return "" if activity is None else ", ".join(_facts(body, activity))


def _facts(body: TimelineBody, activity: Activity) -> list[str]:
    """Title, dates, progress and what else is drawn, each a phrase."""
    session = body.model.session
    today, facts = session.today(), session.facts
    point = isinstance(activity, Milestone)
    dates = instant_text(activity.end, today) if point else range_text(activity.start, activity.end, today)
    said = [activity.title, dates]
    percent = facts.progress_of(activity)
    if percent is not None:
        said.append(_("{percent} done").format(percent=percent_text(percent)))
    said.append(milestone_tip(facts, activity, today))
    said.append(body.scenes.baseline_words(activity))
    if activity.placement is Placement.PINNED:
        said.append(_("pinned"))
    if activity.deadline is not None:
        said.append(_("deadline {date}").format(date=instant_text(activity.deadline, today)))
    if activity.id in session.critical():
        said.append(_("critical"))
    return [phrase for phrase in said if phrase]


def link_words(session: Session, dependency: int) -> str:
    """`Build → Ready, FS +2d`."""
    link = session.plan.get(Dependency, dependency)
    ends = (None, None) if link is None else (session.plan.activity(link.predecessor), session.plan.activity(link.successor))
    if link is None or ends[0] is None or ends[1] is None:
        return ""
    lag = lag_text(link, session.plan[Project, ends[1].project])
    kind = f"{link.type.value} {lag}".strip()
    return _("{before} → {after}, {kind}").format(before=ends[0].title, after=ends[1].title, kind=kind)


def tip_at(body: TimelineBody, position: QPointF) -> str:
    """What lies under the pointer, in a few lines; on empty ground the day, and why it is off."""
    session, hit = body.model.session, body.hit_at(position)
    if hit is not None and hit.part is Part.LINK:
        return link_words(session, hit.id)
    if hit is not None and hit.id > 0:
        activity = session.plan.activity(hit.id)
        if hit.part is Part.PIN and activity is not None and activity.constraint_date is not None:
            day = instant_text(activity.constraint_date, session.today())
            return _("Pinned: not before {date}. A click offers to take the pin away.").format(date=day)
        return "" if activity is None else "\n".join(_facts(body, activity))
    return day_words(session, day_of(body.instant_at(position.x())))


def day_words(session: Session, day: Day) -> str:
    """`Fri 25 Dec`, and the name of the holiday where the project's calendar has one then."""
    if not 1 <= day <= date.max.toordinal():
        return ""
    words = day_text(day, session.today(), weekday=True) if day else long_day_text(day)
    project = session.project
    name = "" if project is None else day_off_name(session.plan, project.calendar, day)
    return _("{day}: {name}").format(day=words, name=name) if name else words
