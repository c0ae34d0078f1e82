"""A window to show things in, and a report made by hand, so that no model is needed to look at one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import whypm.studio
from desk_stage import NO_MODEL, SPEED, WAIT_MILLISECONDS, OpenDesk
from whypm.audio.file_card import FileCard
from whypm.content.library import load_library
from whypm.domain.content import Pack
from whypm.domain.feedback import Advice, AskedQuestion, EvidenceSentence, ItemVerdict, Level, Report
from whypm.domain.remarks import FollowUp
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.domain.timing import Filler, Timing
from whypm.domain.transcript import Sentence, Transcript, Word
from whypm.feedback.coaching.drill import drills_for
from whypm.feedback.substance.shape import shape_answer
from whypm.feedback.substance.specifics import find_specifics
from whypm.places import find_places
from whypm.sessions.events import Asked
from whypm.ui.desks.desk import Desk
from whypm.ui.desks.opening import Wanted
from whypm.ui.frame.main_window import MainWindow
from whypm.ui.report.feedback_content import Feedback, read_report
from whypm.ui.style.fonts import load_fonts
from whypm.ui.style.look import Look

SENTENCES = ("I drew one small table.", "Um returns fell by a third.", "I want to choose what we build.")
WORD_SECONDS = 0.5
LEVELS = {
    "experience": (Level.EVIDENCE, 0.9, 1),
    "change": (Level.MENTION, 0.8, 2),
    "skills": (Level.MENTION, 0.4, 0),
}
"""Item: its level, the judge's confidence, and the sentence that carries it; all others are missing."""


@pytest.fixture(scope="session")
def pack() -> Pack:
    places = find_places()
    return load_library(places.content / "why-pm", places.packs).packs[0]


@pytest.fixture(scope="session")
def report(pack: Pack) -> Report:
    words = [
        Word(f" {text}", number * WORD_SECONDS, (number + 1) * WORD_SECONDS, 0.9, filler=text == "Um")
        for number, text in enumerate(" ".join(SENTENCES).split())
    ]
    ends = [5, 11, 18]
    starts = [0, *ends[:-1]]
    sentences = tuple(
        Sentence(text, words[start].start, words[end - 1].end)
        for text, start, end in zip(SENTENCES, starts, ends, strict=True)
    )
    checklist = []
    for item in pack.checklist:
        level, confidence, sentence = LEVELS.get(item.id, (Level.MISSING, 0.9, None))
        evidence = (EvidenceSentence(sentence, level),) if sentence is not None else ()
        checklist.append(ItemVerdict(item.id, item.group, level, confidence, evidence))
    timing = Timing(9.0, 0.8, 8.0, 17, 127.5, 127.5, (), (Filler("um", 2.5, 3.0),), 7.5)
    advice = (Advice("change", "Say what you chose."), Advice("length", "Take a little longer."))
    return Report(
        question=AskedQuestion("plain-1", "Why product management?"),
        transcript=Transcript(" ".join(SENTENCES), "base", sentences, tuple(words), "en"),
        timing=timing,
        checklist=tuple(checklist),
        advice=advice,
        follow_up=FollowUp("change", "When did a decision of yours change something?"),
        shape=shape_answer(sentences, checklist),
        specifics=find_specifics(sentences, checklist),
        drills=drills_for(advice, pack),
    )


@pytest.fixture
def session(report: Report, tmp_path: Path) -> Session:
    return Session(
        id="0123456789ab",
        created=datetime(2026, 3, 4, 17, 5, tzinfo=UTC),
        question=report.question,
        company=None,
        audio=tmp_path / "0123456789ab.wav",
        duration_seconds=9.0,
        state=SessionState.REPORTED,
        ending=Ending.STOPPED,
        dropped_blocks=0,
        opening_seconds=0.1,
        pack="why-pm 1",
        model="base",
        app_version="0.1.0",
        report=report,
    )


@pytest.fixture
def asked() -> Asked:
    return Asked("plain-1", "Why product management?", "why-pm")


@dataclass
class SystemText:
    """How much larger than usual the system wants text to be: the machine's own must not change a test."""

    scale: float = 1.0


@pytest.fixture(scope="session")
def system_text() -> SystemText:
    return SystemText()


@pytest.fixture(scope="session")
def wardrobe(qapp: QApplication, system_text: SystemText) -> Look:
    load_fonts(find_places().assets / "fonts")
    return Look(qapp, lambda: system_text.scale)


@pytest.fixture
def feedback(report: Report, pack: Pack) -> Feedback:
    """The report as the window shows it."""
    return read_report(report, pack)


@pytest.fixture
def look(wardrobe: Look, system_text: SystemText) -> Look:
    system_text.scale = 1.0
    wardrobe.wear("light", reduce_motion=True)
    return wardrobe


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> MainWindow:
    window = MainWindow(look)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "settings.json").write_text(json.dumps({"speak_questions": False}), encoding="utf-8")
    return folder


@pytest.fixture
def open_desk(
    window: MainWindow, look: Look, data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenDesk]:
    reply = find_places().assets / "demo" / "reply.opus"
    monkeypatch.setattr(whypm.studio, "SoundCard", lambda: FileCard(reply, lambda: None, SPEED))
    desks: list[Desk] = []

    def open_(*, ready: bool = True, folder: Path = data, question_id: str | None = None) -> Desk:
        desk = Desk(window, look, Wanted(folder, NO_MODEL, question_id))
        desks.append(desk)
        desk.open()
        if ready:
            qtbot.waitUntil(lambda: desk.ready, timeout=WAIT_MILLISECONDS)
        return desk

    yield open_
    for desk in desks:
        desk.close()
