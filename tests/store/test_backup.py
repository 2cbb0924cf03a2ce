"""Copies of a workspace: whole, in one step, never over something by accident."""

from __future__ import annotations

import os
import random

import pytest

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.store.lock import LockedError
from milestone_desktop.store.workspace_file import create
from plan_factory import random_plan
from random_edits import random_edit


@pytest.fixture
def document(path, clock):
    rng = random.Random(6)
    create(path, random_plan(rng, 20), clock())
    opened = files.open_workspace(path, clock)
    for _ in range(5):
        random_edit(rng, opened)
    yield opened
    opened.close()


def test_a_copy_has_plan_and_history(document, tmp_path, clock):
    target = tmp_path / "copy.milestones"
    files.save_copy(document, target)
    copy = files.open_workspace(target, clock)
    assert copy.plan == document.plan
    assert copy.storage.lines() == document.storage.lines()
    copy.undo()
    assert copy.plan != document.plan
    copy.close()
    assert files.check(target) == []
    assert target.stat().st_mode & 0o777 == 0o666 & ~current_umask()


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_a_name_that_is_taken_needs_a_yes(document, tmp_path, clock):
    target = tmp_path / "copy.milestones"
    target.write_bytes(b"mine")
    with pytest.raises(PlanError, match="exists already"):
        files.save_copy(document, target)
    assert target.read_bytes() == b"mine"
    files.save_copy(document, target, overwrite=True)
    assert files.check(target) == []
    assert sorted(tmp_path.glob(".~copy*")) == []


def test_the_file_itself_is_no_copy(document, path, tmp_path):
    with pytest.raises(PlanError, match="another name"):
        files.save_copy(document, path, overwrite=True)
    link = tmp_path / "link.milestones"
    link.symlink_to(path)
    with pytest.raises(PlanError, match="another name"):
        files.save_copy(document, link, overwrite=True)
    assert files.check(path) == []


def test_a_workspace_that_is_open_is_not_overwritten(document, tmp_path, clock):
    other = files.new_workspace(tmp_path / "other.milestones", clock)
    with pytest.raises(LockedError):
        files.save_copy(document, tmp_path / "other.milestones", overwrite=True)
    other.close()


def test_a_folder_that_is_not_there(document, tmp_path):
    with pytest.raises(PlanError, match="does not exist"):
        files.save_copy(document, tmp_path / "no" / "copy.milestones")


def test_a_read_only_document_can_be_copied(document, path, tmp_path, clock):
    reader = files.open_workspace(path, clock, read_only=True)
    files.save_copy(reader, tmp_path / "copy.milestones")
    assert files.check(tmp_path / "copy.milestones") == []
    reader.close()


def test_a_document_in_memory_has_no_file_to_copy(tmp_path, clock):
    with pytest.raises(TypeError):
        files.save_copy(Document(MemoryStorage(), clock), tmp_path / "copy.milestones")
