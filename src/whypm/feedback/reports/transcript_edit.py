"""A transcript in the user's own words: what was misheard put right, the times kept where the words agree."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from whypm.domain.feedback import Report
from whypm.domain.timing import Timing
from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.text.tokens import bare

_SHORTEST_WORD_SECONDS = 0.001
"""A word put in where no time was left still takes some: what takes none counts as not said."""
_MOST_SQUEEZED_WORDS = 3
_QUICK_WORD_SECONDS = 0.2
"""Five words a second are quick. Where more than a few words put in have less, they share the time of those
beside them: a sentence that was moved or added would else be said in no time, and the pace curve show it."""


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


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words of the new text, one after the other, that share some time of the recording."""

    first: int
    after: int
    start: float
    stop: float

    @property
    def has_room(self) -> bool:
        """Whether somebody can have said so many words in the time; a few may be squeezed in."""
        count = self.after - self.first
        return count <= _MOST_SQUEEZED_WORDS or self.stop - self.start >= count * _QUICK_WORD_SECONDS

    def with_next(self, other: "_Stretch") -> "_Stretch":
        """Return both as one."""
        return _Stretch(self.first, other.after, self.start, max(self.stop, other.stop))


def _realigned(words: Sequence[Word], tokens: Sequence[str], speaking: Span) -> Iterator[Word]:
    for stretch in _with_room(_stretches(words, tokens, speaking)):
        count = stretch.after - stretch.first
        share = max((stretch.stop - stretch.start) / count, _SHORTEST_WORD_SECONDS)
        for place in range(count):
            start = stretch.start + place * share
            end = start + share if place + 1 < count else max(stretch.stop, start + _SHORTEST_WORD_SECONDS)
            yield Word(tokens[stretch.first + place], start, end, 1.0)


def _stretches(words: Sequence[Word], tokens: Sequence[str], speaking: Span) -> Iterator[_Stretch]:
    """Yield each word that agrees by itself, and each row of others with the time that was theirs."""
    old = [bare(word.text) for word in words]
    new = [bare(token) for token in tokens]
    for kind, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            for word, place in zip(words[begin:end], range(first, last), strict=True):
                yield _Stretch(place, place + 1, word.start, word.end)
        elif last > first:
            start = words[begin].start if end > begin else _end_before(words, begin, speaking)
            stop = words[end - 1].end if end > begin else _start_after(words, begin, speaking)
            yield _Stretch(first, last, start, stop)


def _with_room(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Return the stretches, with those round one without room (a sentence put in, or moved) in it."""
    roomy: list[_Stretch] = []
    rest = deque(stretches)
    while rest:
        stretch = rest.popleft()
        while not stretch.has_room and (roomy or rest):
            if roomy:
                stretch = roomy.pop().with_next(stretch)
            if rest:
                stretch = stretch.with_next(rest.popleft())
        roomy.append(stretch)
    return roomy


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
