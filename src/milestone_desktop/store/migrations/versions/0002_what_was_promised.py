"""Calendars kept with targets, reasons given for moves afterwards, and blocks of compacted journal entries."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE kept_calendar (
    id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    week TEXT NOT NULL,
    exceptions TEXT NOT NULL,
    CONSTRAINT pk_kept_calendar PRIMARY KEY (id)
)
 STRICT""",
    """CREATE TABLE move_reason (
    id INTEGER NOT NULL,
    milestone INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    reason TEXT NOT NULL,
    given TEXT NOT NULL,
    CONSTRAINT pk_move_reason PRIMARY KEY (id),
    CONSTRAINT fk_move_reason_milestone FOREIGN KEY(milestone) REFERENCES milestone (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    "CREATE INDEX ix_move_reason_milestone ON move_reason (milestone)",
    """CREATE TABLE journal_block (
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    format INTEGER NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_journal_block PRIMARY KEY (first)
)
 STRICT""",
)


def upgrade() -> None:
    """Adds three tables; what is there stays as it is."""
    for statement in STATEMENTS:
        op.execute(statement)
