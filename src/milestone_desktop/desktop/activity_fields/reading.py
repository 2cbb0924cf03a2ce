"""What people type or paste into a cell, read as a value. Each function raises PlanError where the text means nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from milestone_desktop.desktop.amounts import read_amount
from milestone_desktop.domain.messages import N_, PlanError

_MONEY = re.compile(r"^(?P<before>[^\d\s.,'’-]{0,5})\s*(?P<figure>\d[\d\s.,'’\u066b\u066c]*)\s*(?P<after>[^\d\s.,'’-]{0,5})$")
_PERCENT = re.compile(r"^(\d{1,3})(?:[.,\u066b]0+)?\s*[%\u066a]?$")
MOST_POINTS = 100_000
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}


def read_percent(text: str) -> int:
    """`70`, `70 %`, or `70.00%` and `70,00 %` as spreadsheets write it, as a whole number from 0 to 100."""
    found = _PERCENT.match(text.strip())
    if found is None or int(found[1]) > 100:
        raise PlanError(N_("“{text}” is not a percentage."), N_("Type a whole number from 0 to 100."), text=text.strip())
    return int(found[1])


def read_points(text: str) -> float | None:
    """Story points; None for an empty text."""
    plain = text.strip().replace(",", ".")
    if not plain:
        return None
    try:
        points = float(plain)
    except ValueError:
        points = -1
    if not 0 <= points < MOST_POINTS:
        raise PlanError(N_("“{text}” is not a number of story points."), N_("Type one such as 3 or 0.5."), text=text.strip())
    return points


def read_money(text: str) -> tuple[int | None, str]:
    """`12 500.50 EUR`, `€12.500` or `12500` as hundredths and currency ("" where none is named)."""
    plain = text.strip()
    if not plain:
        return None, ""
    found = _MONEY.match(plain)
    if found is None:
        raise PlanError(N_("“{text}” is not an amount."), N_("Type it as 12000 or 12000.50 EUR."), text=plain)
    amount = read_amount(found["figure"])
    currency = found["before"] or found["after"]
    return amount, _SIGNS.get(currency, currency.upper())


def parts(text: str) -> list[str]:
    """What stands between commas, semicolons or line breaks, each once."""
    return list(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", text) if part.strip()))


def named(text: str, choices: Sequence[tuple[object, Sequence[str]]]) -> object:
    """The value whose names hold `text`, upper and lower case alike, or the only one of which a name begins with it."""
    wanted = text.strip().casefold()
    exact = [value for value, names in choices if any(name.casefold() == wanted for name in names)]
    if exact:
        return exact[0]
    begun = [value for value, names in choices if wanted and any(name.casefold().startswith(wanted) for name in names)]
    if len(begun) == 1:
        return begun[0]
    raise PlanError(
        N_("“{text}” is not one of the choices."),
        N_("Take one of: {names}."),
        text=text.strip(),
        names=", ".join(names[0] for _value, names in choices),
    )
