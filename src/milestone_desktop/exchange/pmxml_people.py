"""Primavera P6 XML: labour resources become people; whatever else can be assigned is kept aside."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import ForeignPerson, ForeignPlan
from milestone_desktop.exchange.pmxml_codes import Fields, plain_text
from milestone_desktop.exchange.pmxml_rows import ProjectRows
from milestone_desktop.exchange.xml_fields import as_data, local_name

NOT_PEOPLE = N_("Material and nonlabour resources, kept aside: {count}, the first being “{title}”.")
UNNAMED = N_("Resources without a name, kept aside: {count}.")
GROUPS = N_("Groups of resources, taken as the organisation of the people in them: {count}, the first being “{title}”.")
ALIEN = N_("Assignments to no person of the plan, kept with their activity: {count}.")


class Resources:
    """Reads `Resource` elements; `settle` brings those who are people and what they are assigned to into the plan."""

    def __init__(self, plan: ForeignPlan) -> None:
        self._plan = plan
        self._people: dict[str, ForeignPerson] = {}
        self._parents: dict[str, str] = {}

    def resource(self, element: Element) -> None:
        fields = Fields(element, self._plan.findings)
        for section in fields.nested:
            fields.keep_in_list(local_name(section), as_data(section))
        name, key = fields.peek("Name").strip(), fields.peek("ObjectId")
        if fields.peek("ResourceType") not in ("", "Labor") or not name or not key or key in self._people:
            if name:
                self._plan.findings.add(NOT_PEOPLE, title=name)
            else:
                self._plan.findings.add(UNNAMED)
            self._plan.project.extra.setdefault("resources", []).append(fields.extra())
            return
        fields.take("ResourceType")
        person = ForeignPerson(fields.take("ObjectId"), fields.take("Name"))
        person.email = fields.take("EmailAddress")
        person.notes = plain_text(fields.take("ResourceNotes"))
        person.calendar = fields.take("CalendarObjectId") or None
        self._parents[key] = fields.take("ParentObjectId")
        person.extra = fields.extra()
        self._people[key] = person

    def settle(self, project: ProjectRows) -> None:
        """A resource above others is their organisation; it is a person, too, only where it is assigned to something."""
        assigned = {row.person for row in project.assignments}
        above = set(self._parents.values())
        for key, person in self._people.items():
            group = self._people.get(self._parents[key])
            if group is not None:
                person.organisation = group.name
            if key in above and key not in assigned:
                self._plan.findings.add(GROUPS, title=person.name)
                self._plan.project.extra.setdefault("resources", []).append(
                    {"ObjectId": key, "Name": person.name, **person.extra}
                )
            else:
                self._plan.people.append(person)
        for row in project.assignments:
            if row.person in self._people:
                self._plan.assignments.append(row)
                continue
            if row.person:
                self._plan.findings.add(ALIEN)
            task = project.task(row.task)
            task.extra.setdefault("assignments", []).append({"ResourceObjectId": row.person, **row.extra})
