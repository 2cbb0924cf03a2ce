"""Who has a workspace open, and what happens to the one who comes second."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys

import pytest

from milestone_desktop import files
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Workspace
from milestone_desktop.store import lock
from milestone_desktop.store.lock import LockedError, acquire, lock_path, owner_of
from milestone_desktop.store.processes import process_namespace, process_start


@pytest.fixture
def opened(path, clock):
    document = files.new_workspace(path, clock)
    yield document
    document.close()


def lock_of(path, **changed) -> None:
    """Puts a lock file of another process beside the workspace."""
    owner = {
        "user": "ada",
        "host": platform.node(),
        "pid": 2**22 + 5,
        "started": "long ago",
        "namespace": process_namespace(),
        "since": "2026-03-01T08:30",
    }
    lock_path(path).write_text(json.dumps(owner | changed), encoding="utf-8")


@pytest.fixture
def closed(path, clock):
    files.new_workspace(path, clock).close()
    return path


def test_the_second_opener_is_told_who_has_it(opened, path, clock):
    with pytest.raises(LockedError) as caught:
        files.open_workspace(path, clock)
    owner = caught.value.owner
    assert owner is not None
    assert (owner.pid, owner.host) == (os.getpid(), platform.node())
    assert owner.since == "2026-03-02T09:00"
    assert "2026-03-02 09:00" in str(caught.value)
    assert owner.user in str(caught.value)
    assert owner_of(path) == owner


def test_the_second_may_read_and_see_what_the_first_writes(opened, path, clock):
    reader = files.open_workspace(path, clock, read_only=True)
    assert reader.read_only
    with opened.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="Written meanwhile")
    assert reader.storage.load() == opened.plan
    reader.close()
    assert lock_path(path).exists()


def test_the_second_may_take_a_copy(opened, path, clock, tmp_path):
    files.copy_workspace(path, tmp_path / "copy.milestones", clock)
    copy = files.open_workspace(tmp_path / "copy.milestones", clock)
    assert copy.plan == opened.plan
    copy.close()


def test_the_lock_goes_on_closing(path, clock):
    document = files.new_workspace(path, clock)
    assert lock_path(path).exists()
    document.close()
    document.close()
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_lock_whose_process_is_gone_is_taken_over_silently(closed, clock):
    lock_of(closed)
    document = files.open_workspace(closed, clock)
    assert owner_of(closed).pid == os.getpid()
    document.close()
    assert [each.name for each in closed.parent.iterdir()] == [closed.name]


def test_a_process_that_has_ended_is_gone(closed, clock):
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    lock_of(closed, pid=child.pid, started=process_start(child.pid))
    with pytest.raises(LockedError):
        files.open_workspace(closed, clock)
    child.communicate(b"\n")
    files.open_workspace(closed, clock).close()


def test_a_process_number_given_to_another_process_is_not_taken_for_the_owner(closed, clock):
    lock_of(closed, pid=os.getpid(), started="before the computer was last started")
    files.open_workspace(closed, clock).close()


@pytest.mark.parametrize("changed", [{"host": "elsewhere"}, {"namespace": "pid:[1]"}])
def test_a_lock_of_another_computer_or_container_is_asked_about(closed, clock, changed):
    lock_of(closed, **changed)
    before = lock_path(closed).read_bytes()
    with pytest.raises(LockedError, match="ada"):
        files.open_workspace(closed, clock)
    assert lock_path(closed).read_bytes() == before
    document = files.open_workspace(closed, clock, take_over=True)
    assert not document.read_only
    document.close()
    assert not lock_path(closed).exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"user": 1}', b"\xff\xfe", b"[" * 200_000])
def test_a_lock_that_cannot_be_read_is_asked_about(closed, clock, content):
    lock_path(closed).write_bytes(content)
    with pytest.raises(LockedError) as caught:
        files.open_workspace(closed, clock)
    assert caught.value.owner is None
    files.open_workspace(closed, clock, take_over=True).close()


def test_only_ones_own_lock_is_removed(path, clock):
    document = files.new_workspace(path, clock)
    lock_of(path, host="elsewhere")
    document.close()
    assert owner_of(path).host == "elsewhere"


def test_of_two_who_find_a_dead_lock_one_wins(closed, clock, monkeypatch):
    """The second comes between the first one's look at the dead lock and its taking over."""
    lock_of(closed)
    real = lock.is_gone
    winners = []

    def overtaken(owner):
        gone = real(owner)
        monkeypatch.setattr(lock, "is_gone", real)
        winners.append(acquire(closed, clock()))
        return gone

    monkeypatch.setattr(lock, "is_gone", overtaken)
    with pytest.raises(LockedError):
        acquire(closed, clock())
    assert owner_of(closed) is not None
    winners[0].release()
    assert [each.name for each in closed.parent.iterdir()] == [closed.name]


def test_a_workspace_that_fails_to_open_is_not_left_locked(closed, clock, monkeypatch):
    def broken(*arguments):
        raise PlanError("no")

    monkeypatch.setattr(files, "Document", broken)
    with pytest.raises(PlanError):
        files.open_workspace(closed, clock)
    assert not lock_path(closed).exists()


def test_process_start_is_known_only_of_processes_that_are_there():
    assert process_start(os.getpid()) == process_start(os.getpid()) != ""
    assert process_start(2**22 + 5) is None
    assert process_start(0) is None
