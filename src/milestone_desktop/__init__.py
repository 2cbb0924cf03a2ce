"""Milestone Desktop: when will we reach the milestones, what moved, and what to do about it."""

__version__ = "0.1.0"
