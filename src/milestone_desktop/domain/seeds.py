"""What every new workspace begins with."""

from __future__ import annotations

from milestone_desktop.domain.enums import StateGroup
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Week, WorkflowState, Workspace

OFFICE_HOURS = ((540, 780), (840, 1080))
OFFICE_WEEK: Week = (OFFICE_HOURS,) * 5 + ((), ())
FIRST_STATES = (("New", StateGroup.NEW), ("In Progress", StateGroup.IN_PROGRESS), ("Done", StateGroup.DONE))


def seed_plan() -> Plan:
    """A new workspace: its one record (id 1), the calendar “Standard” (Monday to Friday, 9–13 and 14–18), three work item states.

    Ids come from the plan's counter, so the next edit goes on after them.
    """
    plan = Plan()
    plan.put(Workspace(plan.take_number("id")))
    plan.put(Calendar(plan.take_number("id"), "Standard", OFFICE_WEEK))
    for place, (name, group) in enumerate(FIRST_STATES):
        plan.put(WorkflowState(plan.take_number("id"), name, group, float(place)))
    return plan
