"""What happens to an exception that nobody caught: a person can mend a PlanError; anything else is our fault."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6 import __version__ as qt_version

from milestone_desktop import __version__
from milestone_desktop.desktop.words import say_error
from milestone_desktop.domain.messages import PlanError

log = logging.getLogger(__name__)


def install(inform: Callable[[str], None], report: Callable[[str], None]) -> Callable[[], None]:
    """Takes over `sys.excepthook`. inform: shows a sentence inline; report: shows a text worth sending to the makers.

    Returns the function that puts the old hook back.
    """
    before = sys.excepthook
    reporting = False

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal reporting
        if isinstance(error, PlanError):
            inform(say_error(error))
            return
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        log.error("unforeseen error", exc_info=(kind, error, trace))
        if not reporting:
            reporting = True
            try:
                report(report_text(error))
            finally:
                reporting = False

    def remove() -> None:
        sys.excepthook = before

    sys.excepthook = hook
    return remove


def report_text(error: BaseException) -> str:
    """What the makers need to know: versions and where it happened. Nothing of the plan is in it but what the error says."""
    lines = traceback.format_exception(error)
    return (
        f"Milestone Desktop {__version__}, Qt {qt_version}, Python {platform.python_version()}, {platform.platform()}\n\n"
        + "".join(lines)
    )
