"""Reads a typed filter: `status:open due<30d -tag:client ("go live" or owner:me)`.

Words beside each other must all hold; `or` binds looser than that, parentheses group, `-` or `not` says the opposite. A
word alone is looked for in what is written on the rows. `field:value` compares in the usual way of the field, `=` as a
whole, `~` as a part, `< <= > >=` by size, `a..b` within; several values stand with commas; `none` and `any` ask whether
there is a value. What holds spaces stands in quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from milestone_desktop.domain.messages import N_, Message, PlanError
from milestone_desktop.filters import moments
from milestone_desktop.filters.field import OPERATORS, Field, Sort
from milestone_desktop.filters.fields import by_name, fields
from milestone_desktop.filters.tree import EVERYTHING, NEGATIVES, OPPOSITES, Condition, Node, Not, Operator, every, some

MARKS = ("!~", "!=", "!:", "<=", ">=", "<", ">", "~", "=", ":")
ENDS = frozenset(' \t\n\r\f\v()",')
DEEPEST = 60
"""How deep parentheses may stand in each other."""

_SIZES = {"<": Operator.BELOW, "<=": Operator.AT_MOST, ">": Operator.ABOVE, ">=": Operator.AT_LEAST}
_YES = {"yes": "yes", "true": "yes", "no": "no", "false": "no"}


class FilterError(PlanError):
    """A typed filter that cannot be read. start, end: the characters that are wrong, from 0."""

    def __init__(self, text: str | Message, hint: str | Message | None, start: int, end: int, /, **arguments: object) -> None:
        super().__init__(text, hint, position=start + 1, **arguments)
        self.start = start
        self.end = max(end, start + 1)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One value as typed. last: what stands behind `..`, None without it."""

    text: str
    quoted: bool
    start: int
    end: int
    last: str | None = None


def read_filter(text: str, read_day: moments.ReadDay) -> Node:
    """The tree of a typed filter; nothing typed keeps everything. read_day: reads a day as people type it. Raises FilterError."""
    return _Reader(text, read_day).whole()


def negated(node: Node) -> Node:
    """The opposite, as simply as it can be said."""
    if isinstance(node, Not):
        return node.part
    if isinstance(node, Condition):
        opposite = OPPOSITES.get(node.operator) or next((a for a, b in OPPOSITES.items() if b is node.operator), None)
        if by_name()[node.field].sort is Sort.FLAG:
            return Condition(node.field, node.operator, ("no" if node.values == ("yes",) else "yes",))
        if opposite is not None and opposite in OPERATORS[by_name()[node.field].sort]:
            return Condition(node.field, opposite, node.values)
        if node.operator in NEGATIVES and opposite is not None:
            return Condition(node.field, opposite, node.values)
    return Not(node)


class _Reader:
    """Goes once over the characters, without looking back."""

    def __init__(self, text: str, read_day: moments.ReadDay) -> None:
        self._text = text
        self._read_day = read_day
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        self._skip()
        if self._at == len(self._text):
            return EVERYTHING
        node = self._either()
        if self._at < len(self._text):
            raise FilterError(
                N_("At character {position} a “)” closes nothing."), N_("Take it away, or open with “(”."), self._at, self._at
            )
        return node

    # what binds conditions

    def _either(self) -> Node:
        parts = [self._both()]
        while self._word_is("or", "|"):
            parts.append(self._both())
        return some(parts)

    def _both(self) -> Node:
        parts = [self._one()]
        while True:
            self._skip()
            begin = self._at
            if self._at >= len(self._text) or self._text[self._at] == ")" or self._word_is("or", "|"):
                self._at = begin
                return every(parts)
            self._word_is("and", "&")
            parts.append(self._one())

    def _one(self) -> Node:
        self._skip()
        opposite = False
        while self._word_is("not") or self._minus():
            opposite = not opposite
            self._skip()
        node = self._group() if self._text[self._at : self._at + 1] == "(" else self._condition()
        return negated(node) if opposite else node

    def _minus(self) -> bool:
        if self._text[self._at : self._at + 1] != "-":
            return False
        self._at += 1
        return True

    def _group(self) -> Node:
        begin = self._at
        self._at += 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise FilterError(N_("The parentheses at character {position} stand too deep in each other."), None, begin, begin)
        node = self._either()
        self._depth -= 1
        self._skip()
        if self._text[self._at : self._at + 1] != ")":
            raise FilterError(N_("The “(” at character {position} is never closed."), N_("Add a “)” at the end."), begin, begin)
        self._at += 1
        return node

    # one condition

    def _condition(self) -> Node:
        begin = self._at
        if begin >= len(self._text) or self._text[begin] == ")":
            raise FilterError(
                N_("At character {position} something to look for is missing."),
                N_("Type a word or a condition such as status:open."), min(begin, len(self._text)), begin,
            )  # fmt: skip
        if self._text[begin] == '"':
            return Condition("text", Operator.LIKE, (self._quoted(),))
        while self._at < len(self._text) and self._text[self._at] not in ENDS and not self._mark():
            self._at += 1
        name, mark = self._text[begin : self._at], self._mark()
        if not mark:
            return Condition("text", Operator.LIKE, (name,))
        self._at += len(mark)
        if name.casefold() == "is":
            return self._is(self._pieces(begin), begin)
        field = by_name().get(name.casefold())
        if field is None:
            raise _unknown(name, begin)
        pieces = self._pieces(begin)
        opposite = mark.startswith("!")
        node = self._compared(field, mark.removeprefix("!"), pieces, begin)
        return negated(node) if opposite else node

    def _mark(self) -> str:
        return next((mark for mark in MARKS if self._text.startswith(mark, self._at)), "")

    def _pieces(self, begin: int) -> list[_Piece]:
        """The values behind a mark, at least one."""
        pieces = [self._piece()]
        while self._text[self._at : self._at + 1] == ",":
            self._at += 1
            pieces.append(self._piece())
        for piece in pieces:
            if not piece.text and not piece.quoted and piece.last is None:
                raise FilterError(
                    N_("After “{start}” at character {position} a value is missing."), N_("Type one, or none or any."),
                    begin, self._at, start=self._text[begin : self._at],
                )  # fmt: skip
        return pieces

    def _piece(self) -> _Piece:
        begin = self._at
        text, quoted = self._value()
        last = None
        if self._text.startswith("..", self._at):
            self._at += 2
            last, _quoted = self._value()
        return _Piece(text, quoted, begin, self._at, last)

    def _value(self) -> tuple[str, bool]:
        if self._text[self._at : self._at + 1] == '"':
            return self._quoted(), True
        begin = self._at
        while self._at < len(self._text) and self._text[self._at] not in ENDS and not self._text.startswith("..", self._at):
            self._at += 1
        return self._text[begin : self._at], False

    def _quoted(self) -> str:
        begin = self._at
        self._at += 1
        found: list[str] = []
        while self._at < len(self._text):
            letter = self._text[self._at]
            self._at += 1
            if letter == '"':
                return "".join(found)
            if letter == "\\" and self._text[self._at : self._at + 1] in ('"', "\\"):
                letter = self._text[self._at]
                self._at += 1
            found.append(letter)
        raise FilterError(
            N_("The quotation mark at character {position} is never closed."), N_('Add a “"” at the end.'), begin, self._at
        )

    def _is(self, pieces: list[_Piece], begin: int) -> Node:
        """`is:late`, `is:milestone`: truths by their names, milestones or items."""
        parts: list[Node] = []
        for piece in pieces:
            word = piece.text.casefold()
            field = by_name().get(word)
            if word in ("milestone", "item"):
                parts.append(Condition("what", Operator.EQUALS, (word,)))
            elif word in ("open", "done", "dropped"):
                parts.append(Condition("status", Operator.EQUALS, (word,)))
            elif field is not None and field.sort is Sort.FLAG:
                parts.append(Condition(field.name, Operator.EQUALS, ("yes",)))
            else:
                known = ", ".join(field.name for field in fields() if field.sort is Sort.FLAG)
                raise FilterError(
                    N_("“is:{word}” at character {position} is not known."),
                    N_("There are open, done, dropped, milestone, item, {known}."),
                    begin, self._at, word=piece.text, known=known,
                )  # fmt: skip
        return some(parts)

    def _compared(self, field: Field, mark: str, pieces: list[_Piece], begin: int) -> Node:
        piece = pieces[0]
        plain = len(pieces) == 1 and not piece.quoted and piece.last is None
        if plain and mark in ":=" and piece.text.casefold() in ("none", "any") and field.sort is not Sort.FLAG:
            empty = piece.text.casefold() == "none"
            return Condition(field.name, Operator.EMPTY if empty else Operator.NOT_EMPTY)
        operators = OPERATORS[field.sort]
        if mark in _SIZES:
            operator = _SIZES[mark]
        elif mark == "~":
            operator = Operator.LIKE
        else:
            operator = Operator.EQUALS if mark == "=" else operators[0]
        if operator not in operators:
            raise FilterError(
                N_("“{mark}” at character {position} does not go with {field}."), N_("Write {field}:value."),
                begin, self._at, mark=mark, field=field.name,
            )  # fmt: skip
        if field.sort in (Sort.TEXT, Sort.WORDS, Sort.PERSON):
            values = tuple(one.text if one.last is None else f"{one.text}..{one.last}" for one in pieces)
            return condition(field.name, operator, values)
        if len(pieces) > 1:
            raise FilterError(
                N_("{field} takes one value, not several (character {position})."),
                N_("Write ({field}:a or {field}:b), or a range a..b."),
                pieces[1].start - 1, self._at, field=field.name,
            )  # fmt: skip
        return self._measured(field, operator, piece)

    def _measured(self, field: Field, operator: Operator, piece: _Piece) -> Node:
        """A day, number, effort or truth."""
        if field.sort is Sort.FLAG:
            word = _YES.get(piece.text.casefold())
            if word is None or piece.last is not None:
                raise FilterError(
                    N_("{field} is yes or no, not “{word}” (character {position})."), None,
                    piece.start, piece.end, field=field.name, word=piece.text,
                )  # fmt: skip
            return Condition(field.name, operator, (word,))
        if piece.last is not None and operator in (Operator.EQUALS, Operator.OVERLAPS):
            return self._range(field, piece.text, piece.last, piece)
        if field.sort in (Sort.DAY, Sort.SPAN) and operator in (Operator.EQUALS, Operator.OVERLAPS):
            stretch, reach = moments.period(piece.text), moments.within(piece.text)
            if stretch is not None:
                return self._range(field, *stretch, piece)
            if reach is not None and field.sort is Sort.DAY:
                return Condition(field.name, Operator.NEXT if reach[0] == "next" else Operator.LAST, (reach[1],))
        if operator is Operator.OVERLAPS:
            return self._range(field, piece.text, piece.text, piece)
        if field.sort is Sort.DAY and (stretch := moments.period(piece.text)) is not None:  # before its first or after its last
            edge = stretch[0] if operator in (Operator.BELOW, Operator.AT_LEAST) else stretch[1]
            return Condition(field.name, operator, (edge,))
        return Condition(field.name, operator, (self._canonical(field, piece.text, piece),))

    def _range(self, field: Field, first: str, last: str, piece: _Piece) -> Node:
        operator = Operator.OVERLAPS if field.sort is Sort.SPAN else Operator.BETWEEN
        if not first and not last:
            raise FilterError(
                N_("The range at character {position} has neither beginning nor end."), N_("Write a..b, a.. or ..b."),
                piece.start, piece.end,
            )  # fmt: skip
        if field.sort is Sort.SPAN and not (first and last):
            raise FilterError(
                N_("{field} needs a beginning and an end (character {position})."), N_("Write {field}:a..b."),
                piece.start, piece.end, field=field.name,
            )  # fmt: skip
        if not first:
            return Condition(field.name, Operator.AT_MOST, (self._canonical(field, last, piece),))
        if not last:
            return Condition(field.name, Operator.AT_LEAST, (self._canonical(field, first, piece),))
        return Condition(field.name, operator, (self._canonical(field, first, piece), self._canonical(field, last, piece)))

    def _canonical(self, field: Field, text: str, piece: _Piece) -> str:
        try:
            return canonical(field, text, self._read_day)
        except PlanError as error:
            where = Message(N_("At character {position}: {problem}"), {"problem": error.message, "position": piece.start + 1})
            raise FilterError(where, error.hint, piece.start, piece.end) from None

    # characters

    def _skip(self) -> None:
        """Goes over spaces, and over a comma between two words as in any sentence."""
        while self._at < len(self._text) and (self._text[self._at].isspace() or self._text[self._at] == ","):
            self._at += 1

    def _word_is(self, *words: str) -> bool:
        """Takes one of these words if it stands here, alone."""
        self._skip()
        for word in words:
            end = self._at + len(word)
            if self._text[self._at : end].casefold() == word and (end >= len(self._text) or self._text[end] in ENDS):
                self._at = end
                return True
        return False


def condition(field: str, operator: Operator, values: tuple[str, ...]) -> Condition:
    """A condition in its one form: one value is compared, several are a list."""
    single = {Operator.IN: Operator.EQUALS, Operator.NOT_IN: Operator.NOT_EQUALS}
    several = {one: many for many, one in single.items()}
    values = tuple(dict.fromkeys(values))
    return Condition(field, (single if len(values) == 1 else several).get(operator, operator), values)


def canonical(field: Field, text: str, read_day: moments.ReadDay) -> str:
    """A value of a field in its one form. Raises PlanError where it is none."""
    match field.sort:
        case Sort.DAY | Sort.SPAN:
            return moments.canonical_day(text, read_day)
        case Sort.NUMBER:
            return moments.canonical_number(text)
        case Sort.EFFORT:
            return moments.canonical_effort(text)
        case _:
            return text


def _unknown(name: str, begin: int) -> FilterError:
    near = get_close_matches(name.casefold(), by_name(), 1)
    hint = N_("Did you mean {near}?") if near else N_("Put it in quotes to look for the text.")
    text = N_("There is no field “{name}” (character {position}).")
    return FilterError(text, hint, begin, begin + len(name), name=name, near=near[0] if near else "")
