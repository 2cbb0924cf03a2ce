"""The commands that look whether all is well: check, self-test."""

from __future__ import annotations

import argparse

from milestone_desktop.command_line.command import FOUND_FAULTS, Command, file_argument, nothing
from milestone_desktop.command_line.output import tell
from milestone_desktop.domain.messages import N_
from milestone_desktop.language import _, one_line, say


def _check(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import check

    findings = check(chosen.file)
    tell(*(one_line(say(finding)) for finding in findings) if findings else (_("ok"),))
    return FOUND_FAULTS if findings else 0


def _self_test(chosen: argparse.Namespace) -> int:
    from milestone_desktop.self_test import run

    return run()


COMMANDS = (
    Command(
        "check",
        N_("check a file: the database, its references, and that its journal leads to the same plan"),
        file_argument,
        _check,
    ),
    Command("self-test", N_("try the program out in a temporary folder"), nothing, _self_test),
)
