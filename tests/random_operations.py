"""Random edits through the operations that the window uses, each one undo step. For property tests of document and store."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import (
    activities,
    baselines,
    calendars,
    dates,
    dependencies,
    evidence,
    items,
    links,
    log,
    milestones,
    modes,
    people,
    projects,
    twins,
)
from milestone_desktop.domain.activities import Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, LogType, MilestoneStatus, ScheduleMode
from milestone_desktop.domain.gates import ChecklistEntry, Evidence
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Calendar, Person, Project, Week

TITLES = ("Prototype ready", "日本語の題", "خطة", "Ünïcode – “quotes”", "🎉 Launch", "#import", "a\tb", "x" * 200)
FIRST_DAY = datetime(2026, 3, 2).toordinal()

Action = Callable[[Edit, random.Random], object]


def random_operation(document: Document, rng: random.Random, actions: Sequence[Action] | None = None) -> bool:
    """Makes one random edit; False where the plan's rules refused it (nothing has changed then)."""
    action = rng.choice(actions or ACTIONS)
    try:
        with document.edit(action.__name__) as edit:
            action(edit, rng)
    except PlanError:
        return False
    return True


def _project(edit: Edit, rng: random.Random) -> int:
    rows = sorted(edit.plan.all(Project), key=lambda row: row.id)
    if not rows or (len(rows) < 3 and rng.random() < 0.1):
        return projects.create(edit, rng.choice(TITLES), start=at(FIRST_DAY, 540)).id
    return rng.choice(rows).id


def _pick(edit: Edit, rng: random.Random, kind: type) -> int:
    rows: Sequence[int] = sorted(row.id for row in edit.plan.all(kind))
    if not rows:
        raise PlanError("nothing to choose from")
    return rng.choice(rows)


def _activity(edit: Edit, rng: random.Random) -> int:
    rows = sorted(row.id for row in edit.plan.activities())
    if not rows:
        raise PlanError("nothing to choose from")
    return rng.choice(rows)


def add_milestone(edit: Edit, rng: random.Random) -> None:
    project = _project(edit, rng)
    rows = sorted(row.id for row in edit.plan.activities_where("project", project))
    parent = rng.choice([None, *rows])
    milestones.create(edit, project, rng.choice(TITLES), at(FIRST_DAY + rng.randrange(300), 1080), parent=parent)


def add_item(edit: Edit, rng: random.Random) -> None:
    project = _project(edit, rng)
    rows = sorted(row.id for row in edit.plan.activities_where("project", project))
    first = FIRST_DAY + rng.randrange(300)
    span = {"start": at(first, 540), "end": at(first + rng.randrange(20), 1080), "duration": 480}
    items.create(edit, project, rng.choice(TITLES), parent=rng.choice([None, *rows]), **span)


def rename(edit: Edit, rng: random.Random) -> None:
    activities.rename(edit, _activity(edit, rng), rng.choice(TITLES))


def move(edit: Edit, rng: random.Random) -> None:
    dates.move(edit, [_activity(edit, rng) for _ in range(rng.randrange(1, 4))], rng.randrange(-20, 21))


def set_end(edit: Edit, rng: random.Random) -> None:
    dates.set_end(edit, _activity(edit, rng), at(FIRST_DAY + rng.randrange(300), 1080))


def set_start(edit: Edit, rng: random.Random) -> None:
    dates.set_start(edit, _activity(edit, rng), at(FIRST_DAY + rng.randrange(300), 540))


def set_target(edit: Edit, rng: random.Random) -> None:
    dates.set_target(edit, _pick(edit, rng, Milestone), at(FIRST_DAY + rng.randrange(300), 1080), "asked for")


def set_status(edit: Edit, rng: random.Random) -> None:
    milestones.set_status(edit, _pick(edit, rng, Milestone), rng.choice(list(MilestoneStatus)), edit.now)


def set_progress(edit: Edit, rng: random.Random) -> None:
    items.set_progress(edit, _pick(edit, rng, WorkItem), rng.randrange(101))


def outline(edit: Edit, rng: random.Random) -> None:
    step = rng.choice([activities.indent, activities.outdent, activities.move_up, activities.move_down])
    step(edit, [_activity(edit, rng)])


def delete(edit: Edit, rng: random.Random) -> None:
    activities.delete(edit, [_activity(edit, rng)])


def delete_project(edit: Edit, rng: random.Random) -> None:
    if rng.random() < 0.2:
        projects.delete(edit, _pick(edit, rng, Project))


def duplicate(edit: Edit, rng: random.Random) -> None:
    if rng.random() < 0.2 and edit.plan.count(WorkItem) < 300:
        projects.duplicate(edit, _pick(edit, rng, Project), FIRST_DAY + 100)
    else:
        twins.duplicate(edit, _pick(edit, rng, Milestone))


def add_dependency(edit: Edit, rng: random.Random) -> None:
    dependencies.add(edit, _activity(edit, rng), _activity(edit, rng), rng.choice(list(LinkType)), rng.randrange(-960, 961))


def remove_dependency(edit: Edit, rng: random.Random) -> None:
    dependencies.remove(edit, _pick(edit, rng, Dependency))


def link(edit: Edit, rng: random.Random) -> None:
    links.link(edit, _pick(edit, rng, Milestone), [_pick(edit, rng, WorkItem)])


def unlink(edit: Edit, rng: random.Random) -> None:
    pair = edit.plan[MilestoneLink, _pick(edit, rng, MilestoneLink)]
    links.unlink(edit, pair.milestone, [pair.item])


def checklist(edit: Edit, rng: random.Random) -> None:
    if edit.plan.count(ChecklistEntry) and rng.random() < 0.5:
        milestones.tick(edit, _pick(edit, rng, ChecklistEntry), rng.random() < 0.7, edit.today)
    else:
        milestones.add_checklist_entry(edit, _pick(edit, rng, Milestone), rng.choice(TITLES))


def criterion(edit: Edit, rng: random.Random) -> None:
    milestones.add_criterion(edit, _pick(edit, rng, Milestone), rng.choice(TITLES))


def person(edit: Edit, rng: random.Random) -> None:
    if edit.plan.count(Person) > 5:
        people.delete(edit, _pick(edit, rng, Person))
        return
    someone = people.create(edit, f"Person {rng.randrange(10**9)}")
    people.set_me(edit, someone.id)
    activities.set_fields(edit, [_activity(edit, rng)], owner=someone.id)


def assign(edit: Edit, rng: random.Random) -> None:
    items.assign(edit, _pick(edit, rng, WorkItem), [_pick(edit, rng, Person)])


def attach(edit: Edit, rng: random.Random) -> None:
    if edit.plan.count(Evidence) and rng.random() < 0.3:
        evidence.remove(edit, _pick(edit, rng, Evidence))
    else:
        evidence.attach_file(edit, _activity(edit, rng), "note.txt", rng.randbytes(50), "text/plain")


def tags(edit: Edit, rng: random.Random) -> None:
    activities.set_tags(edit, [_activity(edit, rng)], rng.sample(["a", "b", "c,d", "é"], 2))


def baseline(edit: Edit, rng: random.Random) -> None:
    baselines.save_and_use(edit, _pick(edit, rng, Project), rng.choice(TITLES))


def holiday(edit: Edit, rng: random.Random) -> None:
    calendars.add_exception(edit, _pick(edit, rng, Calendar), "Holiday", FIRST_DAY + rng.randrange(300))


def log_entry(edit: Edit, rng: random.Random) -> None:
    log.create(edit, _project(edit, rng), rng.choice(TITLES), rng.choice(list(LogType)), [_pick(edit, rng, Milestone)])


# what only matters where dates are computed


def computed_project(edit: Edit, rng: random.Random) -> None:
    start = at(FIRST_DAY + rng.randrange(60), 540) if rng.random() < 0.8 else None
    projects.create(edit, rng.choice(TITLES), start=start, mode=ScheduleMode.COMPUTED)


def set_mode(edit: Edit, rng: random.Random) -> None:
    mode = ScheduleMode.COMPUTED if rng.random() < 0.8 else ScheduleMode.RECORDED
    modes.set_mode(edit, _pick(edit, rng, Project), mode)


def status_date(edit: Edit, rng: random.Random) -> None:
    project = edit.plan[Project, _pick(edit, rng, Project)]
    modes.set_status_date(edit, project.id, FIRST_DAY + rng.randrange(100))
    edit.update(project, move_remaining=rng.random() < 0.5)


def set_duration(edit: Edit, rng: random.Random) -> None:
    unit = rng.choice(("d", "d", "d", "h", "ed"))
    dates.set_duration(edit, _pick(edit, rng, WorkItem), rng.choice((0, 60, 480, 960, 2400, 4800)), unit)


def start_work(edit: Edit, rng: random.Random) -> None:
    item = edit.plan[WorkItem, _pick(edit, rng, WorkItem)]
    activities.set_fields(edit, [item.id], actual_start=at(FIRST_DAY + rng.randrange(30), 540), progress=rng.randrange(90))


def fix(edit: Edit, rng: random.Random) -> None:
    dates.fix(edit, [_activity(edit, rng)])


def release(edit: Edit, rng: random.Random) -> None:
    dates.release(edit, [_activity(edit, rng) for _ in range(3)])


def constrain(edit: Edit, rng: random.Random) -> None:
    kind = rng.choice(list(ConstraintType))
    dated = kind not in (ConstraintType.ASAP, ConstraintType.ALAP)
    moment = at(FIRST_DAY + rng.randrange(200), rng.choice((540, 780, 1080))) if dated else None
    activities.set_fields(edit, [_activity(edit, rng)], constraint=kind, constraint_date=moment)


def set_deadline(edit: Edit, rng: random.Random) -> None:
    activities.set_fields(edit, [_activity(edit, rng)], deadline=at(FIRST_DAY + rng.randrange(200), 1080))


def choose_calendar(edit: Edit, rng: random.Random) -> None:
    calendar = _pick(edit, rng, Calendar)
    if rng.random() < 0.4:
        calendar = calendars.create(edit, "Odd hours", WEEKS[rng.randrange(len(WEEKS))]).id
    if rng.random() < 0.3:
        people.set_fields(edit, _pick(edit, rng, Person), calendar=calendar)
    elif rng.random() < 0.3:
        edit.update(edit.plan[Project, _pick(edit, rng, Project)], calendar=calendar)
    else:
        activities.set_fields(edit, [_activity(edit, rng)], calendar=rng.choice((None, calendar)))


def working_saturday(edit: Edit, rng: random.Random) -> None:
    first = FIRST_DAY + rng.randrange(100)
    weekly = {"type": "weekly", "weekdays": [5], "every": 2}
    calendars.add_exception(edit, _pick(edit, rng, Calendar), "Extra", first, first + 60, ((480, 720),), weekly)


def change_lag(edit: Edit, rng: random.Random) -> None:
    unit = rng.choice(list(LagUnit))
    dependencies.change(edit, _pick(edit, rng, Dependency), lag=rng.randrange(-2000, 4000), lag_unit=unit)


WEEKS: tuple[Week, ...] = (
    (((1320, 1800),),) * 5 + ((), ()),
    (((540, 720),),) * 3 + ((), (), (), ((0, 1440),)),
)

COMPUTED_ACTIONS: tuple[Action, ...] = (
    computed_project, set_mode, set_mode, status_date, set_duration, set_duration, start_work, fix, release, constrain,
    set_deadline, choose_calendar, working_saturday, change_lag, add_dependency, add_dependency, add_item, add_item, assign,
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    add_milestone, add_milestone, add_item, add_item, add_item, rename, move, set_end, set_start, set_target, set_status,
    set_progress, outline, delete, delete_project, duplicate, add_dependency, add_dependency, remove_dependency, link, unlink,
    checklist, criterion, person, assign, attach, tags, baseline, holiday, log_entry,
)  # fmt: skip
