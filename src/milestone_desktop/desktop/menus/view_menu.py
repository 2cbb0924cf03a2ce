"""The View menu, and the view modes and themes that it offers."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from milestone_desktop.desktop.commands import table_commands, timeline_commands, view_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.pages.halves import TABLE, TIMELINE
from milestone_desktop.desktop.text_size import SIZES
from milestone_desktop.desktop.theme import ThemeChoice
from milestone_desktop.desktop.timeline.shown import show_titles
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The View menu's actions in their order."""
    return (*_pages(), *_times(), *_rows(), *_parts(), *_look())


def _pages() -> tuple[Action, ...]:
    c = view_commands
    return (
        Action("view.roadmap", "view", 0, _("Roadmap"), c.page_opener("roadmap"), "Ctrl+1", "chart-gantt", c.has_project),
        Action("view.portfolio", "view", 0, _("Portfolio"), c.show_portfolio, "Ctrl+Shift+1", "layers", c.has_plan),
        Action("view.owners", "view", 0, _("By owner"), c.show_owners, "", "users", c.has_plan),
        Action("view.milestones", "view", 0, _("Milestones"), c.page_opener("milestones"), "Ctrl+2", "diamond", c.has_plan),
        Action("view.items", "view", 0, _("Work items"), c.page_opener("items"), "Ctrl+3", "list-checks", c.has_plan),
        Action("view.report", "view", 0, _("Report"), c.page_opener("report"), "Ctrl+4", "file-text", c.has_project),
        Action("view.people", "view", 0, _("People"), c.page_opener("people"), "Ctrl+5", "users", c.has_plan),
        Action("view.calendars", "view", 0, _("Calendars"), c.page_opener("calendars"), "Ctrl+Shift+K", "calendar-range",
               c.has_plan),
        Action("view.log", "view", 0, _("Log"), c.page_opener("log"), "Ctrl+6", "book-open", c.has_plan),
        Action("view.blockers", "view", 0, _("Blockers"), c.page_opener("blockers"), "Ctrl+7", "triangle-alert", c.has_plan),
    )  # fmt: skip


def _times() -> tuple[Action, ...]:
    c, t = view_commands, timeline_commands
    return (
        *(
            Action(f"view.scale.{name}", "view", 1, text, c.scale_setter(name), f"Alt+{number}", "", c.has_time_axis,
                   None, c.scale_is(name), "scale")
            for number, (name, text) in enumerate(scales().items(), 1)
        ),
        Action("view.today", "view", 2, _("Go to today"), c.go_to_today, "Ctrl+T", "locate-fixed", c.has_time_axis),
        Action("view.fit", "view", 2, _("Fit the whole plan"), c.fit, "Ctrl+0", "maximize", c.has_time_axis),
        Action("view.fit-project", "view", 2, _("Fit the project"), t.fit_project, "Ctrl+9", "", c.on_roadmap),
        Action("view.fit-selection", "view", 2, _("Fit the selection"), t.fit_selection, "Ctrl+8", "", t.has_selection),
        Action("view.jump", "view", 2, _("Go to date…"), t.jump, "Ctrl+G", "", c.on_roadmap),
        Action("view.earlier", "view", 2, _("Pan to earlier"), t.pan_earlier, "Ctrl+Shift+Left", "", c.on_roadmap),
        Action("view.later", "view", 2, _("Pan to later"), t.pan_later, "Ctrl+Shift+Right", "", c.on_roadmap),
        Action("view.timeline", "view", 2, _("Keyboard to the timeline"), t.focus_timeline, "Ctrl+Shift+T", "", c.on_roadmap),
        Action("view.zoom-in", "view", 2, _("Zoom in"), c.zoom_in, QKeySequence.StandardKey.ZoomIn, "zoom-in", c.has_time_axis),
        Action("view.zoom-out", "view", 2, _("Zoom out"), c.zoom_out, QKeySequence.StandardKey.ZoomOut, "zoom-out",
               c.has_time_axis),
    )  # fmt: skip


def _rows() -> tuple[Action, ...]:
    b, c, t = table_commands, view_commands, timeline_commands
    return (
        *(
            Action(f"view.show.{name}", "view", 3, text, t.show_toggler(name), "", "", c.on_roadmap, None, t.is_shown(name),
                   submenu=_("Show in the timeline"))
            for name, text in show_titles().items()
        ),
        Action("view.columns", "view", 3, _("Columns…"), b.choose_columns, "F8", "table", c.on_roadmap),
        Action("view.sort", "view", 3, _("Sort by this column"), b.sort, "F7", "", c.on_roadmap),
        Action("view.sort-too", "view", 3, _("Sort by this column too"), b.sort_too, "Shift+F7", "", c.on_roadmap),
        Action("view.unsort", "view", 3, _("Clear sorting"), b.clear_sorting, "", "", b.is_sorted),
        Action("view.expand", "view", 3, _("Expand all"), c.expand_all, "Ctrl+Shift+Down", "chevrons-up-down", c.on_roadmap),
        Action("view.collapse", "view", 3, _("Collapse all"), c.collapse_all, "Ctrl+Shift+Up", "chevrons-down-up",
               c.on_roadmap),
    )  # fmt: skip


def _parts() -> tuple[Action, ...]:
    c = view_commands
    return (
        Action("view.inspector", "view", 4, _("Inspector"), c.toggle_inspector, "F4", "panel-right", None, None,
               c.inspector_shown),
        Action("view.table", "view", 4, _("Table"), c.half_shower(TABLE), "Ctrl+F9", "", c.on_roadmap, None, c.half_shown(TABLE)),
        Action("view.chart", "view", 4, _("Timeline"), c.half_shower(TIMELINE), "Shift+F9", "", c.on_roadmap, None,
               c.half_shown(TIMELINE)),
        Action("view.fullscreen", "view", 4, _("Full screen"), c.toggle_fullscreen, "F11", "", None, None, c.is_fullscreen),
        Action("view.sidebar", "view", 4, _("Sidebar"), c.toggle_sidebar, "F9", "panel-left", None, None, c.sidebar_shown),
    )  # fmt: skip


def _look() -> tuple[Action, ...]:
    c = view_commands
    return (
        *(
            Action(f"view.text.{size}", "view", 5, _("Text size {size} %").format(size=size), c.text_sizer(size), "", "", None,
                   None, c.text_size_is(size), "text-size", submenu=_("Text size"))
            for size in SIZES
        ),
        *(
            Action(f"view.theme.{choice.value}", "view", 5, text, c.theme_setter(choice), "", icon, None, None,
                   c.theme_is(choice), "theme")
            for choice, text, icon in themes()
        ),
    )  # fmt: skip


def scales() -> dict[str, str]:
    """The roadmap's view modes by name."""
    return {"day": _("Day"), "week": _("Week"), "month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}


def themes() -> tuple[tuple[ThemeChoice, str, str], ...]:
    """The themes to choose from: choice, text and icon."""
    return (
        (ThemeChoice.SYSTEM, _("Theme of the system"), "monitor"),
        (ThemeChoice.LIGHT, _("Light theme"), "sun"),
        (ThemeChoice.DARK, _("Dark theme"), "moon"),
        (ThemeChoice.HIGH_CONTRAST, _("High contrast theme"), "eye"),
    )
