"""The report: everything that is told about one answer, put together from its parts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from whypm.domain.content import Pack
from whypm.domain.feedback import (
    SURE_FROM_CONFIDENCE,
    Advice,
    AskedQuestion,
    Correction,
    ItemVerdict,
    Level,
    Method,
    Report,
)
from whypm.domain.pitch import VoicePitch
from whypm.domain.remarks import Drill
from whypm.domain.timing import Timing
from whypm.domain.transcript import Recognition, Sentence, Transcript, Word
from whypm.feedback.coaching.advice import advise
from whypm.feedback.coaching.drill import drills_for
from whypm.feedback.coaching.drill_advice import advise_on_drill
from whypm.feedback.coaching.follow_up import EarlierQuestions, next_follow_up
from whypm.feedback.coaching.reply import advise_on_reply, held_against, probed_item
from whypm.feedback.delivery.pitch import measure_pitch
from whypm.feedback.delivery.repairs import find_repairs
from whypm.feedback.delivery.timing import measure_timing
from whypm.feedback.fillers.fillers import mark_fillers
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.judging.employer import asks_about_employer
from whypm.feedback.substance.shape import shape_answer
from whypm.feedback.substance.specifics import find_specifics
from whypm.feedback.text.hesitations import HESITATIONS
from whypm.feedback.text.languages import foreign_language
from whypm.feedback.text.sentences import split_text, split_words
from whypm.feedback.text.tokens import bare

_OPEN_CONFIDENCE = SURE_FROM_CONFIDENCE - 0.1
"""What the confidence of a verdict is lowered to so that no advice is built on it."""


class JudgeProtocol(Protocol):
    """What decides on the checklist; loaded elsewhere, as it is heavy."""

    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        """Return a verdict on each item; evidence points into ``sentences``."""


def build_report(
    question: AskedQuestion,
    pack: Pack,
    judge: JudgeProtocol,
    *,
    recognition: Recognition | None = None,
    text: str | None = None,
    company: str | None = None,
    opening_seconds: float = 0.0,
    earlier: EarlierQuestions | None = None,
    drill: Drill | None = None,
    fillers: PhraseJudge | None = None,
) -> Report:
    """Return the report on a recorded answer (``recognition``) or a typed one (``text``).

    Where nothing was said, or not in English, no item is judged: all are missing, and the one advice says
    what was heard.

    Args:
        question: As it was put.
        pack: Its checklist gives the order of the verdicts.
        judge: Decides on the checklist.
        recognition: What was recognised in the recording.
        text: The typed answer, used where there is no recognition.
        company: The employer's name, if the user gave it.
        opening_seconds: From the end of the question to the first sample; it counts towards the latency.
        earlier: What other sessions asked.
        drill: The task that the answer was given to, if it was one: only that is judged and advised on.
        fillers: Tells which phrases fill a gap; without it hesitation sounds alone are told.
    """
    pack = held_against(pack, drill, question)
    transcript = _spoken(recognition, fillers) if recognition is not None else _typed(text or "")
    sentences = transcript.sentences
    timing, pitch = _delivery(recognition, transcript, opening_seconds)
    language = foreign_language(recognition) if recognition is not None else None
    if sentences and language is not None:
        advice = (_on_language(language),)
        return Report(question, transcript, timing, _all_missing(pack), advice, drill=drill, pitch=pitch)
    verdicts = _verdicts(judge, sentences, pack, company) if sentences else _all_missing(pack)
    report = Report(
        question=question,
        transcript=transcript,
        timing=timing,
        checklist=verdicts,
        advice=(),
        specifics=find_specifics(sentences, verdicts),
        repairs=find_repairs(transcript.words),
        drill=drill,
        pitch=pitch,
    )
    return _concluded(report, pack, company, earlier or EarlierQuestions())


def correct_report(
    report: Report,
    corrections: Sequence[Correction],
    pack: Pack,
    *,
    company: str | None = None,
    earlier: EarlierQuestions | None = None,
) -> Report:
    """Return the report with these corrections and no others, and all that follows from a verdict anew.

    The judge's own verdicts stay beside them. Corrections of other items are left out.
    """
    levels = {correction.item: correction.level for correction in corrections}
    checklist = tuple(replace(verdict, corrected=levels.get(verdict.id)) for verdict in report.checklist)
    if checklist == report.checklist:
        return report
    corrected = replace(report, checklist=checklist)
    if report.specifics is not None:
        specifics = find_specifics(report.transcript.sentences, corrected.settled_checklist)
        corrected = replace(corrected, specifics=specifics)
    held = held_against(pack, report.drill, report.question)
    return _concluded(corrected, held, company, earlier or EarlierQuestions())


def _concluded(report: Report, pack: Pack, company: str | None, earlier: EarlierQuestions) -> Report:
    """Return the report with what follows from its verdicts.

    A drill has no shape and no next question; nor does anybody ask on where nothing was said. The answer to a
    follow-up question has no shape either: it is no answer to "why".
    """
    verdicts, said, drill = _with_likenesses_left_open(report), report.transcript, report.drill
    if drill is not None:
        advice = advise_on_drill(verdicts, report.timing, pack, said, drill.about)
        return replace(report, advice=advice, drills=drills_for(advice, pack))
    probed = probed_item(report.question, pack)
    shape = None
    if probed is not None:
        advice = advise_on_reply(verdicts, report.timing, pack, said, probed.id)
    else:
        advice = advise(verdicts, report.timing, pack, said, question=report.question, company=company)
        about_us = asks_about_employer(report.question, pack, company)
        shape = shape_answer(said.sentences, report.settled_checklist, asks_about_employer=about_us)
    put = {*earlier.put, report.question.text or ""}
    return replace(
        report,
        advice=advice,
        follow_up=(
            next_follow_up(verdicts, pack, put, earlier.offered, earlier.told) if said.sentences else None
        ),
        shape=shape,
        drills=drills_for(advice, pack),
    )


def _with_likenesses_left_open(report: Report) -> tuple[ItemVerdict, ...]:
    """Return the verdicts that count, unsure of a likeness whose sentence holds a number, name or outcome.

    A likeness cannot tell a proof from a claim; advice must not ask for the example that was just given.
    """
    detailed = {detail.sentence for detail in report.specifics.details} if report.specifics else set()
    return tuple(
        replace(verdict, confidence=min(verdict.confidence, _OPEN_CONFIDENCE))
        if verdict.method is Method.EXAMPLES
        and verdict.corrected is None
        and verdict.best_sentence in detailed
        else verdict
        for verdict in report.settled_checklist
    )


def _spoken(recognition: Recognition, fillers: PhraseJudge | None) -> Transcript:
    # Whisper invents text on silence and noise: where the voice detector heard nobody, nobody spoke.
    words = mark_fillers(_said(recognition.words), fillers) if recognition.voiced else ()
    sentences = split_words(words, recognition.voiced)
    return Transcript(
        text=_text_of(sentences),
        model=recognition.model,
        sentences=sentences,
        words=words,
        language=recognition.language,
        unclear=recognition.unclear,
    )


def _said(words: Sequence[Word]) -> tuple[Word, ...]:
    """Leave out hesitation sounds that take no time: a prompt for them makes Whisper write rows of these."""
    return tuple(word for word in words if word.end > word.start or bare(word.text) not in HESITATIONS)


def _typed(text: str) -> Transcript:
    sentences = split_text(text)
    return Transcript(_text_of(sentences), None, sentences)


def _text_of(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


def _delivery(
    recognition: Recognition | None, transcript: Transcript, opening_seconds: float
) -> tuple[Timing | None, VoicePitch | None]:
    """Return how a recorded answer was spoken; nothing of a typed one."""
    if recognition is None:
        return None, None
    timing = measure_timing(
        recognition, transcript.words, transcript.sentences, opening_seconds=opening_seconds
    )
    if recognition.pitch is None:
        return timing, None
    return timing, measure_pitch(recognition.pitch, recognition.voiced, timing.pace_curve)


def _all_missing(pack: Pack) -> tuple[ItemVerdict, ...]:
    return tuple(ItemVerdict(item.id, item.group, Level.MISSING, 1.0) for item in pack.checklist)


def _verdicts(
    judge: JudgeProtocol, sentences: Sequence[Sentence], pack: Pack, company: str | None
) -> tuple[ItemVerdict, ...]:
    """Return a verdict on every item in the pack's order; one that the judge left out is not sure."""
    given = {
        verdict.id: verdict
        for verdict in judge.judge([sentence.text for sentence in sentences], company=company)
    }
    return tuple(
        given.get(item.id, ItemVerdict(item.id, item.group, Level.MISSING, 0.0)) for item in pack.checklist
    )


def _on_language(language: str) -> Advice:
    return Advice("length", f"This sounded like {language}. WhyPM understands answers in English only.")
