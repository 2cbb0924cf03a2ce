"""Making what a file says of calendars and links hold together, whatever format it was read from.

What refers to nothing, refers to itself or comes twice is mended as little as possible, and a finding says so.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Shift, Week
from milestone_desktop.exchange.foreign import Findings, ForeignCalendar, ForeignLink, ForeignPlan

Shifts = tuple[Shift, ...]

USUAL_HOURS: Shifts = ((480, 720), (780, 1020))
USUAL_WEEK: tuple[Shifts, ...] = (USUAL_HOURS,) * 5 + ((), ())

NO_WEEK = N_("Calendars that say nothing of their week: {count}; Monday to Friday, 08:00–12:00 and 13:00–17:00 was taken.")
NO_CALENDAR = N_("References to calendars that the file does not hold, left out: {count}, the first being “{key}”.")
SAME_CALENDAR = N_(
    "Calendars whose id another one has, too, so that references go to the first: {count}, the first being “{name}”."
)
CALENDAR_LOOP = N_("Calendars that are based on themselves, whose base was left out: {count}, the first being “{name}”.")
NO_PREDECESSOR = N_("Links to tasks that the file does not hold, left out: {count}, the first being on “{title}”.")
SELF_LINK = N_("Links of a task to itself, left out: {count}, the first being on “{title}”.")
SAME_LINK = N_("Links that the file holds twice, taken once: {count}, the first being on “{title}”.")


def filled_week(week: Sequence[Shifts | None], findings: Findings) -> Week:
    """A week that inherits from nothing: days not given are days off, a week not given at all is the usual one."""
    if all(day is None for day in week):
        findings.add(NO_WEEK)
        return USUAL_WEEK
    return tuple(() if day is None else day for day in week)


def joined(shifts: list[Shift]) -> Shifts:
    """In order, overlapping ones made one."""
    found: list[Shift] = []
    for start, end in sorted(shifts):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def settle_calendars(plan: ForeignPlan, none: Collection[str] = ()) -> None:
    """Makes ids of calendars unique; takes away references to ones that are not there and bases that lead in a circle.

    none: ids that mean no calendar.
    """
    known: dict[str, ForeignCalendar] = {}
    for place, calendar in enumerate(plan.calendars):
        if not calendar.key or calendar.key in known:
            calendar.key = f"{calendar.key}#{place + 1}"
            plan.findings.add(SAME_CALENDAR, name=calendar.name)
        known[calendar.key] = calendar

    def settled(key: str | None) -> str | None:
        if key is None or key in known:
            return key
        if key not in none:
            plan.findings.add(NO_CALENDAR, key=key)
        return None

    for calendar in plan.calendars:
        calendar.base = settled(calendar.base)
        seen = {calendar.key}
        current = calendar.base
        while current is not None and current in known:
            if current in seen:
                plan.findings.add(CALENDAR_LOOP, name=calendar.name)
                calendar.base = None
                break
            seen.add(current)
            current = known[current].base
        if calendar.base is None:
            calendar.week = filled_week(calendar.week, plan.findings)
    plan.project.calendar = settled(plan.project.calendar)
    for task in plan.tasks:
        task.calendar = settled(task.calendar)
    for person in plan.people:
        person.calendar = settled(person.calendar)


def settle_links(plan: ForeignPlan) -> None:
    """Leaves out links that lack a task here, lead back to their own task, or are there already."""
    titles = {task.key: task.title for task in plan.tasks}
    kept: dict[tuple[str, str, str], ForeignLink] = {}
    for link in plan.links:
        title = titles.get(link.successor, titles.get(link.predecessor, f"#{link.successor}"))
        if link.predecessor not in titles or link.successor not in titles:
            plan.findings.add(NO_PREDECESSOR, title=title)
        elif link.predecessor == link.successor:
            plan.findings.add(SELF_LINK, title=title)
        elif kept.setdefault((link.predecessor, link.successor, link.type), link) is not link:
            plan.findings.add(SAME_LINK, title=title)
    plan.links = list(kept.values())
