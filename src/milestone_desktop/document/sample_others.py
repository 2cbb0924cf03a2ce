"""The three simpler projects of the sample: one on track, one at its beginning, one completed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from milestone_desktop.document.operations import activities, baselines, dates, dependencies, items, links, milestones, projects
from milestone_desktop.document.sample_gates import BILLS, get_ready
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneKind, ProjectStatus
from milestone_desktop.domain.instants import Instant

if TYPE_CHECKING:
    from milestone_desktop.document.edit import Edit
    from milestone_desktop.document.sample import Sample

# Each stage: item title, first, last, milestone title, kind, owner. The milestone falls on the item's last day.
Stage = tuple[str, int, int, str, MilestoneKind, str]

DATA_CENTRE: Sequence[Stage] = (
    ("Fit out the hall", 12, 24, "Racks ready", MilestoneKind.GENERIC, "Priya"),
    ("Move test systems", 25, 38, "First wave moved", MilestoneKind.PROTOTYPE, "Priya"),
    ("Move production systems", 39, 73, "Last wave moved", MilestoneKind.LAUNCH, "Jonas"),
    ("Clear the old site", 74, 103, "Old site closed", MilestoneKind.REVIEW, "Priya"),
)
WEBSITE: Sequence[Stage] = (
    ("Interviews and concept", 40, 53, "Concept agreed", MilestoneKind.KICKOFF, "Elena"),
    ("Design system", 54, 93, "Design approved", MilestoneKind.CLIENT_APPROVAL, "Elena"),
    ("Write and translate pages", 70, 133, "Content complete", MilestoneKind.GENERIC, "Mara"),
    ("Build and test", 94, 165, "Launch", MilestoneKind.LAUNCH, "Jonas"),
    ("Measure and mend", 166, 180, "Review", MilestoneKind.REVIEW, "Elena"),
)
ISO_AUDIT: Sequence[Stage] = (
    ("Define the scope", 5, 10, "Scope agreed", MilestoneKind.KICKOFF, "Sofie"),
    ("Close the gaps", 11, 30, "Stage 1 audit", MilestoneKind.UAT, "Sofie"),
    ("Gather evidence", 31, 50, "Stage 2 audit", MilestoneKind.CLIENT_APPROVAL, "Sofie"),
    ("Write down what was learned", 51, 53, "Lessons learned", MilestoneKind.REVIEW, "Sofie"),
)

# How the projects stand in the sidebar, after Aurora.
ORDER = {"DCM": 2.0, "WEB": 3.0, "ISO": 4.0}


def data_centre(sample: Sample) -> None:
    """On track: two of four milestones reached, the old site closes two days early."""
    ids = _lay_out(sample, "Data centre move", "DCM", DATA_CENTRE, "Priya", "Infrastructure", 5)
    _work(sample, DATA_CENTRE, ids, 59)
    sample.on(52, "Old site closes two days early",
              lambda edit: dates.set_end(edit, ids["Clear the old site"], sample.end(101)),
              lambda edit: dates.move(edit, [ids["Old site closed"]], -2))  # fmt: skip
    _status(sample, "Data centre move", 59)


def website(sample: Sample) -> None:
    """At its beginning: the concept is agreed."""
    ids = _lay_out(sample, "Website relaunch", "WEB", WEBSITE, "Elena", "Marketing", 40)
    _work(sample, WEBSITE, ids, 59)
    _status(sample, "Website relaunch", 59)


def iso_audit(sample: Sample) -> None:
    """Completed."""
    ids = _lay_out(sample, "ISO 27001 audit", "ISO", ISO_AUDIT, "Sofie", "Compliance", 2)
    _work(sample, ISO_AUDIT, ids, 53)
    sample.on(
        52, "Invoice “Stage 2 audit”", lambda edit: activities.set_fields(edit, [ids["Stage 2 audit"]], invoiced=edit.today)
    )
    _status(sample, "ISO 27001 audit", 53)
    sample.on(54, "Complete the project",
              lambda edit: projects.set_fields(edit, sample.ids["ISO 27001 audit"], status=ProjectStatus.COMPLETED))  # fmt: skip


def _lay_out(
    sample: Sample, title: str, key: str, stages: Sequence[Stage], lead: str, category: str, offset: int
) -> dict[str, int]:
    ids: dict[str, int] = {}

    def make(edit: Edit) -> None:
        project = projects.create(
            edit, title, key=key, lead=sample.person(lead), category=category, start=sample.start(stages[0][1]),
            order=ORDER[key],
        )  # fmt: skip
        sample.ids[title] = project.id
        previous: Milestone | None = None
        for item_title, first, last, name, kind, owner in stages:
            start, end = sample.start(first), sample.end(last)
            item = items.create(
                edit, project.id, item_title, start=start, end=end, duration=sample.work.minutes_between(start, end)
            )
            items.assign(edit, item.id, [sample.person(owner)])
            bill: dict[str, Any] = {}
            if name in BILLS:
                bill = dict(zip(("type", "amount", "currency"), ("Billing", *BILLS[name]), strict=True))
            point = milestones.create(edit, project.id, name, end, kind=kind, owner=sample.person(owner), **bill)
            links.link(edit, point.id, [item.id])
            dependencies.add(edit, item.id, point.id)
            if previous is not None and previous.end is not None and previous.end < start:
                dependencies.add(edit, previous.id, item.id)
            previous = point
            ids[item_title], ids[name] = item.id, point.id
        baselines.save_and_use(edit, project.id, "Baseline 1")

    sample.on(offset, None, make)
    return ids


def _work(sample: Sample, stages: Sequence[Stage], ids: dict[str, int], until: int) -> None:
    """Progress in thirds, and each milestone completed on its day, up to the offset `until`."""
    for item, first, last, name, kind, _ in stages:
        for share in (33, 66, 100):
            offset = first + (last - first) * share // 100
            if offset <= until:
                sample.on(offset, None, _progress(ids, item, share))
        if last <= until:
            sample.on(last, None, _readiness(sample, ids, name, kind), _completion(ids, name, sample.end(last)))


def _progress(ids: dict[str, int], name: str, percent: int) -> Callable[[Edit], object]:
    return lambda edit: items.set_progress(edit, ids[name], percent)


def _readiness(sample: Sample, ids: dict[str, int], name: str, kind: MilestoneKind) -> Callable[[Edit], object]:
    return lambda edit: get_ready(sample, edit, ids[name], kind)


def _completion(ids: dict[str, int], name: str, on: Instant) -> Callable[[Edit], object]:
    return lambda edit: milestones.complete(edit, ids[name], on)


def _status(sample: Sample, title: str, offset: int) -> None:
    sample.on(offset, "Advance the status date",
              lambda edit: projects.set_fields(edit, sample.ids[title], status_date=edit.today))  # fmt: skip
