"""The report as JSON ("whypm-report/1"): what ``--json`` prints and what is kept with a session.

`report_reading` reads it back.
"""

from typing import Any

from whypm.domain.feedback import Advice, ItemVerdict, Report
from whypm.domain.pitch import VoicePitch
from whypm.domain.remarks import AnswerShape, Drill, FollowUp, Repair, Specifics
from whypm.domain.sound_quality import Loudness, SoundFault
from whypm.domain.timing import Timing
from whypm.domain.transcript import Sentence, Span, Transcript, Word
from whypm.feedback.reports.figure_keys import key_of

FORMAT = "whypm-report/1"

_DECIMALS = 3

Json = dict[str, Any]
"""An object as the json module reads and writes it."""


def report_to_json(report: Report) -> Json:
    """Return the report by the contract, numbers rounded to three decimals, times in seconds.

    Keys beyond the contract: ``checklist[].method`` and ``.corrected``, ``transcript.language`` and
    ``.unclear``, ``words[].unsure``, ``pauses[].inside_sentence``, ``timing.pace_curve``, ``loudness``,
    ``sound_faults``, ``pitch``, ``follow_up``, ``shape``, ``specifics``, ``repairs``, ``drills`` (tasks on
    the advice) and ``drill`` (the task that this answer was given to).
    """
    return {
        "format": FORMAT,
        "question": {"id": report.question.id, "text": report.question.text},
        "transcript": _transcript(report.transcript),
        "timing": _timing(report.timing) if report.timing is not None else None,
        "checklist": [_verdict(verdict) for verdict in report.checklist],
        "advice": [_advice(advice) for advice in report.advice],
        "follow_up": _follow_up(report.follow_up) if report.follow_up is not None else None,
        "shape": _shape(report.shape) if report.shape is not None else None,
        "specifics": _specifics(report.specifics) if report.specifics is not None else None,
        "repairs": [_repair(repair) for repair in report.repairs],
        "drills": [_drill(drill) for drill in report.drills],
        "drill": _drill(report.drill) if report.drill is not None else None,
        "loudness": _loudness(report.sound.loudness) if report.sound is not None else None,
        "sound_faults": [_fault(fault) for fault in report.sound.faults] if report.sound is not None else [],
        "pitch": _pitch(report.pitch) if report.pitch is not None else None,
    }


def _rounded(number: float) -> float:
    return round(float(number), _DECIMALS)


def _maybe_rounded(number: float | None) -> float | None:
    return None if number is None else _rounded(number)


def _span(span: Span) -> Json:
    return {"start": _rounded(span.start), "end": _rounded(span.end)}


def _transcript(transcript: Transcript) -> Json:
    return {
        "text": transcript.text,
        "model": transcript.model,
        "language": transcript.language,
        "sentences": [_sentence(sentence) for sentence in transcript.sentences],
        "words": [_word(word) for word in transcript.words],
        "unclear": [_span(span) for span in transcript.unclear],
    }


def _sentence(sentence: Sentence) -> Json:
    return {
        "text": sentence.text,
        "start": _maybe_rounded(sentence.start),
        "end": _maybe_rounded(sentence.end),
    }


def _word(word: Word) -> Json:
    return {
        "text": word.text,
        "start": _rounded(word.start),
        "end": _rounded(word.end),
        "probability": _rounded(word.probability),
        "filler": word.filler,
        "unsure": word.is_unsure,
    }


def _timing(timing: Timing) -> Json:
    return {
        "duration_s": _rounded(timing.duration_seconds),
        "response_latency_s": _maybe_rounded(timing.response_latency_seconds),
        "speaking_s": _rounded(timing.speaking_seconds),
        "word_count": timing.word_count,
        "words_per_minute": _maybe_rounded(timing.words_per_minute),
        "articulation_words_per_minute": _maybe_rounded(timing.articulation_words_per_minute),
        "pauses": [
            {
                "start": _rounded(pause.start),
                "end": _rounded(pause.end),
                "inside_sentence": pause.inside_sentence,
            }
            for pause in timing.pauses
        ],
        "longest_pause_s": _rounded(timing.longest_pause_seconds),
        "fillers": [
            {"text": filler.text, "start": _rounded(filler.start), "end": _rounded(filler.end)}
            for filler in timing.fillers
        ],
        "fillers_per_minute": _maybe_rounded(timing.fillers_per_minute),
        "pace_curve": [
            {
                "start": _rounded(stretch.start),
                "end": _rounded(stretch.end),
                "words_per_minute": _rounded(stretch.words_per_minute),
            }
            for stretch in timing.pace_curve
        ],
    }


def _loudness(loudness: Loudness) -> Json:
    return {
        "step_s": _rounded(loudness.step_seconds),
        "dbfs": [_rounded(level) for level in loudness.decibels],
    }


def _pitch(pitch: VoicePitch) -> Json:
    return {
        "median_hz": _rounded(pitch.hertz),
        "deviation_semitones": _rounded(pitch.semitones),
        "stretches": [
            {
                "start": _rounded(stretch.start),
                "end": _rounded(stretch.end),
                "median_hz": _maybe_rounded(stretch.hertz),
                "deviation_semitones": _maybe_rounded(stretch.semitones),
            }
            for stretch in pitch.stretches
        ],
        "step_s": _rounded(pitch.track.step_seconds),
        "hz": [_maybe_rounded(hertz) for hertz in pitch.track.hertz],
    }


def _fault(fault: SoundFault) -> Json:
    return {"kind": fault.kind.value, "text": fault.text}


def _verdict(verdict: ItemVerdict) -> Json:
    return {
        "id": verdict.id,
        "group": verdict.group.value,
        "level": verdict.level.value,
        "confidence": _rounded(verdict.confidence),
        "evidence": [
            {"sentence": evidence.sentence, "level": evidence.level.value} for evidence in verdict.evidence
        ],
        "method": verdict.method.value,
        "corrected": verdict.corrected.value if verdict.corrected is not None else None,
    }


def _advice(advice: Advice) -> Json:
    return {"about": key_of(advice.about), "text": advice.text}


def _drill(drill: Drill) -> Json:
    return {
        "about": key_of(drill.about),
        "prompt": drill.prompt,
        "seconds": _rounded(drill.seconds),
    }


def _follow_up(follow_up: FollowUp) -> Json:
    return {"about": follow_up.about, "text": follow_up.text}


def _shape(shape: AnswerShape) -> Json:
    return {
        "parts": [
            {
                "part": share.part.value,
                "sentences": list(share.sentences),
                "seconds": _maybe_rounded(share.seconds),
            }
            for share in shape.parts
        ],
        "headline": shape.headline.value,
        "headline_sentence": shape.headline_sentence,
        "closed": shape.closed,
        "remarks": list(shape.remarks),
    }


def _specifics(specifics: Specifics) -> Json:
    return {
        "details": [
            {"kind": detail.kind.value, "text": detail.text, "sentence": detail.sentence}
            for detail in specifics.details
        ],
        "general": list(specifics.general),
    }


def _repair(repair: Repair) -> Json:
    return {
        "kind": repair.kind.value,
        "text": repair.text,
        "start": _rounded(repair.start),
        "end": _rounded(repair.end),
        "first_word": repair.first_word,
        "last_word": repair.last_word,
    }
