"""Sentences, from typed text and from recognised words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from whypm.domain.transcript import Sentence, Span, Word
from whypm.feedback.text.clauses import DANGLING, SENTENCE_PAUSE_SECONDS, cut_points
from whypm.feedback.text.sentence_ends import ends_sentence
from whypm.feedback.text.tokens import are_spaced, bare, breaks_after, joined, word_set, word_starts

_WORDS_PER_FULL_STOP = 60
"""Talk with fewer full stops than one in this many words counts as unpunctuated."""

_LONGEST_TYPED_WORDS = 60
"""A sentence that its writer closed is cut only past this length."""

_LONGEST_SPOKEN_WORDS = 45
"""A recognised sentence is cut past this length, as Whisper leaves out full stops in run-on talk."""

_CHANGE_PAUSE_SECONDS = 1.0
"""A pause after which a capital letter starts a sentence though the full stop is missing."""

_RESUMING_WORDS = word_set("and but so")
_RESUMING_SUBJECTS = word_set("i we he she it they i'm i've i'd we're we've they're it's that's")
_RESUMING_PAIRS = frozenset({"that is", "that's why", "this is"})
"""After a comma and a pause these open a sentence of their own: Whisper's comma says nothing of it."""

_FEWEST_WORDS_RESUMED = 4
"""On either side, without a mark between them: less may be an aside or part of a list. Ours, tried on speech
with known silences."""

_SEGMENT_STARTERS = word_set(
    "and so but we we're we've they they're he she it it's this that that's there there's then when what my "
    "our"
)
"""Whisper writes these with a capital only where a sentence starts, also where it left out the full stop."""

_SHORT_LINE_CHARACTERS = 60
"""A typed line shorter than this was ended on purpose; a longer one may have been wrapped."""

_BULLET = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


def split_text(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of typed text, without times; none for blank text.

    Punctuation decides; text without it is cut at line ends and before words that open a clause.
    """
    tokens_of = [block.split() for block in _blocks(text)]
    every_token = [token for tokens in tokens_of for token in tokens]
    unpunctuated = _is_unpunctuated(every_token)
    pieces: list[str] = []
    for tokens in tokens_of:
        cuts = _cuts(tokens, [0.0] * len(tokens), unpunctuated=unpunctuated, spoken=False)
        pieces += [" ".join(tokens[start:end]) for start, end in pairwise((0, *cuts, len(tokens)))]
    return tuple(Sentence(piece) for piece in pieces if bare(piece))


def split_words(words: Sequence[Word], voiced: Sequence[Span]) -> tuple[Sentence, ...]:
    """Return the sentences of recognised words, with the times of their first and last word in seconds.

    Every word is in exactly one sentence, in its order. Punctuation decides; where the recogniser left it
    out, pauses do, then words that open a clause.

    Args:
        words: In order, as the recogniser gives them.
        voiced: Where the voice detector heard speech; without any, gaps between words count as pauses.
    """
    spaced = are_spaced(words)
    return tuple(
        Sentence(joined(part, spaced=spaced), part[0].start, part[-1].end)
        for part in sentence_words(words, voiced)
    )


def sentence_words(words: Sequence[Word], voiced: Sequence[Span]) -> tuple[tuple[Word, ...], ...]:
    """Return the words of each sentence that `split_words` finds."""
    if not words:
        return ()
    starts = word_starts(words)
    spaced = are_spaced(words)
    edges = (*starts, len(words))
    written = [joined(words[start:end], spaced=spaced) for start, end in pairwise(edges)]
    first_words = [words[start] for start in starts]
    last_words = [words[end - 1] for _, end in pairwise(edges)]
    cuts = _cuts(
        written,
        _pauses_before(first_words, last_words, voiced),
        unpunctuated=_is_unpunctuated(written),
        spoken=True,
    )
    return tuple(tuple(words[edges[start] : edges[end]]) for start, end in pairwise((0, *cuts, len(written))))


def _blocks(text: str) -> Iterator[str]:
    """Yield the stretches between line ends that end a sentence."""
    block = ""
    for line in text.splitlines():
        stripped = _BULLET.sub("", line).strip()
        if block and (not stripped or _starts_block(line, stripped, previous=block.rsplit("\n", 1)[-1])):
            yield block
            block = ""
        if stripped:
            block = f"{block}\n{stripped}" if block else stripped
    if block:
        yield block


def _starts_block(line: str, stripped: str, *, previous: str) -> bool:
    if _BULLET.match(line):
        return True
    first = stripped.split(maxsplit=1)[0]
    closed_on_purpose = len(previous) < _SHORT_LINE_CHARACTERS and not previous.endswith((",", ";", "—", "-"))
    return closed_on_purpose and first[:1].isupper() and bare(first) != "i"


def _is_unpunctuated(tokens: Sequence[str]) -> bool:
    full_stops = sum(ends_sentence(token, None) for token in tokens)
    return full_stops * _WORDS_PER_FULL_STOP < len(tokens)


def _writes_small(tokens: Sequence[str]) -> bool:
    """Say whether more sentences go on in small letters after their full stop than in capitals."""
    after = [following for token, following in pairwise(tokens) if ends_sentence(token, None)]
    small = sum(token[:1].islower() for token in after)
    return small * 2 > len(after)


def _cuts(
    tokens: Sequence[str], pauses_before: Sequence[float], *, unpunctuated: bool, spoken: bool
) -> tuple[int, ...]:
    """Return the indexes at which a sentence starts, without the first."""
    small_letters = _writes_small(tokens)
    longest_words = _LONGEST_SPOKEN_WORDS if spoken else _LONGEST_TYPED_WORDS
    ends = [
        index
        for index in range(1, len(tokens))
        if ends_sentence(tokens[index - 1], tokens[index], small_letters=small_letters)
        or (spoken and _starts_unmarked(tokens[index - 1], tokens[index], pauses_before[index]))
        or (spoken and _resumes(tokens, index, pauses_before[index]))
    ]
    cuts = list(ends)
    for start, end in pairwise((0, *ends, len(tokens))):
        if unpunctuated or end - start > longest_words:
            points = cut_points(tokens[start:end], pauses_before[start:end], by_pause=unpunctuated)
            cuts += [start + point for point in points]
    return tuple(sorted(cuts))


def _starts_unmarked(previous: str, token: str, pause_seconds: float) -> bool:
    """Say whether a capital starts a sentence though no full stop stands before it."""
    word = bare(token)
    if (
        not token.lstrip("\"'“‘(")[:1].isupper()
        or breaks_after(previous)
        or word == "i"
        or word.startswith("i'")
    ):
        return False
    return pause_seconds >= _CHANGE_PAUSE_SECONDS or (word in _SEGMENT_STARTERS and word != previous.lower())


def _resumes(tokens: Sequence[str], index: int, pause_seconds: float) -> bool:
    """Say whether a main clause begins after a pause that ended what was said before.

    A comma stands before it, or a full stop that small letters follow: a window that Whisper did not begin
    with a capital.
    """
    mark = tokens[index - 1][-1]
    if mark not in ",." or pause_seconds < (_CHANGE_PAUSE_SECONDS if mark == "," else SENTENCE_PAUSE_SECONDS):
        return False
    after = tokens[index : index + _FEWEST_WORDS_RESUMED]
    before = tokens[max(0, index - _FEWEST_WORDS_RESUMED) : index]
    if any(breaks_after(token) for token in (*before[:-1], *after[1:-1])):
        return False
    word, following = bare(after[0]), bare(after[1]) if len(after) > 1 else ""
    opens = (word in _RESUMING_WORDS and following in _RESUMING_SUBJECTS) or (
        f"{word} {following}" in _RESUMING_PAIRS
    )
    return opens and len(after) == len(before) == _FEWEST_WORDS_RESUMED and bare(before[-1]) not in DANGLING


def _pauses_before(
    first_words: Sequence[Word], last_words: Sequence[Word], voiced: Sequence[Span]
) -> tuple[float, ...]:
    """Return the pause before each written word; a silence belongs to the word border nearest to it.

    Whisper stretches words over the silence beside them, so that its own gaps say little.
    """
    borders = [(last.end + first.start) / 2 for last, first in zip(last_words, first_words[1:], strict=False)]
    if not voiced:
        gaps = [first.start - last.end for last, first in zip(last_words, first_words[1:], strict=False)]
        return (0.0, *(max(0.0, gap) for gap in gaps))
    pauses = [0.0] * len(first_words)
    for left, right in pairwise(voiced):
        silence = Span(left.end, right.start)
        if borders:
            nearest = _nearest(borders, silence)
            pauses[nearest + 1] = max(pauses[nearest + 1], silence.seconds)
    return tuple(pauses)


def _nearest(borders: Sequence[float], silence: Span) -> int:
    """Return the index of the border nearest to the silence; ``borders`` are in order."""
    following = min(bisect_left(borders, silence.start), len(borders) - 1)
    return min(range(max(following - 1, 0), following + 1), key=lambda at: _distance(borders[at], silence))


def _distance(moment: float, span: Span) -> float:
    return max(span.start - moment, moment - span.end, 0.0)
