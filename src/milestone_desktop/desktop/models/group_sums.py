"""What the head of a group says of all that stands in it: how many, progress, first start, last end, effort and money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from milestone_desktop.chart.rows import NO_INSTANT, RowKind, Rows
from milestone_desktop.desktop.facts import Facts
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.progress import mean_of_sums, rounded


@dataclass(frozen=True, slots=True)
class GroupSums:
    """An activity that stands in a group several times counts once. milestones: how many of the `count` are some;
    progress: percent by the formula of a project, None without items; estimate: working minutes; amounts: hundredths by
    currency, which are never added to each other."""

    count: int
    milestones: int
    progress: int | None
    start: Instant | None
    end: Instant | None
    estimate: int
    amounts: tuple[tuple[str, int], ...]


def group_sums(facts: Facts, rows: Rows, at: int) -> GroupSums:
    """The sums of the head at a position of the outline."""
    outline = rows.outline
    beneath = np.arange(at + 1, at + int(outline.size[at]))
    ids, first = np.unique(outline.ids[beneath], return_index=True)
    inside = beneath[first][ids > 0]
    milestone = outline.kind[inside] == RowKind.MILESTONE
    items = inside[~milestone]
    return GroupSums(
        count=len(inside),
        milestones=int(milestone.sum()),
        progress=_progress(facts, rows, items),
        start=None if outline.start[at] == NO_INSTANT else int(outline.start[at]),
        end=None if outline.end[at] == NO_INSTANT else int(outline.end[at]),
        estimate=int(outline.estimate[items].sum()),
        amounts=_amounts(facts, outline.ids[inside[milestone]].tolist()),
    )


def _progress(facts: Facts, rows: Rows, items: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int | None:
    """The mean over the items. What stands for others beneath it brings their mean; all else its own percent."""
    outline = rows.outline
    plain = items[~outline.summary[items]]
    values, weights = outline.progress[plain].astype(np.float64), outline.weight[plain].astype(np.float64)
    weighted, total, sum_, count = float(values @ weights), float(weights.sum()), float(values.sum()), len(plain)
    for row_id in outline.ids[items[outline.summary[items]]].tolist():
        value, weight = facts.progress.share(row_id)
        weighted, total, sum_, count = weighted + value * weight, total + weight, sum_ + value, count + 1
    return rounded(mean_of_sums(weighted, total, sum_, count))


def _amounts(facts: Facts, milestones: list[int]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for row_id in milestones:
        row = facts.plan.get(Milestone, row_id)
        if row is not None and row.amount is not None and row.dropped is None:
            found[row.currency] = found.get(row.currency, 0) + row.amount
    return tuple(sorted(found.items()))
