"""Approvals: what they cover, what tampering shows, and that an undo never takes one out of the plan."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.document import kept_files, linked_files
from milestone_desktop.document.document import Document
from milestone_desktop.document.linked_files import LinkedFiles, Standing, look_at, path_of
from milestone_desktop.document.operations import (
    activities,
    evidence,
    items,
    links,
    milestones,
    people,
    projects,
    sign_offs,
)
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import open_points
from milestone_desktop.domain.enums import CriterionResult, MilestoneKind, MilestoneStatus, SignOffDecision
from milestone_desktop.domain.gates import Criterion, Evidence, SignOff, SignOffCondition
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.sign_off import approval_in_force, changed_since, open_conditions, snapshot

NOW = datetime(2026, 11, 24, 10, 30)
TODAY = NOW.toordinal()
END = instant(2026, 11, 30, 18)


@pytest.fixture
def document() -> Document:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    fill(document)
    return document


def fill(document: Document) -> None:
    with document.edit("Add") as edit:
        project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 9, 1, 9))
        row = milestones.create(edit, project.id, "Approved", END, kind=MilestoneKind.CLIENT_APPROVAL)
        milestones.add_criterion(edit, row.id, "Opens")
        milestones.change_criterion(edit, next(iter(edit.plan.all(Criterion))).id, result=CriterionResult.PASS)
        work = items.create(edit, project.id, "Paint")
        links.link(edit, row.id, [work.id])
        evidence.attach_file(edit, row.id, "photo.png", b"pixels", "image/png")


def point(document: Document) -> Milestone:
    return next(iter(document.plan.all(Milestone)))


def given(**fields) -> sign_offs.Given:
    return replace(sign_offs.Given("George Hall", SignOffDecision.APPROVED, TODAY), **fields)


def approve(document: Document, **fields) -> SignOff:
    with document.edit("Approve") as edit:
        return sign_offs.record(edit, point(document).id, given(**fields))


def told(document: Document, row: SignOff) -> list[str]:
    return [str(change) for change in changed_since(document.plan, document.plan[SignOff, row.id])]


def test_an_approval_opens_the_gate_and_covers_what_product_says(document: Document) -> None:
    assert [str(one) for one in open_points(document.plan, point(document))] == ["no approval is recorded"]
    row = approve(document, role="Sponsor", organisation="Leeds Water", method="letter", file=("signed.pdf", b"%PDF"))
    assert open_points(document.plan, point(document)) == ()
    assert document.blob(row.file_sha256) == b"%PDF"
    covered = row.snapshot
    assert (covered["title"], covered["to"]) == ("Approved", "2026-11-30T18:00")
    assert [(one["code"], one["result"]) for one in covered["criteria"]] == [("C-1", "Pass")]
    assert [(one["key"], one["title"], one["state"]) for one in covered["items"]] == [("AUR-1", "Paint", "New")]
    assert len(covered["evidence"][0]["sha256"]) == 64
    assert told(document, row) == []


def test_status_progress_and_notes_of_its_own_change_nothing(document: Document) -> None:
    row = approve(document)
    with document.edit("Edit") as edit:
        milestones.complete(edit, point(document).id, instant(2026, 11, 24, 18))
        activities.set_fields(edit, [point(document).id], notes="Thanks", progress=40)
    assert told(document, row) == []


def test_what_it_covers_is_marked_when_it_changes_and_the_milestone_stays_completed(document: Document) -> None:
    row = approve(document)
    with document.edit("Complete") as edit:
        milestones.complete(edit, point(document).id, instant(2026, 11, 24, 18))
    with document.edit("Change") as edit:
        activities.rename(edit, point(document).id, "Accepted")
        edit.update(point(document), end=END + 1440)
        milestones.change_criterion(edit, next(iter(edit.plan.all(Criterion))).id, result=CriterionResult.FAIL, text="Opens fast")
        milestones.add_criterion(edit, point(document).id, "Closes")
        items.set_progress(edit, next(iter(links_of(document))), 100)
        evidence.remove(edit, next(iter(edit.plan.all(Evidence))).id)
        evidence.attach_link(edit, point(document).id, "Film", "https://example.org")
    assert told(document, row) == [
        "title: “Approved” became “Accepted”",
        "date: 2026-11-30 became 2026-12-01",
        "criterion C-1: its text became “Opens fast”",
        "criterion C-1: Pass became Fail",
        "criterion C-2 was added",
        "evidence “photo.png” was removed",
        "evidence “Film” was added",
        "work item AUR-1: New became Done",
    ]
    assert point(document).status is MilestoneStatus.COMPLETED
    document.undo()
    assert told(document, row) == []


def links_of(document: Document) -> list[int]:
    return [row["id"] for row in snapshot(document.plan, point(document))["items"]]


def test_a_new_approval_supersedes_the_one_before(document: Document) -> None:
    first = approve(document)
    second = approve(document, approver="Ines Roy", decision=SignOffDecision.REJECTED)
    assert document.plan[SignOff, first.id].superseded
    assert [str(one) for one in open_points(document.plan, point(document))] == ["Ines Roy rejected it"]
    third = approve(document, approver="Ines Roy")
    assert approval_in_force(document.plan, point(document)) == third
    assert document.plan[SignOff, second.id].superseded


def test_undoing_an_approval_leaves_it_superseded_and_redo_puts_it_in_force(document: Document) -> None:
    first = approve(document)
    second = approve(document, decision=SignOffDecision.WITH_CONDITIONS, conditions=[("Send the manual", None, None)])
    document.undo()
    assert document.plan[SignOff, second.id].superseded
    assert not document.plan[SignOff, first.id].superseded
    assert [row.text for row in document.plan.all(SignOffCondition)] == ["Send the manual"]
    assert approval_in_force(document.plan, point(document)) == document.plan[SignOff, first.id]
    document.undo()
    assert [row.superseded for row in document.plan.all(SignOff)] == [True, True]
    assert [str(one) for one in open_points(document.plan, point(document))] == ["no approval is recorded"]
    document.redo()
    document.redo()
    assert approval_in_force(document.plan, point(document)) == document.plan[SignOff, second.id]
    assert document.plan[SignOff, first.id].superseded


def test_undoing_the_milestone_itself_takes_its_superseded_approval_along(document: Document) -> None:
    with document.edit("Add") as edit:
        person = people.create(edit, "Ole")
    approve(
        document, decision=SignOffDecision.WITH_CONDITIONS, conditions=[("Send the manual", person.id, TODAY + 5)]
    )  # fmt: skip
    document.undo()
    document.undo()
    assert [row.owner for row in document.plan.all(SignOffCondition)] == [None]
    document.undo()
    assert document.plan.count(SignOff) == document.plan.count(SignOffCondition) == document.plan.count(Milestone) == 0
    document.redo()
    assert document.plan.count(SignOff) == 1


def test_an_approval_is_never_edited_or_deleted(document: Document) -> None:
    row = approve(document, decision=SignOffDecision.WITH_CONDITIONS, conditions=[("Send the manual", None, None)])
    condition = next(iter(document.plan.all(SignOffCondition)))
    for change in (
        lambda edit: edit.update(row, approver="Somebody else"),
        lambda edit: edit.update(row, snapshot={}),
        lambda edit: edit.remove(row),
    ):
        with pytest.raises(PlanError, match="kept as George Hall gave it"), document.edit("Tamper") as edit:
            change(edit)
    with pytest.raises(PlanError, match="part of an approval"), document.edit("Tamper") as edit:
        edit.update(condition, text="Send nothing")
    with document.edit("Supersede") as edit:
        sign_offs.supersede(edit, row.id)
    with pytest.raises(PlanError, match="cannot be changed"), document.edit("Revive") as edit:
        edit.update(document.plan[SignOff, row.id], superseded=False)
    with document.edit("Delete all") as edit:
        activities.delete(edit, [point(document).id])
    assert document.plan.count(SignOff) == 0


def test_conditions_stay_open_after_the_gate_has_opened(document: Document) -> None:
    row = approve(
        document, decision=SignOffDecision.WITH_CONDITIONS, conditions=[("Manual", None, TODAY + 7), ("Training", None, None)]
    )
    assert open_points(document.plan, point(document)) == ()
    assert [one.text for one in open_conditions(document.plan, row)] == ["Manual", "Training"]
    with document.edit("Tick") as edit:
        sign_offs.change_condition(edit, open_conditions(document.plan, row)[0].id, done=True)
    assert [one.text for one in open_conditions(document.plan, row)] == ["Training"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"approver": "  "}, "names the person"),
        ({"signed": TODAY + 1}, "in the future"),
        ({"decision": SignOffDecision.WITH_CONDITIONS}, "has at least one"),
        ({"conditions": [("Manual", None, None)]}, "Only an approval with conditions"),
        (
            {"decision": SignOffDecision.WITH_CONDITIONS, "conditions": [("Manual", None, None), (" ", None, None)]},
            "without text",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(document: Document, fields: dict, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        approve(document, **fields)
    assert document.plan.count(SignOff) == 0


def test_it_is_refused_where_the_milestone_is_no_longer_what_the_person_saw(document: Document) -> None:
    seen = snapshot(document.plan, point(document))
    with document.edit("Rename") as edit:
        activities.rename(edit, point(document).id, "Something else")
    with pytest.raises(PlanError, match="no longer what was to be approved"), document.edit("Approve") as edit:
        sign_offs.record(edit, point(document).id, given(), covers=seen)


def test_a_snapshot_altered_behind_our_back_is_named_and_closes_the_gate(document: Document) -> None:
    row = approve(document)
    document.plan.put(replace(row, snapshot={**row.snapshot, "title": "What was never shown"}))
    assert told(document, row) == ["the record of what it covers was altered"]
    assert [str(one) for one in open_points(document.plan, point(document))] == [
        "the record of what George Hall approved was altered"
    ]


def test_a_signed_file_changed_on_disk_is_named(tmp_path: Path) -> None:
    path = tmp_path / "work.milestones"
    document = files.new_workspace(path, lambda: NOW)
    fill(document)
    row = approve(document, file=("signed.pdf", b"%PDF signed"))
    assert kept_files.fault(document, row.file_sha256, row.file_name) is None
    document.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE blob SET content = ? WHERE sha256 = ?", (b"%PDF forged", row.file_sha256))
    connection.close()
    again = files.open_workspace(path, lambda: NOW)
    try:
        kept = again.plan[SignOff, row.id]
        assert kept == row
        assert str(kept_files.fault(again, kept.file_sha256, kept.file_name)) == (
            "“signed.pdf” is not the file that was kept: its bytes were changed on disk"
        )
        photo = next(iter(again.plan.all(Evidence)))
        assert kept_files.fault(again, photo.sha256, photo.name) is None
        assert str(kept_files.fault(again, "0" * 64, "gone.pdf")) == "“gone.pdf” is no longer in the workspace"
    finally:
        again.close()


def test_a_linked_file_that_changes_is_found_and_can_be_taken_as_it_is(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"agreed")
    with document.edit("Link") as edit:
        row = evidence.attach_link(edit, point(document).id, "Minutes", path.as_uri(), look_at(path.as_uri()))
        web = evidence.attach_link(edit, point(document).id, "Film", "https://example.org", look_at("https://example.org"))
    linked = LinkedFiles()
    assert (row.size, len(row.sha256), row.is_kept) == (6, 64, False)
    assert (linked.standing(row), linked.standing(web), web.modified) == (Standing.SAME, None, None)
    approval = approve(document)
    path.touch()
    assert linked.fault(row) is None
    path.write_bytes(b"forged")  # as long as before, and written in the same minute
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 2))
    assert str(linked.fault(row)) == "“Minutes” was changed since it was linked"
    with document.edit("Take") as edit:
        again = evidence.take_as_it_is(edit, row.id, look_at(row.link))
    assert linked.standing(again) is Standing.SAME
    assert told(document, approval) == ["evidence “Minutes” is another file"]
    document.undo()
    assert told(document, approval) == []
    path.unlink()
    assert linked.standing(row) is Standing.GONE
    assert "nobody can tell" in str(linked.fault(row))


def test_what_was_not_read_is_not_called_the_same(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "large.bin"
    unread = Evidence(1, 2, "Large", link=str(path))
    path.write_bytes(b"x" * 20)
    assert LinkedFiles().standing(unread) is Standing.UNKNOWN
    monkeypatch.setattr(linked_files, "LARGEST_READ", 10)
    seen = look_at(str(path))
    row = replace(unread, sha256=seen.sha256, size=seen.size, modified=seen.modified)
    assert (seen.sha256, LinkedFiles().standing(row)) == ("", Standing.SAME)
    os.utime(path, (0, path.stat().st_mtime - 3600))
    assert LinkedFiles().standing(row) is Standing.CHANGED


@pytest.mark.parametrize("link", ["https://a.org/x", "mailto:a@b.org", "notes.txt", "", "ftp://a/b"])
def test_links_that_mean_no_file_here(link: str) -> None:
    assert path_of(link) is None


def test_links_that_mean_a_file() -> None:
    assert path_of("file:///tmp/a%20b.txt") == Path("/tmp/a b.txt")
    assert path_of("/tmp/a.txt") == Path("/tmp/a.txt")
    assert path_of(r"C:\work\a.txt") is not None
