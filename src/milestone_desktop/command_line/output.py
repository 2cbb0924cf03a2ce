"""What commands print: lines and JSON on stdout, notes on stderr, whatever the terminal can show."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any, TextIO

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.language import one_line


def tell_json(data: Any) -> None:
    """Prints JSON, which is UTF-8; where the output is in another encoding, plain ASCII with escapes is right in both."""
    is_utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "").replace("_", "") == "utf8"
    tell(json.dumps(data, ensure_ascii=not is_utf8, indent=2))


def tell(*lines: str) -> None:
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


def note(text: str) -> None:
    """Prints one line on stderr."""
    print(one_line(text), file=sys.stderr)


def print_whatever_the_terminal_can() -> None:
    """A title in a script that the terminal's encoding lacks is shown as codes; it never ends a command."""
    streams: tuple[TextIO, ...] = (sys.stdout, sys.stderr)
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _give_up_output() -> None:
    """What is still waiting to be written would fail again, and be complained about, when Python ends."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
