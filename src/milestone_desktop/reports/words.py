"""How a report says things: sentences through gettext, days, working days and health with its sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from milestone_desktop.chart.directions import isolated
from milestone_desktop.chart.words import DateWords, working_days_text
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.messages import N_, Message, Translate, render

NOTHING = "—"


HEALTH_LOOKS = {
    Health.COMPLETED: ("✓", N_("Completed"), "completed"),
    Health.ON_TRACK: ("✓", N_("On track"), "on-track"),
    Health.AT_RISK: ("▲", N_("At risk"), "at-risk"),
    Health.LATE: ("!", N_("Late"), "late"),
    Health.NONE: ("", NOTHING, "none"),
}
"""Sign, English word and the end of the colour token's name of each health, on screen and paper."""


@dataclass(frozen=True, slots=True)
class Words:
    """The language of a report. translate: English sentence to the reader's; dates: how days are written."""

    translate: Translate
    dates: DateWords

    def say(self, sentence: str | Message, /, **arguments: Any) -> str:
        """Returns a sentence in the reader's language; `sentence` is its English id with `{named}` places.

        A text put into it that runs from right to left is kept from turning the words around it.
        """
        if isinstance(sentence, Message):
            return render(sentence, self.translate)
        values = {key: isolated(value) if isinstance(value, str) else value for key, value in arguments.items()}
        return render(Message(sentence, values), self.translate)

    def date(self, moment: Instant | None) -> str:
        """Returns the day of an instant, or a dash."""
        return NOTHING if moment is None else self.day(day_of(moment))

    def day(self, day: Day) -> str:
        """Returns a day with its year, as in `4 Sep 2026`."""
        return self.dates.full_date(day)

    def slip(self, working_days: int | None) -> str:
        """Returns a slip as in `+5 wd`, `−2 wd`, `on time`, or a dash."""
        if working_days is None:
            return NOTHING
        return self.say(N_("on time")) if working_days == 0 else self.move(working_days)

    def move(self, working_days: int) -> str:
        """Returns a signed number of working days, as in `+5 wd`."""
        return working_days_text(working_days, self.dates)

    def working_days(self, count: int) -> str:
        """Returns a number of working days in words, without a sign."""
        return self.say(N_("1 working day")) if count == 1 else self.say(N_("{count} working days"), count=count)

    def health(self, health: Health) -> dict[str, str]:
        """Returns sign, word and colour name of a health."""
        sign, word, tone = HEALTH_LOOKS[health]
        return {"sign": sign, "word": self.say(word), "tone": tone}
