"""Words put where the voice was, and voice that no word accounts for.

Whisper's word times come from attention and wander into silence; the voice detector's frames do not. A
word is therefore held to the voiced stretch that it shares most time with.
"""

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from whypm.domain.transcript import Span, Word
from whypm.transcription.voice.voicing import joined
from whypm.transcription.words.readings import is_hesitation, plain_form

BRIDGED_SECONDS = 0.3
"""Gaps inside a word (closures, a breath of hesitation) that do not end its stretch."""
REACH_SECONDS = 0.5
"""How far Whisper's times stray: a word this close to a voice is moved to it; a farther one is invented."""
SHORTEST_WORD_SECONDS = 0.04
"""What a word gets where the voice leaves no room for it. Hesitations that have no more are kept: two in the
recordings were made up, but of 46 put into read speech 29 are found with them and 14 without."""
SLOWEST_SECONDS_PER_LETTER = 0.18
"""Twice as slow as slow speech (100 words a minute, five letters each); a longer word covers skipped ones."""
LONGEST_HESITATION_SECONDS = 1.5
"""Ours: as long as a drawn-out "um" is taken to last, however long the sound is that it stands in."""
MISSED_SECONDS = 1.0
"""A voiced stretch longer than this without words is read again."""
FEWEST_IN_A_ROW = 3
"""So many stretches in a row without words, longer than that together, are speech that was not understood.
One or two are an "um", a breath or a cough. A word said over and over is taken for the decoder's loop, and
each time it was said is shorter than ``MISSED_SECONDS``."""
SHORTEST_LONE_SECONDS = 0.2
"""Shorter sounds between silences are clicks and breaths more often than anything said. The shortest "uh"
with an aligned time takes 0.19 s, the median one 0.5 s."""
SHORTEST_REPEATED_SECONDS = 0.1
"""Half of the shortest aligned "uh": a hesitation that is written after another in one sound, and has less,
is no second one."""
OWN_SOUND_REACH_SECONDS = 1.0
"""How far from its own sound Whisper puts a hesitation: 0.9 s in the one such case with an aligned time."""


def placed_in_voice(words: tuple[Word, ...], voiced: tuple[Span, ...]) -> tuple[Word, ...]:
    """Return the words in order, each inside a voiced stretch; those said where nobody spoke are left out."""
    stretches = joined(voiced, BRIDGED_SECONDS)
    starts = [stretch.start for stretch in stretches]
    placed: list[Word] = []
    for word in words:
        said = Span(word.start, word.end)
        # Those that it reaches into, and the next on either side: no other can be nearer.
        first, after = bisect_right(starts, said.start) - 1, bisect_left(starts, said.end) + 1
        span = _nearest_voice(said, stretches[max(first, 0) : after])
        if span is None:
            continue
        start, end = span.start, span.end
        if placed and start < placed[-1].end:
            if end - placed[-1].end >= SHORTEST_WORD_SECONDS:
                start = placed[-1].end
            else:
                start = max(start, placed[-1].start)
                placed[-1] = replace(placed[-1], end=start)
        placed.append(replace(word, start=round(start, 3), end=round(max(end, start), 3)))
    return _with_hesitations_written_once(
        _with_hesitations_in_their_sounds(tuple(placed), stretches), stretches
    )


def _with_hesitations_written_once(words: tuple[Word, ...], stretches: tuple[Span, ...]) -> tuple[Word, ...]:
    """Take a row of hesitations ("um, uh, uh") for no more than the sound that they stand in has room for."""
    kept: list[Word] = []
    for word in words:
        before = kept[-1] if kept else None
        if before and is_hesitation(before) and is_hesitation(word) and _is_echo(before, word, stretches):
            kept[-1] = replace(before, end=word.end)
        else:
            kept.append(word)
    return tuple(kept)


def _is_echo(before: Word, word: Word, stretches: tuple[Span, ...]) -> bool:
    both = Span(before.start, word.end)
    # Words are rounded to the millisecond, stretches are not.
    in_one_sound = any(_closeness(both, stretch) > both.seconds - 0.002 for stretch in stretches)
    return in_one_sound and word.end - word.start < SHORTEST_REPEATED_SECONDS


def _with_hesitations_in_their_sounds(
    words: tuple[Word, ...], stretches: tuple[Span, ...]
) -> tuple[Word, ...]:
    """Move a hesitation that was put beside another word to a sound of its own, where one waits near by.

    People stop round an "um". Whisper's times for it run from the last word into the pause, so that it was
    held to the stretch of that word, and the "um" itself was left without one.
    """
    free = _without_words(words, stretches)
    if not free:
        return words
    moved = list(words)
    for index, word in enumerate(words):
        if not is_hesitation(word):
            continue
        earliest = moved[index - 1].end if index else 0.0
        latest = words[index + 1].start if index + 1 < len(words) else float("inf")
        shared = any(
            other is not word and _closeness(Span(other.start, other.end), stretch) > 0
            for stretch in stretches
            if _closeness(Span(word.start, word.end), stretch) > 0
            for other in words[max(index - 1, 0) : index + 2]
        )
        near = [
            sound
            for sound in free
            if shared
            and earliest <= sound.start
            and sound.end <= latest
            and -_closeness(Span(word.start, word.end), sound) <= OWN_SOUND_REACH_SECONDS
        ]
        if near:
            own = max(near, key=lambda sound: _closeness(Span(word.start, word.end), sound))
            end = min(own.end, own.start + LONGEST_HESITATION_SECONDS)
            moved[index] = replace(word, start=round(own.start, 3), end=round(end, 3))
            free = tuple(sound for sound in free if sound != own)
    return tuple(moved)


def _without_words(words: tuple[Word, ...], stretches: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the stretches in which nothing was said that we know of, and that are long enough for it."""
    starts, ends = [word.start for word in words], [word.end for word in words]
    return tuple(
        stretch
        for stretch in stretches
        if stretch.seconds >= SHORTEST_LONE_SECONDS
        and bisect_left(starts, stretch.end) <= bisect_right(ends, stretch.start)
    )


def _nearest_voice(said: Span, stretches: tuple[Span, ...]) -> Span | None:
    best = max(stretches, key=lambda stretch: _closeness(said, stretch), default=None)
    if best is None or _closeness(said, best) < -REACH_SECONDS:
        return None
    start = min(max(said.start, best.start), best.end)
    end = max(min(said.end, best.end), start)
    if end - start < SHORTEST_WORD_SECONDS:
        start = max(best.start, min(start, best.end - SHORTEST_WORD_SECONDS))
        end = min(best.end, start + SHORTEST_WORD_SECONDS)
    return Span(start, end)


def _closeness(said: Span, stretch: Span) -> float:
    """Shared seconds, or the distance as a negative number."""
    return min(said.end, stretch.end) - max(said.start, stretch.start)


def uncovered_voice(words: tuple[Word, ...], voiced: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the voiced stretches of more than ``MISSED_SECONDS`` that no word accounts for.

    A word accounts for no more time than it takes to say slowly: where Whisper skips a passage, it
    stretches the words round it over the hole.
    """
    missed: list[Span] = []
    covers = deque(sorted((_cover(word) for word in words), key=lambda span: span.start))
    for stretch in joined(voiced, BRIDGED_SECONDS):
        while covers and covers[0].end <= stretch.start:
            covers.popleft()
        missed += [gap for gap in _gaps(stretch, covers) if gap.seconds > MISSED_SECONDS]
    return tuple(missed)


def not_understood(words: tuple[Word, ...], voiced: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the voice that no word accounts for: long stretches, and rows of short ones.

    The short ones are not worth reading again: over the recordings that put words into laughter and into a
    strong accent (7 errors more).
    """
    return tuple(sorted({*uncovered_voice(words, voiced), *_in_rows(words, voiced)}, key=_start))


def _start(span: Span) -> float:
    return span.start


def _in_rows(words: tuple[Word, ...], voiced: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the stretches without words that stand in a row and are speech together."""
    stretches = joined(voiced, BRIDGED_SECONDS)
    wordless = frozenset(_without_words(words, stretches))
    rows = [tuple(row) for is_wordless, row in groupby(stretches, key=wordless.__contains__) if is_wordless]
    return tuple(
        stretch
        for row in rows
        if len(row) >= FEWEST_IN_A_ROW and sum(each.seconds for each in row) > MISSED_SECONDS
        for stretch in row
    )


def lone_voice(words: tuple[Word, ...], voiced: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return what was voiced by itself, between silences, that no word accounts for: an "um", or a breath."""
    lone = _without_words(words, joined(voiced, BRIDGED_SECONDS))
    return tuple(stretch for stretch in lone if stretch.seconds <= MISSED_SECONDS)


def _cover(word: Word) -> Span:
    letters = len(plain_form(word.text))
    longest = (
        LONGEST_HESITATION_SECONDS if is_hesitation(word) else 0.3 + SLOWEST_SECONDS_PER_LETTER * letters
    )
    middle = (word.start + word.end) / 2
    half = min(word.end - word.start, longest) / 2
    return Span(middle - half, middle + half)


def _gaps(stretch: Span, covers: Iterable[Span]) -> list[Span]:
    """Return what of the stretch is not under ``covers``, which are in the order of their starts."""
    gaps: list[Span] = []
    free_from = stretch.start
    for cover in covers:
        if cover.start >= stretch.end:
            break
        if cover.end <= stretch.start:
            continue
        if cover.start > free_from:
            gaps.append(Span(free_from, cover.start))
        free_from = max(free_from, cover.end)
    if free_from < stretch.end:
        gaps.append(Span(free_from, stretch.end))
    return gaps
