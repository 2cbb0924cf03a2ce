"""How far an activity is: status, progress, health, criteria and checklist."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.activity_fields.making import any_of, computed_field, of_leaves
from milestone_desktop.desktop.activity_fields.reading import named, read_percent
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.models.roadmap_cells import status_words
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.words import _, percent_text, say
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items, milestones
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import CriterionResult, Health, MilestoneStatus, StateGroup
from milestone_desktop.domain.gates import ChecklistEntry, Criterion
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import Project, WorkflowState

WORST_FIRST = (Health.LATE, Health.AT_RISK, Health.ON_TRACK, Health.COMPLETED, Health.NONE)
GROUP_OF = {
    MilestoneStatus.NEW: StateGroup.NEW,
    MilestoneStatus.IN_PROGRESS: StateGroup.IN_PROGRESS,
    MilestoneStatus.COMPLETED: StateGroup.DONE,
}
STATUS_OF = {group: status for status, group in GROUP_OF.items()}


def progress_fields(session: Session) -> tuple[Column, ...]:
    """Status and progress, and what health is judged by."""
    group = _("Progress")
    return (_status(session, group), _progress(session, group), _health(session, group), *_counts(session, group))


def set_status(edit: Edit, session: Session, row: Activity, value: Any) -> None:
    """Sets a status: a milestone's by its word, an item's by its id. Completing a milestone takes the end of its project's
    status date as the actual date."""
    if isinstance(row, Milestone):
        day = session.facts.status_day(row.project, session.today())
        milestones.set_status(edit, row.id, MilestoneStatus(value), at(day, edit.plan[Project, row.project].day_end))
    else:
        items.set_status(edit, row.id, int(value))


def _status(session: Session, group: str) -> Column:
    facts, plan = session.facts, session.plan
    leaf = of_leaves(session)

    def text(row: Any) -> str:
        if isinstance(row, Milestone):
            return _("Dropped") if row.dropped is not None else status_words(row.status)
        return "" if is_parent(plan, row.id) else _(facts.status_name(row))

    def raw(row: Any) -> StateGroup | None:
        if isinstance(row, Milestone):
            return None if row.dropped is not None else facts.group(row)
        return None if is_parent(plan, row.id) else facts.group(row)

    def choices(row: Any) -> list[tuple[Any, str]]:
        if isinstance(row, Milestone):
            return [(status.value, status_words(status)) for status in MilestoneStatus]
        return [(state.id, _(state.name)) for state in facts.states_for(row.project)]

    def value(row: Any) -> Any:
        return row.status.value if isinstance(row, Milestone) else row.status

    places = {state: place for place, state in enumerate(StateGroup)}

    def order(row: Any) -> Any:
        found = raw(row)
        if found is None:
            return None
        within = 0.0 if isinstance(row, Milestone) else plan[WorkflowState, row.status].order
        return (places[found], within)

    def read(row: Any, typed: str) -> Any:
        """A state of the row's own, else the one that counts as what the word stands for elsewhere."""
        own = choices(row)
        wanted = typed.strip().casefold()
        if not any(word.casefold() == wanted for _value, word in own):
            found = _group_called(session, wanted)
            if found is not None:
                is_milestone = isinstance(row, Milestone)
                return STATUS_OF[found].value if is_milestone else items.state_in(plan, row.project, found).id
        return named(typed, [(choice, (word, str(choice))) for choice, word in own])

    def dropped(row: Any) -> PlanError | None:
        if isinstance(row, Milestone) and row.dropped is not None:
            return PlanError(N_("“{title}” is dropped."), N_("Take that back in the inspector first."), title=row.title)
        return None

    return Column(
        "status", _("Status"), 104, text, Look.STATUS, raw=raw, order=order, editor=Editor.CHOICE, value=value, choices=choices,
        read=read, write=lambda edit, row, wanted: set_status(edit, session, row, wanted), label=N_("Change status"),
        group=group, why_not=any_of(leaf, dropped),
    )  # fmt: skip


def _group_called(session: Session, wanted: str) -> StateGroup | None:
    """What a status counts as that goes by a name anywhere in the workspace."""
    for status, group in GROUP_OF.items():
        if wanted in (status.value.casefold(), status_words(status).casefold()):
            return group
    for state in session.plan.all(WorkflowState):
        if wanted in (state.name.casefold(), _(state.name).casefold()):
            return state.group
    return None


def _progress(session: Session, group: str) -> Column:
    facts = session.facts

    def copied(row: Any) -> str:
        """An item's own percent is true in the middle of an edit, too."""
        percent = row.progress if why_not(row) is None else facts.progress_of(row)
        return "" if percent is None else f"{percent}%"

    def why_not(row: Any) -> PlanError | None:
        if isinstance(row, Milestone):
            return PlanError(N_("A milestone's progress follows from its items and criteria."), N_("Change those instead."))
        return of_leaves(session)(row)

    return Column(
        "progress", _("Progress (%)"), 100, lambda row: percent_text(facts.progress_of(row)), Look.PROGRESS,
        raw=facts.progress_of, order=facts.progress_of, editor=Editor.TEXT, value=lambda row: row.progress,
        typed=lambda row: str(row.progress), read=lambda row, text: read_percent(text),
        told=lambda row, percent: percent_text(percent),
        copied=copied,
        write=lambda edit, row, percent: items.set_progress(edit, row.id, percent), label=N_("Change progress"), group=group,
        why_not=why_not,
    )  # fmt: skip


def _health(session: Session, group: str) -> Column:
    facts = session.facts

    def health(row: Any) -> Health | None:
        return facts.assessment(row).health if isinstance(row, Milestone) else None

    def text(row: Any) -> str:
        found = health(row)
        return "" if found is None else health_text(found)

    def why(row: Any) -> str:
        return "\n".join(say(reason) for reason in facts.assessment(row).reasons) if isinstance(row, Milestone) else ""

    return Column(
        "health", _("Health"), 104, text, Look.HEALTH, raw=health, tip=why, group=group,
        order=lambda row: None if (found := health(row)) is None else WORST_FIRST.index(found),
        why_not=computed_field(N_("Health is worked out. The inspector can override it, with a reason.")),
    )  # fmt: skip


def _counts(session: Session, group: str) -> tuple[Column, ...]:
    """`3/5` of a milestone's criteria and of its checklist."""
    plan = session.plan

    def criteria(row: Any) -> tuple[int, int]:
        rows = plan.where(Criterion, "milestone", row.id) if isinstance(row, Milestone) else []
        return sum(one.result is CriterionResult.PASS or bool(one.waived_reason) for one in rows), len(rows)

    def checklist(row: Any) -> tuple[int, int]:
        rows = plan.where(ChecklistEntry, "milestone", row.id) if isinstance(row, Milestone) else []
        return sum(one.done for one in rows), len(rows)

    def column(name: str, heading: str, count: Any) -> Column:
        def text(row: Any) -> str:
            met, there = count(row)
            return f"{met}/{there}" if there else ""

        def order(row: Any) -> float | None:
            met, there = count(row)
            return met / there if there else None

        why_not = computed_field(N_("This is counted. Open the milestone in the inspector to tick things off."))
        return Column(name, heading, 78, text, right=True, order=order, group=group, why_not=why_not)

    return (column("criteria", _("Criteria"), criteria), column("checklist", _("Checklist"), checklist))
