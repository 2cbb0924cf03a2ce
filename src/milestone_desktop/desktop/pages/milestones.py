"""The milestones of a project, or of all projects, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from milestone_desktop.desktop.models.columns import Choices, Column, Editor, Look, restructures
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.words import _, instant_text, percent_text, range_text, say, working_days_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, milestones
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import Health, MilestoneStatus
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.projects import Project, Workspace

WORST_FIRST = (Health.LATE, Health.AT_RISK, Health.ON_TRACK, Health.COMPLETED, Health.NONE)


class MilestonesPage(TablePage):
    """Name, code, type, owner, status, dates, slip, progress and health of each milestone; its title opens its page."""

    opening = frozenset({"title"})

    finds = (Milestone,)

    filterable = True

    def __init__(self, session: Session, columns: Sequence[Column] | None = None, name: str = "") -> None:
        plan = session.plan
        shown = columns if columns is not None else milestone_columns(session)
        super().__init__(session, shown, lambda row_id: plan.get(Milestone, row_id), name or _("Milestones"))
        self._show_project_column()
        session.project_changed.connect(self._show_project_column)

    def ids(self) -> Iterable[int]:
        session = self.session
        projects = [session.project_id] if session.project_id is not None else [p.id for p in session.facts.projects()]
        for project in projects:
            yield from (row.id for _level, row in walk(session.plan, project) if isinstance(row, Milestone))

    def touched(self, event: Changed) -> set[int]:
        """All that are shown: progress, slip and health of a milestone depend on much around it."""
        return set(self.model.ids)

    def reorders(self, event: Changed) -> bool:
        changes = event.change_set
        return restructures(changes.of(Milestone, WorkItem)) or any(True for _change in changes.of(Project))

    def empty_text(self) -> str:
        return _("No milestones yet. Add the first one with Ctrl+M: a point in time that you promise to reach.")

    def _show_project_column(self) -> None:
        """The portfolio names the project instead of code and type."""
        portfolio = self.session.project_id is None
        for section, column in enumerate(self.model.columns):
            if column.id in ("project", "code", "type"):
                self.view.setColumnHidden(section, portfolio is not (column.id == "project"))
        self.fit_title()


def milestone_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the milestone table."""
    facts, plan, today = session.facts, session.plan, session.today

    def assessed(row: Milestone) -> str:
        return health_text(facts.assessment(row).health)

    def why(row: Milestone) -> str:
        return "\n".join(say(reason) for reason in facts.assessment(row).reasons)

    return (
        Column("title", _("Milestone"), 200, lambda row: row.title, Look.TITLE, raw=lambda row: row, editor=Editor.TEXT,
               write=lambda edit, row, value: activities.rename(edit, row.id, value), label=N_("Rename milestone")),
        Column("project", _("Project"), 140, lambda row: plan[Project, row.project].title, Look.MUTED),
        Column("code", _("Code"), 62, lambda row: row.code, Look.MUTED, editor=Editor.TEXT,
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], code=value.strip()), label=N_("Change code")),
        Column("type", _("Type"), 104, lambda row: row.type, editor=Editor.CHOICE, value=lambda row: row.type,
               choices=lambda row: [(name, _(name)) for name in plan[Workspace, 1].milestone_types],
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], type=value), label=N_("Change type")),
        Column("owner", _("Owner"), 122, lambda row: facts.person_name(row.owner), editor=Editor.CHOICE,
               value=lambda row: row.owner, choices=lambda row: people_choices(session),
               write=lambda edit, row, value: activities.set_fields(edit, [row.id], owner=value), label=N_("Change owner")),
        Column("status", _("Status"), 114, lambda row: _(row.status.value), Look.STATUS, raw=facts.group, editor=Editor.CHOICE,
               order=lambda row: list(MilestoneStatus).index(row.status), value=lambda row: row.status.value,
               choices=lambda row: [(status.value, _(status.value)) for status in MilestoneStatus],
               write=lambda edit, row, value: set_status(edit, session, row, MilestoneStatus(value)),
               label=N_("Change status")),
        Column("dates", _("From – to"), 146, lambda row: range_text(row.start, row.end, today()), right=True,
               order=lambda row: row.end, editor=Editor.DATE, value=lambda row: None if row.end is None else day_of(row.end),
               write=set_end, label=N_("Change date")),
        Column("target", _("Target"), 106, lambda row: instant_text(row.target, today()), Look.MUTED, right=True,
               order=lambda row: row.target, editor=Editor.DATE,
               value=lambda row: None if row.target is None else day_of(row.target), write=set_target, label=N_("Set target")),
        Column("slip", _("Slip"), 72, lambda row: working_days_text(facts.slip(row)), Look.SLIP, right=True, raw=facts.slip,
               order=facts.slip),
        Column("progress", _("Progress (%)"), 124, lambda row: percent_text(facts.progress_of(row)), Look.PROGRESS,
               raw=facts.progress_of, order=facts.progress_of),
        Column("health", _("Health"), 104, assessed, Look.HEALTH, raw=lambda row: facts.assessment(row).health,
               order=lambda row: WORST_FIRST.index(facts.assessment(row).health), tip=why),
    )  # fmt: skip


def people_choices(session: Session) -> Choices:
    """Everybody, and nobody."""
    return [(None, _("Nobody")), *((person.id, person.name) for person in session.facts.people())]


def set_status(edit: Edit, session: Session, row: Milestone, status: MilestoneStatus) -> None:
    """Sets a status; completing takes the end of the project's status date as the actual date."""
    project = session.plan[Project, row.project]
    day = session.facts.status_day(row.project, session.today())
    milestones.set_status(edit, row.id, status, day * 1440 + project.day_end)


def set_end(edit: Edit, row: Milestone, day: Day | None) -> None:
    """Sets a milestone's date, at the time of day that a bare day means."""
    dates.set_end(edit, row.id, None if day is None else dates.end_instant(edit.plan, row, day))


def set_target(edit: Edit, row: Milestone, day: Day | None) -> None:
    """Sets a milestone's target, at the time of day that a bare day means."""
    dates.set_target(edit, row.id, None if day is None else dates.end_instant(edit.plan, row, day))
