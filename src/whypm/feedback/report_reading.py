"""A stored report, read back from its JSON."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from whypm.domain.content import Group
from whypm.domain.errors import StorageError
from whypm.domain.feedback import Advice, AskedQuestion, EvidenceSentence, ItemVerdict, Level, Method, Report
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
from whypm.domain.timing import Filler, Pause, Timing
from whypm.domain.transcript import Sentence, Span, Transcript, Word
from whypm.feedback.report_writing import FIGURE_KEYS, FORMAT, Json

_FIGURES = {key: figure for figure, key in FIGURE_KEYS.items()}
_REMEDY = "Its recording is still there: analyse the session again."

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class _DamagedError(Exception):
    """A value is missing or of the wrong kind; the message names its place."""


def report_from_json(data: object) -> Report:
    """Return the report that `report_to_json` wrote; keys that it does not know are passed over.

    Raises:
        StorageError: The data is no report, is of another format, or lacks something; the message says where.
    """
    try:
        report = _object(data, "report")
        return _report(report)
    except _DamagedError as error:
        message = f"The stored report cannot be read: its “{error}” is missing or damaged."
        raise StorageError(message, _REMEDY) from error


def _report(data: Json) -> Report:
    if data.get("format") != FORMAT:
        raise _DamagedError("format")
    question = _object(_value(data, "question"), "question")
    return Report(
        question=AskedQuestion(_maybe_text(question, "id"), _maybe_text(question, "text")),
        transcript=_transcript(_object(_value(data, "transcript"), "transcript")),
        timing=_optional(data, "timing", _timing),
        checklist=_list(data, "checklist", _verdict),
        advice=_list(data, "advice", _advice),
        follow_up=_optional(
            data, "follow_up", lambda part: FollowUp(_text(part, "about"), _text(part, "text"))
        ),
        shape=_optional(data, "shape", _shape),
        specifics=_optional(data, "specifics", _specifics),
        repairs=_list(data, "repairs", _repair, required=False),
        drills=_list(data, "drills", _drill, required=False),
        drill=_optional(data, "drill", _drill),
    )


def _transcript(data: Json) -> Transcript:
    return Transcript(
        text=_text(data, "text"),
        model=_maybe_text(data, "model"),
        sentences=_list(
            data,
            "sentences",
            lambda part: Sentence(
                _text(part, "text"), _maybe_number(part, "start"), _maybe_number(part, "end")
            ),
        ),
        words=_list(data, "words", _word),
        language=_maybe_text(data, "language", required=False),
        unclear=_list(
            data, "unclear", lambda part: Span(_number(part, "start"), _number(part, "end")), required=False
        ),
    )


def _word(data: Json) -> Word:
    return Word(
        text=_text(data, "text"),
        start=_number(data, "start"),
        end=_number(data, "end"),
        probability=_number(data, "probability"),
        filler=_flag(data, "filler"),
    )


def _timing(data: Json) -> Timing:
    return Timing(
        duration_seconds=_number(data, "duration_s"),
        response_latency_seconds=_maybe_number(data, "response_latency_s"),
        speaking_seconds=_number(data, "speaking_s"),
        word_count=_count(data, "word_count"),
        words_per_minute=_maybe_number(data, "words_per_minute"),
        articulation_words_per_minute=_maybe_number(data, "articulation_words_per_minute"),
        pauses=_list(
            data,
            "pauses",
            lambda part: Pause(
                _number(part, "start"), _number(part, "end"), _flag(part, "inside_sentence", required=False)
            ),
        ),
        fillers=_list(
            data,
            "fillers",
            lambda part: Filler(_text(part, "text"), _number(part, "start"), _number(part, "end")),
        ),
        fillers_per_minute=_maybe_number(data, "fillers_per_minute"),
    )


def _verdict(data: Json) -> ItemVerdict:
    return ItemVerdict(
        id=_text(data, "id"),
        group=_choice(data, "group", Group),
        level=_choice(data, "level", Level),
        confidence=_number(data, "confidence"),
        evidence=_list(
            data,
            "evidence",
            lambda part: EvidenceSentence(_count(part, "sentence"), _choice(part, "level", Level)),
        ),
        method=_choice(data, "method", Method) if "method" in data else Method.TRAINED,
        corrected=_choice(data, "corrected", Level) if data.get("corrected") is not None else None,
    )


def _advice(data: Json) -> Advice:
    about = _text(data, "about")
    return Advice(_FIGURES.get(about, about), _text(data, "text"))


def _drill(data: Json) -> Drill:
    about = _text(data, "about")
    return Drill(_FIGURES.get(about, about), _text(data, "prompt"), _number(data, "seconds"))


def _shape(data: Json) -> AnswerShape:
    headline_sentence = _value(data, "headline_sentence")
    return AnswerShape(
        parts=_list(
            data,
            "parts",
            lambda part: PartShare(
                _choice(part, "part", Part), _counts(part, "sentences"), _maybe_number(part, "seconds")
            ),
        ),
        headline=_choice(data, "headline", Headline),
        headline_sentence=None if headline_sentence is None else _count(data, "headline_sentence"),
        closed=_flag(data, "closed"),
        remarks=_texts(data, "remarks"),
    )


def _specifics(data: Json) -> Specifics:
    return Specifics(
        details=_list(
            data,
            "details",
            lambda part: Specific(
                _choice(part, "kind", SpecificKind), _text(part, "text"), _count(part, "sentence")
            ),
        ),
        general=_counts(data, "general"),
    )


def _repair(data: Json) -> Repair:
    return Repair(
        kind=_choice(data, "kind", RepairKind),
        text=_text(data, "text"),
        start=_number(data, "start"),
        end=_number(data, "end"),
        first_word=_count(data, "first_word"),
        last_word=_count(data, "last_word"),
    )


def _object(value: object, name: str) -> Json:
    if not isinstance(value, dict):
        raise _DamagedError(name)
    return value


def _value(data: Json, key: str) -> Any:  # noqa: ANN401 - JSON holds anything; the callers check it
    if key not in data:
        raise _DamagedError(key)
    return data[key]


def _optional(data: Json, key: str, read: Callable[[Json], T]) -> T | None:
    value = data.get(key)
    return None if value is None else read(_object(value, key))


def _list(data: Json, key: str, read: Callable[[Json], T], *, required: bool = True) -> tuple[T, ...]:
    value = _value(data, key) if required else data.get(key, [])
    if not isinstance(value, list):
        raise _DamagedError(key)
    return tuple(read(_object(element, key)) for element in value)


def _text(data: Json, key: str) -> str:
    value = _value(data, key)
    if not isinstance(value, str):
        raise _DamagedError(key)
    return value


def _maybe_text(data: Json, key: str, *, required: bool = True) -> str | None:
    value = _value(data, key) if required else data.get(key)
    return None if value is None else _text(data, key)


def _texts(data: Json, key: str) -> tuple[str, ...]:
    value = _value(data, key)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise _DamagedError(key)
    return tuple(value)


def _number(data: Json, key: str) -> float:
    value = _value(data, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _DamagedError(key)
    return float(value)


def _maybe_number(data: Json, key: str) -> float | None:
    return None if _value(data, key) is None else _number(data, key)


def _count(data: Json, key: str) -> int:
    value = _value(data, key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _DamagedError(key)
    return value


def _counts(data: Json, key: str) -> tuple[int, ...]:
    value = _value(data, key)
    if not isinstance(value, list) or not all(isinstance(number, int) for number in value):
        raise _DamagedError(key)
    return tuple(value)


def _flag(data: Json, key: str, *, required: bool = True) -> bool:
    value = _value(data, key) if required else data.get(key, False)
    if not isinstance(value, bool):
        raise _DamagedError(key)
    return value


def _choice(data: Json, key: str, kind: type[E]) -> E:
    try:
        return kind(_text(data, key))
    except ValueError as error:
        raise _DamagedError(key) from error
