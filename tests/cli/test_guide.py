"""The guide's page on commands is true to the program."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

import pytest

from milestone_desktop import cli

GUIDE = (Path(__file__).parents[2] / "docs" / "guide" / "commands.md").read_text("utf-8")
EXAMPLES = [line.strip() for line in GUIDE.splitlines() if line.startswith("    milestone-desktop")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood(example: str) -> None:
    words = shlex.split(example)[1:]
    opens = not words or words[0].endswith(".milestones")
    parser = cli._opening_parser() if opens and words else cli._parser()
    chosen, rest = parser.parse_known_args(words)
    assert rest == []
    assert (chosen.run is cli._open) == opens


def test_every_command_and_option_is_explained() -> None:
    assert len(EXAMPLES) >= 12
    parser = cli._parser()
    commands = next(action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in commands.items():
        section = GUIDE.split(f"\n## {name}\n", 1)[1].split("\n## ", 1)[0]
        for action in command._actions:
            for option in action.option_strings:
                assert option in section or option in ("-h", "--help"), (name, option)
