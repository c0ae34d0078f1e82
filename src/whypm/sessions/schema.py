"""The database's tables, and how a database of an earlier version becomes one of today's."""

import sqlite3

VERSION = 3

_FIRST = (
    """
    CREATE TABLE session (
        id TEXT PRIMARY KEY,
        created TEXT NOT NULL,
        question_id TEXT,
        question_text TEXT,
        company TEXT,
        audio TEXT,
        duration_seconds REAL NOT NULL,
        state TEXT NOT NULL,
        ending TEXT NOT NULL,
        dropped_blocks INTEGER NOT NULL,
        opening_seconds REAL NOT NULL,
        pack TEXT NOT NULL,
        model TEXT,
        app_version TEXT NOT NULL,
        report TEXT
    )
    """,
    "CREATE INDEX session_created ON session (created)",
)
_SECOND = (
    "ALTER TABLE session ADD COLUMN drill_about TEXT",
    "ALTER TABLE session ADD COLUMN drill_of TEXT",
    "ALTER TABLE session ADD COLUMN corrections TEXT NOT NULL DEFAULT '{}'",
)
_THIRD = ("ALTER TABLE session ADD COLUMN original_report TEXT",)
_STEPS = (_FIRST, _SECOND, _THIRD)
"""What leads from each version to the next; a step that was published is never changed."""


class NewerDatabaseError(sqlite3.DatabaseError):
    """A later version of the program wrote the database."""


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Make the tables, or take them from their version to today's, all or nothing.

    The connection must be in autocommit mode. Raises sqlite3.Error; NewerDatabaseError leaves all as it is.
    """
    # Deleted answers must not linger in free pages of the file.
    connection.execute("PRAGMA secure_delete = ON")
    if _known_version(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read once more behind the lock: another window may have done it meanwhile.
        for step in _STEPS[_known_version(connection) :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk makes SQLite roll back by itself
            connection.execute("ROLLBACK")
        raise


def _known_version(connection: sqlite3.Connection) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise NewerDatabaseError("a newer WhyPM wrote them")
    return version
