"""Filters that are there from the start: the quick ones of the menu, and the views of every workspace."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.domain.messages import N_


@dataclass(frozen=True, slots=True)
class Quick:
    """A filter with a name. text: as it would be typed."""

    id: str
    title: str
    text: str


def quick_filters() -> tuple[Quick, ...]:
    """What the Filter menu offers to switch on and off."""
    return (
        Quick("open", N_("Open"), "status:open"),
        Quick("late", N_("Late"), "is:late"),
        Quick("at-risk", N_("At risk"), 'health:"At risk"'),
        Quick("due", N_("Due in 30 days"), "due:next30d"),
        Quick("mine", N_("Mine"), "owner:me"),
        Quick("critical", N_("Critical"), "is:critical"),
        Quick("changed", N_("Changed in the last 7 days"), "changed:last7d"),
    )


def first_views() -> tuple[Quick, ...]:
    """The views that every workspace has; they are not kept in its file."""
    return (
        Quick("due", N_("Due in 30 days"), "is:milestone due:next30d"),
        Quick("late", N_("Late or at risk"), 'health:Late,"At risk"'),
        Quick("billing", N_("Billing milestones"), "is:milestone type:Billing"),
        Quick("signoff", N_("Waiting for sign-off"), "signoff:waiting"),
    )
