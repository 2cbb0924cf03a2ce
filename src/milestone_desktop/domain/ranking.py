"""How well a text answers what was typed: whole, as its beginning, as beginnings of words, inside, or letter by letter."""

from __future__ import annotations

EXACT, PREFIX, WORDS, INSIDE, LETTERS = 1000, 800, 600, 400, 150
"""The least score of each kind of answer; a shorter text and an earlier place score a little more."""

ROOM = 150
FAR = 60


def score(wanted: str, text: str, *, letters: bool = True) -> int:
    """The score of a text, 0 where it does not answer. Both are folded (`domain.search.folded`).

    Several words may stand in any order; each must be found, and the worst of them counts. letters: whether the letters of
    one word may begin several words of the text, or lie scattered over it.
    """
    if not wanted:
        return 1
    if wanted == text:
        return EXACT + ROOM
    whole = _one(wanted, text, letters=letters and " " not in wanted)
    parts = wanted.split()
    if len(parts) < 2:
        return whole
    each = [_one(part, text, letters=False) for part in parts]
    return max(whole, min(each) if all(each) else 0)


def _one(wanted: str, text: str, *, letters: bool) -> int:
    nearness = ROOM - min(len(text), ROOM)
    at = text.find(wanted)
    if at == 0:
        return PREFIX + nearness
    if at > 0:
        starts = not text[at - 1].isalnum()
        return (WORDS if starts else INSIDE) + nearness - min(at, FAR)
    if letters and _initials(wanted, text):
        return WORDS - FAR + nearness // 2
    return _scattered(wanted, text) if letters else 0


def _initials(wanted: str, text: str) -> bool:
    """Whether the letters are beginnings of the text's words, in order: `gtt` or `gotod` for "go to today"."""
    words = [word for word in "".join(letter if letter.isalnum() else " " for letter in text).split() if word]

    def fits(rest: str, at: int) -> bool:
        if not rest:
            return True
        for number in range(at, len(words)):
            common = 0
            while common < min(len(rest), len(words[number])) and rest[common] == words[number][common]:
                common += 1
            if any(fits(rest[taken:], number + 1) for taken in range(common, 0, -1)):
                return True
        return False

    return len(words) > 1 and len(wanted) > 1 and fits(wanted, 0)


def _scattered(wanted: str, text: str) -> int:
    """The letters in order with gaps; the tighter the better, and not over the whole of a long text."""
    if len(wanted) < 3:
        return 0
    first = at = text.find(wanted[0])
    for letter in wanted[1:]:
        at = text.find(letter, at + 1) if at >= 0 else -1
    if at < 0:
        return 0
    gaps = at - first + 1 - len(wanted)
    return LETTERS - min(gaps * 10, LETTERS - 1) if gaps <= 2 * len(wanted) else 0
