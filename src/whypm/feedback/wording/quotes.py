"""Short quotes of what was said, and the people named in it."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from whypm.feedback.substance.gist import stem
from whypm.feedback.text.clauses import DANGLING
from whypm.feedback.text.hesitations import HESITATIONS
from whypm.feedback.text.tokens import bare, word_set

_LONGEST_QUOTE_WORDS = 18
"""Ours: six in ten claims are no longer, and it is two lines of the window."""
_SHORTEST_CLAUSE_WORDS = 5
_CLAUSE_MARKS = (",", ";", ":", "—", "–")
_CLAUSE_OPENERS = word_set("because but so which where while although")
_OPENERS_BEFORE_A_SUBJECT = word_set("and or when as")
_SUBJECTS = word_set("i i'm i've i'd i'll we we're we've it it's they he she you there")
_ASIDES = ("i mean", "you know")
_LEAD_INS = word_set("and so but yeah yes well okay ok now then also look anyway")
_TRADES = ("engineer", "developer", "designer", "stakeholder", "customer", "client")
_DEPARTMENTS = (
    ("(?:with|and) engineering", "the engineers"),
    ("(?:with|and) design", "the designers"),
    ("marketing", "marketing"),
    ("sales", "sales"),
    ("teams", "one of those teams"),
    ("team(?! player| spirit)", "that team"),
)

EMPTY = "“”"
"""What `quote` gives for nothing but hesitation."""


def quote(sentence: str, topic: Collection[str] = ()) -> str:
    """Return the sentence without hesitation sounds, in quotation marks; a long one only in part.

    The part is the one that speaks of the topic, else the beginning. It ends with a clause where it can,
    and never on a word that leaves a phrase open.

    Args:
        sentence: As it was said.
        topic: Stems (`gist.stem`) of the words that the quote is wanted for.
    """
    words = _fluent(sentence.split())
    if len(words) <= _LONGEST_QUOTE_WORDS:
        return f"“{' '.join(words).strip().rstrip(',;:.')}”"
    start = _best_start(words, topic)
    end = start + _part_length(words[start:])
    before = "… " if start > _after_lead_ins(words) else ""
    after = " …" if end < len(words) else ""
    return f"“{before}{' '.join(words[start:end]).rstrip(' .,;:—–-')}{after}”"


def people_in(sentence: str) -> str | None:
    """Return whom the speaker speaks of working with, to follow "with"; None where it is nobody we know."""
    for trade in _TRADES:
        match = re.search(rf"\b{trade}(s?)\b", sentence, flags=re.IGNORECASE)
        if match:
            return f"the {trade}s" if match.group(1) else f"that {trade}"
    for pattern, phrase in _DEPARTMENTS:
        if re.search(rf"\b(?:{pattern})\b", sentence, flags=re.IGNORECASE):
            return phrase
    return None


def _fluent(words: Sequence[str]) -> list[str]:
    """Return the words without hesitation sounds, and without the comma that only led to one."""
    kept: list[str] = []
    for word, following in pairwise((*words, "")):
        if bare(word) in HESITATIONS:
            continue
        leads_to_sound = bare(following) in HESITATIONS and bare(word) in DANGLING
        kept.append(word.rstrip(",") if leads_to_sound else word)
    return kept


def _best_start(words: Sequence[str], topic: Collection[str]) -> int:
    """Return where the part begins that holds most words of the topic: at the start or with a clause."""
    starts = [0, *(index for index in range(1, len(words) - 1) if _opens_clause(words, index))]
    first = _after_lead_ins(words)

    def topical(start: int) -> int:
        part = words[start : start + _part_length(words[start:])]
        return len({stem(word) for word in part} & set(topic))

    # The first of those that hold as much.
    return max((first if start == 0 else start for start in starts), key=topical)


def _opens_clause(words: Sequence[str], index: int) -> bool:
    word, following = bare(words[index]), bare(words[index + 1]) if index + 1 < len(words) else ""
    return (
        words[index - 1].endswith(_CLAUSE_MARKS)
        or word in _CLAUSE_OPENERS
        or (word in _OPENERS_BEFORE_A_SUBJECT and following in _SUBJECTS)
    )


def _after_lead_ins(words: Sequence[str]) -> int:
    """Return how many words only lead in: "Yeah, look," says nothing worth quoting."""
    for index, word in enumerate(words):
        if bare(word) not in _LEAD_INS:
            return index
    return 0


def _part_length(words: Sequence[str]) -> int:
    """Return how many words to quote: all, or up to a clause's end, or else to a word that can end."""
    if len(words) <= _LONGEST_QUOTE_WORDS:
        return len(words)
    for length in range(_LONGEST_QUOTE_WORDS, _SHORTEST_CLAUSE_WORDS - 1, -1):
        ends_clause = words[length - 1].endswith((*_CLAUSE_MARKS, ".")) or _opens_clause(words, length)
        if ends_clause and _can_end(words[:length]):
            return length
    for length in range(_LONGEST_QUOTE_WORDS, _SHORTEST_CLAUSE_WORDS - 1, -1):
        if _can_end(words[:length]):
            return length
    return _LONGEST_QUOTE_WORDS


def _can_end(words: Sequence[str]) -> bool:
    last_two = " ".join(bare(word) for word in words[-2:])
    return bare(words[-1]) not in DANGLING | {"never"} and last_two not in _ASIDES
