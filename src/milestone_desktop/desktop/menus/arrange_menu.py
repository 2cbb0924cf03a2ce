"""What the View menu offers to choose which rows show, and under which heads."""

from __future__ import annotations

from milestone_desktop.desktop.commands import filter_commands, saved_view_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.grouping import groupings
from milestone_desktop.filters.quick import quick_filters


def actions() -> tuple[Action, ...]:
    """The filter's and the groups' actions in their order."""
    c = filter_commands
    v = saved_view_commands
    filters, first, second, saved = _("Filter"), _("Group by"), _("Then group by"), _("Saved views")
    return (
        *(
            Action(f"filter.{quick.id}", "view", 6, _(quick.title), c.quick_toggler(quick.id), "", "", c.can_filter, None,
                   c.quick_is_on(quick.id), submenu=filters)
            for quick in quick_filters()
        ),
        Action("filter.since", "view", 6, _("Changed since…"), c.changed_since, "", "", c.can_filter, submenu=filters),
        Action("filter.build", "view", 6, _("Build a filter…"), c.build_filter, "Ctrl+Alt+Shift+F", "filter", c.can_filter,
               submenu=filters),
        Action("filter.clear", "view", 6, _("Clear the filter"), c.clear_filter, "Ctrl+Alt+Backspace", "x", c.is_filtering,
               submenu=filters),
        *(
            Action(f"group.first.{name}", "view", 6, text, c.group_setter(0, name), "", "", c.can_group, None,
                   c.group_is(0, name), "group-first", first)
            for name, text in first_groups().items()
        ),
        *(
            Action(f"group.second.{name}", "view", 6, text, c.group_setter(1, name), "", "", c.can_group, None,
                   c.group_is(1, name), "group-second", second)
            for name, text in second_groups().items()
        ),
        Action("group.lanes", "view", 6, _("Pack into lanes"), c.toggle_lanes, "Ctrl+J", "", c.can_group, None, c.are_packed),
        Action("group.next", "view", 6, _("Next on the row"), c.row_stepper(1), "Alt+PgDown", "", c.are_packed),
        Action("group.previous", "view", 6, _("Previous on the row"), c.row_stepper(-1), "Alt+PgUp", "", c.are_packed),
        Action("saved.save", "view", 6, _("Save view…"), v.save_as, "Ctrl+Alt+S", "save", v.can_save, submenu=saved),
        Action("saved.update", "view", 6, _("Update the view"), v.update, "", "", v.can_update, submenu=saved),
        Action("saved.rename", "view", 6, _("Rename the view…"), v.rename, "", "pencil", v.has_own, submenu=saved),
        Action("saved.duplicate", "view", 6, _("Duplicate the view"), v.duplicate, "", "copy",
               lambda window: v.can_save(window) and v.has_view(window), submenu=saved),
        Action("saved.up", "view", 6, _("Move the view up"), v.mover(-1), "", "arrow-up", v.has_own, submenu=saved),
        Action("saved.down", "view", 6, _("Move the view down"), v.mover(1), "", "arrow-down", v.has_own, submenu=saved),
        Action("saved.delete", "view", 6, _("Delete the view"), v.delete, "", "trash-2", v.has_own, submenu=saved),
        Action("saved.leave", "view", 6, _("Leave the view"), v.leave, "", "x", v.has_view, submenu=saved),
    )  # fmt: skip


def first_groups() -> dict[str, str]:
    """What the rows can be grouped by: names and words."""
    return {**{grouping.name: _(grouping.title) for grouping in groupings()}, "none": _("No groups")}


def second_groups() -> dict[str, str]:
    """What the groups can be divided by; "" leaves them whole."""
    return {"": _("Nothing more"), **{grouping.name: _(grouping.title) for grouping in groupings()}}
