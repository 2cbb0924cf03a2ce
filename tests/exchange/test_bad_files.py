"""Files that are no plan, or harm: one sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_xml import dates_xml, document, imported, plan_xml, task_xml

from milestone_desktop.domain.messages import PlanError
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import bring_in
from milestone_desktop.exchange.preview import preview

PLAN = plan_xml(task_xml(1, dates_xml("2026-03-02T08:00:00", "2026-03-03T17:00:00")))
BOMB = '<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + PLAN.partition("?>")[
    2
].replace("Test plan", "&b;")
BAD = {
    "empty.xml": (b"", "is empty"),
    "text.xml": (b"Dear all,\nhere is the plan.\n", "not a complete XML file"),
    "text.txt": (b"Dear all", "in no format that can be imported"),
    "cut.xml": (PLAN.encode()[:-60], "not a complete XML file"),
    "other.xml": (b"<html xmlns='http://www.w3.org/1999/xhtml'><p/></html>", "XML of another kind (<html>)"),
    "same-name.xml": (b"<Project xmlns='urn:other'/>", "XML of another kind (<Project>)"),
    "p6.xml": (b"<APIBusinessObjects/>", "Primavera P6 file without a project"),
    "p6-cut.xml": (b"<APIBusinessObjects><Project><Id>A</Id>", "not a complete XML file"),
    "p6-list.xml": (b"<APIBusinessObjects><ProjectList><Project/></ProjectList></APIBusinessObjects>", "without a project"),
    "p6-bomb.xml": (b'<!DOCTYPE a [<!ENTITY a "aa">]><APIBusinessObjects>&a;</APIBusinessObjects>', "document type or entities"),
    "bomb.xml": (BOMB.encode(), "document type or entities"),
    "doctype.xml": (PLAN.replace("?>", '?><!DOCTYPE Project SYSTEM "x.dtd">').encode(), "document type or entities"),
    "latin.xml": (PLAN.replace("Test plan", "Prüfung").encode("latin-1"), "not a complete XML file"),
    "unknown.xml": (PLAN.replace("UTF-8", "EBCDIC-X").encode(), "encoding that cannot be read"),
    "japanese.xml": (PLAN.replace("UTF-8", "shift_jis").encode(), "encoding that cannot be read"),
    "plan.mpp": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "binary file of a Microsoft program"),
    "zeros.xml": (b"\0" * 5000, "not a complete XML file"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    data, sentence = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    opened = document()
    before = opened.plan.copy()
    with pytest.raises(PlanError) as caught, opened.edit("import") as edit:
        bring_in(edit, registry.read(path))
    text = str(caught.value.message)
    assert sentence in text
    assert name in text
    assert "\n" not in text
    assert "{" not in str(caught.value)
    assert opened.plan == before
    assert opened.storage.lines() == []


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="is a folder"):
        registry.read(tmp_path)
    with pytest.raises(PlanError, match="There is no file"):
        registry.read(tmp_path / "gone.xml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_that_say_so_are_read(tmp_path: Path, encoding: str) -> None:
    named = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "latin-1": "ISO-8859-1"}[encoding]
    path = tmp_path / "plan.data"
    path.write_bytes(PLAN.replace("UTF-8", named).replace("Test plan", "Prüfung").encode(encoding))
    assert registry.format_for(path).id == "mspdi"
    assert registry.read(path).project.title == "Prüfung"


def test_deep_nesting_and_a_namespace_free_file_do_no_harm(tmp_path: Path) -> None:
    deep = "<X>" * 5000 + "</X>" * 5000
    opened, _ = imported(tmp_path, PLAN.replace("<UID>1</UID><ID>", f"{deep}<UID>1</UID><ID>"))
    assert len(list(opened.plan.activities())) == 1
    opened, _ = imported(tmp_path, PLAN.replace(' xmlns="http://schemas.microsoft.com/project"', ""))
    assert len(list(opened.plan.activities())) == 1


@pytest.mark.parametrize("key", ["1A", "toolongakey", "A B", "Ü"])
def test_a_bad_key_is_refused_and_nothing_is_written(tmp_path: Path, key: str) -> None:
    opened = document()
    before = opened.plan.copy()
    with pytest.raises(PlanError, match="cannot be a project key"):
        imported(tmp_path, PLAN, key=key, into=opened)
    assert opened.plan == before


def test_a_taken_key_is_refused_and_the_next_import_finds_a_free_one(tmp_path: Path) -> None:
    opened, first = imported(tmp_path, PLAN, key="AUR")
    with pytest.raises(PlanError, match="AUR"):
        imported(tmp_path, PLAN, key="aur", into=opened)
    _, second = imported(tmp_path, PLAN, into=opened)
    assert second.project_id != first.project_id


def test_a_preview_tells_counts_range_and_findings_and_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(PLAN.replace("<DurationFormat>7<", "<Active>0</Active><DurationFormat>7<"), encoding="utf-8")
    opened = document()
    before = opened.plan.copy()
    foreign = registry.read(path)
    shown = preview(foreign, opened.plan)
    assert (shown.title, shown.counts["tasks"], shown.counts["calendars"]) == ("Test plan", 1, 1)
    assert (shown.first, shown.last) == (foreign.tasks[0].start, foreign.tasks[0].end)
    assert [str(found) for found in shown.findings] == [
        "Inactive tasks, taken in with their mark kept: 1, the first being “Task 1”."
    ]
    assert opened.plan == before
    with opened.edit("import") as edit:
        result = bring_in(edit, foreign)
    assert (result.counts, result.findings) == (shown.counts, shown.findings)
