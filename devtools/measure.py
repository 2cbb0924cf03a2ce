"""What the figures of `dev.py bench` are measured with: processor time and memory, of this process and of children."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

PEAK_UNITS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, KiB elsewhere


class ChildFailedError(Exception):
    """A measured child did not end well, so its figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class ChildUse:
    """What a child process used: processor time in ms (user + system) and its largest resident memory in MB."""

    cpu_ms: float
    peak_mb: float


def cpu_ms(function: Callable[[], object]) -> float:
    """Return the processor time in ms, user + system of all threads, that one call of `function` takes."""
    before = time.process_time()
    function()
    return (time.process_time() - before) * 1000


def wall_ms(function: Callable[[], object]) -> float:
    """Return the time in ms that passes during one call of `function`, waiting for the disk included."""
    before = time.perf_counter()
    function()
    return (time.perf_counter() - before) * 1000


def child_use(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> ChildUse:
    """Run a child to its end and return what it and the children it waited for used.

    `environment` is added to this process's own. Raises ChildFailedError if the child ends with another code than 0.
    """
    child = subprocess.Popen(list(arguments), env={**os.environ, **(environment or {})}, stdout=subprocess.DEVNULL)
    _, status, use = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise ChildFailedError(f"{' '.join(arguments)} ended with {child.returncode}")
    return ChildUse(cpu_ms=(use.ru_utime + use.ru_stime) * 1000, peak_mb=use.ru_maxrss / PEAK_UNITS_PER_MB)


def child_cpu_ms(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Return the processor time in ms, user + system, of a child process from its start to its end."""
    return child_use(arguments, environment).cpu_ms


def child_peak_mb(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Return the largest resident memory in MB of a child process."""
    return child_use(arguments, environment).peak_mb
