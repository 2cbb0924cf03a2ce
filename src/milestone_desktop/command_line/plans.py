"""The commands that make and fill workspaces and list what is in them: new, import, list."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from milestone_desktop.command_line.command import Command, file_argument
from milestone_desktop.command_line.output import tell, tell_json
from milestone_desktop.domain.instants import day_of, day_to_iso
from milestone_desktop.domain.messages import N_, Message
from milestone_desktop.language import _, one_line, say

if TYPE_CHECKING:
    from milestone_desktop.document.differences import Difference, Told
    from milestone_desktop.document.recompute import Move


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
    bring.add_argument("source", metavar="SOURCE", type=Path, help=_("a Microsoft Project or Primavera P6 XML file"))
    bring.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; made if it is missing"))
    bring.add_argument("--key", help=_("key of the new project, such as AUR; made from the title if left out"))
    bring.add_argument(
        "--update", metavar="KEY", help=_("bring the project with this key, which came from the file, up to date instead")
    )
    bring.add_argument("--delete-gone", action="store_true", help=_("with --update: delete rows that the file no longer holds"))
    bring.add_argument("--dry-run", action="store_true", help=_("with --update: only list what would change and move"))


def _import(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import import_into

    if chosen.update is not None:
        return _update(chosen)
    if chosen.delete_gone or chosen.dry_run:
        chosen.parser.error(_("--delete-gone and --dry-run need --update KEY"))
    project, result = import_into(chosen.source, chosen.file, datetime.now, chosen.key)
    counts = result.counts
    summary = _("Rows: {tasks}, milestones among them: {milestones}. Links: {links}. Baselines: {baselines}.").format(
        tasks=counts["tasks"], milestones=counts["milestones"], links=counts["links"], baselines=counts["baselines"]
    )
    findings = [one_line(say(finding)) for finding in result.findings]
    tell(one_line(f"{project.key}  {project.title}"), summary, *findings)
    return 0


def _update(chosen: argparse.Namespace) -> int:
    """Lists what changes and what moves, the dates last."""
    from milestone_desktop.files import import_again

    if chosen.key is not None:
        chosen.parser.error(_("--key names a new project; with --update there is none"))
    found = import_again(
        chosen.source, chosen.file, datetime.now, chosen.update, delete_gone=chosen.delete_gone, only_look=chosen.dry_run
    )
    result, moves = found.result, found.trial.moves
    summary = _("Changes: {changes}. Dates that move: {moves}. Rows that the file no longer holds: {gone}.").format(
        changes=len(result.differences), moves=len(moves), gone=result.gone
    )
    note = [_("Nothing was written.")] if chosen.dry_run else []
    lines = [*map(_difference, result.differences), *map(_move, moves), *(say(finding) for finding in result.findings)]
    tell(one_line(f"{found.project.key}  {found.project.title}"), summary, *note, *map(one_line, lines))
    return 0


def _difference(found: Difference) -> str:
    old, new = _told(found.old), _told(found.new)
    told = f"{found.title}: {say(found.what)}"
    return told if found.old is None and found.new is None else f"{told}  {old} → {new}"


def _told(side: Told) -> str:
    if side is None or isinstance(side, str):
        return side or "—"
    return say(side) if isinstance(side, Message) else day_to_iso(day_of(side))


def _move(move: Move) -> str:
    old, new = (_told(moment) for moment in (move.old_end, move.new_end))
    if old == new:
        old, new = (_told(moment) for moment in (move.old_start, move.new_start))
    days = "" if move.working_days is None else _("{days:+d} wd").format(days=move.working_days)
    return f"{move.title}  {old} → {new}  {days}".rstrip()


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
        N_("add a project from another program's file, or bring one up to date from it"),
        _import_arguments,
        _import,
        N_("Prints the key of the project, and then what of the source was not understood or had to be changed."),
    ),
    Command(
        "list",
        N_("show projects and milestones with dates, status, progress and health"),
        _list_arguments,
        _list,
        N_("A milestone's line: code, title, planned date, status, progress, health."),
    ),
)
