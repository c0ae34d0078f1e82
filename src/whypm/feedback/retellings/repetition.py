"""Answers that say again, word for word, what an earlier one said, so that they sound learnt by heart."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

from whypm.domain.consistency import KeptAnswer, Repetition
from whypm.feedback.text.hesitations import HESITATIONS
from whypm.feedback.text.tokens import bare

RUN_WORDS = 5
LEARNT_FROM_SHARE = 0.5
"""From this share of the newer answer's words in runs of five and more that the older one has, too.

Measured on the labelled answers of 40 words and more: 55,000 pairs of different answers by one author share
at most 0.07. An answer said again with one word in ten lost, misheard or filled shares 0.85 on average and
0.57 at least; with one in five, 0.63 on average. Our own answers, told again in other words, share
nothing, and parts that one has ready anyway fill less than half.
"""

_FEWEST_WORDS = 40
"""Shorter answers share their few phrases by chance."""


def find_repetitions(answers: Sequence[KeptAnswer]) -> tuple[Repetition, ...]:
    """Return which of the answers repeat an older one; ``answers`` come the newest first.

    A newer answer is named once, with the older one that it repeats most.
    """
    written = {answer.id: _written(answer) for answer in answers}
    said = {answer_id: [bare(word) for word in words] for answer_id, words in written.items()}
    found: dict[str, Repetition] = {}
    for newer, older in combinations(answers, 2):
        share = repeated_share(said[newer.id], said[older.id])
        best = found.get(newer.id)
        if share >= LEARNT_FROM_SHARE and (best is None or share > best.share):
            longest = written[newer.id][_longest_run(said[newer.id], said[older.id])]
            found[newer.id] = Repetition(newer.id, older.id, share, " ".join(longest))
    return tuple(found.values())


def repeated_share(newer: Sequence[str], older: Sequence[str]) -> float:
    """Return the share of ``newer`` (0 to 1) in runs of at least five words that ``older`` has.

    Too short answers share nothing.
    """
    if len(newer) < _FEWEST_WORDS or len(older) < _FEWEST_WORDS:
        return 0.0
    return shared_run_words(newer, older, RUN_WORDS) / len(newer)


def shared_run_words(newer: Sequence[str], older: Sequence[str], run: int) -> int:
    """Return how many of the newer words stand in runs of at least ``run`` words that the older ones have."""
    known = {tuple(older[start : start + run]) for start in range(len(older) - run + 1)}
    covered = [False] * len(newer)
    for start in range(len(newer) - run + 1):
        if tuple(newer[start : start + run]) in known:
            covered[start : start + run] = [True] * run
    return sum(covered)


def _longest_run(newer: Sequence[str], older: Sequence[str]) -> slice:
    match = SequenceMatcher(None, newer, older, autojunk=False).find_longest_match()
    return slice(match.a, match.a + match.size)


def _written(answer: KeptAnswer) -> list[str]:
    """Return the words as they stand in the transcript, without hesitation sounds."""
    words = answer.report.transcript.text.split()
    return [word for word in words if bare(word) and bare(word) not in HESITATIONS]
