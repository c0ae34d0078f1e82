"""The kept sessions: one SQLite file, and one sound file each beside it."""

import json
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from whypm.domain.errors import SessionNotFoundError, StorageError
from whypm.domain.feedback import AskedQuestion, Correction, Level, Report
from whypm.domain.session import DrillOf, Session, SessionState
from whypm.domain.sound import Ending
from whypm.feedback.coaching.follow_up import EarlierQuestions
from whypm.feedback.reports.report_format import report_from_json, report_to_json
from whypm.sessions.schema import NewerDatabaseError, bring_up_to_date
from whypm.sessions.talk import told_before

_COLUMNS = (
    "id, created, question_id, question_text, company, audio, duration_seconds, state, ending, "
    "dropped_blocks, opening_seconds, pack, model, app_version, report, "
    "drill_about, drill_of, corrections, original_report"
)
_WITHOUT_REPORTS = _COLUMNS.replace(" report,", " NULL,")
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""The last one is what SQLite says where a table or a column is not as its version has it."""
_log = logging.getLogger(__name__)
_PLACES_FOR_VALUES = ", ".join("?" * len(_COLUMNS.split(", ")))


class SessionStore:
    """Reads and writes sessions; safe to call from any thread, one call at a time.

    ``recordings`` is the folder of the sound files; the database holds their names only, so the data folder
    can be moved as a whole.
    """

    def __init__(self, database: Path, recordings: Path) -> None:
        """Open the database, and make it where it is missing. Raises StorageError."""
        self._recordings = recordings
        self._file = database
        self._lock = threading.Lock()
        try:
            os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(database, check_same_thread=False, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise self._failure(error) from error
        try:
            bring_up_to_date(self._connection)
        except sqlite3.Error as error:
            self._connection.close()  # Windows moves no file away that is open, and that may be the remedy
            raise self._failure(error) from error

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._connection.close()

    def recording_path(self, session_id: str) -> Path:
        """Return where the sound of this session lies or will lie."""
        return self._recordings / f"{session_id}.wav"

    def keep(self, session: Session) -> None:
        """Write the session, new or changed. Raises StorageError; what was kept before stays."""
        with self._database() as database:
            database.execute(
                f"INSERT OR REPLACE INTO session ({_COLUMNS}) VALUES ({_PLACES_FOR_VALUES})",  # noqa: S608 - constants
                _to_row(session),
            )

    def change(self, session_id: str, changed: Callable[[Session], Session]) -> Session:
        """Keep what ``changed`` makes of a kept session, and return it; the id as for :meth:`find`.

        ``changed`` may take its time. It is called again where another thread or program changed the session
        meanwhile, so that nothing is overwritten unseen; a session that was deleted does not come back.

        Raises SessionNotFoundError or StorageError.
        """
        row = self._row(session_id)
        while True:
            done = changed(self._from_row(row))
            with self._database() as database:
                count = database.execute(
                    f"UPDATE session SET ({_COLUMNS}) = ({_PLACES_FOR_VALUES}) "  # noqa: S608 - constants
                    f"WHERE ({_COLUMNS}) IS ({_PLACES_FOR_VALUES})",
                    (*_to_row(done), *row),
                ).rowcount
            if count:
                return done
            try:
                row = self._row(done.id)
            except SessionNotFoundError:
                raise SessionNotFoundError(f"The session {done.id} was deleted meanwhile.") from None

    def find(self, session_id: str) -> Session:
        """Return the session of this id, or of the one id that begins so.

        Raises SessionNotFoundError or StorageError.
        """
        return self._from_row(self._row(session_id))

    def _row(self, session_id: str) -> tuple[object, ...]:
        with self._database() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM session WHERE substr(id, 1, ?) = ? LIMIT 2",  # noqa: S608 - constants
                (len(session_id), session_id),
            ).fetchall()
        if not rows or not session_id:
            raise SessionNotFoundError(f"No session has the id '{session_id}'.", "See 'whypm sessions list'.")
        if len(rows) > 1:
            raise SessionNotFoundError(
                f"More than one session begins with '{session_id}'.", "Give more of its id."
            )
        row: tuple[object, ...] = rows[0]
        return row

    def recent(self, limit: int | None = None) -> tuple[Session, ...]:
        """Return the sessions, the newest first; a damaged one is passed over. Raises StorageError."""
        return self._newest(_COLUMNS, limit)

    def listed(self, limit: int | None = None) -> tuple[Session, ...]:
        """Return them as :meth:`recent` does, without their reports: a thousand of those take seconds."""
        return self._newest(_WITHOUT_REPORTS, limit)

    def _newest(self, columns: str, limit: int | None) -> tuple[Session, ...]:
        with self._database() as database:
            rows = database.execute(
                # Not by the text, which is the time of the place: clocks are set back, and people travel.
                f"SELECT {columns} FROM session ORDER BY julianday(created) DESC, id DESC LIMIT ?",  # noqa: S608 - constants
                (-1 if limit is None else limit,),
            ).fetchall()
        return tuple(self._whole(rows))

    def unfinished(self) -> tuple[Session, ...]:
        """Return the sessions whose recording was never closed: the app died while they spoke."""
        with self._database() as database:  # by the ending, as each start asks for them
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM session WHERE ending = ?",  # noqa: S608 - constants
                (Ending.CRASHED.value,),
            ).fetchall()
        return tuple(s for s in self._whole(rows) if s.is_open)

    def recent_questions(self, limit: int = 50) -> tuple[str, ...]:
        """Return the ids of the questions last asked, the oldest first."""
        return tuple(s.question.id for s in reversed(self.listed(limit)) if s.question.id is not None)

    def earlier_questions(self, session_id: str) -> EarlierQuestions:
        """Return what all sessions but this one asked, and which follow-ups their reports offered.

        Where this one answers a follow-up question, also what was proven before in the same talk.
        """
        with self._database() as database:
            told = frozenset(told_before(database, session_id))
            rows = database.execute(
                "SELECT question_text, "
                "CASE WHEN json_valid(report) THEN json_extract(report, '$.follow_up.text') END "
                "FROM session WHERE id != ?",
                (session_id,),
            ).fetchall()
        return EarlierQuestions(
            put=frozenset(str(put) for put, _ in rows if put is not None),
            offered=frozenset(str(offered) for _, offered in rows if offered is not None),
            told=told,
        )

    def delete(self, session_id: str) -> Session:
        """Remove the session with its sound and return what was removed.

        Raises SessionNotFoundError, or StorageError; the row goes only after the sound file has gone.
        """
        session = self.find(session_id)
        try:
            if session.audio is not None:
                session.audio.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"The recording {session.audio} cannot be deleted: {error.strerror}."
            ) from error
        with self._database() as database:
            database.execute("DELETE FROM session WHERE id = ?", (session.id,))
        return session

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except (OSError, sqlite3.Error) as error:
                raise self._failure(error) from error

    def _failure(self, error: Exception) -> StorageError:
        remedy = "Check that the folder is yours, the disk has room, and no other program holds the file."
        if getattr(error, "sqlite_errorcode", None) in _DAMAGED:
            remedy = "Move that file away to begin a new list; the recordings beside it stay as they are."
        if isinstance(error, NewerDatabaseError):
            remedy = "Update this one, or choose another data folder with --data-dir."
        return StorageError(f"The sessions in {self._file} cannot be read or written: {error}.", remedy)

    def _whole(self, rows: list[tuple[object, ...]]) -> Iterator[Session]:
        for row in rows:
            try:
                yield self._from_row(row)
            except StorageError as error:  # one damaged row must not take the others with it
                _log.warning("%s", error)

    def _from_row(self, row: tuple[object, ...]) -> Session:
        try:
            return self._read(row)
        except (ValueError, AttributeError) as error:
            recording = self._recordings / f"{row[0]}.wav"
            raise StorageError(
                f"The session {row[0]} in {self._file} is damaged: {error}.",
                f"Its recording may still be there: 'whypm analyze {recording}'.",
            ) from error

    def _read(self, row: tuple[object, ...]) -> Session:
        stored = dict(zip(_COLUMNS.split(", "), row, strict=True))
        audio, drill = stored["audio"], stored["drill_about"]
        return Session(
            id=str(stored["id"]),
            created=datetime.fromisoformat(str(stored["created"])),
            question=AskedQuestion(_text(stored["question_id"]), _text(stored["question_text"])),
            company=_text(stored["company"]),
            audio=self._recordings / str(audio) if audio is not None else None,
            duration_seconds=float(str(stored["duration_seconds"])),
            state=SessionState(str(stored["state"])),
            ending=Ending(str(stored["ending"])),
            dropped_blocks=int(str(stored["dropped_blocks"])),
            opening_seconds=float(str(stored["opening_seconds"])),
            pack=str(stored["pack"]),
            model=_text(stored["model"]),
            app_version=str(stored["app_version"]),
            report=_report(stored["report"]),
            drill=DrillOf(str(drill), _text(stored["drill_of"])) if drill is not None else None,
            corrections=_corrections(str(stored["corrections"])),
            original=_report(stored["original_report"]),
        )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _report(stored: object) -> Report | None:
    """Return the report, or None where there is none that can be read: it can be made again."""
    if stored is None:
        return None
    try:
        return report_from_json(json.loads(str(stored)))
    except (ValueError, RecursionError, StorageError) as error:
        _log.warning("A stored report counts as missing: %s", error)
        return None


def _stored(report: Report | None) -> str | None:
    return None if report is None else json.dumps(report_to_json(report))


def _corrections(stored: str) -> tuple[Correction, ...]:
    return tuple(Correction(item, Level(level)) for item, level in json.loads(stored).items())


def _to_row(session: Session) -> tuple[object, ...]:
    return (
        session.id,
        session.created.isoformat(),
        session.question.id,
        session.question.text,
        session.company,
        session.audio.name if session.audio is not None else None,
        session.duration_seconds,
        session.state.value,
        session.ending.value,
        session.dropped_blocks,
        session.opening_seconds,
        session.pack,
        session.model,
        session.app_version,
        _stored(session.report),
        session.drill.about if session.drill is not None else None,
        session.drill.session_id if session.drill is not None else None,
        json.dumps({correction.item: correction.level.value for correction in session.corrections}),
        _stored(session.original),
    )
