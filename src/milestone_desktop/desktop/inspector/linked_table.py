"""The work items of a milestone as a table, where there is room for one."""

from __future__ import annotations

from milestone_desktop.desktop.dialogs.choose import choose_activities
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Register, action_button, add_register, button_strip
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.pages.items import item_columns
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.document.operations import links
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import StateGroup
from milestone_desktop.domain.messages import N_

SHOWN = ("key", "title", "status", "owner", "progress", "end")


def add_linked_table(panel: Panel) -> None:
    """Adds the work items that count for a milestone. Delete unlinks one; the item itself stays."""
    session = panel.session

    def rows(panel: Panel) -> list[WorkItem]:
        return session.facts.items_of(session.plan[Milestone, panel.row_id])

    def heading(found: list[WorkItem]) -> str:
        open_ones = sum(session.facts.group(item) is not StateGroup.DONE for item in found)
        if not found:
            return _("Linked work items")
        return ngettext("Linked work items · {n} open", "Linked work items · {n} open", open_ones)

    def add() -> None:
        there = {item.id for item in rows(panel)}
        chosen = choose_activities(
            session, panel.window(), _("Link work items"), lambda row: isinstance(row, WorkItem) and row.id not in there
        )
        if chosen:
            panel.commit(N_("Link work items"), lambda edit: links.link(edit, panel.row_id, chosen))

    section, _table = add_register(panel, Register(
        WorkItem, _("Linked work items"), _columns, SHOWN, heading=heading, rows=rows, movable=False, stretch="title",
        remove=lambda edit, item: links.unlink(edit, panel.row_id, [item.id]),
        activate=lambda panel, item: session.select([item.id])))  # fmt: skip
    button_strip(section, action_button(panel, _("Link work items…"), add))


def _columns(panel: Panel) -> tuple[Column, ...]:
    known = {column.id: column for column in item_columns(panel.session)}
    return tuple(known[name] for name in SHOWN)
