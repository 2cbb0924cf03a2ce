"""The rich project of the sample: an app for field crews, with a prototype that slipped twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from milestone_desktop.document import sample_gates
from milestone_desktop.document.operations import (
    baselines,
    dates,
    dependencies,
    evidence,
    gate_records,
    items,
    links,
    log,
    milestones,
    projects,
)
from milestone_desktop.domain.enums import (
    CriterionPriority,
    LogState,
    LogType,
    MilestoneKind,
    Priority,
    ScheduleMode,
)
from milestone_desktop.domain.gates import ChecklistEntry

if TYPE_CHECKING:
    from milestone_desktop.document.edit import Edit
    from milestone_desktop.document.sample import Sample

# name, title, parent, first, last, tags, assignee
ITEMS = (
    ("initiation", "Initiation", None, 0, 0, (), ""),
    ("charter", "Charter and scope", "initiation", 4, 10, ("scope",), "Mara"),
    ("build", "Build", None, 0, 0, (), ""),
    ("sync", "Sync engine", "build", 14, 36, ("backend",), "Tomás"),
    ("store", "Offline store", "build", 29, 58, ("backend",), "Tomás"),
    ("map", "Map screens", "build", 37, 58, ("ui",), "Elena"),
    ("billing", "Billing module", "build", 59, 68, ("backend",), "Tomás"),
    ("acceptance", "Acceptance", None, 0, 0, (), ""),
    ("rounds", "UAT rounds 1–2", "acceptance", 74, 93, ("uat",), "Aisha"),
    ("training", "Crew training", "acceptance", 88, 100, ("launch",), "Jonas"),
)

# name, title, code, kind, type, parent, day, owner, tags
MILESTONES = (
    ("kickoff", "Project kickoff", "KIC", MilestoneKind.KICKOFF, "Engineering", "initiation", 3, "Mara", ("kickoff",)),
    ("planning", "Planning complete", "PLA", MilestoneKind.PLANNING, "Engineering", "initiation", 10, "Mara", ("gate",)),
    ("prototype", "Prototype ready", "PRO", MilestoneKind.PROTOTYPE, "Engineering", "build", 58, "Tomás", ("demo",)),
    ("uat", "User acceptance", "UAT", MilestoneKind.UAT, "Engineering", "acceptance", 93, "Aisha", ("gate",)),
    ("approval", "Client approval", "APP", MilestoneKind.CLIENT_APPROVAL, "Billing", "acceptance", 98, "George", ("billing",)),
    ("launch", "Go-live", "LIV", MilestoneKind.LAUNCH, "Engineering", "acceptance", 103, "Jonas", ("launch",)),
    ("review", "Lessons learned", "LES", MilestoneKind.REVIEW, "Engineering", "acceptance", 113, "Mara", ("review",)),
)

# What stands where below its parent; rows are made in this order.
OUTLINE = (
    "initiation", "kickoff", "charter", "planning",
    "build", "sync", "store", "map", "prototype", "billing",
    "acceptance", "rounds", "uat", "approval", "training", "launch", "review",
)  # fmt: skip

# predecessor, successor, working days between them
LINKS = (
    ("kickoff", "charter", 0), ("charter", "planning", 0), ("planning", "sync", 0), ("sync", "map", 0), ("store", "prototype", 0),
    ("map", "prototype", 0), ("prototype", "billing", 0), ("billing", "rounds", 0), ("rounds", "uat", 0), ("uat", "approval", 5),
    ("approval", "launch", 5), ("training", "launch", 0), ("launch", "review", 10),
)  # fmt: skip

# What waits for people rather than for work: the engine's specialist, the second team, the testers, the crews.
PINNED = ("sync", "store", "rounds", "training")

MINUTES_A_DAY = 480

CHECKLIST = (
    "Runs on both phones",
    "Syncs after a day offline",
    "Map opens under 2 s",
    "Demo script rehearsed",
    "Feedback form ready",
)

CRITERIA = (
    ("Runs on both phones", CriterionPriority.MUST), ("Job closed offline appears after sync", CriterionPriority.MUST),
    ("Map opens in under 2 seconds", CriterionPriority.MUST), ("Crew of 40 works a full day", CriterionPriority.MUST),
    ("Text readable in sunlight", CriterionPriority.SHOULD), ("Works with gloves", CriterionPriority.SHOULD),
)  # fmt: skip


def aurora(sample: Sample) -> None:
    """Plays the project from its first day to today."""
    sample.on(0, "Lay out “Aurora mobile app”", lambda edit: _lay_out(sample, edit))
    sample.on(0, "Link the plan", lambda edit: _link(sample, edit))
    sample.on(0, None, lambda edit: baselines.save_and_use(edit, sample.ids["aurora"], "Baseline 1"))
    _first_weeks(sample)
    _building(sample)
    _slips(sample)
    for offset in range(5, 60, 5):
        _status(sample, offset)
    _status(sample, 59)


def _lay_out(sample: Sample, edit: Edit) -> None:
    ids = sample.ids
    project = projects.create(
        edit, "Aurora mobile app", key="AUR", lead=sample.person("Mara"), category="Product", start=sample.start(0),
        description="Field crews see and close jobs without a network.",
    )  # fmt: skip
    ids["aurora"] = project.id
    work = {row[0]: row for row in ITEMS}
    points = {row[0]: row for row in MILESTONES}
    for name in OUTLINE:
        if name in work:
            _, title, parent, first, last, tags, who = work[name]
            span = {"start": sample.start(first), "end": sample.end(last)} if last else {}
            span |= {"duration": sample.work.minutes_between(span["start"], span["end"])} if span else {}
            type_ = "Epic" if not last else "Task"
            row = items.create(edit, project.id, title, parent=ids.get(parent or ""), tags=tags, type=type_, **span)
            ids[name] = row.id
            if who:
                items.assign(edit, row.id, [sample.person(who)])
        else:
            _, title, code, kind, type_, parent, day, owner, tags = points[name]
            ids[name] = milestones.create(
                edit, project.id, title, sample.end(day), parent=ids[parent], code=code, kind=kind, type=type_,
                owner=sample.person(owner), tags=tags,
            ).id  # fmt: skip


def _link(sample: Sample, edit: Edit) -> None:
    ids = sample.ids
    for before, after, days in LINKS:
        dependencies.add(edit, ids[before], ids[after], lag=days * MINUTES_A_DAY)
    edit.update(projects.project(edit.plan, ids["aurora"]), mode=ScheduleMode.COMPUTED)
    for name in PINNED:
        dates.set_start(edit, ids[name], items.item(edit.plan, ids[name]).start)
    links.link(edit, ids["planning"], [ids["charter"]])
    links.link(edit, ids["prototype"], [ids["sync"], ids["store"], ids["map"]])
    links.link(edit, ids["uat"], [ids["billing"], ids["rounds"]])
    links.link(edit, ids["launch"], [ids["training"]])
    for text in CHECKLIST:
        milestones.add_checklist_entry(edit, ids["prototype"], text)
    for text, priority in CRITERIA:
        milestones.add_criterion(edit, ids["uat"], text, priority)
    for name, text in (("kickoff", "Minutes shared"), ("approval", "Approval signed"), ("launch", "Way back rehearsed")):
        milestones.add_checklist_entry(edit, ids[name], text)
    edit.update(milestones.milestone(edit.plan, ids["approval"]), amount=4_800_000, currency="EUR")
    edit.update(items.item(edit.plan, ids["map"]), priority=Priority.HIGH, story_points=13.0, estimate=10_560)


def _first_weeks(sample: Sample) -> None:
    ids = sample.ids
    sample.on(2, "Note what the kickoff is about", lambda edit: sample_gates.kick_off_aurora(sample, edit))
    sample.on(3, "Complete “Project kickoff”", lambda edit: _tick(sample, edit, name="kickoff", count=1),
              lambda edit: milestones.complete(edit, ids["kickoff"], sample.end(3)),
              lambda edit: gate_records.note_achievement(
                  edit, ids["kickoff"], "Four teams at one table, and one sentence for what this is about.",
                  ("Mara Lindqvist", "George Hall")))  # fmt: skip
    sample.on(7, None, lambda edit: items.set_progress(edit, ids["charter"], 50))
    sample.on(9, None, lambda edit: dates.move(edit, [ids["planning"]], 3))
    sample.on(10, None, lambda edit: items.set_progress(edit, ids["charter"], 100))
    sample.on(12, None, lambda edit: evidence.attach_file(
        edit, ids["planning"], "Charter.txt", b"Field crews see and close jobs without a network.\n", "text/plain"))  # fmt: skip
    sample.on(13, None, lambda edit: milestones.complete(edit, ids["planning"], sample.end(13)))
    sample.on(15, None, lambda edit: log.create(
        edit, ids["aurora"], "Both phone makers change their background limits this autumn", LogType.RISK, [ids["prototype"]],
        owner=sample.person("Tomás"), response="Test the betas every week"))  # fmt: skip


def _building(sample: Sample) -> None:
    ids = sample.ids
    progress = (
        (18, "sync", 10), (22, "sync", 25), (27, "sync", 45), (32, "sync", 60), (34, "store", 10), (37, "sync", 80),
        (39, "store", 25), (43, "sync", 100), (46, "map", 10), (47, "store", 45), (50, "map", 25), (52, "store", 60),
        (55, "map", 35), (57, "store", 70), (58, "map", 45),
    )  # fmt: skip
    for offset, name, percent in progress:
        sample.on(offset, None, _progress(sample, name, percent))
    for offset, count in ((48, 1), (53, 2), (56, 3)):
        sample.on(offset, None, partial(_tick, sample, name="prototype", count=count))
    sample.on(51, "Note acceptance results", lambda edit: sample_gates.test_aurora(sample, edit))
    sample.on(54, "Show the prototype", lambda edit: sample_gates.show_prototype(sample, edit))
    sample.on(55, "Plan the go-live", lambda edit: sample_gates.prepare_launch(sample, edit))
    _log(sample)
    sample.on(52, None, lambda edit: log.create(
        edit, ids["aurora"], "Freeze the scope of the map screens", LogType.DECISION, [ids["prototype"]],
        owner=sample.person("George"), due=sample.day(63), state=LogState.OPEN))  # fmt: skip


def _slips(sample: Sample) -> None:
    """What moved, when: the sync engine took longer twice, then the map screens did."""
    ids = sample.ids
    sample.on(29, None, lambda edit: dates.set_duration(edit, ids["sync"], 28 * MINUTES_A_DAY))
    sample.on(42, "Sync engine and map screens take longer",
              lambda edit: dates.set_duration(edit, ids["sync"], 30 * MINUTES_A_DAY),
              lambda edit: dates.set_duration(edit, ids["map"], 23 * MINUTES_A_DAY))  # fmt: skip
    sample.on(53, None, lambda edit: dates.set_duration(edit, ids["store"], 35 * MINUTES_A_DAY))
    sample.on(54, None, lambda edit: dates.set_duration(edit, ids["map"], 25 * MINUTES_A_DAY))
    sample.on(55, "Comment on “Prototype ready”", lambda edit: edit.update(
        milestones.milestone(edit.plan, ids["prototype"]), comment="The sync engine took seven days longer than planned.",
        comment_date=edit.today, recovery="Freeze the scope of the map screens.", recovery_date=edit.today))  # fmt: skip


def _progress(sample: Sample, name: str, percent: int) -> Callable[[Edit], object]:
    return lambda edit: items.set_progress(edit, sample.ids[name], percent)


def _tick(sample: Sample, edit: Edit, *, name: str, count: int) -> None:
    entries = sorted(edit.plan.where(ChecklistEntry, "milestone", sample.ids[name]), key=lambda entry: entry.order)
    for entry in entries[:count]:
        if not entry.done:
            milestones.tick(edit, entry.id, True, edit.today)


def _log(sample: Sample) -> None:
    entries = (
        (20, "Two test phones ordered", LogType.ACTION, "uat", "Aisha", 62, ""),
        (38, "Map supplier answers slowly", LogType.ISSUE, "prototype", "Elena", 56, "Weekly call with their support"),
        (45, "Leeds crew is free for two days in the test weeks", LogType.ASSUMPTION, "uat", "George", None, ""),
        (56, "Licences run out in spring", LogType.NOTE, "", "Jonas", None, ""),
    )
    for offset, text, kind, milestone, who, due, response in entries:
        fields = {"owner": sample.person(who), "due": None if due is None else sample.day(due), "response": response}
        sample.on(offset, None, partial(_note, sample, text, kind, milestone, fields))


def _note(sample: Sample, text: str, kind: LogType, milestone: str, fields: dict[str, Any], edit: Edit) -> None:
    about = [sample.ids[milestone]] if milestone else []
    log.create(edit, sample.ids["aurora"], text, kind, about, **fields)


def _status(sample: Sample, offset: int) -> None:
    sample.on(offset, "Advance the status date", lambda edit: projects.set_fields(
        edit, sample.ids["aurora"], status_date=edit.today))  # fmt: skip
