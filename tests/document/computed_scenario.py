"""A plan that is computed, edited, undone and read again, and all that can be told of it; printed by itself as JSON.

`python computed_scenario.py FOLDER` is run by `test_time_zones` in processes that stand in different time zones.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import calendars, dates, dependencies, items, milestones, projects
from milestone_desktop.document.recompute import differences
from milestone_desktop.domain.enums import LagUnit, ScheduleMode
from milestone_desktop.domain.instants import at, instant_to_iso
from milestone_desktop.scheduling.explain import explain
from milestone_desktop.scheduling.schedule import DATES

CLOCKS = (
    datetime(2026, 3, 8, 2, 30),  # does not exist in St. John's
    datetime(2026, 11, 1, 0, 30),  # comes twice there
    datetime(1986, 1, 1, 0, 5),  # Kathmandu left these minutes out
    datetime(2011, 12, 30, 12, 0),  # Apia left this day out
)
NIGHT = (((1320, 1800),),) * 7


def told(path: Path, clock: datetime) -> dict[str, Any]:
    """Everything that the scenario comes to, with the clock standing at `clock`."""
    document = files.new_workspace(path, lambda: clock)
    today = document.today
    with document.edit("Add") as edit:
        night = calendars.create(edit, "Nights", NIGHT).id
        project = projects.create(edit, "Farm", start=at(today, 540), mode=ScheduleMode.COMPUTED).id
        dig = items.create(edit, project, "Dig", duration=3 * 480, calendar=night).id
        cure = items.create(edit, project, "Cure", duration=36 * 60, duration_unit="eh").id
        ready = milestones.create(edit, project, "Ready", code="R").id
        dependencies.add(edit, dig, cure)
        dependencies.add(edit, cure, ready, lag=1440, lag_unit=LagUnit.ELAPSED)
    with document.edit("Holiday") as edit:
        calendars.add_exception(edit, night, "Off", today + 1)
    with document.edit("Pin") as edit:
        dates.set_start(edit, dig, at(today + 3, 1320))
    document.undo()
    document.redo()
    found = _all(document, ready)
    document.close()
    with closing(files.open_workspace(path, lambda: clock)) as again:
        assert _all(again, ready) == found
    return found


def _all(document: Document, ready: int) -> dict[str, Any]:
    schedule = document.schedule()
    assert schedule is not None
    assert differences(document.plan) == []
    return {
        "rows": {row.title: [row.start, row.end] for row in document.plan.activities()},
        "dates": {name: [instant_to_iso(moment) for moment in getattr(schedule, name).tolist()] for name in DATES},
        "why": str(explain(document.plan, schedule, ready).sentence),
        "journal": [[str(line.label), line.time.isoformat()] for line in document.storage.lines()],
        "moves": [[receipt.old, receipt.new, receipt.working_days] for _, receipt in document.receipts()],
    }


def main(folder: Path) -> None:
    print(json.dumps([told(folder / f"{number}.milestones", clock) for number, clock in enumerate(CLOCKS)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
