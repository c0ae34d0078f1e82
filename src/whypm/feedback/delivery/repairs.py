"""Repairs: words said twice, sentences begun anew, words cut off."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from whypm.domain.remarks import Repair, RepairKind
from whypm.domain.transcript import Word
from whypm.feedback.text.function_words import BE, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBJECTS
from whypm.feedback.text.tokens import bare, breaks_after, word_set

_LONGEST_REPEAT_WORDS = 4
"""Ours: as many words as are said twice in one go ("I was going to, I was going to")."""
_TRIPLE = 3
"""From so many in a row on a word may be meant ("test, test, test")."""
_MEANT_TWICE = word_set(
    "very really much many so no yes long far extremely bye again never over more too well ha "
    "yeah okay always please on way thank up down less super big huge tiny hard deep great good right sure "
    "exactly hello hi hey knock blah yada etc win twenty"
)
"""Words that are doubled for emphasis or in set phrases ("over and over", "so so", "twenty twenty")."""
_ONE_LETTER_WORDS = frozenset({"a", "i"})
"""Others are spelt out ("the U S S D menu")."""

_SET_PHRASES = frozenset({("and", "so", "on"), ("and", "so", "forth"), ("et", "cetera"), ("a", "lot")})
"""Said twice as one says "etc., etc."."""

_LINKS = frozenset({"and", "by", "after", "upon"})
"""What joins a word to itself again and again ("over and over and over", "step by step by step")."""

_GRAMMATICAL_PAIRS = frozenset({"that", "had", "is"})
"""Words that may follow themselves in good English ("that that is", "what it is is")."""

_END_OR_BEGIN = frozenset({"it", "you", "there"})
"""Words that end one clause as well as they begin the next ("when I got there, there was no plan")."""

_BEFORE_A_CLAUSE = CONJUNCTIONS | word_set(
    "that if when while as whether where what how why who which than although though since until once "
    "think thought know knew say said says guess feel felt believe mean realised realized "
    "well yeah yes no okay now like just actually basically maybe perhaps"
)
"""What "it" begins a clause after; after anything else, a comma behind it ends one."""

_FALTERED_ON = (
    SUBJECTS
    | DETERMINERS
    | BE
    | PREPOSITIONS
    | _BEFORE_A_CLAUSE - {"why", "no", "yes"}
    | word_set(
        "not do does did have has had can could will would should may might must don't didn't also very"
    )
)
"""Words that people stammer on, three times too; of others a row is meant ("test, test, test")."""

_ARTICLES = frozenset({"a", "an", "the", "my", "our", "your", "their"})
_NEW_SUBJECTS = word_set("i we they he she it i'm i've i'd we're it's they're there well sorry")
_NOT_CHAINED = word_set("i we you they he she it the a an and then so but")
_NOT_CUT_OFF = word_set("self non pre post co re semi multi cross mid two three")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    index: int
    """Place among the transcript's words."""
    raw: str


def find_repairs(words: Sequence[Word]) -> tuple[Repair, ...]:
    """Return the repairs among the words, in order and without overlap; times in seconds.

    Fillers between the two halves do not hide a repair ("we, uh, we had"). Doubling for emphasis
    ("very very") is none. The marked words are the ones that a reader would strike out.
    """
    tokens = [
        _Token(bare(word.text), index, word.text) for index, word in enumerate(words) if not word.filler
    ]
    tokens = [token for token in tokens if token.text]
    repairs: list[Repair] = []
    position = 0
    while position < len(tokens):
        kind, length = _repair_at(tokens, position)
        if kind is None:
            position += 1
            continue
        repairs.append(_repair(kind, words, tokens[position : position + length]))
        position += length
    return tuple(repairs)


def _repair_at(tokens: Sequence[_Token], position: int) -> tuple[RepairKind | None, int]:
    if _is_cut_off(tokens[position]) and not _shares_an_end(tokens, position):
        return RepairKind.CUT_OFF, 1
    for length in _repeat_lengths(tokens, position):
        return RepairKind.REPEAT, length
    if _is_restart(tokens, position):
        return RepairKind.RESTART, 1
    return None, 0


def _repeat_lengths(tokens: Sequence[_Token], position: int) -> Iterator[int]:
    """Yield how many words come again at once, the longest first."""
    for length in range(_LONGEST_REPEAT_WORDS, 0, -1):
        first = tokens[position : position + length]
        second = tokens[position + length : position + 2 * length]
        if [token.text for token in first] != [token.text for token in second]:
            continue
        if (
            _is_slip(first, second)
            and not _is_chain(tokens, position, length)
            and not (length == 1 and _ends_a_clause(tokens, position))
            and not _is_tripled(tokens, position, length)
        ):
            yield length


def _is_slip(first: Sequence[_Token], second: Sequence[_Token]) -> bool:
    last = first[-1]
    ends_sentence = last.raw.rstrip().endswith((".", "?", "!"))
    if ends_sentence or any(character.isdigit() for token in first for character in token.text):
        return False
    if len(first) > 1:
        texts = tuple(token.text for token in first)
        return texts not in _SET_PHRASES and not set(texts) <= _MEANT_TWICE
    if last.text in _MEANT_TWICE or (len(last.text) == 1 and last.text not in _ONE_LETTER_WORDS):
        return False
    is_apart = breaks_after(last.raw) or second[0].index - last.index > 1
    return is_apart or last.text not in _GRAMMATICAL_PAIRS


def _is_chain(tokens: Sequence[_Token], position: int, length: int) -> bool:
    """Say whether it is "over and" or "and over" of "over and over and over": a word joined to itself."""
    if length != 2:  # noqa: PLR2004 - the word and what joins it
        return False
    first, second = tokens[position].text, tokens[position + 1].text
    if second in _LINKS:
        after = tokens[position + 4].text if position + 4 < len(tokens) else ""
        return after == first and first not in _NOT_CHAINED
    before = tokens[position - 1].text if position else ""
    return first in _LINKS and before == second and second not in _NOT_CHAINED


def _ends_a_clause(tokens: Sequence[_Token], position: int) -> bool:
    """Say whether the word ends a clause, and comes again in the next: "when I tried it, it broke"."""
    token = tokens[position]
    if position == 0 or token.text not in _END_OR_BEGIN or not breaks_after(token.raw):
        return False
    before = tokens[position - 1]
    return not breaks_after(before.raw) and before.text not in _BEFORE_A_CLAUSE | {token.text}


def _is_tripled(tokens: Sequence[_Token], position: int, length: int) -> bool:
    """Say whether it is one word, three times and more in a row, that nobody stammers on."""
    text = tokens[position].text
    if text in _FALTERED_ON or any(token.text != text for token in tokens[position : position + length]):
        return False
    row = 2 * length
    row += sum(1 for _ in takewhile(lambda token: token.text == text, reversed(tokens[:position])))
    row += sum(1 for _ in takewhile(lambda token: token.text == text, tokens[position + 2 * length :]))
    return row >= _TRIPLE


def _is_restart(tokens: Sequence[_Token], position: int) -> bool:
    """Say whether an article is left without its noun: "a four, well, it was"."""
    if position + 1 >= len(tokens) or tokens[position].text not in _ARTICLES:
        return False
    following = tokens[position + 1]
    is_apart = breaks_after(tokens[position].raw) or following.index - tokens[position].index > 1
    return is_apart and following.text in _NEW_SUBJECTS and not _is_the_trade(following)


def _is_the_trade(token: _Token) -> bool:
    """Say whether the word is "IT" and not "it": "our, uh, IT department"."""
    return token.text == "it" and "IT" in token.raw


def _is_cut_off(token: _Token) -> bool:
    """Say whether the word ends in a hyphen, as Whisper and transcribers mark a broken word."""
    raw = token.raw.strip().rstrip(",.")
    return raw.endswith("-") and not raw.endswith("--") and token.text not in _NOT_CUT_OFF


def _shares_an_end(tokens: Sequence[_Token], position: int) -> bool:
    """Say whether the word's end follows with another word, as in "short- and long-term"."""
    following = tokens[position + 1 : position + 3]
    return (
        len(following) == 2  # noqa: PLR2004 - "and", and the whole word
        and following[0].text in {"and", "or", "to"}
        and "-" in following[1].text
    )


def _repair(kind: RepairKind, words: Sequence[Word], part: Sequence[_Token]) -> Repair:
    first, last = part[0].index, part[-1].index
    text = " ".join(token.raw.strip() for token in part).rstrip(",")
    return Repair(kind, text, words[first].start, words[last].end, first, last)
