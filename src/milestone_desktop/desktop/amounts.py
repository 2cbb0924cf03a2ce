"""Amounts of money as they are typed and shown."""

from __future__ import annotations

import re

from milestone_desktop.desktop.words import number_text
from milestone_desktop.domain.messages import N_, PlanError

_AMOUNT = re.compile(r"^(\d{1,12})(?:[.,](\d{1,2}))?$")


def money_text(amount: int | None) -> str:
    """An amount in hundredths with the locale's separators; whole ones without decimals."""
    return "" if amount is None else number_text(amount / 100, 0 if amount % 100 == 0 else 2)


def amount_text(amount: int | None) -> str:
    """An amount in hundredths as `12000.50`."""
    return "" if amount is None else f"{amount // 100}.{amount % 100:02d}"


def read_amount(text: str) -> int | None:
    """An amount as hundredths; None for an empty text. Raises PlanError."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not plain:
        return None
    found = _AMOUNT.match(plain)
    if found is None:
        raise PlanError(N_("“{text}” is not an amount."), N_("Type it as 12000 or 12000.50."), text=text.strip())
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
