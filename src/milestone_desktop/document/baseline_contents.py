"""What baselines keep, each unpacked once."""

from __future__ import annotations

from milestone_desktop.document.document import Document
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Baseline
from milestone_desktop.tracking.baselines import BaselineContent, unpack


class BaselineContents:
    """The contents of the baselines of a document, by the digest of their bytes, which never change."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[str, BaselineContent] = {}

    def needed(self, baseline: Baseline) -> BaselineContent:
        """What a baseline keeps. Raises PlanError where that is no longer in the file or cannot be read."""
        found = self._known.get(baseline.content)
        if found is None:
            try:
                found = self._known[baseline.content] = unpack(self._document.blob(baseline.content))
            except KeyError as error:
                raise PlanError(N_("What baseline “{name}” kept is no longer in the file."), name=baseline.name) from error
        return found

    def content(self, baseline: Baseline) -> BaselineContent | None:
        """The same; None where it cannot be had: the baseline's own page says so."""
        try:
            return self.needed(baseline)
        except PlanError:
            return None
