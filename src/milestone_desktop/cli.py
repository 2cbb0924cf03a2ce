"""The command line: one command a line of the README, each through the same operations as the window.

Errors are one plain sentence on stderr and exit code 2; nothing is left half done. Heavy modules, Qt first of all, are
imported by the command that needs them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from milestone_desktop import __version__
from milestone_desktop.command_line import checks, following, pictures, plans, schedules
from milestone_desktop.command_line.command import CANNOT, INTERRUPTED, Parser, parser_of
from milestone_desktop.command_line.output import note, print_whatever_the_terminal_can
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import _, say_error, use_own_translations

NAME = "milestone-desktop"
SUFFIX = ".milestones"
COMMANDS = (*plans.COMMANDS, *schedules.COMMANDS, *following.COMMANDS, *pictures.COMMANDS, *checks.COMMANDS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, 1 where `check` or `self-test` found faults, 2 for an error that a
    person can mend. Arguments that cannot be understood end the program with exit code 2 (SystemExit)."""
    use_own_translations()
    print_whatever_the_terminal_can()
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except PlanError as error:
        note(_("milestone-desktop: {error}").format(error=say_error(error)))
        return CANNOT
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(words: list[str]) -> int:
    commands = {command.name for command in COMMANDS}
    # A first word that is neither a command nor an option is a file: `milestone-desktop plan.milestones` opens the window.
    opens = bool(words) and words[0] not in commands and not words[0].startswith("-")
    parser = _opening_parser() if opens else _parser()
    chosen, rest = parser.parse_known_args(words)
    if rest:
        chosen.parser.error(_("unrecognised arguments: {words}").format(words=" ".join(rest)))
    return int(chosen.run(chosen))


def _opening_parser() -> Parser:
    parser = Parser(prog=NAME, description=_("Open a workspace in the window."), allow_abbrev=False)
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; made if it is missing"))
    parser.set_defaults(run=_open, parser=parser)
    return parser


def _parser() -> Parser:
    parser = Parser(
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
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), prog=NAME, parser_class=Parser)
    for command in COMMANDS:
        parser_of(command, commands)
    return parser


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
