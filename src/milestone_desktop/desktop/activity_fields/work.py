"""Effort of work items, and money of milestones."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.activity_fields.making import day_column, of_items, of_milestones
from milestone_desktop.desktop.activity_fields.reading import read_money, read_points
from milestone_desktop.desktop.amounts import amount_text, money_text
from milestone_desktop.desktop.models.columns import Column, Editor
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.durations import format_effort, parse_effort
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project


def effort_fields(session: Session) -> tuple[Column, ...]:
    """Estimated, logged and remaining effort, and story points."""
    group = _("Effort")

    def points(row: Any) -> str:
        found = getattr(row, "story_points", None)
        return "" if found is None else f"{found:g}"

    return (
        _effort(session, "estimate", _("Estimate"), None, group),
        _effort(session, "logged", _("Logged"), 0, group),
        _effort(session, "remaining_effort", _("Remaining effort"), None, group),
        Column("story_points", _("Story points"), 90, points, right=True, order=lambda row: getattr(row, "story_points", None),
               editor=Editor.TEXT, value=lambda row: row.story_points, read=lambda row, text: read_points(text),
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], story_points=value),
               label=N_("Change story points"), group=group, why_not=of_items),
    )  # fmt: skip


def billing_fields(session: Session) -> tuple[Column, ...]:
    """What a milestone is worth, and when that was invoiced and paid."""
    group = _("Billing")

    def value(row: Any) -> tuple[int | None, str]:
        return (row.amount, row.currency) if isinstance(row, Milestone) else (None, "")

    def told(row: Any, found: tuple[int | None, str]) -> str:
        amount, currency = found
        if amount is None:
            return ""
        return f"{money_text(amount)} {currency or getattr(row, 'currency', '')}".strip()

    def copied(row: Any) -> str:
        amount, currency = value(row)
        return f"{amount_text(amount)} {currency}".strip() if amount is not None else ""

    def write(edit: Edit, row: Activity, found: tuple[int | None, str]) -> None:
        amount, currency = found
        named = {"currency": currency} if currency else {}
        activities.set_fields(edit, [row.id], amount=amount, **named)

    return (
        Column("amount", _("Amount"), 112, lambda row: told(row, value(row)), right=True, order=lambda row: value(row)[0],
               editor=Editor.TEXT, value=value, typed=copied, copied=copied, shown=lambda row: told(row, value(row)),
               read=lambda row, text: read_money(text), told=told, write=write, label=N_("Change amount"), group=group,
               why_not=of_milestones),
        day_column(session, "invoiced", _("Invoiced"), "invoiced", N_("Change invoice date"), group=group, why_not=of_milestones),
        day_column(session, "paid", _("Paid"), "paid", N_("Change payment date"), group=group, why_not=of_milestones),
    )  # fmt: skip


def _effort(session: Session, name: str, heading: str, empty: int | None, group: str) -> Column:
    plan = session.plan

    def told(row: Any, minutes: int | None) -> str:
        return format_effort(minutes, plan[Project, row.project]) if minutes else ""

    def read(row: Any, text: str) -> int | None:
        return parse_effort(text, plan[Project, row.project]) if text.strip() else empty

    return Column(
        name, heading, 104, lambda row: told(row, getattr(row, name, None)), right=True,
        order=lambda row: getattr(row, name, None) or None, editor=Editor.TEXT, value=lambda row: getattr(row, name), read=read,
        told=told, write=lambda edit, row, minutes: activities.set_fields(edit, [row.id], **{name: minutes}),
        label=N_("Change effort"), group=group, why_not=of_items,
    )  # fmt: skip
