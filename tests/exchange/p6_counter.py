"""Counts what a Primavera P6 XML file with one project holds, by its own simple means: the yardstick for the importer."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from mspdi_counter import Count


def counted_p6(data: bytes) -> Count | None:
    """The count of a file; None where it is not a Primavera file. Assumes parts of the work breakdown one level deep."""
    root = ET.fromstring(data)
    if not root.tag.endswith("APIBusinessObjects"):
        return None
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    (project,) = root.findall("Project")
    found = Count()
    activities = project.findall("Activity")
    for part in project.findall("WBS"):
        inside = [row for row in activities if row.findtext("WBSObjectId") == part.findtext("ObjectId")]
        key = f"WBS-{part.findtext('ObjectId')}"
        starts, finishes = ([row.findtext(name) or "" for row in inside] for name in ("StartDate", "FinishDate"))
        found.dates[key] = (min(starts), max(finishes))
        found.levels[key] = "1"
        for row in inside:
            found.levels[row.findtext("ObjectId") or ""] = "2"
    for row in activities:
        key = row.findtext("ObjectId") or ""
        found.dates[key] = (row.findtext("StartDate"), row.findtext("FinishDate"))
        found.levels.setdefault(key, "1")
        found.milestones += "Milestone" in (row.findtext("Type") or "")
    found.tasks = len(found.dates)
    found.links = len(project.findall("Relationship"))
    found.baselines = len(root.findall("BaselineProject"))
    found.calendars = len(root.findall("Calendar"))
    found.exceptions = len(root.findall("Calendar/HolidayOrExceptions/HolidayOrException"))
    found.people = sum(row.findtext("ResourceType") == "Labor" for row in root.findall("Resource"))
    return found
