"""What Whisper writes in one turn: it reads a window in turns, each from where the last one ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

TOKENS_PER_SECOND = 10.0
"""Of sound, the silence in it included: the fastest speech has seven words, most of them of one token. A loop
is cut off there, where it would otherwise run to the end of the decoder's context."""
SPARE_TOKENS = 24
"""For the time marks, and for a loop to be known as one."""
MARK_SECONDS = 0.02
"""From one of Whisper's time marks to the next."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What faster-whisper looks at in CTranslate2's results."""

    sequences_ids: list[list[int]]
    no_speech_prob: float


class Turns:
    """Has Whisper write no more in a turn than was said, and keeps what it wrote.

    What is left for the last turn may be a second, and a loop in it would run on for as long as one in the
    whole window. And a turn that ends within a segment would have the segment read once more, which is right
    where the sound goes on; our windows are shown whole, and end where the speaker was stopped.

    Args:
        generate: faster-whisper's own, which is given the encoding, the prompt, the tokeniser and options.
        sounding_seconds: tells how long the sound is that an encoding holds.
    """

    def __init__(
        self, generate: Callable[..., tuple[Any, ...]], sounding_seconds: Callable[[object], float]
    ) -> None:
        self._generate = generate
        self._sounding_seconds = sounding_seconds

    def __call__(
        self,
        encoding: object,
        prompt: list[int],
        tokenizer: Any,  # noqa: ANN401 - a module without types
        options: Any,  # noqa: ANN401
    ) -> tuple[Any, ...]:
        """Return the turn's result and what faster-whisper says of it."""
        seconds = self._sounding_seconds(encoding)
        most = min(SPARE_TOKENS + int(seconds * TOKENS_PER_SECOND), options.max_new_tokens)
        limited = replace(options, max_new_tokens=most)
        result, *figures = self._generate(encoding, prompt, tokenizer, limited)
        tokens = result.sequences_ids[0]
        if len(tokens) < most:  # else it was cut off, and is no segment
            first_mark = tokenizer.timestamp_begin
            tokens = closed(tokens, first_mark, first_mark + round(seconds / MARK_SECONDS))
        return Turn([tokens], result.no_speech_prob), *figures


def closed(tokens: Sequence[int], first_mark: int, last_mark: int) -> list[int]:
    """Return a turn's tokens with a time mark at the end where they stop in a segment that follows others.

    Without it, faster-whisper drops such a segment (``_split_segments_by_timestamps``). A turn that is one
    segment, or that stops where a segment begins, is left as it is.

    Args:
        tokens: time marks and text.
        first_mark: the token of the mark for no time; those of later times follow it.
        last_mark: that of the sound's end.
    """
    has_segments = any(one >= first_mark and other >= first_mark for one, other in pairwise(tokens))
    marks = [token for token in tokens if token >= first_mark]
    if has_segments and tokens[-1] < first_mark and last_mark > marks[-1]:
        return [*tokens, last_mark]
    return list(tokens)
