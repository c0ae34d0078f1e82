"""A database of an earlier version is brought to today's without loss."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from file_limit import no_file_larger_than
from whypm.domain.errors import StorageError
from whypm.domain.feedback import Correction, Level
from whypm.sessions.schema import VERSION
from whypm.sessions.store import SessionStore

VERSION_1 = """
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
);
CREATE INDEX session_created ON session (created);
PRAGMA user_version = 1;
"""
REPORT = """{"format": "whypm-report/1", "question": {"id": "plain-1", "text": "Why?"},
"transcript": {"text": "I like it.", "model": "base", "sentences": [{"text": "I like it.", "start": 1,
"end": 2}], "words": []}, "timing": null, "checklist": [{"id": "path", "group": "story", "level": "missing",
"confidence": 0.9, "evidence": []}], "advice": [{"about": "path", "text": "Say where it began."}]}"""
ROWS = [
    (
        *(f"s{number}", f"2026-11-2{number}T10:00:00+01:00", "plain-1", "Why?", "Müller"),
        *(f"s{number}.wav", 61.25 + number, state, "stopped", number, 0.125, "why-pm 1", "base"),
        *("0.1.0", report),
    )
    for number, (state, report) in enumerate([("reported", REPORT), ("recorded", None), ("set aside", None)])
]
EVERYTHING = """
SELECT id, created, question_id, question_text, company, audio, duration_seconds, state, ending,
dropped_blocks, opening_seconds, pack, model, app_version, report FROM session ORDER BY id
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    file = tmp_path / "sessions.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript(VERSION_1)
        database.executemany("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", ROWS)
    return file


@pytest.fixture
def store(old: Path) -> Iterator[SessionStore]:
    opened = SessionStore(old, old.parent)
    yield opened
    opened.close()


def test_every_row_of_version_1_is_kept_as_it_was(old: Path, store: SessionStore) -> None:
    with closing(sqlite3.connect(old)) as database:
        assert database.execute(EVERYTHING).fetchall() == ROWS
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)
    first = store.find("s0")
    assert first.company == "Müller"
    assert first.report is not None
    assert first.report.advice[0].text == "Say where it began."
    assert [(each.drill, each.corrections) for each in store.recent()] == [(None, ())] * 3


def test_a_migrated_session_can_be_changed(store: SessionStore) -> None:
    corrected = replace(store.find("s0"), corrections=(Correction("path", Level.MENTION),))
    store.keep(corrected)
    assert store.find("s0") == corrected


@pytest.mark.usefixtures("store")
def test_migrating_is_done_once(old: Path) -> None:
    again = SessionStore(old, old.parent)
    assert len(again.recent()) == 3
    again.close()


def test_a_migration_that_fails_half_way_leaves_version_1_behind(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as database:
        database.execute("ALTER TABLE session ADD COLUMN drill_of TEXT")  # the second statement will meet it
    with pytest.raises(StorageError, match="duplicate column"):
        SessionStore(old, old.parent)
    with closing(sqlite3.connect(old)) as database:
        names = [row[1] for row in database.execute("PRAGMA table_info(session)")]
        assert "drill_about" not in names
        assert database.execute("PRAGMA user_version").fetchone() == (1,)
        assert database.execute(EVERYTHING).fetchall() == ROWS


def test_a_full_disk_is_told_and_not_that_nothing_is_left_to_roll_back(old: Path) -> None:
    with no_file_larger_than(100), pytest.raises(StorageError) as raised:
        SessionStore(old, old.parent)
    assert "disk" in raised.value.message
    assert "rollback" not in raised.value.message
    with closing(sqlite3.connect(old)) as database:
        assert database.execute(EVERYTHING).fetchall() == ROWS
