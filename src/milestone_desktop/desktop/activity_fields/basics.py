"""What an activity is: title, code, kind, type, where it stands in the outline, tags and texts."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.activity_fields.making import choice_column, computed_field, of_items, of_milestones, text_column
from milestone_desktop.desktop.activity_fields.reading import parts
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities
from milestone_desktop.document.operations.find import activity_meant
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind, Priority
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project, Workspace


def basic_fields(session: Session) -> tuple[Column, ...]:
    """Title first; the others say what an activity is."""
    group = _("What it is")
    return (
        _title(session, group), *_names(session, group), _kind(group), _type(session, group), _priority(group),
        _tags(session, group), *_places(session, group),
    )  # fmt: skip


def text_fields(session: Session) -> tuple[Column, ...]:
    """The longer texts. Comment and recovery action carry the day on which they were written."""
    group = _("Texts")
    lines = Editor.LINES
    return (
        text_column("description", _("Description"), 180, "description", N_("Change description"), editor=lines, group=group),
        text_column("notes", _("Notes"), 180, "notes", N_("Change notes"), editor=lines, group=group),
        text_column("comment", _("Comment"), 180, "comment", N_("Change comment"), editor=lines, group=group,
                    why_not=of_milestones, write=lambda edit, row, text: set_dated(edit, row, "comment", text)),
        text_column("recovery", _("Recovery action"), 180, "recovery", N_("Change recovery action"), editor=lines, group=group,
                    why_not=of_milestones, write=lambda edit, row, text: set_dated(edit, row, "recovery", text)),
    )  # fmt: skip


def set_dated(edit: Edit, row: Activity, name: str, text: str) -> None:
    """Writes a text together with the day on which it was written."""
    day = edit.today if text.strip() else None
    activities.set_fields(edit, [row.id], **{name: text.strip(), f"{name}_date": day})


def _title(session: Session, group: str) -> Column:
    def read(row: Any, text: str) -> str:
        title = " ".join(text.split())
        if not title:
            raise PlanError(N_("A row needs a title."), N_("Type one, or delete the row."))
        return title

    return Column(
        "title", _("Title"), 176, lambda row: row.title, Look.TITLE, raw=lambda row: row, editor=Editor.TEXT,
        value=lambda row: row.title, read=read,
        write=lambda edit, row, title: activities.rename(edit, row.id, title), label=N_("Rename"), group=group, single=True,
    )  # fmt: skip


def _names(session: Session, group: str) -> tuple[Column, ...]:
    def by_number(row: Any) -> Any:
        return (row.project, getattr(row, "number", 0), row.code.casefold())

    return (
        Column("key", _("Key"), 78, session.facts.code, Look.MUTED, order=by_number, group=group,
               why_not=computed_field(N_("Keys are given out by the program; a milestone's is its code."))),
        text_column("code", _("Code"), 78, "code", N_("Change code"), group=group, single=True, look=Look.MUTED),
    )  # fmt: skip


def _kind(group: str) -> Column:
    return choice_column(
        "kind", _("Kind"), 110, lambda row: [(kind.value, _(kind.value)) for kind in MilestoneKind],
        lambda row: row.kind.value if isinstance(row, Milestone) else None,
        lambda edit, row, value: activities.set_fields(edit, [row.id], kind=MilestoneKind(value)), N_("Change kind"),
        group=group, why_not=of_milestones,
    )  # fmt: skip


def _type(session: Session, group: str) -> Column:
    def choices(row: Any) -> list[tuple[Any, str]]:
        workspace = session.plan[Workspace, 1]
        known = workspace.milestone_types if isinstance(row, Milestone) else workspace.item_types
        return [(name, _(name)) for name in (known if row.type in known else (*known, row.type))]

    return choice_column(
        "type", _("Type"), 92, choices, lambda row: row.type,
        lambda edit, row, value: activities.set_fields(edit, [row.id], type=value), N_("Change type"),
        text=lambda row: _(row.type), group=group,
    )  # fmt: skip


def _priority(group: str) -> Column:
    return choice_column(
        "priority", _("Priority"), 84, lambda row: [(value.value, _(value.value)) for value in Priority],
        lambda row: row.priority.value if isinstance(row, WorkItem) else None,
        lambda edit, row, value: activities.set_fields(edit, [row.id], priority=Priority(value)), N_("Change priority"),
        order=lambda row: -list(Priority).index(row.priority) if isinstance(row, WorkItem) else None, group=group,
        why_not=of_items,
    )  # fmt: skip


def _tags(session: Session, group: str) -> Column:
    return Column(
        "tags", _("Tags"), 84, lambda row: ", ".join(row.tags), Look.PILLS, raw=lambda row: row.tags, editor=Editor.LIST,
        value=lambda row: row.tags, read=lambda row, text: tuple(parts(text)),
        told=lambda row, tags: ", ".join(tags) or _("no tags"),
        write=lambda edit, row, tags: activities.set_tags(edit, [row.id], tags), label=N_("Change tags"), group=group,
        words=lambda: sorted({tag for row in session.plan.activities() for tag in row.tags}, key=str.casefold),
    )  # fmt: skip


def _places(session: Session, group: str) -> tuple[Column, ...]:
    plan = session.plan

    def values(field: str) -> Any:
        return lambda: (getattr(row, field) for row in plan.activities())

    def parent(row: Any) -> str:
        above = plan.activity(row.parent)
        return "" if above is None else above.title

    def typed_parent(row: Any) -> str:
        above = plan.activity(row.parent)
        return "" if above is None else session.facts.code(above) or above.title

    def read_parent(row: Any, text: str) -> int | None:
        return activity_meant(plan, text, row.project).id if text.strip() else None

    def told_parent(row: Any, value: int | None) -> str:
        above = plan.activity(value)
        return _("the top level") if above is None else _("under {title}").format(title=above.title)

    return (
        Column("project", _("Project"), 130, lambda row: plan[Project, row.project].title, Look.MUTED, group=group,
               why_not=computed_field(N_("A row stays in its project."))),
        Column("parent", _("Parent"), 130, parent, Look.MUTED, editor=Editor.TEXT, value=lambda row: row.parent, group=group,
               typed=typed_parent, copied=typed_parent, read=read_parent, told=told_parent, label=N_("Move in the outline"),
               write=lambda edit, row, value: activities.move_to(edit, [row.id], value)),
        text_column("module", _("Module"), 100, "module", N_("Change module"), group=group, words=values("module")),
        text_column("release", _("Release"), 90, "release", N_("Change release"), group=group, words=values("release")),
    )  # fmt: skip
