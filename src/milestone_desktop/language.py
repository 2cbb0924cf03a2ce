"""The person's language, for command line and window alike: gettext over `resources/locale`, without Qt."""

from __future__ import annotations

import gettext
import unicodedata
from functools import cache

from milestone_desktop.domain.messages import Message, PlanError, render
from milestone_desktop.resource_files import resource

DOMAIN = "milestone-desktop"


def use_own_translations() -> None:
    """Tells gettext where the program's translations lie. To be called once, at the start of the program."""
    gettext.bindtextdomain(DOMAIN, str(resource("locale")))
    _.cache_clear()


@cache
def _(text: str) -> str:
    """The text in the person's language. Kept once asked for: gettext looks into the file system each time."""
    return gettext.dgettext(DOMAIN, text)


def say(sentence: Message | str) -> str:
    """A message of another room in the person's language."""
    return render(sentence, _)


def say_error(error: PlanError) -> str:
    """What went wrong, why and what next, in the person's language."""
    return error.text(_)


def one_line(text: str) -> str:
    """The text as one line for a terminal: control characters, which could steer it, are shown as codes such as `[U+001B]`."""
    return "".join(f"[U+{ord(sign):04X}]" if unicodedata.category(sign) in _STEERING else sign for sign in text)


_STEERING = frozenset({"Cc", "Zl", "Zp"})
