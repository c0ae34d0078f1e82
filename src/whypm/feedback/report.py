"""The report: everything that is told about one answer, put together from its parts."""

from collections.abc import Collection, Sequence
from typing import Protocol

from whypm.domain.content import Pack
from whypm.domain.feedback import Advice, AskedQuestion, ItemVerdict, Level, Report
from whypm.domain.transcript import Recognition, Sentence, Transcript, Word
from whypm.feedback.advice import advise
from whypm.feedback.filler_context import SOUNDS
from whypm.feedback.fillers import mark_fillers
from whypm.feedback.follow_up import next_follow_up
from whypm.feedback.languages import foreign_language
from whypm.feedback.repairs import find_repairs
from whypm.feedback.sentences import split_text, split_words
from whypm.feedback.shape import shape_answer
from whypm.feedback.specifics import find_specifics
from whypm.feedback.timing import measure_timing
from whypm.feedback.tokens import bare


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
    already_asked: Collection[str] = (),
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
        already_asked: Follow-up questions that must not come again.
    """
    transcript = _spoken(recognition) if recognition is not None else _typed(text or "")
    sentences = transcript.sentences
    timing = None
    if recognition is not None:
        timing = measure_timing(recognition, transcript.words, sentences, opening_seconds=opening_seconds)
        language = foreign_language(recognition)
        if sentences and language is not None:
            return Report(question, transcript, timing, _all_missing(pack), (_on_language(language),))
    verdicts = _verdicts(judge, sentences, pack, company) if sentences else _all_missing(pack)
    return Report(
        question=question,
        transcript=transcript,
        timing=timing,
        checklist=verdicts,
        advice=advise(verdicts, timing, pack, transcript, question=question, company=company),
        follow_up=next_follow_up(verdicts, pack, {*already_asked, question.text or ""}),
        shape=shape_answer(sentences, verdicts),
        specifics=find_specifics(sentences, verdicts),
        repairs=find_repairs(transcript.words),
    )


def _spoken(recognition: Recognition) -> Transcript:
    # Whisper invents text on silence and noise: where the voice detector heard nobody, nobody spoke.
    words = mark_fillers(_said(recognition.words)) if recognition.voiced else ()
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
    return tuple(word for word in words if word.end > word.start or bare(word.text) not in SOUNDS)


def _typed(text: str) -> Transcript:
    sentences = split_text(text)
    return Transcript(_text_of(sentences), None, sentences)


def _text_of(sentences: Sequence[Sentence]) -> str:
    return " ".join(sentence.text for sentence in sentences)


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
