"""What is wrong with the links of a plan: links that dates break, and loops; each with ways out of it."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.desktop.lags import lag_text
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import dependencies
from milestone_desktop.document.operations.conflicts import Remedy, remedies
from milestone_desktop.domain.activities import Activity, Dependency
from milestone_desktop.domain.durations import format_duration
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.projects import Project
from milestone_desktop.scheduling.slack import Conflict


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of the list. conflict: a broken link, else `loop` are the ids along a loop; id: its number in the list."""

    id: int
    conflict: Conflict | None
    loop: tuple[int, ...]

    @property
    def activity(self) -> int:
        """The activity that it is about most: the one that is too early, or the first of the loop."""
        return self.conflict.successor if self.conflict is not None else self.loop[0]


def problems(session: Session) -> list[Problem]:
    """The broken links and loops of the project in hand (of all projects where none is), loops first."""
    schedule = session.document.schedule()
    if schedule is None:
        return []
    here = session.project_id
    found: list[tuple[Conflict | None, tuple[int, ...]]] = [(None, tuple(loop)) for loop in schedule.cycles]
    found += [(conflict, ()) for conflict in schedule.conflicts]
    shown = [pair for pair in found if here is None or here in _projects_of(session, *pair)]
    return [Problem(number, conflict, loop) for number, (conflict, loop) in enumerate(shown, 1)]


def told(session: Session, problem: Problem) -> str:
    """The problem in a sentence: a loop is named activity by activity."""
    plan, conflict = session.plan, problem.conflict
    if conflict is None:
        titles = [row.title for row in _rows(session, problem.loop)]
        chain = " → ".join(f"“{title}”" for title in (*titles, *titles[:1]))
        return _("A loop: {chain}. Its links are left out, and its dates stay where they are.").format(chain=chain)
    after, before = plan.activity(conflict.successor), plan.activity(conflict.predecessor)
    link = plan.get(Dependency, conflict.dependency)
    if after is None or before is None or link is None:
        return ""
    return _("“{after}” is {days} too early: its link {link} from “{before}” is broken.").format(
        after=after.title, before=before.title, link=link_text(session, link), days=too_early(session, problem)
    )


def too_early(session: Session, problem: Problem) -> str:
    """By how much working time a link is broken; nothing for a loop."""
    conflict = problem.conflict
    after = None if conflict is None else session.plan.activity(conflict.successor)
    if conflict is None or after is None:
        return ""
    return format_duration(conflict.minutes, "d", session.plan[Project, after.project])


def link_text(session: Session, link: Dependency) -> str:
    """`FS`, `SS +2d`: kind and lag of a link."""
    after = session.plan.activity(link.successor)
    lag = "" if after is None else lag_text(link, session.plan[Project, after.project])
    return f"{link.type.value} {lag}".strip()


def ways_out(session: Session, problem: Problem) -> list[Remedy]:
    """What would resolve it, the gentlest first; each is one edit."""
    if problem.conflict is not None:
        return remedies(session.plan, problem.conflict, session.document.schedule())
    return [_without(session, link) for link in _links_of_loop(session, problem.loop)]


def _without(session: Session, link: Dependency) -> Remedy:
    ends = [row.title for row in _rows(session, (link.predecessor, link.successor))]
    label = message(N_("Remove link “{before}” to “{after}”"), before=ends[0], after=ends[-1])
    return Remedy(label, lambda edit: dependencies.remove(edit, link.id))


def _links_of_loop(session: Session, loop: tuple[int, ...]) -> list[Dependency]:
    """The links between one activity of a loop and the next."""
    pairs = set(zip(loop, (*loop[1:], *loop[:1]), strict=True))
    found = [row for row_id in loop for row in session.plan.where(Dependency, "predecessor", row_id)]
    direct = [row for row in found if (row.predecessor, row.successor) in pairs]
    inside = set(loop)
    return direct or [row for row in found if row.successor in inside]


def _projects_of(session: Session, conflict: Conflict | None, loop: tuple[int, ...]) -> set[int]:
    ids = loop if conflict is None else (conflict.predecessor, conflict.successor)
    return {row.project for row in _rows(session, ids)}


def _rows(session: Session, ids: tuple[int, ...]) -> list[Activity]:
    return [row for row_id in ids if (row := session.plan.activity(row_id)) is not None]
