"""How much a workspace grows by being worked on, and what compaction makes of it."""

from __future__ import annotations

from datetime import datetime

from journal_factory import long_journal
from milestone_desktop import files

EDITS = 1000


def test_ten_thousand_edits_add_ten_megabytes_at_the_most(path):
    """A tenth of them, a tenth of that: every edit costs the same."""
    added = long_journal(path, EDITS)
    assert added <= EDITS * 1000, f"{added / EDITS:.0f} bytes an edit"
    document = files.open_workspace(path, lambda: datetime(2026, 3, 2, 9))
    receipts, lines = document.receipts(), document.storage.lines()
    found = document.compact()
    assert found.entries == EDITS
    assert found.after < found.before
    assert (document.receipts(), document.storage.lines()) == (receipts, lines)
    document.close()
