"""What a command is, as a row of a table, and the parser that reads it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from milestone_desktop.language import _, one_line

FOUND_FAULTS, CANNOT, INTERRUPTED = 1, 2, 130
"""Exit codes beside 0."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = _("{program}: {problem}; see “{program} --help”.").format(program=self.prog, problem=one_line(message))
        self.exit(CANNOT, f"{sentence}\n")


@dataclass(frozen=True, slots=True)
class Command:
    """purpose: one line for the list of commands; more: what else its own help tells; arguments: adds them to its parser;
    run: does it and gives the exit code."""

    name: str
    purpose: str
    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    more: str = ""


def parser_of(command: Command, commands: argparse._SubParsersAction[Parser]) -> Parser:
    """Adds a command to those that the program reads."""
    purpose = _(command.purpose)
    sentence = purpose[:1].upper() + purpose[1:] + "."
    more = _(command.more) if command.more else ""
    # Options are to be written in full, so that a script still means the same when a command gets another option.
    parser = commands.add_parser(
        command.name, help=purpose, description=f"{sentence} {more}".strip(), allow_abbrev=False
    )  # fmt: skip
    parser.set_defaults(run=command.run, parser=parser)
    command.arguments(parser)
    return parser


def file_argument(parser: argparse.ArgumentParser) -> None:
    """The workspace that a command only reads."""
    parser.add_argument("file", metavar="FILE", type=Path, help=_("the workspace; it is only read"))


def nothing(parser: argparse.ArgumentParser) -> None:
    """No arguments."""
