"""The commands that print and draw: report, picture."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import datetime
from pathlib import Path

from milestone_desktop.command_line.command import Command, file_argument
from milestone_desktop.command_line.output import note
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import _, say

PARTS = ("decisions", "roadmap", "milestones", "moves", "next", "log", "comments", "milestone-report")
"""What a report may hold, as in `reports.parts`."""

SMALLEST, LARGEST = 100, 20_000
"""Pixels that a side of a picture may have."""


def _report_arguments(report: argparse.ArgumentParser) -> None:
    file_argument(report)
    report.add_argument("out", metavar="OUT.pdf", type=Path, help=_("the PDF to write; an older one is replaced"))
    report.add_argument("--project", metavar="KEY", help=_("key of the project; needed where the file has several"))
    report.add_argument(
        "--status-date", metavar="DATE", help=_("judge as of this day instead of the project's status date or today")
    )
    report.add_argument("--lanes", action="store_true", help=_("show all work items in the roadmap, several on a row"))
    named = ", ".join(PARTS)
    report.add_argument(
        "--with", dest="more", metavar="PART", action="append", choices=PARTS, default=[],
        help=_("a part to have as well; may be given several times. Parts: {parts}").format(parts=named),
    )  # fmt: skip
    report.add_argument(
        "--without", dest="less", metavar="PART", action="append", choices=PARTS, default=[],
        help=_("a part to leave out; may be given several times. All but milestone-report are there if nothing is said"),
    )  # fmt: skip


def _report(chosen: argparse.Namespace) -> int:
    from milestone_desktop.files import open_workspace, write_status_report

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        remarks = write_status_report(
            document, chosen.out, chosen.project, chosen.status_date, _, lanes=chosen.lanes, more=chosen.more, less=chosen.less
        )
        for remark in remarks:
            note(say(remark))
    return 0


def _picture_arguments(picture: argparse.ArgumentParser) -> None:
    file_argument(picture)
    picture.add_argument(
        "out", metavar="OUT.png|OUT.svg", type=Path, help=_("the picture to write; an older one is replaced")
    )  # fmt: skip
    picture.add_argument("--project", metavar="KEY", help=_("key of a project; all projects if left out"))
    picture.add_argument(
        "--size", default="1600x900", metavar="WxH", help=_("width and height in pixels; 1600x900 if left out")
    )  # fmt: skip
    picture.add_argument("--lanes", action="store_true", help=_("put several items on one row where they do not overlap"))
    picture.add_argument("--theme", choices=("light", "dark"), default="light", help=_("colours; light if left out"))


def _picture(chosen: argparse.Namespace) -> int:
    size = _size(chosen.size)
    from milestone_desktop.desktop.pictures import write_picture
    from milestone_desktop.files import open_workspace

    with closing(open_workspace(chosen.file, datetime.now, read_only=True)) as document:
        write_picture(document, chosen.out, chosen.project, size, chosen.theme, lanes=chosen.lanes)
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


COMMANDS = (
    Command(
        "report",
        N_("print the status report of a project as PDF"),
        _report_arguments,
        _report,
        N_("Characters that no font can print become visible codes; each is named on stderr."),
    ),
    Command("picture", N_("draw the roadmap as a PNG or SVG picture"), _picture_arguments, _picture),
)
