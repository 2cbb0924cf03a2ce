"""Real plans come in as they are: counts against an independent count of the XML, dates against its text."""

from __future__ import annotations

import random
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from mspdi_counter import Count, counted
from p6_counter import counted_p6
from plan_xml import document

from data_folder import data_path
from milestone_desktop.document.document import Document
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import Placement, ScheduleMode
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import bring_in
from milestone_desktop.tracking.baselines import unpack

INSISOC, PROJECT = "insisoc-mspdi.tar.xz", "msproject-xml.tar.xz"
SMALL = 900_000
P6 = {"TwentyFourHourCalendar.xml", "PredecessorCalendar.xml", "ProjectDefaultCalendar.xml", "resource-rates-test.xml"}
"""Primavera files in the folder of Microsoft Project ones."""


def plans_in(archive: str) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every XML file, unpacked one at a time."""
    with tarfile.open(data_path(archive), "r|xz") as tar:
        for member in tar:
            if member.name.endswith(".xml"):
                yield unpacked(tar, member)


def unpacked(tar: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[str, bytes]:
    """Name and bytes of one file."""
    file = tar.extractfile(member)
    assert file is not None
    return Path(member.name).name, file.read()


def sampled(archive: str, count: int, largest: int) -> list[tuple[str, bytes]]:
    """A seeded sample of the smaller plans of an archive."""
    with tarfile.open(data_path(archive), "r:xz") as tar:
        members = sorted((row for row in tar if row.name.endswith(".xml") and row.size <= largest), key=lambda row: row.name)
        chosen = random.Random(7).sample(members, min(count, len(members)))
        return [unpacked(tar, row) for row in chosen]


def check_plan(folder: Path, name: str, data: bytes) -> None:
    """Imports one file and holds it against the count."""
    expected = counted(data) or counted_p6(data)
    assert expected is not None
    path = folder / name
    path.write_bytes(data)
    assert registry.format_for(path).id == ("pmxml" if name in P6 else "mspdi")
    opened = document()
    before = opened.plan.copy()
    with opened.edit("import") as edit:
        result = bring_in(edit, registry.read(path))
    path.unlink()
    check_counts(opened, expected, result.counts)
    check_dates(opened, expected)
    check_outline(opened, expected)
    assert Document(opened.storage, opened.clock).plan == opened.plan
    opened.undo()
    assert opened.plan == before
    opened.redo()
    assert opened.plan.count(WorkItem) + opened.plan.count(Milestone) == expected.tasks


def check_counts(opened: Document, expected: Count, told: dict[str, int]) -> None:
    plan = opened.plan
    project = next(iter(plan.all(Project)))
    assert project.mode is ScheduleMode.RECORDED
    found = {
        "tasks": plan.count(Milestone) + plan.count(WorkItem),
        "milestones": plan.count(Milestone),
        "links": plan.count(Dependency),
        "calendars": len(plan.where(Calendar, "project", project.id)),
        "exceptions": plan.count(CalendarException),
        "baselines": plan.count(Baseline),
        "people": plan.count(Person) - (project.lead is not None),
    }
    assert found == {name: getattr(expected, name) for name in found}
    assert {name: told[name] for name in found} == found
    for baseline in plan.all(Baseline):
        assert unpack(opened.blob(baseline.content)).rows


def key_of(row: Activity) -> str:
    """The id that an activity has in its file."""
    return row.source.partition(":")[2]


def check_dates(opened: Document, expected: Count) -> None:
    """To the minute what the file says, also where it says nothing; a milestone opens a window only if its dates differ."""
    for row in opened.plan.activities():
        assert row.placement is Placement.FIXED
        start, finish = (text and text[:16] for text in expected.dates[key_of(row)])
        found = [moment and instant_to_iso(moment) for moment in (row.start, row.end)]
        if isinstance(row, Milestone) and start == finish:
            assert found == [None, finish]
        else:
            assert found == [start, finish]


def check_outline(opened: Document, expected: Count) -> None:
    """Every row stands in the file's order, at the file's depth."""
    rows = sorted(opened.plan.activities(), key=lambda row: row.order)
    assert [key_of(row) for row in rows] == list(expected.levels)
    depth: dict[int | None, int] = {None: 0}
    for row in rows:
        depth[row.id] = depth[row.parent] + 1
        assert str(depth[row.id]) == expected.levels[key_of(row)]


def test_a_sample_of_the_large_plans(tmp_path: Path) -> None:
    for name, data in sampled(INSISOC, 4, SMALL):
        check_plan(tmp_path, name, data)


def test_a_sample_of_every_version_of_project(tmp_path: Path) -> None:
    for name, data in sampled(PROJECT, 20, SMALL):
        check_plan(tmp_path, name, data)


@pytest.mark.parametrize("name", sorted(P6))
def test_primavera_plans(tmp_path: Path, name: str) -> None:
    with tarfile.open(data_path(PROJECT), "r|xz") as tar:
        found = next(unpacked(tar, row) for row in tar if Path(row.name).name == name)
    check_plan(tmp_path, *found)


@pytest.mark.parametrize("name", ["o1.xml", "o2.xml", "o3.xml", "o4.xml"])
def test_plans_with_exceptions_in_both_encodings(tmp_path: Path, name: str) -> None:
    check_plan(tmp_path, name, (data_path("oracle") / name).read_bytes())


@pytest.mark.all_files
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("archive", "plans"), [(INSISOC, 89), (PROJECT, 80)])
def test_every_plan(tmp_path: Path, archive: str, plans: int) -> None:
    seen = 0
    for name, data in plans_in(archive):
        check_plan(tmp_path, name, data)
        seen += 1
    assert seen == plans
