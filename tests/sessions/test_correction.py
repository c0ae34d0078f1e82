"""The user's own verdicts are kept with the session, and a new analysis keeps them."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kept_answer import NOON, recorded_session
from whypm.content.loader import load_pack
from whypm.domain.errors import SessionNotFoundError, UsageError
from whypm.domain.feedback import EvidenceSentence, ItemVerdict, Level
from whypm.domain.session import DrillOf, Session
from whypm.feedback.coaching.drill import drill_on
from whypm.feedback.reports.report import build_report
from whypm.sessions.analyst import Analyst
from whypm.sessions.answered import Answered
from whypm.sessions.correction import correct
from whypm.sessions.reanalysis import reanalyse
from whypm.sessions.store import SessionStore

PACK = load_pack(Path(__file__).parents[2] / "content" / "why-pm")
SAID = "I work well with engineers. I was a nurse for nine years."


class ClaimJudge:
    """Finds working with others claimed in the first sentence, and nothing else."""

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        del sentences, company
        return tuple(
            ItemVerdict(item.id, item.group, Level.MENTION, 0.55, (EvidenceSentence(0, Level.MENTION),))
            if item.id == "collaboration"
            else ItemVerdict(item.id, item.group, Level.MISSING, 0.9)
            for item in PACK.checklist
        )


class TextAnalyst(Analyst):
    """Reports on one text, whatever the recording: what is tested is what happens to its report."""

    def __init__(self) -> None:
        self.answered: Answered | None = None

    def analyse(
        self, sound: Path, answered: Answered, on_progress: object = None, heard: object = None
    ) -> object:
        del sound, on_progress, heard
        self.answered = answered
        return build_report(
            answered.question,
            answered.pack,
            ClaimJudge(),
            text=SAID,
            earlier=answered.earlier,
            drill=answered.drill,
        )


def kept(store: SessionStore, session_id: str = "aaa111", minutes: int = 0) -> Session:
    created = NOON + timedelta(minutes=minutes)
    session = recorded_session(session_id, store.recording_path(session_id), seconds=1.0, created=created)
    store.keep(session)
    return session


def reported(store: SessionStore, session_id: str = "aaa111", minutes: int = 0) -> Session:
    return reanalyse(kept(store, session_id, minutes), TextAnalyst(), lambda _: PACK, store)


def corrected_level(session: Session, item: str) -> Level | None:
    assert session.report is not None
    return next(verdict.corrected for verdict in session.report.checklist if verdict.id == item)


def test_a_correction_is_kept_with_the_session_beside_the_judge_s_verdict(store: SessionStore) -> None:
    reported(store)
    correct("aaa111", "collaboration", Level.EVIDENCE, PACK, store)
    correct("aaa111", "path", Level.MENTION, PACK, store)
    now = store.find("aaa111")
    assert [(each.item, each.level) for each in now.corrections] == [
        ("collaboration", Level.EVIDENCE),
        ("path", Level.MENTION),
    ]
    assert now.report is not None
    verdict = next(each for each in now.report.checklist if each.id == "collaboration")
    assert (verdict.level, verdict.confidence, verdict.corrected) == (Level.MENTION, 0.55, Level.EVIDENCE)


def test_a_correction_survives_a_new_analysis_of_a_session_that_was_read_before_it(
    store: SessionStore,
) -> None:
    before = reported(store)
    correct("aaa111", "path", Level.EVIDENCE, PACK, store)
    again = reanalyse(before, TextAnalyst(), lambda _: PACK, store)
    assert corrected_level(again, "path") is Level.EVIDENCE
    assert store.find("aaa111") == again
    assert len(again.corrections) == 1


def test_a_correction_that_is_taken_back_leaves_the_judge_s_report(store: SessionStore) -> None:
    before = reported(store)
    correct("aaa111", "path", Level.EVIDENCE, PACK, store)
    assert correct("aaa111", "path", None, PACK, store) == before


def test_the_last_word_on_an_item_counts(store: SessionStore) -> None:
    reported(store)
    correct("aaa111", "path", Level.EVIDENCE, PACK, store)
    now = correct("aaa111", "path", Level.MENTION, PACK, store)
    assert [each.level for each in now.corrections] == [Level.MENTION]


def test_what_cannot_be_corrected_is_named(store: SessionStore) -> None:
    kept(store)
    with pytest.raises(UsageError, match="has no report yet; its"):
        correct("aaa111", "path", Level.MENTION, PACK, store)
    reported(store)
    with pytest.raises(UsageError, match="charm"):
        correct("aaa111", "charm", Level.MENTION, PACK, store)
    with pytest.raises(SessionNotFoundError):
        correct("zzz", "path", Level.MENTION, PACK, store)


def test_a_session_that_was_deleted_does_not_come_back_by_its_analysis(store: SessionStore) -> None:
    session = kept(store)
    store.delete("aaa111")
    with pytest.raises(SessionNotFoundError):
        reanalyse(session, TextAnalyst(), lambda _: PACK, store)
    assert store.recent() == ()


def test_no_follow_up_is_offered_in_two_sessions_and_none_that_was_asked(store: SessionStore) -> None:
    offered = []
    for number in range(6):
        report = reported(store, f"s{number}", number).report
        assert report is not None
        assert report.follow_up is not None
        offered.append(report.follow_up)
    assert len({each.text for each in offered}) == 6
    assert len({each.about for each in offered}) == 6
    first = store.find("s0")
    assert reanalyse(first, TextAnalyst(), lambda _: PACK, store).report == first.report


def test_a_drill_is_analysed_as_one_and_keeps_what_it_drills(store: SessionStore) -> None:
    session = replace(kept(store), drill=DrillOf("collaboration", "bbb222"))
    store.keep(session)
    analyst = TextAnalyst()
    done = reanalyse(session, analyst, lambda _: PACK, store)
    assert analyst.answered is not None
    assert analyst.answered.drill == drill_on("collaboration", PACK)
    assert done.report is not None
    assert [verdict.id for verdict in done.report.checklist] == ["collaboration"]
    assert store.find("aaa111").drill == DrillOf("collaboration", "bbb222")


def test_a_damaged_report_of_one_session_does_not_stop_the_analysis_of_another(
    store: SessionStore, tmp_path: Path
) -> None:
    reported(store, "s1")
    with closing(sqlite3.connect(tmp_path / "sessions.db", isolation_level=None)) as database:
        database.execute("UPDATE session SET report = '{half' WHERE id = 's1'")
    assert reported(store, "s2", 2).report is not None
