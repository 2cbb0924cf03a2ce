"""The bench runner: the shape of its lines, its filter, and what it says when a figure cannot be had."""

import itertools
import json
import sys
from pathlib import Path

import pytest

import bench
import measure

GOOD = """
VALUES = iter([99.0, 3.0, 1.0, 2.0, 7.0, 5.0, 9.0])


def figures():
    yield "alpha.one", "ms", lambda: next(VALUES)
    yield "beta", "MB", lambda: 4
"""
NAMES = itertools.count()


def write_module(folder: Path, text: str) -> None:
    """A module of a name not used before, because Python keeps the modules it has read."""
    (folder / f"bench_sample_{next(NAMES)}.py").write_text(text, encoding="utf-8")


@pytest.fixture(autouse=True)
def restored_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_line_is_the_median_after_a_warm_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_module(tmp_path, GOOD)
    assert bench.main(["--only", "alpha.*"], tmp_path) == 0
    assert lines(capsys) == [{"figure": "alpha.one", "value": 3.0, "unit": "ms", "runs": 5}]


def test_several_patterns_and_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_module(tmp_path, GOOD)
    assert bench.main(["--only", "alpha.*", "--only", "beta", "--runs", "1"], tmp_path) == 0
    assert lines(capsys) == [
        {"figure": "alpha.one", "value": 3.0, "unit": "ms", "runs": 1},
        {"figure": "beta", "value": 4, "unit": "MB", "runs": 1},
    ]


def test_a_module_that_cannot_be_read_is_told_and_hides_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_module(tmp_path, "import a_module_that_is_not_there")
    write_module(tmp_path, GOOD)
    assert bench.main(["--only", "beta"], tmp_path) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["figure"] == "beta"
    assert "a_module_that_is_not_there" in captured.err


def test_a_figure_that_fails_is_told_and_hides_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_module(tmp_path, 'def figures():\n    yield "a.broken", "ms", lambda: 1 / 0\n    yield "b", "ms", lambda: 1.0\n')
    assert bench.main([], tmp_path) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["figure"] for line in captured.out.splitlines()] == ["b"]
    assert "ZeroDivisionError" in captured.err


def test_a_pattern_without_a_figure_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_module(tmp_path, GOOD)
    assert bench.main(["--only", "gamma"], tmp_path) == 1
    assert capsys.readouterr().err == "bench: no figure of that name\n"


@pytest.mark.parametrize("runs", ["0", "-1", "many"])
def test_runs_must_be_a_positive_number(tmp_path: Path, runs: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench.main(["--runs", runs], tmp_path)
    assert stopped.value.code == 2


def test_processor_time_counts_work_and_not_waiting() -> None:
    assert measure.cpu_ms(lambda: sum(range(300_000))) > 0
    use = measure.child_use([sys.executable, "-c", "x = bytearray(60_000_000)"])
    assert use.cpu_ms > 0
    assert use.peak_mb > 55


def test_a_child_reads_what_is_added_to_the_environment() -> None:
    code = "import os, sys; sys.exit(os.environ['MEASURE_SAMPLE'] != 'yes')"
    assert measure.child_cpu_ms([sys.executable, "-c", code], {"MEASURE_SAMPLE": "yes"}) > 0
    with pytest.raises(measure.ChildFailedError, match="ended with 3"):
        measure.child_peak_mb([sys.executable, "-c", "raise SystemExit(3)"])
