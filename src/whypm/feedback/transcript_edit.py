"""A transcript in the user's own words: what was misheard put right, the times kept where the words agree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from whypm.domain.feedback import Report
from whypm.domain.timing import Timing
from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.tokens import bare

_SHORTEST_WORD_SECONDS = 0.001
"""A word put in where no time was left still takes some: what takes none counts as not said."""


def edited_recognition(report: Report, text: str, opening_seconds: float) -> Recognition | None:
    """Return what the recogniser would have found had it understood ``text``; None where nobody was heard.

    The voice is where it was; words that agree keep their times, the others share the time of those they
    replace. The user is sure of every word, and of its language.

    Args:
        report: On the answer as it was recognised.
        text: What was said by the user's account.
        opening_seconds: From the end of the question to the start of the recording, as the report has it.
    """
    said, timing = report.transcript, report.timing
    if timing is None or timing.response_latency_seconds is None:
        return None
    words = tuple(_in_order(_realigned(said.words, text.split(), _speaking(timing, opening_seconds))))
    return Recognition(
        model=said.model or "",
        language=said.language or "en",
        language_probability=0.0,
        duration_seconds=timing.duration_seconds,
        words=words,
        voiced=_voiced(timing, opening_seconds),
        unclear=tuple(span for span in said.unclear if not any(_lies_in(word, span) for word in words)),
    )


def _realigned(words: Sequence[Word], tokens: Sequence[str], speaking: Span) -> Iterator[Word]:
    old = [bare(word.text) for word in words]
    new = [bare(token) for token in tokens]
    for kind, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for word, token in zip(words[begin:end], tokens[first:last], strict=True):
                yield Word(token, word.start, word.end, 1.0)
        elif last > first:
            start = words[begin].start if end > begin else _end_before(words, begin, speaking)
            stop = words[end - 1].end if end > begin else _start_after(words, begin, speaking)
            share = max((stop - start) / (last - first), _SHORTEST_WORD_SECONDS)
            for place, token in enumerate(tokens[first:last]):
                yield Word(token, start + place * share, start + (place + 1) * share, 1.0)


def _in_order(words: Iterator[Word]) -> Iterator[Word]:
    """Let no word begin before the one before it has ended."""
    earliest = 0.0
    for word in words:
        start = max(word.start, earliest)
        earliest = max(word.end, start + _SHORTEST_WORD_SECONDS)
        yield replace(word, start=start, end=earliest)


def _end_before(words: Sequence[Word], index: int, speaking: Span) -> float:
    return words[index - 1].end if index else speaking.start


def _start_after(words: Sequence[Word], index: int, speaking: Span) -> float:
    return words[index].start if index < len(words) else speaking.end


def _speaking(timing: Timing, opening_seconds: float) -> Span:
    start = (timing.response_latency_seconds or 0.0) - opening_seconds
    return Span(start, start + timing.speaking_seconds)


def _voiced(timing: Timing, opening_seconds: float) -> tuple[Span, ...]:
    """Return the voiced stretches between the pauses; shorter silences are not in a report, nor needed."""
    speaking = _speaking(timing, opening_seconds)
    borders = [
        speaking.start,
        *(at for pause in timing.pauses for at in (pause.start, pause.end)),
        speaking.end,
    ]
    return tuple(Span(start, end) for start, end in list(pairwise(borders))[::2])


def _lies_in(word: Word, span: Span) -> bool:
    return span.start <= (word.start + word.end) / 2 <= span.end
