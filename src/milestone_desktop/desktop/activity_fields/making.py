"""How columns of one sort are made: moments, days, choices, texts. The modules beside this one name the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from milestone_desktop.desktop import typed_dates
from milestone_desktop.desktop.activity_fields.moments import Meaning, Moment
from milestone_desktop.desktop.activity_fields.reading import named
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.models.roadmap_cells import DateWords
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import Day, Instant, at, day_to_iso
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

WhyNot = Callable[[Any], PlanError | None]


def begins(plan: Plan, activity: Activity, day: Day, minute: int | None = None) -> Instant:
    """A bare day as the project's start of work on it."""
    return at(day, plan[Project, activity.project].day_start if minute is None else minute)


def ends(plan: Plan, activity: Activity, day: Day, minute: int | None = None) -> Instant:
    """A bare day as the project's end of work on it."""
    return at(day, plan[Project, activity.project].day_end if minute is None else minute)


def computed_field(text: str) -> WhyNot:
    """Why nothing can be typed into a figure that the program works out."""
    return lambda row: PlanError(text)


def of_milestones(row: Activity) -> PlanError | None:
    """Why a work item has no such field."""
    return None if isinstance(row, Milestone) else PlanError(N_("Only milestones have this field."))


def of_items(row: Activity) -> PlanError | None:
    """Why a milestone has no such field."""
    return PlanError(N_("Only work items have this field.")) if isinstance(row, Milestone) else None


def of_leaves(session: Session) -> WhyNot:
    """Why a parent's value is not typed."""

    def why(row: Activity) -> PlanError | None:
        if not isinstance(row, Milestone) and is_parent(session.plan, row.id):
            return PlanError(N_("This follows from the rows below it."), N_("Change those instead."))
        return None

    return why


def any_of(*reasons: WhyNot) -> WhyNot:
    """The first reason that applies."""
    return lambda row: next((found for why in reasons if (found := why(row)) is not None), None)


def moment_column(
    session: Session,
    name: str,
    heading: str,
    field: str,
    meaning: Meaning,
    write: Callable[[Edit, Any, Instant | None], object],
    label: str,
    *,
    width: int = 84,
    group: str = "",
    why_not: WhyNot | None = None,
) -> Column:
    """A date, typed with the date grammar; the time of day is kept and shown only where it is not the usual one."""
    moment = Moment(session, field, meaning)
    return Column(
        name, heading, width, moment.text, Look.DATE, right=True, order=moment.of, editor=Editor.DATE, value=moment.of,
        read=moment.read, told=moment.told, typed=moment.typed, copied=moment.iso, shown=moment.shown, write=write, label=label,
        group=group, why_not=why_not,
    )  # fmt: skip


def day_column(
    session: Session, name: str, heading: str, field: str, label: str, *, group: str = "", why_not: WhyNot | None = None
) -> Column:
    """A date without a time of day."""

    words = DateWords(session.today)

    def of(row: Any) -> Day | None:
        found: Day | None = getattr(row, field, None)
        return found

    def read(row: Any, text: str) -> Day | None:
        return typed_dates.read_day(text, session.today(), of(row))

    def iso(row: Any) -> str:
        day = of(row)
        return "" if day is None else day_to_iso(day)

    return Column(
        name, heading, 84, lambda row: words(None if (day := of(row)) is None else at(day, 0)),
        Look.DATE, right=True, order=of, editor=Editor.DATE, value=of, read=read,
        told=lambda row, day: _("no date") if day is None else long_day_text(day, weekday=True),
        typed=lambda row: "" if of(row) is None else long_day_text(of(row)), copied=iso,
        write=lambda edit, row, day: activities.set_fields(edit, [row.id], **{field: day}), label=label, group=group,
        why_not=why_not,
    )  # fmt: skip


def choice_column(
    name: str,
    heading: str,
    width: int,
    choices: Callable[[Any], Sequence[tuple[Any, str]]],
    value: Callable[[Any], Any],
    write: Callable[[Edit, Any, Any], object],
    label: str,
    *,
    text: Callable[[Any], str] | None = None,
    order: Callable[[Any], Any] | None = None,
    group: str = "",
    why_not: WhyNot | None = None,
    look: Look = Look.PLAIN,
) -> Column:
    """One of several values, taken from a list; typed and pasted by its word, or by what the file calls it."""

    def read(row: Any, typed: str) -> Any:
        return named(typed, [(found, (word, str(found))) for found, word in choices(row)])

    def word(row: Any) -> str:
        return next((word for found, word in choices(row) if found == value(row)), "")

    def blank_where_missing(row: Any) -> str:
        return "" if why_not is not None and why_not(row) is not None else (text or word)(row)

    return Column(
        name, heading, width, blank_where_missing, look, editor=Editor.CHOICE, value=value, choices=choices, read=read,
        order=order, write=write, label=label, group=group, why_not=why_not,
    )  # fmt: skip


def text_column(
    name: str,
    heading: str,
    width: int,
    field: str,
    label: str,
    *,
    editor: Editor = Editor.TEXT,
    group: str = "",
    words: Callable[[], Iterable[str]] | None = None,
    why_not: WhyNot | None = None,
    write: Callable[[Edit, Any, str], object] | None = None,
    single: bool = False,
    look: Look = Look.PLAIN,
) -> Column:
    """A text, of one line or of several."""

    def of(row: Any) -> str:
        return str(getattr(row, field, ""))

    return Column(
        name, heading, width, lambda row: " ".join(of(row).split()), look, editor=editor, value=of,
        read=lambda row, text: text.strip(), typed=of, copied=of, label=label, group=group, why_not=why_not, single=single,
        write=write or (lambda edit, row, text: activities.set_fields(edit, [row.id], **{field: text})),
        words=None if words is None else lambda: sorted(set(words()) - {""}, key=str.casefold),
    )  # fmt: skip
