"""Amounts of money as they are typed and shown."""

from __future__ import annotations

import re

from milestone_desktop.desktop.words import number_text
from milestone_desktop.domain.messages import N_, PlanError

_GROUPING = "['\u2019\u066c\\s]"
"""What only parts thousands: apostrophes, the Arabic comma, spaces of every width."""
_GROUPED = r"\d{1,3}(?P<mark>[.,])(?:\d{2,3}(?P=mark))*\d{3}"
_AMOUNT = re.compile(rf"^(?P<whole>{_GROUPED}|\d+)(?:(?!(?P=mark))[.,\u066b](?P<rest>\d{{1,2}}))?$")
MOST_DIGITS = 12


def money_text(amount: int | None) -> str:
    """An amount in hundredths with the locale's separators; whole ones without decimals."""
    return "" if amount is None else number_text(amount / 100, 0 if amount % 100 == 0 else 2)


def amount_text(amount: int | None) -> str:
    """An amount in hundredths as `12000.50`."""
    return "" if amount is None else f"{amount // 100}.{amount % 100:02d}"


def read_amount(text: str) -> int | None:
    """An amount as hundredths, its thousands parted in any country's way or not at all: `12000.5`, `12,000.50`, `12.000,50`,
    `12 000`; None for an empty text. Raises PlanError."""
    plain = re.sub(_GROUPING, "", text)
    if not plain:
        return None
    found = _AMOUNT.match(plain)
    whole = re.sub(r"[.,]", "", found["whole"]) if found is not None else ""
    if found is None or len(whole) > MOST_DIGITS:
        raise PlanError(N_("“{text}” is not an amount."), N_("Type it as 12000 or 12000.50."), text=text.strip())
    return int(whole) * 100 + int((found["rest"] or "0").ljust(2, "0"))
