"""Every picture, one line each. `python3 dev.py shots DIR --only 'roadmap*'` draws those whose name fits.

The variants that `also` may name stand in `shot.py`, what a window can do first in `steps.py`, and the workspaces in
`workspaces.py`. A picture's file is called NAME[-VARIANT]-THEME.png.
"""

from __future__ import annotations

from shots import calendar_steps, kinds, moves_steps, steps, table_steps, timeline_steps
from shots.kinds import milestone_page
from shots.shot import Shot
from shots.steps import nothing, page, portfolio
from shots.view_steps import building, filtered, viewed

SHOTS = (
    # pages
    Shot("welcome", nothing, "small high-contrast", "empty"),
    Shot("roadmap", page("roadmap", "Prototype ready"), "small 2x 200-percent high-contrast"),
    Shot("roadmap-inspector", page("roadmap", "Prototype ready", inspector=True), "small 200-percent", plain=False),
    Shot("milestones", page("milestones", "Prototype ready"), "2x high-contrast"),
    Shot("milestones-inspector", page("milestones", "User acceptance", inspector=True), "small 200-percent", plain=False),
    Shot("milestone-uat", page("milestones", "User acceptance", scrolled_to="Acceptance criteria"), "high-contrast"),
    Shot("milestone-end", page("milestones", "Client approval", scrolled_to="Scheduling")),
    Shot("milestone-schedule", page("milestones", "Client approval", scrolled_to="Schedule"), "small high-contrast"),
    Shot("portfolio", portfolio("portfolio"), "small 200-percent high-contrast"),
    Shot("portfolio-long-names", portfolio("portfolio"), "small", "long-names"),
    Shot("archive", portfolio("archive")),
    Shot("portfolio-milestones", portfolio("milestones")),
    Shot("owners", portfolio("owners"), "small high-contrast"),
    Shot("items", page("items", "Offline store"), "small"),
    Shot("people", page("people"), "small"),
    Shot("report", page("report"), "small"),
    Shot("trend", page("trend", "Prototype ready"), "small 200-percent high-contrast"),
    Shot("history", page("history")),
    Shot("history-past", kinds.past(40), "small high-contrast"),
    Shot("baselines", page("baselines"), "small"),
    Shot("dialog-baseline", kinds.set_baseline),
    # the page of a milestone, of every kind
    Shot("page-kickoff", milestone_page("Project kickoff")),
    Shot("page-planning", milestone_page("Planning complete")),
    Shot("page-prototype", milestone_page("Prototype ready"), "small"),
    Shot("page-uat", milestone_page("User acceptance"), "small 2x 200-percent high-contrast"),
    Shot("page-approval", milestone_page("Stage 2 audit", "ISO")),
    Shot("page-launch", milestone_page("Go-live")),
    Shot("page-review", milestone_page("Lessons learned", "ISO")),
    Shot("page-end", milestone_page("Prototype ready", bottom=True)),
    Shot("page-long-names", milestone_page("*"), "small", "long-names"),
    Shot("calendars", calendar_steps.calendars, "small 200-percent high-contrast"),
    # registers and reports
    Shot("log", page("log"), "small high-contrast"),
    Shot("log-portfolio", portfolio("log")),
    Shot("blockers", portfolio("blockers")),
    Shot("milestone-report", page("milestone-report")),
    Shot("billing", portfolio("billing"), "small"),
    Shot("achievements", portfolio("achievements")),
    Shot("lessons", portfolio("lessons"), "small"),
    Shot("review", page("review"), "small high-contrast"),
    Shot("review-end", kinds.review_end),
    Shot("dialog-close-project", kinds.close_project, "small"),
    Shot("dialog-go", kinds.go_or_no_go),
    Shot("plan-check", page("plan-check"), "small"),
    Shot("dialog-sign-off", kinds.sign_off),
    Shot("dialog-achievement", kinds.achievement),
    Shot("celebration", kinds.celebration),
    # the timeline
    Shot("timeline-day", timeline_steps.scale("day")),
    Shot("timeline-week", timeline_steps.scale("week"), "small"),
    Shot("timeline-month", timeline_steps.scale("month")),
    Shot("timeline-quarter", timeline_steps.scale("quarter")),
    Shot("timeline-year", timeline_steps.scale("year")),
    Shot("timeline-progress-line", timeline_steps.shown("zigzag", "names"), "small high-contrast"),
    Shot("timeline-baseline", timeline_steps.shown("baseline"), "small high-contrast"),
    Shot("timeline-drag", timeline_steps.dragged("Map screens", 21), "small high-contrast"),
    Shot("lanes", timeline_steps.lanes(), "small 2x high-contrast"),
    Shot("lanes-kinds", timeline_steps.lanes("kind"), "small"),
    Shot("lanes-owners", timeline_steps.lanes("owner", "type"), "small"),
    Shot("lanes-long-names", timeline_steps.lanes(title="*"), "small", "long-names"),
    Shot("lanes-many-rows", timeline_steps.lanes(title="*"), "", "many-rows"),
    # the roadmap's table
    Shot("table-columns", table_steps.many_columns, "small"),
    Shot("table-reading", table_steps.reading),
    Shot("table-refusal", table_steps.refusal),
    Shot("table-many-rows", table_steps.many_rows, "high-contrast"),
    Shot("table-range", table_steps.cell_range),
    Shot("table-new-row", table_steps.new_row),
    Shot("table-lines", table_steps.lines),
    Shot("dialog-columns", table_steps.columns_dialog),
    Shot("menu-column", table_steps.column_menu),
    # states
    Shot("failure", steps.failure, "small"),
    Shot("find", steps.find("client"), "small high-contrast"),
    Shot("one-project", page("roadmap", "*"), "small", "one-project"),
    Shot("long-names-roadmap", page("roadmap", "*"), "small", "long-names"),
    Shot("long-names-milestones", page("milestones", "*"), "small", "long-names"),
    Shot("long-names-items", page("items"), "small", "long-names"),
    Shot("many-rows-roadmap", page("roadmap", "*"), "small", "many-rows"),
    # filters, groups and views
    Shot("filter-roadmap", filtered("roadmap", "status:open due<60d -tag:client"), "small"),
    Shot("filter-wrong", filtered("roadmap", "stauts:open"), "small"),
    Shot("filter-items", filtered("items", "status:open (owner:me or is:late)"), "small"),
    Shot("group-owner", filtered("roadmap", "", "owner"), "small"),
    Shot("group-milestone-status", filtered("roadmap", "", "milestone", "status")),
    Shot("view-late", viewed("first:late"), "small"),
    Shot("view-altered", viewed("first:late", "owner"), "small"),
    Shot("dialog-filter", building("status:open (owner:me or (is:late due:2026-12 slip>2)) -tag:client")),
    # dialogs
    Shot("dialog-new-project", steps.new_project, workspace="empty"),
    Shot("dialog-complete", steps.complete, "high-contrast"),
    Shot("dialog-project", steps.project_settings),
    Shot("dialog-palette", steps.palette("aur"), "high-contrast"),
    Shot("dialog-palette-command", steps.palette("PRO +5d")),
    Shot("dialog-dependency", steps.choose_dependency),
    Shot("dialog-paste", steps.paste),
    Shot("dialog-import", steps.import_file),
    Shot("dialog-status-date", steps.status_date),
    Shot("dialog-status-date-later", moves_steps.status_date_later),
    Shot("dialog-moves", moves_steps.moves_dialog, "high-contrast"),
    Shot("differing", moves_steps.differing, "small"),
    Shot("refusal", moves_steps.refusal, "small"),
    Shot("conflicts", moves_steps.conflicts, "small high-contrast"),
    Shot("dialog-replan", calendar_steps.replan),
    Shot("dialog-try", calendar_steps.try_dialog),
    Shot("dialog-calendar-days", calendar_steps.days),
    Shot("dialog-holidays", calendar_steps.holidays),
    Shot("dialog-calendar-users", calendar_steps.users),
    Shot("dialog-keyboard", steps.keyboard),
    Shot("dialog-about", steps.about),
    Shot("dialog-error", steps.error_report),
    # a scenario stays in the sample from here on
    Shot("scenario", calendar_steps.scenario, "small high-contrast"),
    Shot("dialog-compare", calendar_steps.compare),
    # and so does an imported project
    Shot("dialog-import-again", steps.import_again),
)
