"""Measure the figures and print one JSON line for each: {"figure", "value", "unit", "runs"}.

Every module `bench_*.py` beside this file has a function

    figures() -> Iterable[tuple[str, str, Callable[[], float]]]

that gives a figure's name, its unit and a function which does one run and returns the value measured.
A figure is run once to warm up and then RUNS times; the median counts. Expensive preparation belongs into the first call
of that function (or a `functools.cache`), so that a figure not asked for costs nothing.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

DEFAULT_RUNS = 5
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """Something to measure: `run` does it once and returns the value in `unit`."""

    name: str
    unit: str
    run: Callable[[], float]


def report(name: str, what: str) -> None:
    """Say on stderr what went wrong, with the traceback of the exception at hand."""
    print(f"bench: {name}: {what}\n{traceback.format_exc()}", file=sys.stderr)


def found_figures(folder: Path) -> tuple[list[Figure], bool]:
    """Return the figures of every `bench_*.py` in `folder`, in order of name, and whether all modules could be read."""
    figures: list[Figure] = []
    complete = True
    for path in sorted(folder.glob("bench_*.py")):
        try:
            module = importlib.import_module(path.stem)
            figures += [Figure(name, unit, run) for name, unit, run in module.figures()]
        except Exception:  # noqa: BLE001 -- one module that cannot be read must not hide the figures of the others
            report(path.name, "cannot be read")
            complete = False
    return sorted(figures, key=lambda figure: figure.name), complete


def chosen(figures: Iterable[Figure], patterns: Sequence[str]) -> list[Figure]:
    """Return the figures whose name matches one of `patterns`; all of them if there is no pattern."""
    return [figure for figure in figures if not patterns or any(fnmatch(figure.name, pattern) for pattern in patterns)]


def measured(figure: Figure, runs: int) -> dict[str, object]:
    """Run `figure` once to warm up, then `runs` times, and return its line."""
    figure.run()
    values = [figure.run() for _ in range(runs)]
    return {"figure": figure.name, "value": round(statistics.median(values), DIGITS), "unit": figure.unit, "runs": runs}


def positive(text: str) -> int:
    """Read a number of runs."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def main(arguments: Sequence[str], folder: Path) -> int:
    """Measure what is asked for and return 1 if a module or a figure failed or nothing matches."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description="print one JSON line per measured figure (median)")
    parser.add_argument("--only", action="append", default=[], metavar="GLOB", help="figures to measure; may be repeated")
    parser.add_argument("--runs", type=positive, default=DEFAULT_RUNS, help=f"runs after the warm-up (default {DEFAULT_RUNS})")
    parser.add_argument("--list", action="store_true", help="print the names of the figures and measure none")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(folder))
    figures, complete = found_figures(folder)
    wanted = chosen(figures, options.only)
    if not wanted:
        print("bench: no figure of that name", file=sys.stderr)
        return 1
    for figure in wanted:
        if options.list:
            print(figure.name)
            continue
        try:
            print(json.dumps(measured(figure, options.runs)), flush=True)
        except Exception:  # noqa: BLE001 -- one figure that fails must not hide the others
            report(figure.name, "failed")
            complete = False
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent))
