"""Calendars as they were when a target was set: what slip is counted on, so that a later holiday changes no slip.

A kept calendar is flat: the week with all that it inherited, the exceptions in the order in which a later one wins. It is
never changed, and named by the SHA-256 of its content, so that equal ones are kept once.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from milestone_desktop.domain.instants import day_to_iso
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import CalendarException, KeptCalendar, KeptException
from milestone_desktop.domain.worktime import chain_of, flattened


def kept_of(plan: Plan, calendar_id: int, row_id: int) -> KeptCalendar:
    """The record that keeps a calendar as it stands. Raises PlanError where the plan has no such calendar."""
    chain = chain_of(plan, calendar_id)
    week, exceptions = flattened(chain)
    rows = tuple(_kept(row) for row in exceptions)
    content: tuple[Any, ...] = (week, rows)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return KeptCalendar(row_id, hashlib.sha256(text.encode("ascii")).hexdigest(), chain[0][0].name, week, rows)


def _kept(row: CalendarException) -> KeptException:
    return day_to_iso(row.first), day_to_iso(row.last), row.shifts, row.recurrence
