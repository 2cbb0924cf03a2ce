"""The command line: one command a line of the README, each through the same operations as the window.

Errors are one plain sentence on stderr and exit code 2; nothing is left half done.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from milestone_desktop import __version__
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import _, say, say_error, use_own_translations

COMMANDS = ("new", "import", "list", "report", "picture", "check", "self-test")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, 1 where `check` found faults, 2 for an error a person can mend."""
    use_own_translations()
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    # A word that is no command is a file to open, so that `milestone-desktop plan.milestones` opens the window.
    if not any(word in (*COMMANDS, "-h", "--help", "--version") for word in words[:1]):
        words.insert(0, "open")
    chosen = parser.parse_args(words)
    try:
        return int(chosen.run(chosen))
    except PlanError as error:
        print(_("milestone-desktop: {error}").format(error=say_error(error)), file=sys.stderr)
        return 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, _("milestone-desktop: {problem} (see “{program} --help”)\n").format(problem=message, program=self.prog))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="milestone-desktop",
        description=_("Plan project milestones: when will we reach them, what moved, what to do about it."),
        epilog=_("Without a command, opens the window: milestone-desktop [FILE]. A file ends in .milestones."),
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True, parser_class=_Parser)

    opening = commands.add_parser("open", help=_("open the window (the default)"))
    opening.add_argument("file", nargs="?", type=Path, help=_("the workspace; without it, the one open last"))
    opening.set_defaults(run=_open)

    new = commands.add_parser("new", help=_("make a workspace with one project from a template"))
    new.add_argument("file", type=Path, help=_("the workspace to make"))
    new.add_argument(
        "--template", default="lifecycle", help=_("lifecycle (default), software-release, event, research-grant, blank")
    )
    new.add_argument("--title", required=True, help=_("title of the project"))
    new.add_argument("--key", help=_("key of the project, such as AUR; made from the title if left out"))
    new.add_argument("--kickoff", help=_("first day, such as 2027-03-01 or “next mon”; today if left out"))
    new.set_defaults(run=_new)

    bring = commands.add_parser("import", help=_("add a project from another program's file"))
    bring.add_argument("source", type=Path, help=_("an MS Project XML file"))
    bring.add_argument("file", type=Path, help=_("the workspace; made if it is missing"))
    bring.add_argument("--key", help=_("key of the project; made from the title if left out"))
    bring.set_defaults(run=_import)

    listing = commands.add_parser("list", help=_("projects and milestones with dates, status, progress, health"))
    listing.add_argument("file", type=Path)
    listing.add_argument("--json", action="store_true", help=_("as JSON"))
    listing.set_defaults(run=_list)

    report = commands.add_parser("report", help=_("print the status report of a project"))
    report.add_argument("file", type=Path)
    report.add_argument("out", type=Path, metavar="OUT.pdf")
    report.add_argument("--project", metavar="KEY", help=_("needed where the file has several projects"))
    report.add_argument("--status-date", metavar="DATE", help=_("judge as of this day instead of the project's status date"))
    report.set_defaults(run=_report)

    picture = commands.add_parser("picture", help=_("draw the roadmap as a picture"))
    picture.add_argument("file", type=Path)
    picture.add_argument("out", type=Path, metavar="OUT.png|OUT.svg")
    picture.add_argument("--project", metavar="KEY", help=_("one project only"))
    picture.add_argument("--size", default="1600x900", metavar="WxH", help=_("in pixels, such as 1600x900"))
    picture.add_argument("--theme", choices=("light", "dark"), default="light")
    picture.set_defaults(run=_picture)

    check = commands.add_parser(
        "check", help=_("check a file: database, references, and that its journal replays to the same plan")
    )
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check)

    test = commands.add_parser("self-test", help=_("try the program out in a temporary folder"))
    test.set_defaults(run=_self_test)
    return parser


def _open(chosen: argparse.Namespace) -> int:
    from milestone_desktop.desktop.app import run

    return run(chosen.file, datetime.now)


def _new(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import new_from_template

    new_from_template(chosen.file, datetime.now, chosen.template, chosen.title, chosen.key, chosen.kickoff).close()
    return 0


def _import(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import import_into

    result = import_into(chosen.source, chosen.file, datetime.now, chosen.key)
    for finding in result.findings:
        print(say(finding))
    return 0


def _list(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import open_workspace
    from milestone_desktop.listing import lines, listing

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        data = listing(document.plan, document.receipts(), document.today)
    print(json.dumps(data, ensure_ascii=False, indent=2) if chosen.json else "\n".join(lines(data)))
    return 0


def _report(chosen: argparse.Namespace) -> int:
    from milestone_desktop.domain.dates import read_day
    from milestone_desktop.files import open_workspace, write_status_report

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        day = read_day(chosen.status_date, document.today)[0] if chosen.status_date is not None else None
        for note in write_status_report(document, chosen.out, chosen.project, day, _):
            print(say(note), file=sys.stderr)
    return 0


def _picture(chosen: argparse.Namespace) -> int:
    from milestone_desktop.desktop.pictures import write_picture
    from milestone_desktop.files import open_workspace

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        write_picture(document, chosen.out, chosen.project, _size(chosen.size), chosen.theme)
    return 0


def _size(text: str) -> tuple[int, int]:
    width, separator, height = text.lower().partition("x")
    if not (
        separator and width.isdecimal() and height.isdecimal() and 100 <= int(width) <= 20_000 and 100 <= int(height) <= 20_000
    ):
        raise PlanError(
            N_("“{size}” is not a size."), N_("Give width and height in pixels, such as 1600x900 (100 to 20000 each)."), size=text
        )
    return int(width), int(height)


def _check(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import check

    findings = check(chosen.file)
    for finding in findings:
        print(say(finding))
    if not findings:
        print(_("ok"))
    return 1 if findings else 0


def _self_test(chosen: argparse.Namespace) -> int:
    from milestone_desktop.self_test import run

    return run()
