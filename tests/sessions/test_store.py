"""What is kept, and that it stays kept."""

import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from whypm.audio.recording_file import RecordingFile
from whypm.domain.content import Group
from whypm.domain.errors import SessionNotFoundError, SoundFileError, StorageError
from whypm.domain.feedback import AskedQuestion, Correction, ItemVerdict, Level, Report
from whypm.domain.remarks import FollowUp
from whypm.domain.session import DrillOf, Session, SessionState
from whypm.domain.sound import Ending
from whypm.domain.transcript import Transcript
from whypm.sessions.recovery import recover_takes
from whypm.sessions.store import SessionStore

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def session(store: SessionStore, session_id: str = "aaa111", minutes: int = 0) -> Session:
    return Session(
        id=session_id,
        created=NOON + timedelta(minutes=minutes),
        question=AskedQuestion("plain-1", "Why product management?"),
        company="Ünïcode & Söhne",
        audio=store.recording_path(session_id),
        duration_seconds=61.5,
        state=SessionState.RECORDED,
        ending=Ending.STOPPED,
        dropped_blocks=2,
        opening_seconds=0.125,
        pack="why-pm 1",
        model="base",
        app_version="0.1.0",
    )


def test_a_session_comes_back_as_it_was_kept(store: SessionStore) -> None:
    kept = session(store)
    store.keep(kept)
    assert store.find("aaa111") == kept


def test_a_drill_and_the_user_s_own_verdicts_come_back_as_they_were_kept(store: SessionStore) -> None:
    corrections = (Correction("path", Level.MISSING), Correction("change", Level.EVIDENCE))
    kept = replace(session(store), drill=DrillOf("path", "bbb222"), corrections=corrections)
    alone = replace(session(store, "ccc333"), drill=DrillOf("pace"))
    for each in (kept, alone):
        store.keep(each)
    assert store.find("aaa111") == kept
    assert store.find("ccc333") == alone


def verdict(item: str, level: Level, confidence: float = 0.9, corrected: Level | None = None) -> ItemVerdict:
    return ItemVerdict(item, Group.TIP, level, confidence, (), corrected=corrected)


def answered(
    store: SessionStore, session_id: str, question: AskedQuestion, *verdicts: ItemVerdict
) -> Session:
    """Return a session with a report that offers "And then?" after its own question."""
    follow_up = FollowUp("path", f"{question.text} And then?")
    report = Report(question, Transcript("", None, ()), None, verdicts, (), follow_up)
    return replace(session(store, session_id), question=question, report=report)


def test_what_was_proven_in_the_same_talk_is_known_to_its_follow_ups(store: SessionStore) -> None:
    whole = answered(
        store,
        "aaa111",
        AskedQuestion("plain-1", "Why?"),
        verdict("path", Level.EVIDENCE),
        verdict("change", Level.EVIDENCE, 0.4),
        verdict("skills", Level.MENTION),
        verdict("company", Level.EVIDENCE, 0.9, Level.MENTION),
        verdict("passion", Level.MISSING, 0.9, Level.EVIDENCE),
    )
    first = answered(
        store, "bbb222", AskedQuestion(None, "Why? And then?"), verdict("strategy", Level.EVIDENCE)
    )
    second = answered(store, "ccc333", AskedQuestion(None, "Why? And then? And then?"))
    other = answered(
        store, "ddd444", AskedQuestion("plain-2", "Where?"), verdict("aspiration", Level.EVIDENCE)
    )
    for each in (whole, first, second, other):
        store.keep(each)
    assert store.earlier_questions("aaa111").told == frozenset()
    assert store.earlier_questions("bbb222").told == {"path", "passion"}
    assert store.earlier_questions("ccc333").told == {"path", "passion", "strategy"}
    assert store.earlier_questions("zzz").told == frozenset()


def test_a_changed_session_replaces_the_old_one(store: SessionStore) -> None:
    store.keep(session(store))
    store.keep(replace(session(store), state=SessionState.SET_ASIDE))
    assert [each.state for each in store.recent()] == [SessionState.SET_ASIDE]


def test_a_change_to_a_session_that_was_deleted_meanwhile_does_not_bring_it_back(store: SessionStore) -> None:
    kept = session(store)
    store.keep(kept)
    assert store.change("aaa", lambda found: replace(found, duration_seconds=12.0)).id == "aaa111"
    assert store.find("aaa111").duration_seconds == 12.0
    with pytest.raises(SessionNotFoundError, match="deleted meanwhile"):
        store.change("aaa111", lambda found: replace(store.delete(found.id), duration_seconds=1.0))
    assert store.recent() == ()


def test_a_change_is_made_anew_to_what_another_program_kept_meanwhile(
    store: SessionStore, tmp_path: Path
) -> None:
    """An older WhyPM wrote the row: what is read of it need not be written as it stood."""
    store.keep(session(store))
    with closing(sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)) as database:
        database.execute("UPDATE session SET report = '{half', corrections = '{ }'")
        found = []

        def longer(now: Session) -> Session:
            if not found:
                database.execute("UPDATE session SET model = 'small.en'")
            found.append(now.model)
            return replace(now, duration_seconds=now.duration_seconds + 1)

        changed = store.change("aaa111", longer)
    assert found == ["base", "small.en"]
    assert store.find("aaa111") == changed == replace(session(store), model="small.en", duration_seconds=62.5)


def test_sessions_survive_the_end_of_the_program(store: SessionStore, tmp_path: Path) -> None:
    kept = session(store)
    store.keep(kept)
    again = SessionStore(tmp_path / "sessions.db", tmp_path / "recordings")
    assert again.recent() == (kept,)
    again.close()


def test_the_newest_session_is_listed_first(store: SessionStore) -> None:
    for number, minutes in ((1, 5), (2, 60), (3, 0)):
        store.keep(session(store, f"s{number}", minutes))
    assert [each.id for each in store.recent()] == ["s2", "s1", "s3"]
    assert [each.id for each in store.recent(1)] == ["s2"]


def test_the_newest_session_is_listed_first_where_the_clock_was_set_back_or_the_place_changed(
    store: SessionStore,
) -> None:
    places = {"s1": 2.0, "s2": 1.0, "s3": -5.0, "s4": 5.5}
    for minutes, (session_id, hours) in enumerate(places.items()):
        kept = session(store, session_id, minutes)
        store.keep(replace(kept, created=kept.created.astimezone(timezone(timedelta(hours=hours)))))
    assert [each.id for each in store.recent()] == ["s4", "s3", "s2", "s1"]
    assert [each.id for each in store.recent(1)] == ["s4"]


def test_questions_already_asked_are_told_the_oldest_first(store: SessionStore) -> None:
    for number, question in enumerate(("plain-1", "origin-2", "sceptic-1")):
        asked = replace(session(store, f"s{number}", number), question=AskedQuestion(question, "?"))
        store.keep(asked)
    assert store.recent_questions() == ("plain-1", "origin-2", "sceptic-1")


def test_a_session_is_found_by_the_beginning_of_its_id(store: SessionStore) -> None:
    store.keep(session(store, "abc1"))
    store.keep(session(store, "abd2"))
    assert store.find("abc").id == "abc1"
    with pytest.raises(SessionNotFoundError, match="More than one"):
        store.find("ab")


@pytest.mark.parametrize("wanted", ["zzz", "", "%", "a_c"])
def test_an_unknown_id_is_named(store: SessionStore, wanted: str) -> None:
    store.keep(session(store, "abc1"))
    with pytest.raises(SessionNotFoundError, match="No session"):
        store.find(wanted)


def test_deleting_removes_the_row_its_words_and_its_sound(store: SessionStore, tmp_path: Path) -> None:
    kept = replace(session(store), question=AskedQuestion(None, "a secret question"))
    assert kept.audio is not None
    kept.audio.write_bytes(b"sound")
    store.keep(kept)
    assert store.delete("aaa").id == "aaa111"
    assert store.recent() == ()
    assert not kept.audio.exists()
    assert b"a secret question" not in (tmp_path / "sessions.db").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
@pytest.mark.usefixtures("store")
def test_the_database_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    assert stat.S_IMODE((tmp_path / "sessions.db").stat().st_mode) == 0o600


def open_files() -> set[str]:
    """The files that this process holds open; none where the system does not tell."""
    return {os.path.realpath(handle) for handle in Path("/proc/self/fd").glob("*")}


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "sessions.db"
    file.write_text("my shopping list " * 100)
    with pytest.raises(StorageError, match=r"sessions\.db.*Move that file away") as raised:
        SessionStore(file, tmp_path)
    assert file.read_text().startswith("my shopping list")
    assert raised.value.__traceback__ is not None  # which holds what was opened for as long as it is told
    assert str(file) not in open_files()  # else Windows would not move it away


def test_a_database_of_a_newer_version_is_refused_and_left_alone(store: SessionStore, tmp_path: Path) -> None:
    store.keep(session(store))
    with sqlite3.connect(tmp_path / "sessions.db") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StorageError, match="newer WhyPM") as raised:
        SessionStore(tmp_path / "sessions.db", tmp_path / "recordings")
    assert raised.value.remedy == "Update this one, or choose another data folder with --data-dir."


@pytest.mark.parametrize(
    "damage", ["PRAGMA user_version = 0", "DROP TABLE session", "ALTER TABLE session DROP COLUMN report"]
)
def test_tables_that_are_not_as_their_version_has_them_are_told_with_what_helps(
    store: SessionStore, tmp_path: Path, damage: str
) -> None:
    store.keep(session(store))
    with closing(sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)) as database:
        database.execute(damage)
    with pytest.raises(StorageError, match="Move that file away"):
        SessionStore(tmp_path / "sessions.db", tmp_path / "recordings").recent()


def test_the_start_and_the_list_read_no_report_as_there_may_be_thousands(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = replace(session(store), report=Report(AskedQuestion(), Transcript("So.", None, ()), None, (), ()))
    store.keep(kept)

    def read(_: object) -> Report:
        raise AssertionError("a report was read")

    monkeypatch.setattr("whypm.sessions.store.report_from_json", read)
    assert recover_takes(store, lambda: NOON) == ()
    assert store.recent_questions() == ("plain-1",)
    assert store.listed() == (replace(kept, report=None),)


def crashed_take(store: SessionStore, seconds: float) -> Session:
    """Return the session that an app leaves behind which died after so many seconds of sound."""
    kept = replace(session(store), ending=Ending.CRASHED, duration_seconds=0.0)
    store.keep(kept)
    assert kept.audio is not None
    sound = RecordingFile(kept.audio, 16_000)
    sound.write(np.full(round(seconds * 16_000), 900, np.int16))
    sound.close()
    return kept


def test_a_take_that_another_window_is_about_to_open_keeps_its_row(store: SessionStore) -> None:
    fresh = replace(session(store), created=datetime.now(UTC), duration_seconds=0.0, ending=Ending.CRASHED)
    store.keep(fresh)
    assert recover_takes(store, lambda: datetime.now(UTC)) == ()
    assert store.find(fresh.id) == fresh


def test_a_take_that_a_crash_left_open_is_recovered_once(store: SessionStore) -> None:
    kept = crashed_take(store, seconds=3.0)
    later = datetime.now(UTC) + timedelta(minutes=1)
    recovered = recover_takes(store, lambda: later)
    assert [each.duration_seconds for each in recovered] == [3.0]
    assert store.find(kept.id).ending is Ending.CRASHED
    assert recover_takes(store, lambda: later) == ()


def test_a_take_that_another_window_is_still_recording_is_left_alone(store: SessionStore) -> None:
    kept = crashed_take(store, seconds=3.0)
    assert recover_takes(store, lambda: datetime.now(UTC)) == ()
    assert store.find(kept.id) == kept


def test_a_crashed_take_without_a_sample_is_removed(store: SessionStore) -> None:
    crashed_take(store, seconds=0.0)
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert recover_takes(store, lambda: later) == ()
    assert store.recent() == ()


def test_a_crashed_take_that_cannot_be_looked_at_now_waits_and_keeps_no_other_one_waiting(
    store: SessionStore, tmp_path: Path
) -> None:
    out_of_reach = replace(
        session(store, "bbb222"),
        audio=tmp_path / "recordings" / ("long" * 200),  # refused by the system, as a drive that went away is
        ending=Ending.CRASHED,
        duration_seconds=0.0,
    )
    store.keep(out_of_reach)
    kept = crashed_take(store, seconds=3.0)
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert [each.id for each in recover_takes(store, lambda: later)] == [kept.id]
    assert store.find(out_of_reach.id) == out_of_reach


@pytest.mark.parametrize("fault", ["another header", "no right to write"])
def test_a_crashed_take_that_cannot_be_repaired_keeps_its_sound(
    store: SessionStore, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = crashed_take(store, seconds=3.0)
    assert kept.audio is not None
    if fault == "another header":  # as a power cut leaves it
        with kept.audio.open("r+b") as file:
            file.write(bytes(44))
    else:

        def refuse(path: Path) -> None:
            raise SoundFileError(f"{path} cannot be repaired: No space left on device.")

        monkeypatch.setattr("whypm.sessions.recovery.repair", refuse)
    size = kept.audio.stat().st_size
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert recover_takes(store, lambda: later) == ()
    assert kept.audio.stat().st_size == size
    assert store.find(kept.id) == kept


@pytest.mark.parametrize("report", ["{", "{}", "null", "[" * 100_000])
def test_a_damaged_report_counts_as_missing(store: SessionStore, tmp_path: Path, report: str) -> None:
    store.keep(session(store))
    with sqlite3.connect(tmp_path / "sessions.db") as database:
        database.execute("UPDATE session SET report = ?", (report,))
    assert store.find("aaa111").report is None
    assert len(store.recent()) == 1


@pytest.mark.parametrize("column", ["created", "state", "ending", "corrections", "duration_seconds"])
def test_a_damaged_session_does_not_cost_the_others(store: SessionStore, tmp_path: Path, column: str) -> None:
    store.keep(session(store))
    store.keep(session(store, "bbb222"))
    with sqlite3.connect(tmp_path / "sessions.db") as database:
        database.execute(f"UPDATE session SET {column} = 'x' WHERE id = 'aaa111'")  # noqa: S608 - constants
    assert [each.id for each in store.recent()] == ["bbb222"]
    with pytest.raises(StorageError, match="aaa111"):
        store.find("aaa111")
