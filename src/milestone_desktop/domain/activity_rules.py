"""What must hold of activities, of what binds them, and of every title and date. Used by `rules.check`."""

from __future__ import annotations

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Instant, instant_to_iso
from milestone_desktop.domain.kinds import ACTIVITY_KINDS
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.outline import ancestors
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import WorkflowState
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY

LONGEST_TITLE = 500
EARLIEST: Instant = FIRST_DAY * MINUTES_PER_DAY
LATEST: Instant = (LAST_DAY + 1) * MINUTES_PER_DAY

_INSTANTS = (
    "start", "end", "constraint_date", "deadline", "actual_start", "actual_finish", "stop", "resume", "target", "first_target",
)  # fmt: skip


def touched(change: Change, *names: str) -> bool:
    """True where one of the fields is new or has another value than before."""
    return change.old is None or any(getattr(change.old, name) != getattr(change.new, name) for name in names)


def check_title(plan: Plan, change: Change) -> None:
    title = change.new.title if hasattr(change.new, "title") else change.new.name
    if not touched(change, "title" if hasattr(change.new, "title") else "name"):
        return
    if not title.strip():
        raise PlanError(N_("A title is needed."), N_("Type a title."))
    if len(title) > LONGEST_TITLE:
        raise PlanError(
            N_("“{start}…” is too long for a title: {length} characters, {limit} at the most."),
            N_("Shorten it; the notes take long texts."),
            start=title[:30],
            length=len(title),
            limit=LONGEST_TITLE,
        )


# activities


def check_dates(plan: Plan, change: Change) -> None:
    row: Activity = change.new
    if not touched(change, *_fields_of_dates(change.kind)):
        return
    if row.start is not None and row.end is not None and row.start > row.end:
        raise PlanError(
            N_("“{title}” would end ({end}) before it starts ({start})."),
            N_("Move the end to the start or later."),
            title=row.title,
            start=instant_to_iso(row.start),
            end=instant_to_iso(row.end),
        )
    check_years(row.title, *(getattr(row, name) for name in _fields_of_dates(change.kind)))


def _fields_of_dates(kind: type) -> tuple[str, ...]:
    return _INSTANTS if kind is Milestone else _INSTANTS[:-2]


def check_years(title: str, *moments: Instant | None) -> None:
    for moment in moments:
        if moment is not None and not EARLIEST <= moment <= LATEST:
            raise PlanError(
                N_("“{title}” has a date outside the years {first}–{last}."),
                N_("Check the year."),
                title=title,
                first=1900,
                last=2200,
            )


def check_figures(plan: Plan, change: Change) -> None:
    row: Activity = change.new
    if not 0 <= row.progress <= 100:
        raise PlanError(
            N_("The progress of “{title}” would be {progress} %."),
            N_("Progress is a whole number from 0 to 100."),
            title=row.title,
            progress=row.progress,
        )
    spans: tuple[int | None, ...] = (row.duration, row.remaining, row.optimistic, row.most_likely, row.pessimistic)
    if isinstance(row, WorkItem):
        spans += (row.estimate, row.logged, row.remaining_effort)
    if any(span is not None and span < 0 for span in spans):
        raise PlanError(
            N_("“{title}” would have a duration or effort below zero."),
            N_("Durations and efforts are zero or more."),
            title=row.title,
        )


def check_code(plan: Plan, change: Change) -> None:
    milestone: Milestone = change.new
    if not touched(change, "code", "project"):
        return
    if not milestone.code.strip():
        raise PlanError(N_("Milestone “{title}” needs a code."), N_("Type one such as M1."), title=milestone.title)
    for other in plan.where(Milestone, "code", milestone.code):
        if other.id != milestone.id and other.project == milestone.project:
            raise PlanError(
                N_("The code {code} belongs to milestone “{title}” already."),
                N_("Choose a code that no other milestone of the project has."),
                code=milestone.code,
                title=other.title,
            )


def check_completion(plan: Plan, change: Change) -> None:
    milestone: Milestone = change.new
    completed = milestone.status is MilestoneStatus.COMPLETED
    if completed and milestone.actual_finish is None:
        raise PlanError(
            N_("Milestone “{title}” cannot be Completed without an actual date."),
            N_("Give the date on which it was reached."),
            title=milestone.title,
        )
    if not completed and milestone.actual_finish is not None:
        raise PlanError(
            N_("Milestone “{title}” has an actual date but is not Completed."),
            N_("Set its status to Completed, or remove the actual date."),
            title=milestone.title,
        )
    if milestone.dropped is not None and not milestone.dropped_reason.strip():
        raise PlanError(
            N_("A milestone is dropped with a reason; “{title}” has none."),
            N_("Say why it is no longer wanted."),
            title=milestone.title,
        )


def check_item(plan: Plan, change: Change) -> None:
    item: WorkItem = change.new
    if touched(change, "number", "project"):
        if item.number <= 0:
            raise PlanError(N_("Work item “{title}” has no number."), N_("Give it a number above zero."), title=item.title)
        for other in plan.where(WorkItem, "number", item.number):
            if other.id != item.id and other.project == item.project:
                raise PlanError(
                    N_("Number {number} belongs to work item “{title}” already."),
                    N_("Numbers are given once in a project; take a new one."),
                    number=item.number,
                    title=other.title,
                )
    state = plan[WorkflowState, item.status]
    if touched(change, "status", "project") and state.project not in (None, item.project):
        raise PlanError(
            N_("The state “{state}” of “{title}” belongs to another project."),
            N_("Give it one of its own project's states."),
            state=state.name,
            title=item.title,
        )


def check_parents(plan: Plan, change_set: ChangeSet) -> None:
    """Parents are in the same project and never below what they are above."""
    sound: set[int] = set()
    for change in change_set.of(*ACTIVITY_KINDS):
        row = change.new
        if row is None or not touched(change, "parent", "project"):
            continue
        if change.old is not None and change.old.project != row.project:
            _check_same_project(row, plan.activities_where("parent", row.id))
        parent = plan.activity(row.parent)
        if parent is None:
            continue
        _check_same_project(parent, [row])
        _check_no_parent_loop(plan, row, sound)


def _check_same_project(parent: Activity, rows: list[Activity]) -> None:
    for row in rows:
        if row.project != parent.project:
            raise PlanError(
                N_("“{title}” cannot be under “{parent}”, which belongs to another project."),
                N_("Move both to the same project."),
                title=row.title,
                parent=parent.title,
            )


def _check_no_parent_loop(plan: Plan, row: Activity, sound: set[int]) -> None:
    """sound: activities known to lead to the top; added to, so that many changes cost no more than one walk each."""
    path: set[int] = set()
    current: Activity | None = row
    while current is not None and current.id not in sound:
        if current.id in path:
            raise PlanError(
                N_("“{title}” cannot be under itself or under what is below it."),
                N_("Move it somewhere else."),
                title=row.title,
            )
        path.add(current.id)
        current = plan.activity(current.parent)
    sound |= path


# what binds activities


def check_dependency(plan: Plan, change: Change) -> None:
    link: Dependency = change.new
    if not touched(change, "predecessor", "successor", "type"):
        return
    before, after = plan.activity(link.predecessor), plan.activity(link.successor)
    if before is None or after is None:
        return
    if before.id == after.id:
        raise PlanError(
            N_("“{title}” cannot depend on itself."), N_("Choose another predecessor or successor."), title=before.title
        )
    if link.source:
        return  # a file's own links come in as they are, also those that no one should make
    for other in plan.where(Dependency, "successor", link.successor):
        if other.id != link.id and other.predecessor == link.predecessor and other.type == link.type:
            raise PlanError(
                N_("“{before}” → “{after}” ({type}) is linked already."),
                N_("Change the link that is there."),
                before=before.title,
                after=after.title,
                type=str(link.type),
            )
    _check_not_above(plan, before, after)
    _check_not_above(plan, after, before)


def _check_not_above(plan: Plan, upper: Activity, lower: Activity) -> None:
    if any(row.id == upper.id for row in ancestors(plan, lower)):
        raise PlanError(
            N_("“{upper}” contains “{lower}”; the two cannot depend on each other."),
            N_("Link the activities inside instead."),
            upper=upper.title,
            lower=lower.title,
        )


def check_milestone_link(plan: Plan, change: Change) -> None:
    link: MilestoneLink = change.new
    if any(row.id != link.id and row.item == link.item for row in plan.where(MilestoneLink, "milestone", link.milestone)):
        raise PlanError(
            N_("“{item}” is linked to milestone “{milestone}” already."),
            N_("One link is enough."),
            item=plan[WorkItem, link.item].title,
            milestone=plan[Milestone, link.milestone].title,
        )


def check_assignment(plan: Plan, change: Change) -> None:
    new: Assignment = change.new
    if any(row.id != new.id and row.person == new.person for row in plan.where(Assignment, "item", new.item)):
        raise PlanError(
            N_("That person is assigned to “{item}” already."),
            N_("One assignment is enough."),
            item=plan[WorkItem, new.item].title,
        )
