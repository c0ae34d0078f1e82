"""The user's own words for a kept answer: kept beside what was recognised, and taken back without loss."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kept_answer import recorded_session
from whypm.content.loader import load_pack
from whypm.domain.content import Pack
from whypm.domain.errors import UsageError
from whypm.domain.feedback import EvidenceSentence, ItemVerdict, Level, Report
from whypm.domain.pitch import PitchTrack
from whypm.domain.session import Session
from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.reports.report import build_report
from whypm.sessions.analyst import Analyst
from whypm.sessions.answered import Answered
from whypm.sessions.correction import correct
from whypm.sessions.editing import edit_transcript
from whypm.sessions.reanalysis import reanalyse
from whypm.sessions.store import SessionStore
from whypm_lab.speech.lab_model import lab_phrases

PACK = load_pack(Path(__file__).parents[2] / "content" / "why-pm")
MISHEARD = "I was a purse."
RIGHT = "I was a nurse and worked with engineers."
WORDS = tuple(Word(text, at, at + 0.4, 0.4) for at, text in enumerate(MISHEARD.split(), 1))
HEARD = Recognition("base", "en", 0.99, 6.0, WORDS, (Span(1.0, 4.4),))


class EngineerJudge:
    """Finds collaboration mentioned where engineers are."""

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        del company
        where = [number for number, sentence in enumerate(sentences) if "engineers" in sentence]
        return tuple(
            ItemVerdict(item.id, item.group, Level.MENTION, 0.9, (EvidenceSentence(where[0], Level.MENTION),))
            if item.id == "collaboration" and where
            else ItemVerdict(item.id, item.group, Level.MISSING, 0.9)
            for item in PACK.checklist
        )


class HearingAnalyst(Analyst):
    """Hears the same words in every recording: what is tested is what the user makes of them."""

    def __init__(self) -> None:
        super().__init__(self._no_transcriber, lambda _: EngineerJudge(), lab_phrases)

    @staticmethod
    def _no_transcriber() -> object:
        raise AssertionError("an edit needs no transcription")

    def analyse(
        self, sound: Path, answered: Answered, on_progress: object = None, heard: object = None
    ) -> Report:
        del sound, on_progress, heard
        return build_report(answered.question, answered.pack, EngineerJudge(), recognition=HEARD)


@pytest.fixture
def store(store: SessionStore) -> SessionStore:
    """The store with one take in it."""
    store.keep(recorded_session("aaa111", store.recording_path("aaa111"), seconds=6.0))
    return store


@pytest.fixture
def edit(store: SessionStore) -> Callable[[str | None], Session]:
    return lambda text: edit_transcript("aaa", text, HearingAnalyst(), pack_of, store)


def pack_of(pack_id: str) -> Pack:
    assert pack_id == PACK.id
    return PACK


def analysed(store: SessionStore) -> Session:
    return reanalyse(store.find("aaa111"), HearingAnalyst(), pack_of, store)


def test_the_pitch_stays_whatever_the_words(
    store: SessionStore, edit: Callable[[str | None], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    silence = (None,) * 10
    track = PitchTrack(0.1, (*silence, *(118.0, 122.0) * 50, *silence))
    sung = replace(HEARD, duration_seconds=12.0, voiced=(Span(1.0, 11.0),), pitch=track)
    monkeypatch.setattr(sys.modules[__name__], "HEARD", sung)
    before = analysed(store).report
    after = edit(RIGHT).report
    assert before is not None
    assert after is not None
    assert before.pitch is not None
    assert after.transcript.text == RIGHT
    assert after.pitch is not None
    assert (after.pitch.track, after.pitch.hertz) == (before.pitch.track, before.pitch.hertz)


def level_of(session: Session, item: str) -> Level:
    assert session.report is not None
    return next(verdict.level for verdict in session.report.settled_checklist if verdict.id == item)


def test_checklist_and_figures_follow_the_text_and_the_original_stays(
    store: SessionStore, edit: Callable[[str | None], Session]
) -> None:
    analysed(store)
    before = store.find("aaa111")
    edit(RIGHT)
    edited = store.find("aaa111")
    assert edited.original == before.report
    assert edited.report is not None
    assert edited.report.transcript.text == RIGHT
    assert edited.report.timing is not None
    assert edited.report.timing.word_count == 8
    assert (level_of(before, "collaboration"), level_of(edited, "collaboration")) == (
        Level.MISSING,
        Level.MENTION,
    )


def test_an_edit_that_is_taken_back_leaves_everything_as_it_was(
    store: SessionStore, edit: Callable[[str | None], Session]
) -> None:
    analysed(store)
    before = store.find("aaa111")
    edit(RIGHT)
    edit("Something else altogether.")
    assert edit(None) == before
    assert store.find("aaa111") == before


def test_the_user_s_own_verdicts_and_words_survive_each_other_and_a_new_analysis(
    store: SessionStore, edit: Callable[[str | None], Session]
) -> None:
    analysed(store)
    edit(RIGHT)
    correct("aaa", "path", Level.EVIDENCE, PACK, store)
    again = analysed(store)
    assert again.report is not None
    assert again.report.transcript.text == RIGHT
    assert again.original is not None
    assert again.original.transcript.text == MISHEARD
    assert level_of(again, "path") is Level.EVIDENCE
    assert level_of(edit(None), "path") is Level.EVIDENCE


def test_an_edit_starts_from_the_newest_analysis_though_that_lands_while_it_is_judged(
    store: SessionStore,
) -> None:
    analysed(store)

    class OvertakenAnalyst(HearingAnalyst):
        edits = 0

        def edit(self, recognised: Report, text: str, answered: Answered) -> Report:
            self.edits += 1
            if self.edits == 1:
                found = store.find("aaa111")
                newer = replace(HEARD, model="small.en")
                report = build_report(found.question, PACK, EngineerJudge(), recognition=newer)
                store.keep(replace(found, report=report, model="small.en"))
            return super().edit(recognised, text, answered)

    edit_transcript("aaa", RIGHT, OvertakenAnalyst(), pack_of, store)
    edited = store.find("aaa111")
    assert edited.report is not None
    assert edited.report.transcript.text == RIGHT
    assert edited.original is not None
    assert edited.model == edited.original.transcript.model == "small.en"


def test_a_verdict_given_while_a_new_analysis_follows_the_user_s_words_is_kept(
    store: SessionStore, edit: Callable[[str | None], Session]
) -> None:
    analysed(store)
    edit(RIGHT)

    class OvertakenAnalyst(HearingAnalyst):
        edits = 0

        def edit(self, recognised: Report, text: str, answered: Answered) -> Report:
            self.edits += 1
            if self.edits == 1:
                correct("aaa", "path", Level.EVIDENCE, PACK, store)
            return super().edit(recognised, text, answered)

    reanalyse(store.find("aaa111"), OvertakenAnalyst(), pack_of, store)
    assert level_of(store.find("aaa111"), "path") is Level.EVIDENCE


@pytest.mark.parametrize("blank", ["", "  \n", "... – !?", "🙂"])
def test_what_cannot_be_edited_is_told(
    store: SessionStore, edit: Callable[[str | None], Session], blank: str
) -> None:
    with pytest.raises(UsageError, match="has no report yet; its"):
        edit(RIGHT)
    analysed(store)
    with pytest.raises(UsageError, match="empty"):
        edit(blank)
