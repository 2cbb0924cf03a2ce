"""Public holidays of a country and region, looked at before they are copied into a calendar."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import _, long_day_text, ngettext
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendars
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Calendar, CalendarException

_YEARS = re.compile(r"\s*(\d{4})\s*(?:[-–—]\s*(\d{4})\s*)?")
MOST_YEARS = 100


class HolidaysDialog(FormDialog):
    """Country, region and years, and the days that they give. added: how many days are new."""

    label = N_("Add holidays")
    listed = Listed.ALL

    def __init__(self, session: Session, calendar: Calendar, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Holidays for “{calendar}”").format(calendar=calendar.name), _("Add holidays"), parent)
        self.setMinimumSize(500, 540)
        self._calendar = calendar
        self._countries = {country.code: country for country in calendars.countries()}
        self.added = 0
        year = date.fromordinal(session.today()).year
        before = next(
            (row.source for row in session.plan.where(CalendarException, "calendar", calendar.id)
             if row.source.startswith(calendars.HOLIDAYS)), "",
        ).removeprefix(calendars.HOLIDAYS)  # fmt: skip
        code, _dash, region = before.partition("-")
        code = code or calendar.country[:2] or QLocale.territoryToCode(QLocale().territory())
        self.country = ChoiceField()
        self.country.offer([(country.code, country.name) for country in self._countries.values()], code)
        self.region = ChoiceField()
        self.years = QLineEdit(f"{year}–{year + 2}")
        self.language = ChoiceField()
        own = QLocale().name()
        self.language.offer([(own, _("in my language, where known")), ("", _("as the country calls them"))], own)
        for text, field in (
            (_("Country"), self.country), (_("Region"), self.region), (_("Years"), self.years), (_("Names"), self.language),
        ):  # fmt: skip
            self.add(text, field)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Holidays"))
        self.found.setMinimumHeight(250)
        self.counted = QLabel()
        self.counted.setProperty("section", True)
        self.form.addRow(self.counted)
        self.form.addRow(self.found)
        self._offer_regions(region)
        self.country.picked.connect(lambda: self._offer_regions(""))
        self.region.picked.connect(self._preview)
        self.language.picked.connect(self._preview)
        self.years.textEdited.connect(self._preview)

    def write(self, edit: Edit) -> None:
        self.added = calendars.add_public_holidays(
            edit, self._calendar.id, self._code(), self.region.currentData(), self._years(), self.language.currentData() or None
        )

    def _code(self) -> str:
        code = self.country.currentData()
        if code is None:
            raise PlanError(N_("No country is chosen."), N_("Choose one from the list."))
        return str(code)

    def _years(self) -> list[int]:
        found = _YEARS.fullmatch(self.years.text())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, -1)
        if last < first or last - first >= MOST_YEARS:
            raise PlanError(
                N_("“{text}” is not a range of years."), N_("Type one such as 2026–2028."), text=self.years.text().strip()
            )
        return list(range(first, last + 1))

    def _offer_regions(self, region: str) -> None:
        country = self._countries.get(self.country.currentData())
        regions = list(country.subdivisions) if country is not None else []
        self.region.offer([("", _("the whole country")), *regions], region)
        self.form.setRowVisible(self.region, bool(regions))
        self._preview()

    def _preview(self) -> None:
        self.found.clear()
        self.counted.setText("")
        self.done_button.setEnabled(self.try_(self._list_days))

    def _list_days(self) -> None:
        days = calendars.public_holidays(
            self._code(), self.region.currentData() or None, self._years(), self.language.currentData() or None
        )
        self.counted.setText(ngettext("{n} day", "{n} days", len(days)))
        self.found.addItems([_("{date}  {name}").format(date=long_day_text(day.first), name=day.name) for day in days])
