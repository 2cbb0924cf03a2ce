"""What holds an activity where it is, in words."""

from __future__ import annotations

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, say_error
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.projects import Project, is_computed


def constraint_words() -> dict[ConstraintType, str]:
    """The kinds of constraint in words."""
    return {
        ConstraintType.ASAP: _("as soon as possible"),
        ConstraintType.ALAP: _("as late as possible"),
        ConstraintType.SNET: _("start no earlier than"),
        ConstraintType.SNLT: _("start no later than"),
        ConstraintType.FNET: _("finish no earlier than"),
        ConstraintType.FNLT: _("finish no later than"),
        ConstraintType.MSO: _("must start on"),
        ConstraintType.MFO: _("must finish on"),
    }


def placements() -> list[tuple[str, str]]:
    """Who decides where an activity stands: values and words."""
    return [
        (Placement.COMPUTED.value, _("computed")),
        (Placement.PINNED.value, _("pinned: not before")),
        (Placement.FIXED.value, _("fixed")),
    ]


def constraints() -> list[tuple[str, str]]:
    """The kinds of constraint: values and words."""
    return [(kind.value, words) for kind, words in constraint_words().items()]


def held_text(session: Session, row: Activity) -> str:
    """What an activity without a driving predecessor is held by."""
    if session.document.schedule() is None:
        problem = session.document.schedule_problem
        return "—" if problem is None else say_error(problem)
    if row.actual_finish is not None:
        return _("nothing: it is finished")
    if not is_computed(session.plan[Project, row.project]):
        return _("nothing: its project is recorded")
    if row.actual_start is not None:
        return _("nothing: it has begun")
    if row.placement is Placement.FIXED:
        return _("its fixed date")
    day = instant_text(row.constraint_date, session.today())
    if row.placement is Placement.PINNED and row.constraint_date is not None:
        return _("its pin: not before {day}").format(day=day)
    if row.constraint is ConstraintType.ALAP:
        return _("nothing: it is as late as possible")
    if row.constraint is not ConstraintType.ASAP:
        return _("its constraint: {constraint} {day}").format(constraint=constraint_words()[row.constraint], day=day)
    return _("the start of its project")


def waits_text(session: Session, row: Activity) -> str:
    """One line for a tip: `Waits for “Map screens”`, or what else holds it."""
    driver = session.facts.driver(row)
    if driver is not None:
        return _("Waits for “{title}”").format(title=driver.title)
    return _("Waits for {what}").format(what=held_text(session, row)) if row.actual_finish is None else ""
