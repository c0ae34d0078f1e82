"""A stored report, read back from its JSON."""

from collections.abc import Iterator

from whypm.domain.content import Group
from whypm.domain.errors import StorageError
from whypm.domain.feedback import Advice, AskedQuestion, EvidenceSentence, ItemVerdict, Level, Method, Report
from whypm.domain.pitch import PitchStretch, PitchTrack, VoicePitch
from whypm.domain.remarks import (
    AnswerShape,
    Drill,
    FollowUp,
    Headline,
    Part,
    PartShare,
    Repair,
    RepairKind,
    Specific,
    SpecificKind,
    Specifics,
)
from whypm.domain.sound_quality import Loudness, SoundFault, SoundFaultKind, SoundQuality
from whypm.domain.timing import Filler, PaceStretch, Pause, Timing
from whypm.domain.transcript import Sentence, Span, Transcript, Word
from whypm.feedback.reports.figure_keys import about_of
from whypm.feedback.reports.report_writing import FORMAT, Json
from whypm.feedback.reports.stored_values import (
    DamagedError,
    choice,
    count,
    counts,
    flag,
    list_of,
    maybe_number,
    maybe_numbers,
    maybe_text,
    number,
    numbers,
    object_of,
    optional,
    text,
    texts,
    value_of,
)

_REMEDY = "Its recording is still there: analyse the session again."


def report_from_json(data: object) -> Report:
    """Return the report that `report_to_json` wrote; keys that it does not know are passed over.

    Raises:
        StorageError: The data is no report, is of another format, or lacks something; the message says where.
    """
    try:
        report = _report(object_of(data, "report"))
        _check_places(report)
    except DamagedError as error:
        message = f"The stored report cannot be read: its “{error}” is missing or damaged."
        raise StorageError(message, _REMEDY) from error
    return report


def _check_places(report: Report) -> None:
    """Raise DamagedError where something points at a sentence or a word that the transcript does not have."""
    for name, sentence in _sentences_pointed_at(report):
        if sentence >= len(report.transcript.sentences):
            raise DamagedError(name)
    words = len(report.transcript.words)
    if not all(repair.first_word <= repair.last_word < words for repair in report.repairs):
        raise DamagedError("repairs")


def _sentences_pointed_at(report: Report) -> Iterator[tuple[str, int]]:
    """Yield each index of a sentence, with the name of what it belongs to."""
    for verdict in report.checklist:
        yield from (("evidence", evidence.sentence) for evidence in verdict.evidence)
    if report.shape is not None:
        for share in report.shape.parts:
            yield from (("parts", sentence) for sentence in share.sentences)
        if report.shape.headline_sentence is not None:
            yield "headline_sentence", report.shape.headline_sentence
    if report.specifics is not None:
        yield from (("details", detail.sentence) for detail in report.specifics.details)
        yield from (("general", sentence) for sentence in report.specifics.general)


def _report(data: Json) -> Report:
    if data.get("format") != FORMAT:
        raise DamagedError("format")
    question = object_of(value_of(data, "question"), "question")
    return Report(
        question=AskedQuestion(maybe_text(question, "id"), maybe_text(question, "text")),
        transcript=_transcript(object_of(value_of(data, "transcript"), "transcript")),
        timing=optional(data, "timing", _timing),
        checklist=list_of(data, "checklist", _verdict),
        advice=list_of(data, "advice", _advice),
        follow_up=optional(data, "follow_up", lambda part: FollowUp(text(part, "about"), text(part, "text"))),
        shape=optional(data, "shape", _shape),
        specifics=optional(data, "specifics", _specifics),
        repairs=list_of(data, "repairs", _repair, required=False),
        drills=list_of(data, "drills", _drill, required=False),
        drill=optional(data, "drill", _drill),
        sound=_sound(data),
        pitch=optional(data, "pitch", _pitch),
    )


def _pitch(data: Json) -> VoicePitch:
    return VoicePitch(
        track=PitchTrack(number(data, "step_s"), maybe_numbers(data, "hz")),
        hertz=number(data, "median_hz"),
        semitones=number(data, "deviation_semitones"),
        stretches=list_of(
            data,
            "stretches",
            lambda part: PitchStretch(
                number(part, "start"),
                number(part, "end"),
                maybe_number(part, "median_hz"),
                maybe_number(part, "deviation_semitones"),
            ),
        ),
    )


def _sound(data: Json) -> SoundQuality | None:
    loudness = optional(
        data, "loudness", lambda part: Loudness(number(part, "step_s"), numbers(part, "dbfs"))
    )
    faults = list_of(
        data,
        "sound_faults",
        lambda part: SoundFault(choice(part, "kind", SoundFaultKind), text(part, "text")),
        required=False,
    )
    return SoundQuality(loudness, faults) if loudness is not None else None


def _transcript(data: Json) -> Transcript:
    return Transcript(
        text=text(data, "text"),
        model=maybe_text(data, "model"),
        sentences=list_of(
            data,
            "sentences",
            lambda part: Sentence(text(part, "text"), maybe_number(part, "start"), maybe_number(part, "end")),
        ),
        words=list_of(data, "words", _word),
        language=maybe_text(data, "language", required=False),
        unclear=list_of(
            data, "unclear", lambda part: Span(number(part, "start"), number(part, "end")), required=False
        ),
    )


def _word(data: Json) -> Word:
    return Word(
        text=text(data, "text"),
        start=number(data, "start"),
        end=number(data, "end"),
        probability=number(data, "probability"),
        filler=flag(data, "filler"),
    )


def _timing(data: Json) -> Timing:
    return Timing(
        duration_seconds=number(data, "duration_s"),
        response_latency_seconds=maybe_number(data, "response_latency_s"),
        speaking_seconds=number(data, "speaking_s"),
        word_count=count(data, "word_count"),
        words_per_minute=maybe_number(data, "words_per_minute"),
        articulation_words_per_minute=maybe_number(data, "articulation_words_per_minute"),
        pauses=list_of(
            data,
            "pauses",
            lambda part: Pause(
                number(part, "start"), number(part, "end"), flag(part, "inside_sentence", required=False)
            ),
        ),
        fillers=list_of(
            data,
            "fillers",
            lambda part: Filler(text(part, "text"), number(part, "start"), number(part, "end")),
        ),
        fillers_per_minute=maybe_number(data, "fillers_per_minute"),
        pace_curve=list_of(
            data,
            "pace_curve",
            lambda part: PaceStretch(
                number(part, "start"), number(part, "end"), number(part, "words_per_minute")
            ),
            required=False,
        ),
    )


def _verdict(data: Json) -> ItemVerdict:
    return ItemVerdict(
        id=text(data, "id"),
        group=choice(data, "group", Group),
        level=choice(data, "level", Level),
        confidence=number(data, "confidence"),
        evidence=list_of(
            data,
            "evidence",
            lambda part: EvidenceSentence(count(part, "sentence"), choice(part, "level", Level)),
        ),
        method=choice(data, "method", Method) if "method" in data else Method.TRAINED,
        corrected=choice(data, "corrected", Level) if data.get("corrected") is not None else None,
    )


def _advice(data: Json) -> Advice:
    return Advice(about_of(text(data, "about")), text(data, "text"))


def _drill(data: Json) -> Drill:
    return Drill(about_of(text(data, "about")), text(data, "prompt"), number(data, "seconds"))


def _shape(data: Json) -> AnswerShape:
    headline_sentence = value_of(data, "headline_sentence")
    return AnswerShape(
        parts=list_of(
            data,
            "parts",
            lambda part: PartShare(
                choice(part, "part", Part), counts(part, "sentences"), maybe_number(part, "seconds")
            ),
        ),
        headline=choice(data, "headline", Headline),
        headline_sentence=None if headline_sentence is None else count(data, "headline_sentence"),
        closed=flag(data, "closed"),
        remarks=texts(data, "remarks"),
    )


def _specifics(data: Json) -> Specifics:
    return Specifics(
        details=list_of(
            data,
            "details",
            lambda part: Specific(
                choice(part, "kind", SpecificKind), text(part, "text"), count(part, "sentence")
            ),
        ),
        general=counts(data, "general"),
    )


def _repair(data: Json) -> Repair:
    return Repair(
        kind=choice(data, "kind", RepairKind),
        text=text(data, "text"),
        start=number(data, "start"),
        end=number(data, "end"),
        first_word=count(data, "first_word"),
        last_word=count(data, "last_word"),
    )
