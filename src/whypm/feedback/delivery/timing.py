"""The delivery figures of a recorded answer."""

from collections.abc import Sequence

from whypm.domain.timing import Timing
from whypm.domain.transcript import Recognition, Sentence, Span, Word
from whypm.feedback.delivery.pace import count_words, pace_curve, per_minute
from whypm.feedback.delivery.pauses import measure_pauses
from whypm.feedback.fillers.fillers import find_fillers


def measure_timing(
    recognition: Recognition,
    words: Sequence[Word],
    sentences: Sequence[Sentence],
    *,
    opening_seconds: float = 0.0,
) -> Timing:
    """Return latency, speaking time, pace and its curve, pauses and fillers.

    All times come from the voice detector and not from Whisper's words, which are stretched over silence.
    Where nobody spoke, latency and rates are None and the rest is zero.

    Args:
        recognition: The recording's voiced spans and length.
        words: Its words with fillers marked.
        sentences: Its sentences with times, by which pauses are told apart.
        opening_seconds: From the end of the question to the start of the recording.
    """
    if not recognition.voiced:
        return Timing(recognition.duration_seconds, None, 0.0, 0, None, None, (), (), None)
    first, last = recognition.voiced[0], recognition.voiced[-1]
    speaking_seconds = last.end - first.start
    pauses = measure_pauses(recognition.voiced, sentences)
    articulation_seconds = speaking_seconds - sum(pause.seconds for pause in pauses)
    fillers = find_fillers(words)
    word_count = count_words(words)
    return Timing(
        duration_seconds=recognition.duration_seconds,
        response_latency_seconds=opening_seconds + first.start,
        speaking_seconds=speaking_seconds,
        word_count=word_count,
        words_per_minute=per_minute(word_count, speaking_seconds),
        articulation_words_per_minute=per_minute(word_count, articulation_seconds),
        pauses=pauses,
        fillers=fillers,
        fillers_per_minute=per_minute(len(fillers), speaking_seconds),
        pace_curve=pace_curve(words, Span(first.start, last.end)),
    )
