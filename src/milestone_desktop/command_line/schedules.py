"""The commands about the schedule: schedule, explain."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from datetime import datetime
from pathlib import Path

from milestone_desktop.command_line.command import Command, file_argument
from milestone_desktop.command_line.output import note, tell, tell_json
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import _, one_line, say


def _schedule_arguments(schedule: argparse.ArgumentParser) -> None:
    schedule.add_argument("file", metavar="FILE_OR_PLAN", type=Path, help=_("a workspace, or any file that can be imported"))
    schedule.add_argument("--json", metavar="OUT", required=True, help=_("the file to write; “-” for standard output"))
    schedule.add_argument("--project", metavar="KEY", help=_("key of the project; needed where the file has several"))


def _schedule(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import chosen_project, plan_of, write_whole
    from milestone_desktop.scheduled import scheduled

    plan, findings = plan_of(chosen.file, datetime.now)
    found, loops = scheduled(plan, chosen_project(plan, chosen.project))
    if chosen.json == "-":
        tell_json(found)
    elif Path(chosen.json).exists() and Path(chosen.json).samefile(chosen.file):
        raise PlanError(N_("“{name}” is the plan itself and was left as it is."), N_("Choose another name."), name=chosen.json)
    else:
        write_whole(Path(chosen.json), f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode())
    for told in (*findings, *loops):
        note(say(told))
    return 0


def _explain_arguments(explain: argparse.ArgumentParser) -> None:
    file_argument(explain)
    explain.add_argument("activity", metavar="CODE|KEY-N", help=_("a milestone's code or a work item's key"))
    explain.add_argument("--project", metavar="KEY", help=_("key of the project; needed where a code is not enough"))
    explain.add_argument("--json", action="store_true", help=_("sentence and segments as JSON"))


def _explain(chosen: argparse.Namespace) -> int:
    from milestone_desktop.document.operations.find import activity_named
    from milestone_desktop.domain.projects import Project
    from milestone_desktop.files import open_workspace
    from milestone_desktop.scheduled import explained, lines

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        row = activity_named(document.plan, chosen.activity, chosen.project)
        sentence, strip = explained(document.plan, document.plan[Project, row.project], row)
    if chosen.json:
        tell_json({"sentence": say(sentence), "segments": [{**segment, "name": say(segment["name"])} for segment in strip]})
    else:
        tell(*map(one_line, [say(sentence), *lines(strip, say)]))
    return 0


COMMANDS = (
    Command(
        "schedule",
        N_("compute early and late dates and slack of a project as JSON"),
        _schedule_arguments,
        _schedule,
        N_("The dates are computed in memory; the file stays as it is."),
    ),
    Command("explain", N_("say why an activity is when it is, and where its days go"), _explain_arguments, _explain),
)
