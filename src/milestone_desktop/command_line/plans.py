"""The commands that make and fill workspaces and list what is in them: new, import, list."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import datetime
from pathlib import Path

from milestone_desktop.command_line.command import Command, file_argument
from milestone_desktop.command_line.output import tell, tell_json
from milestone_desktop.domain.messages import N_
from milestone_desktop.language import _, one_line, say


def _new_arguments(new: argparse.ArgumentParser) -> None:
    new.add_argument("file", metavar="FILE", type=Path, help=_("the workspace to make; an existing file is never overwritten"))
    new.add_argument(
        "--template",
        metavar="NAME",
        default="lifecycle",
        help=_("lifecycle (used if left out), software-release, event, research-grant or blank"),
    )
    new.add_argument("--title", required=True, help=_("title of the project"))
    new.add_argument("--key", help=_("key of the project, such as AUR; made from the title if left out"))
    new.add_argument(
        "--kickoff", metavar="DATE", help=_("first day, such as 2027-03-01 or “next mon”; today if left out")
    )  # fmt: skip


def _new(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import new_from_template

    new_from_template(chosen.file, datetime.now, chosen.template, chosen.title, chosen.key, chosen.kickoff).close()
    return 0


def _import_arguments(bring: argparse.ArgumentParser) -> None:
    bring.add_argument("source", metavar="SOURCE", type=Path, help=_("a Microsoft Project XML file"))
    bring.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; made if it is missing"))
    bring.add_argument("--key", help=_("key of the project, such as AUR; made from the title if left out"))


def _import(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import import_into

    project, result = import_into(chosen.source, chosen.file, datetime.now, chosen.key)
    counts = result.counts
    summary = _("Rows: {tasks}, milestones among them: {milestones}. Links: {links}. Baselines: {baselines}.").format(
        tasks=counts["tasks"], milestones=counts["milestones"], links=counts["links"], baselines=counts["baselines"]
    )
    findings = [one_line(say(finding)) for finding in result.findings]
    tell(one_line(f"{project.key}  {project.title}"), summary, *findings)
    return 0


def _list_arguments(listing: argparse.ArgumentParser) -> None:
    file_argument(listing)
    listing.add_argument("--json", action="store_true", help=_("everything as JSON, for other programs"))


def _list(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import open_workspace
    from milestone_desktop.listing import lines, listing

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        data = listing(document.plan, document.receipts(), document.today, document.schedule())
    if chosen.json:
        tell_json(data)
    else:
        tell(*map(one_line, lines(data)))
    return 0


COMMANDS = (
    Command("new", N_("make a workspace with one project from a template"), _new_arguments, _new),
    Command(
        "import",
        N_("add a project from another program's file"),
        _import_arguments,
        _import,
        N_("Prints the key of the new project, and then what of the source was not understood or had to be changed."),
    ),
    Command(
        "list",
        N_("show projects and milestones with dates, status, progress and health"),
        _list_arguments,
        _list,
        N_("A milestone's line: code, title, planned date, status, progress, health."),
    ),
)
