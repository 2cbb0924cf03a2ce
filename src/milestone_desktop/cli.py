"""The command line: one command a line of the README, each through the same operations as the window.

Errors are one plain sentence on stderr and exit code 2; nothing is left half done. Heavy modules, Qt first of all, are
imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from milestone_desktop import __version__
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import _, one_line, say, say_error, use_own_translations

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["_Parser"]

NAME = "milestone-desktop"
SUFFIX = ".milestones"
FOUND_FAULTS, CANNOT, INTERRUPTED = 1, 2, 130
SMALLEST, LARGEST = 100, 20_000
"""Pixels that a side of a picture may have."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, 1 where `check` or `self-test` found faults, 2 for an error that a
    person can mend. Arguments that cannot be understood end the program with exit code 2 (SystemExit)."""
    use_own_translations()
    _print_whatever_the_terminal_can()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except PlanError as error:
        print(_("milestone-desktop: {error}").format(error=one_line(say_error(error))), file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(words: list[str]) -> int:
    commands = {"new", "import", "list", "schedule", "explain", "report", "picture", "check", "self-test"}
    # A first word that is neither a command nor an option is a file: `milestone-desktop plan.milestones` opens the window.
    opens = bool(words) and words[0] not in commands and not words[0].startswith("-")
    parser = _opening_parser() if opens else _parser()
    chosen, rest = parser.parse_known_args(words)
    if rest:
        chosen.parser.error(_("unrecognised arguments: {words}").format(words=" ".join(rest)))
    return int(chosen.run(chosen))


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = _("{program}: {problem}; see “{program} --help”.").format(program=self.prog, problem=one_line(message))
        self.exit(CANNOT, f"{sentence}\n")


def _opening_parser() -> _Parser:
    parser = _Parser(prog=NAME, description=_("Open a workspace in the window."), allow_abbrev=False)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; made if it is missing"))
    parser.set_defaults(run=_open, parser=parser)
    return parser


def _parser() -> _Parser:
    parser = _Parser(
        prog=NAME,
        usage=f"{NAME} [FILE]\n       {NAME} [-h] [--version] {_('COMMAND')} …",
        description=_("Plan project milestones: when will we reach them, what moved, what to do about it."),
        epilog=_(
            "With a FILE, or without anything, opens the window. “{name} COMMAND --help” tells more. A workspace may have any "
            "name; {suffix} is the usual ending. Exit code: 0 all went well, 1 a check found faults, 2 an error."
        ).format(name=NAME, suffix=SUFFIX),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    parser.set_defaults(run=_open, file=None, parser=parser)
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), prog=NAME, parser_class=_Parser)
    _add_new(commands)
    _add_import(commands)
    _add_list(commands)
    _add_schedule(commands)
    _add_explain(commands)
    _add_report(commands)
    _add_picture(commands)
    check = _add(
        commands, "check", _("check a file: the database, its references, and that its journal leads to the same plan"), _check
    )
    _add_file(check)
    _add(commands, "self-test", _("try the program out in a temporary folder"), _self_test)
    return parser


def _add(
    commands: Commands, name: str, purpose: str, run: Callable[[argparse.Namespace], int], more: str = ""
) -> argparse.ArgumentParser:
    """A command. purpose: one line for the list of commands; more: what else its own help tells."""
    sentence = purpose[:1].upper() + purpose[1:] + "."
    # Options are to be written in full, so that a script still means the same when a command gets another option.
    command = commands.add_parser(name, help=purpose, description=f"{sentence} {more}".strip(), allow_abbrev=False)
    command.set_defaults(run=run, parser=command)
    return command


def _add_file(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; it is only read"))


def _add_new(commands: Commands) -> None:
    new = _add(commands, "new", _("make a workspace with one project from a template"), _new)
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


def _add_import(commands: Commands) -> None:
    more = _("Prints the key of the new project, and then what of the source was not understood or had to be changed.")
    bring = _add(commands, "import", _("add a project from another program's file"), _import, more)
    bring.add_argument("source", metavar="SOURCE", type=Path, help=_("a Microsoft Project XML file"))
    bring.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; made if it is missing"))
    bring.add_argument("--key", help=_("key of the project, such as AUR; made from the title if left out"))


def _add_list(commands: Commands) -> None:
    more = _("A milestone's line: code, title, planned date, status, progress, health.")
    listing = _add(commands, "list", _("show projects and milestones with dates, status, progress and health"), _list, more)
    _add_file(listing)
    listing.add_argument("--json", action="store_true", help=_("everything as JSON, for other programs"))


def _add_schedule(commands: Commands) -> None:
    more = _("The dates are computed in memory; the file stays as it is.")
    schedule = _add(commands, "schedule", _("compute early and late dates and slack of a project as JSON"), _schedule, more)
    schedule.add_argument("file", metavar="FILE_OR_PLAN", type=Path, help=_("a workspace, or any file that can be imported"))
    schedule.add_argument("--json", metavar="OUT", required=True, help=_("the file to write; “-” for standard output"))
    schedule.add_argument("--project", metavar="KEY", help=_("key of the project; needed where the file has several"))


def _add_explain(commands: Commands) -> None:
    explain = _add(commands, "explain", _("say why an activity is when it is, and where its days go"), _explain)
    _add_file(explain)
    explain.add_argument("activity", metavar="CODE|KEY-N", help=_("a milestone's code or a work item's key"))
    explain.add_argument("--project", metavar="KEY", help=_("key of the project; needed where a code is not enough"))
    explain.add_argument("--json", action="store_true", help=_("sentence and segments as JSON"))


def _add_report(commands: Commands) -> None:
    more = _("Characters that no font can print become visible codes; each is named on stderr.")
    report = _add(commands, "report", _("print the status report of a project as PDF"), _report, more)
    _add_file(report)
    report.add_argument("out", metavar="OUT.pdf", type=Path, help=_("the PDF to write; an older one is replaced"))
    report.add_argument("--project", metavar="KEY", help=_("key of the project; needed where the file has several"))
    report.add_argument(
        "--status-date", metavar="DATE", help=_("judge as of this day instead of the project's status date or today")
    )


def _add_picture(commands: Commands) -> None:
    picture = _add(commands, "picture", _("draw the roadmap as a PNG or SVG picture"), _picture)
    _add_file(picture)
    picture.add_argument(
        "out", metavar="OUT.png|OUT.svg", type=Path, help=_("the picture to write; an older one is replaced")
    )  # fmt: skip
    picture.add_argument("--project", metavar="KEY", help=_("key of a project; all projects if left out"))
    picture.add_argument(
        "--size", default="1600x900", metavar="WxH", help=_("width and height in pixels; 1600x900 if left out")
    )  # fmt: skip
    picture.add_argument("--theme", choices=("light", "dark"), default="light", help=_("colours; light if left out"))


def _open(chosen: argparse.Namespace) -> int:
    path: Path | None = chosen.file
    if path is not None and not path.exists():
        _check_can_be_made(path)
    if sys.platform.startswith("linux") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))):
        raise PlanError(
            N_("There is no screen to open the window on."), N_("“milestone-desktop --help” lists commands that need none.")
        )
    from milestone_desktop.desktop.app import run

    return run(path, datetime.now)


def _check_can_be_made(path: Path) -> None:
    """A missing workspace is made by the window, but a mistyped command or folder is not to leave files behind."""
    if path.suffix.lower() != SUFFIX:
        raise PlanError(
            N_("There is neither a command nor a file “{word}”."),
            N_("“milestone-desktop --help” lists the commands; a new workspace needs the ending {suffix}."),
            word=str(path),
            suffix=SUFFIX,
        )
    if not path.parent.is_dir():
        raise PlanError(
            N_("The folder “{folder}” does not exist."), N_("Make it first, or choose another one."), folder=str(path.parent)
        )


def _new(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import new_from_template

    new_from_template(chosen.file, datetime.now, chosen.template, chosen.title, chosen.key, chosen.kickoff).close()
    return 0


def _import(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import import_into

    project, result = import_into(chosen.source, chosen.file, datetime.now, chosen.key)
    counts = result.counts
    summary = _("Rows: {tasks}, milestones among them: {milestones}. Links: {links}. Baselines: {baselines}.").format(
        tasks=counts["tasks"], milestones=counts["milestones"], links=counts["links"], baselines=counts["baselines"]
    )
    findings = [one_line(say(finding)) for finding in result.findings]
    _tell(one_line(f"{project.key}  {project.title}"), summary, *findings)
    return 0


def _list(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import open_workspace
    from milestone_desktop.listing import lines, listing

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        data = listing(document.plan, document.receipts(), document.today)
    if chosen.json:
        _tell_json(data)
    else:
        _tell(*map(one_line, lines(data)))
    return 0


def _schedule(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import chosen_project, plan_of, write_whole
    from milestone_desktop.scheduled import scheduled

    plan = plan_of(chosen.file, datetime.now)
    found = scheduled(plan, chosen_project(plan, chosen.project))
    if chosen.json == "-":
        _tell_json(found)
    elif Path(chosen.json).exists() and Path(chosen.json).samefile(chosen.file):
        raise PlanError(N_("“{name}” is the plan itself and was left as it is."), N_("Choose another name."), name=chosen.json)
    else:
        write_whole(Path(chosen.json), f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode())
    return 0


def _explain(chosen: argparse.Namespace) -> int:
    from milestone_desktop.document.operations.find import activity_named
    from milestone_desktop.domain.projects import Project
    from milestone_desktop.files import open_workspace
    from milestone_desktop.scheduled import explained, lines

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        row = activity_named(document.plan, chosen.activity, chosen.project)
        sentence, strip = explained(document.plan, document.plan[Project, row.project], row)
    if chosen.json:
        _tell_json({"sentence": say(sentence), "segments": [{**segment, "name": say(segment["name"])} for segment in strip]})
    else:
        _tell(*map(one_line, [say(sentence), *lines(strip, say)]))
    return 0


def _report(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import open_workspace, write_status_report

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        for note in write_status_report(document, chosen.out, chosen.project, chosen.status_date, _):
            print(one_line(say(note)), file=sys.stderr)
    return 0


def _picture(chosen: argparse.Namespace) -> int:
    size = _size(chosen.size)
    from milestone_desktop.desktop.pictures import write_picture
    from milestone_desktop.files import open_workspace

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        write_picture(document, chosen.out, chosen.project, size, chosen.theme)
    return 0


def _size(text: str) -> tuple[int, int]:
    width, _times, height = text.lower().partition("x")
    sides = [int(side) if side.isascii() and side.isdecimal() and len(side) <= 5 else 0 for side in (width, height)]
    if not all(SMALLEST <= side <= LARGEST for side in sides):
        raise PlanError(
            N_("“{size}” is not a size."),
            N_("Give width and height in pixels, such as 1600x900 ({least} to {most} each)."),
            size=text,
            least=SMALLEST,
            most=LARGEST,
        )
    return sides[0], sides[1]


def _check(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import check

    findings = check(chosen.file)
    _tell(*(one_line(say(finding)) for finding in findings) if findings else (_("ok"),))
    return FOUND_FAULTS if findings else 0


def _self_test(chosen: argparse.Namespace) -> int:
    from milestone_desktop.self_test import run

    return run()


def _tell_json(data: Any) -> None:
    """Prints JSON, which is UTF-8; where the output is in another encoding, plain ASCII with escapes is right in both."""
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "").replace("_", "") == "utf8"
    _tell(json.dumps(data, ensure_ascii=not is_utf8, indent=2))


def _tell(*lines: str) -> None:
    """Prints lines on stdout. Raises PlanError where they cannot be written; a reader who has seen enough is no error."""
    if sys.stdout is None:  # closed by whoever started the program
        return
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        _give_up_output()
    except OSError as error:
        _give_up_output()
        raise PlanError(N_("The output cannot be written: {reason}."), reason=error.strerror or type(error).__name__) from error


def _give_up_output() -> None:
    """What is still waiting to be written would fail again, and be complained about, when Python ends."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _print_whatever_the_terminal_can() -> None:
    """A title in a script that the terminal's encoding lacks is shown as codes; it never ends a command."""
    streams: tuple[TextIO, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
