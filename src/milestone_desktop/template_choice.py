"""The templates to choose from: those that ship with the program and those that a person saved in the workspace."""

from __future__ import annotations

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Template
from milestone_desktop.domain.search import folded
from milestone_desktop.domain.templates import ProjectTemplate, read
from milestone_desktop.resource_files import resource

FIRST = ("lifecycle", "software-release", "event", "research-grant")
LAST = "blank"


def all_templates(plan: Plan) -> list[ProjectTemplate]:
    """Shipped ones in a fixed order, then the workspace's own by name, the blank one last. Raises PlanError."""
    shipped = {path.stem: path for path in resource("templates").glob("*.toml")}
    others = sorted(name for name in shipped if name not in FIRST and name != LAST)
    names = [name for name in (*FIRST, *others) if name in shipped]
    found = [read(shipped[name].read_text(encoding="utf-8"), name) for name in names]
    own = sorted(plan.all(Template), key=lambda row: (row.name.casefold(), row.id))
    found += [read(row.text, row.name) for row in own]
    if LAST in shipped:
        found.append(read(shipped[LAST].read_text(encoding="utf-8"), LAST))
    return found


def template_named(plan: Plan, name: str) -> ProjectTemplate:
    """The template of that name, or with that title as the window shows it; a person's own before a shipped one. Raises
    PlanError naming those there are."""
    templates = all_templates(plan)
    own = {row.name for row in plan.all(Template)}
    offered = sorted(templates, key=lambda template: template.name not in own)
    wanted = folded(name.strip())
    for called in (lambda template: template.name == name, lambda template: wanted in _names(template)):
        found = next((template for template in offered if called(template)), None)
        if found is not None:
            return found
    raise PlanError(
        N_("There is no template called “{name}”."),
        N_("There are: {names}."),
        name=name,
        names=", ".join(template.name for template in templates),
    )


def _names(template: ProjectTemplate) -> tuple[str, ...]:
    """What a template may be called, without regard to case and accents."""
    return folded(template.name), folded(template.title)
