"""The planned dates of moves beside the entries that made them; when a linked file was last written."""

import json
import zlib

from alembic import op
from sqlalchemy import text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    "ALTER TABLE journal_milestone ADD COLUMN moved_from TEXT",
    "ALTER TABLE journal_milestone ADD COLUMN moved_to TEXT",
    "ALTER TABLE evidence ADD COLUMN modified TEXT",
)

KEEP = text(
    "INSERT INTO journal_milestone (milestone, sequence, moved_from, moved_to) VALUES (:milestone, :sequence, :old, :new) "
    "ON CONFLICT (milestone, sequence) DO UPDATE SET moved_from = excluded.moved_from, moved_to = excluded.moved_to"
)


def upgrade() -> None:
    """Adds the columns, and fills the first two from the receipts."""
    for statement in STATEMENTS:
        op.execute(statement)
    connection = op.get_bind()
    rows = connection.execute(text("SELECT sequence, receipts FROM journal WHERE receipts IS NOT NULL")).all()
    for sequence, packed in rows:
        for milestone, what, old, new, *_rest in json.loads(zlib.decompress(packed)):
            if what == "planned":
                connection.execute(KEEP, {"milestone": milestone, "sequence": sequence, "old": old, "new": new})
