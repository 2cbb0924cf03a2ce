"""Draws every page, dialog and state of the window as PNG files, to be looked at: `shots DIR [--only GLOB]`.

What is drawn stands in `table.py`, one line a picture. No screen is needed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a folder: its own modules are found beside the other tools
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from shots.drawing import draw
from shots.table import SHOTS


def main() -> int:
    """Draws what the command line asks for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="shots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="names to draw, such as 'roadmap*' or '*-dark'")
    parser.add_argument("--list", action="store_true", help="only tell the names")
    parser.add_argument("--ratio", type=int, help=argparse.SUPPRESS)  # in a child: device pixels to a logical one
    arguments = parser.parse_args()
    return draw(SHOTS, arguments.folder, arguments.only, ratio=arguments.ratio, only_names=arguments.list)


if __name__ == "__main__":
    sys.exit(main())
