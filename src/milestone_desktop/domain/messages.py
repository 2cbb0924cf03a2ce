"""Sentences for people as data: a message id with arguments, rendered in a language only at the edge.

The id is the English sentence with `{named}` places. It stands in the code once, wrapped in `N_` so that it can be
extracted for translation; the file keeps id and arguments, so a journal is not frozen in one language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Translate = Callable[[str], str]


def N_(text: str) -> str:  # gettext's own name for "extract me, translate later"
    """Marks `text` for extraction and returns it unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: English text with `{named}` places, and what to put there.

    An argument may itself be a Message (rendered in the same language), a string or a number.
    """

    id: str
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return render(self)

    def __hash__(self) -> int:
        return hash((self.id, tuple(sorted((key, str(value)) for key, value in self.arguments.items()))))


def message(text: str, /, **arguments: Any) -> Message:
    """A Message with its arguments as keywords."""
    return Message(text, arguments)


def render(sentence: Message | str, translate: Translate = str) -> str:
    """The sentence in the language of `translate` (default: English). A plain string is taken as an id without arguments.

    A translation with a place that the arguments do not have falls back to the English text rather than failing.
    """
    if isinstance(sentence, str):
        return translate(sentence)
    values = {key: render(value, translate) if isinstance(value, Message) else value for key, value in sentence.arguments.items()}
    try:
        return translate(sentence.id).format_map(values)
    except (KeyError, IndexError, ValueError):
        return sentence.id.format_map(_Gaps(values))


class _Gaps(dict[str, Any]):
    """Leaves an unknown `{place}` standing."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def to_data(sentence: Message) -> dict[str, Any]:
    """JSON-ready form, read back by `from_data`."""
    arguments = {k: to_data(v) if isinstance(v, Message) else v for k, v in sentence.arguments.items()}
    return {"id": sentence.id, "args": arguments} if arguments else {"id": sentence.id}


def from_data(data: Mapping[str, Any]) -> Message:
    """The Message that `to_data` wrote."""
    arguments = {k: from_data(v) if isinstance(v, dict) and "id" in v else v for k, v in data.get("args", {}).items()}
    return Message(data["id"], arguments)


class PlanError(Exception):
    """Something a person can mend: shown inline as one sentence, never as a crash.

    message: what went wrong and why; hint: what to do next (may be absent).
    """

    def __init__(self, text: str | Message, hint: str | Message | None = None, /, **arguments: Any) -> None:
        self.message = text if isinstance(text, Message) else Message(text, arguments)
        self.hint = hint if hint is None or isinstance(hint, Message) else Message(hint, arguments)
        super().__init__(self.message)

    def text(self, translate: Translate = str) -> str:
        """Message and hint as one line in the language of `translate`."""
        parts = [render(self.message, translate)] + ([render(self.hint, translate)] if self.hint else [])
        return " ".join(parts)

    def __str__(self) -> str:
        return self.text()
