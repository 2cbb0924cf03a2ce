"""A folder that takes no files: reading goes on as always, writing is refused in one sentence."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from command_line import Result, everything_in, in_process

PR_CAPBSET_DROP = 24
AsReader = Callable[..., Result]


@pytest.fixture
def closed(plan: Path, source: Path) -> Iterator[Path]:
    """A folder with a workspace and a plan to import that only its owner, who is not us, could change."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(plan, folder / "plan.milestones")
    shutil.copy(source, folder / "small.xml")
    (folder / "old.pdf").write_bytes(b"older")
    for each in folder.iterdir():
        each.chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def as_reader() -> AsReader:
    """Runs a command as somebody to whom a folder can be closed; to root it is only without the right to override that."""
    if os.name == "nt":
        pytest.skip("folders are not closed in this way on this system")
    if os.geteuid() != 0:
        return in_process
    if not sys.platform.startswith("linux"):
        pytest.skip("nothing is forbidden to root")
    return lambda *words: in_process(*words, before=give_up_overriding)


def give_up_overriding() -> None:
    """Takes CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH from the program that this process is about to become."""
    library = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2):
        if library.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "the right to override permissions cannot be given up")


def test_the_folder_is_closed(as_reader: AsReader, closed: Path) -> None:
    """Else the tests below would pass for the wrong reason."""
    code = f"open({str(closed / 'new')!r}, 'w')"
    how = {"preexec_fn": give_up_overriding} if os.geteuid() == 0 else {}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, **how)
    assert "PermissionError" in done.stderr


def test_reading(as_reader: AsReader, closed: Path, tmp_path: Path) -> None:
    before = everything_in(closed)
    for words in (["list"], ["list", "--json"], ["check"]):
        told = as_reader(words[0], closed / "plan.milestones", *words[1:])
        assert (told.code, told.err) == (0, ""), told
    assert everything_in(closed) == before


@pytest.mark.parametrize(
    "words",
    [
        ["new", "new.milestones", "--title", "A"],
        ["new", "plan.milestones", "--title", "A"],
        ["import", "small.xml", "new.milestones"],
        ["import", "small.xml", "plan.milestones"],
        ["report", "plan.milestones", "new.pdf"],
        ["report", "plan.milestones", "old.pdf"],
        ["picture", "plan.milestones", "new.svg"],
        ["picture", "plan.milestones", "new.png"],
    ],
    ids=" ".join,
)
def test_writing(as_reader: AsReader, closed: Path, words: list[str]) -> None:
    before = everything_in(closed)
    told = as_reader(*(closed / word if "." in word else word for word in words))
    assert told.refused()
    assert everything_in(closed) == before
