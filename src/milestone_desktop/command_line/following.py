"""The commands that tell what was promised and what moved, and that say what happened: history, trend, baseline, health,
move, status-date, complete, compact."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milestone_desktop.command_line.command import Command, file_argument
from milestone_desktop.command_line.output import note, tell, tell_json
from milestone_desktop.domain.instants import day_of, day_to_iso
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import _, one_line, say

if TYPE_CHECKING:
    from milestone_desktop.document.document import Changed, Document
    from milestone_desktop.document.edit import Edit
    from milestone_desktop.domain.activities import Milestone
    from milestone_desktop.domain.changes import Receipt
    from milestone_desktop.domain.projects import Project


@contextmanager
def _opened(path: Path, *, read_only: bool = True) -> Iterator[Document]:
    from milestone_desktop.files import open_workspace

    with closing(open_workspace(path, datetime.now, read_only=read_only)) as document:
        if not read_only and document.read_only:
            raise PlanError(N_("“{name}” cannot be written."), N_("Copy it to another folder first."), name=path.name)
        yield document


def _edit(document: Document, action: Callable[[Edit], object]) -> Changed:
    """Makes one edit. Raises PlanError as the window would, and where nothing changes."""
    events: list[Changed] = []
    stop = document.subscribe(events.append)
    with document.edit("") as edit:
        action(edit)
    stop()
    if not events:
        raise PlanError(N_("Nothing changed: it is so already."))
    return events[0]


def _tell_edit(document: Document, event: Changed) -> None:
    """The edit and each milestone that it moved, as lines."""
    moved = (one_line(_moved(document, event.line.sequence, receipt)) for receipt in event.receipts)
    tell(one_line(say(event.line.label)), *moved)


def _moved(document: Document, entry: int, receipt: Receipt) -> str:
    """One move as a line, with the reason that was given with it or afterwards."""
    from milestone_desktop.domain.activities import Milestone
    from milestone_desktop.tracking.waterfall import reasons_of

    row = document.plan.get(Milestone, receipt.milestone)
    old, new = ("—" if moment is None else day_to_iso(day_of(moment)) for moment in (receipt.old, receipt.new))
    days = "" if receipt.working_days is None else _("{days:+d} wd").format(days=receipt.working_days)
    what = _("target") if receipt.what == "target" else ""
    reason = reasons_of(document.plan, receipt.milestone).get(entry) or receipt.reason
    why = f"({reason})" if reason else ""
    return "  ".join(part for part in (row.code if row else "—", what, f"{old} → {new}", days, _causes(receipt), why) if part)


def _causes(receipt: Receipt) -> str:
    if len(receipt.causes) == 1:
        return say(receipt.causes[0][0])
    return "; ".join(say(cause) if days is None else f"{days:+d} {say(cause)}" for cause, days in receipt.causes)


def _file_to_change(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; it is changed"))


def _project_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", metavar="KEY", help=_("key of the project; needed where the file has several"))


def _code_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "milestone", metavar="CODE", help=_("code of the milestone, or KEY:CODE where several projects have it")
    )  # fmt: skip


def _milestone(document: Document, code: str) -> Milestone:
    from milestone_desktop.document.operations.milestones import milestone_with_code

    return milestone_with_code(document.plan, code)


# history


def _history_arguments(parser: argparse.ArgumentParser) -> None:
    file_argument(parser)
    parser.add_argument("--milestone", metavar="CODE", help=_("only what concerns this milestone, with the steps of its slip"))
    parser.add_argument("--json", action="store_true", help=_("everything as JSON, for other programs"))


def _history(chosen: argparse.Namespace) -> int:
    from milestone_desktop.domain.worktime import WorkTimes
    from milestone_desktop.followed import history, told_waterfall
    from milestone_desktop.tracking.waterfall import waterfall

    with _opened(chosen.file) as document:
        lines, row = document.storage.lines(), None
        if chosen.milestone is not None:
            row = _milestone(document, chosen.milestone)
            wanted = document.storage.entries_of(row.id)
            lines = [line for line in lines if line.sequence in wanted]
        receipts = document.receipts(None if row is None else row.id)
        if chosen.json:
            data = history(document.plan, lines, receipts)
            if row is not None:
                found = waterfall(document.plan, row, receipts, WorkTimes(document.plan))
                data = {"milestone": row.code, "title": row.title, **data, "waterfall": told_waterfall(found)}
            tell_json(data)
            return 0
        moves: dict[int, list[Receipt]] = {}
        for line, receipt in receipts:
            moves.setdefault(line.sequence, []).append(receipt)
        for line in lines:
            label = say(line.label) if line.undoes is None else _("Undo: {label}").format(label=say(line.label))
            told = [f"  {_moved(document, line.sequence, receipt)}" for receipt in moves.get(line.sequence, ())]
            tell(*map(one_line, [f"{line.sequence}  {line.time:%Y-%m-%d %H:%M}  {label}", *told]))
    return 0


# trend


def _trend_arguments(parser: argparse.ArgumentParser) -> None:
    file_argument(parser)
    parser.add_argument("--project", metavar="KEY", help=_("key of a project; all projects if left out"))
    parser.add_argument("--json", action="store_true", help=_("every point as JSON, for other programs"))


def _trend(chosen: argparse.Namespace) -> int:
    from milestone_desktop.document.operations.projects import project_with_key
    from milestone_desktop.domain.scenarios import listed_projects
    from milestone_desktop.followed import trends

    with _opened(chosen.file) as document:
        plan = document.plan
        projects = listed_projects(plan) if chosen.project is None else [project_with_key(plan, chosen.project)]
        data = trends(plan, projects, document.storage.moves(), document.today)
    if chosen.json:
        tell_json(data)
        return 0
    for project in data["projects"]:
        tell(one_line(project["key"]), *(one_line(_trend_line(row)) for row in project["milestones"]))
    return 0


def _trend_line(row: dict[str, Any]) -> str:
    dates = [point["date"][:10] for point in row["points"]]
    span = f"{dates[0]} → {dates[-1]}" if dates else "—"
    return f"  {row['code']}  {row['title']}  {span}  {_(row['pattern'])}"


# baseline


def _baseline_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; “set” and “use” change it"))
    parser.add_argument(
        "action", metavar="set|use|list|compare", choices=("set", "use", "list", "compare"),
        help=_("set: keep the planned dates; use: make a baseline's dates the targets; list: show them; compare: two of them"),
    )  # fmt: skip
    parser.add_argument("names", metavar="NAME", nargs="*", help=_("one name for set and use, two for compare"))
    _project_argument(parser)
    parser.add_argument("--json", action="store_true", help=_("list and compare as JSON, for other programs"))


_NAMES = {
    "set": (1, N_("“set” takes one name")),
    "use": (1, N_("“use” takes one name")),
    "list": (0, N_("“list” takes no name")),
    "compare": (2, N_("“compare” takes two names")),
}
"""How many names each action takes, and what is said where there are more or fewer."""


def _baseline(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import chosen_project

    wanted, sentence = _NAMES[chosen.action]
    if len(chosen.names) != wanted:
        chosen.parser.error(_("{wanted}; {given} given").format(wanted=_(sentence), given=len(chosen.names)))
    with _opened(chosen.file, read_only=chosen.action in ("list", "compare")) as document:
        project = chosen_project(document.plan, chosen.project)
        {"set": _set_baseline, "use": _use_baseline, "list": _list_baselines, "compare": _compare_baselines}[chosen.action](
            document, project, chosen
        )
    return 0


def _set_baseline(document: Document, project: Project, chosen: argparse.Namespace) -> None:
    from milestone_desktop.document.operations import baselines

    _tell_edit(document, _edit(document, lambda edit: baselines.save(edit, project.id, chosen.names[0])))


def _use_baseline(document: Document, project: Project, chosen: argparse.Namespace) -> None:
    from milestone_desktop.document.baseline_contents import BaselineContents
    from milestone_desktop.document.operations import baselines

    row = baselines.baseline_named(document.plan, project.id, chosen.names[0])
    content = BaselineContents(document).needed(row)
    _tell_edit(document, _edit(document, lambda edit: baselines.put_in_force(edit, row.id, content)))


def _list_baselines(document: Document, project: Project, chosen: argparse.Namespace) -> None:
    from milestone_desktop.document.baseline_contents import BaselineContents
    from milestone_desktop.document.operations.baselines import baselines_of
    from milestone_desktop.domain.instants import instant_to_iso

    contents = BaselineContents(document)
    rows = []
    for row in baselines_of(document.plan, project.id):
        count: int | None = None
        try:
            count = len(contents.needed(row).rows)
        except PlanError as problem:  # the others are listed all the same
            note(_("“{name}”: {problem}").format(name=row.name, problem=say(problem.message)))
        rows.append({"name": row.name, "set": instant_to_iso(row.created), "rows": count, "in_force": row.in_force})
    if chosen.json:
        tell_json({"baselines": rows})
        return
    in_force = _("in force")
    for found in rows:
        count_text = "—" if found["rows"] is None else found["rows"]
        words = f"{found['name']}  {str(found['set'])[:10]}  {count_text}  {in_force if found['in_force'] else ''}"
        tell(one_line(words.rstrip()))


def _compare_baselines(document: Document, project: Project, chosen: argparse.Namespace) -> None:
    from milestone_desktop.document.baseline_contents import BaselineContents
    from milestone_desktop.document.operations.baselines import baseline_named
    from milestone_desktop.followed import variances
    from milestone_desktop.tracking.variance import against_each_other

    contents = BaselineContents(document)
    first, second = (baseline_named(document.plan, project.id, name) for name in chosen.names)
    found = against_each_other(document.plan, (first, contents.needed(first)), (second, contents.needed(second)))
    if chosen.json:
        tell_json({"first": first.name, "second": second.name, "rows": variances(found)})
        return
    for row in found:
        ends = ["—" if side is None or side.end is None else day_to_iso(day_of(side.end)) for side in (row.before, row.after)]
        days = "" if row.end is None else _("{days:+d} wd").format(days=row.end)
        tell(one_line(f"{row.title}  {ends[0]} → {ends[1]}  {days}".rstrip()))


# health


def _health_arguments(parser: argparse.ArgumentParser) -> None:
    file_argument(parser)
    parser.add_argument("--json", action="store_true", help=_("everything as JSON, for other programs"))


def _health(chosen: argparse.Namespace) -> int:
    from milestone_desktop.followed import healths
    from milestone_desktop.tracking.figures import figures_of

    with _opened(chosen.file) as document:
        figures = figures_of(document.plan, document.receipts(), document.today, document.schedule())
        data = healths(document.plan, figures, document.today)
    if chosen.json:
        tell_json(data)
        return 0
    for project in data["projects"]:
        tell(one_line(f"{project['key']}  {project['title']}  {_(project['health'])}"))
        for row in project["milestones"]:
            tell(one_line(f"  {row['code']}  {row['title']}  {_(row['health'])}: {'; '.join(row['reasons'])}"))
    return 0


# edits


def _move_arguments(parser: argparse.ArgumentParser) -> None:
    _file_to_change(parser)
    _code_argument(parser)
    parser.add_argument("date", metavar="DATE|+5d", help=_("the new date, or by how many working days it moves"))
    parser.add_argument("--reason", default="", help=_("why; kept with the move"))


def _move(chosen: argparse.Namespace) -> int:
    from milestone_desktop.document.operations import dates
    from milestone_desktop.domain.dates import read_day
    from milestone_desktop.domain.worktime import WorkTimes

    with _opened(chosen.file, read_only=False) as document:
        row = _milestone(document, chosen.milestone)
        base = document.today if row.end is None else day_of(row.end)
        work = WorkTimes(document.plan).of_activity(row)
        day, minute = read_day(chosen.date, document.today, base, add_days=work.add_working_days)

        def action(edit: Edit) -> None:
            edit.reason = chosen.reason
            dates.set_end(edit, row.id, dates.end_instant(edit.plan, row, day, minute))

        _tell_edit(document, _edit(document, action))
    return 0


def _status_date_arguments(parser: argparse.ArgumentParser) -> None:
    _file_to_change(parser)
    parser.add_argument("date", metavar="DATE", help=_("the day up to which progress is reported"))
    _project_argument(parser)


def _status_date(chosen: argparse.Namespace) -> int:
    from milestone_desktop.document.operations.modes import set_status_date
    from milestone_desktop.domain.dates import read_day
    from milestone_desktop.files import chosen_project

    with _opened(chosen.file, read_only=False) as document:
        project = chosen_project(document.plan, chosen.project)
        day, _minute = read_day(chosen.date, document.today)
        _tell_edit(document, _edit(document, lambda edit: set_status_date(edit, project.id, day)))
    return 0


def _complete_arguments(parser: argparse.ArgumentParser) -> None:
    _file_to_change(parser)
    _code_argument(parser)
    parser.add_argument("--on", metavar="DATE", help=_("the day on which it was reached; the status date or today if left out"))
    parser.add_argument(
        "--override", metavar="REASON", default="", help=_("why it counts as reached although something is open; kept")
    )


def _complete(chosen: argparse.Namespace) -> int:
    from milestone_desktop.document.operations import dates, milestones
    from milestone_desktop.domain.completion import open_points
    from milestone_desktop.domain.dates import read_day
    from milestone_desktop.domain.health import status_date
    from milestone_desktop.domain.projects import Project

    with _opened(chosen.file, read_only=False) as document:
        row = _milestone(document, chosen.milestone)
        day, minute = status_date(document.plan[Project, row.project], document.today), None
        if chosen.on is not None:
            day, minute = read_day(chosen.on, document.today)
        on = dates.end_instant(document.plan, row, day, minute)
        try:
            event = _edit(document, lambda edit: milestones.complete(edit, row.id, on, override=chosen.override))
        except PlanError as error:
            if chosen.override or not open_points(document.plan, row):
                raise
            raise PlanError(error.message, N_("To complete it all the same, give the reason with --override.")) from error
        _tell_edit(document, event)
    return 0


def _compact(chosen: argparse.Namespace) -> int:
    with _opened(chosen.file, read_only=False) as document:
        found = document.compact()
    tell(
        _("Compacted {entries} entries; removed {contents} contents that nothing refers to; {before} → {after} bytes.").format(
            entries=found.entries, contents=found.contents, before=found.before, after=found.after
        )
    )
    return 0


COMMANDS = (
    Command("history", N_("show every edit with what it moved and why"), _history_arguments, _history),
    Command("trend", N_("show what the plan said of each milestone in past weeks"), _trend_arguments, _trend),
    Command("baseline", N_("set, use, list and compare baselines"), _baseline_arguments, _baseline),
    Command("health", N_("show the health of projects and milestones with its reasons"), _health_arguments, _health),
    Command(
        "move",
        N_("move a milestone to another date"),
        _move_arguments,
        _move,
        N_("Prints what moved, with the causes."),
    ),
    Command("status-date", N_("set the day up to which progress is reported"), _status_date_arguments, _status_date),
    Command("complete", N_("mark a milestone as reached"), _complete_arguments, _complete),
    Command(
        "compact",
        N_("make the file smaller"),
        _file_to_change,
        _compact,
        N_("Undo ends there; receipts and the plan of every day stay."),
    ),
)
