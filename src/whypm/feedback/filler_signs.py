"""What is looked at around a phrase that may fill a gap: signs, each with a name of its own.

The learned weights (`PhraseWeights`) give each sign its say. The same signs are taken in training.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from whypm.feedback.filler_context import BE, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBJECTS, FillerContext
from whypm.feedback.filler_rules import (
    basically_fills,
    i_mean_fills,
    like_fills,
    right_fills,
    sort_of_hedges,
    sorta_hedges,
    you_know_fills,
)
from whypm.feedback.tokens import word_set
from whypm.feedback.word_kinds import WordKinds

_Rule = Callable[[FillerContext, int], bool]
START, END = "^", "$"
"""Stand for what is before the first word of a sentence, and after its last."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    kind: str
    """Phrases of one kind are judged by the same weights."""
    rule: _Rule
    """Says of a use, by its first word's index, whether it is a filler."""


_PHRASES: Mapping[str, _Phrase] = MappingProxyType(
    {
        phrase.words[0]: phrase
        for phrase in (
            _Phrase(("like",), "like", like_fills),
            _Phrase(("you", "know"), "you know", you_know_fills),
            _Phrase(("i", "mean"), "i mean", i_mean_fills),
            _Phrase(("sort", "of"), "hedge", sort_of_hedges),
            _Phrase(("kind", "of"), "hedge", sort_of_hedges),
            _Phrase(("sorta",), "hedge", sorta_hedges),
            _Phrase(("kinda",), "hedge", sorta_hedges),
            _Phrase(("basically",), "basically", basically_fills),
            _Phrase(("right",), "right", right_fills),
        )
    }
)
KINDS = tuple(dict.fromkeys(phrase.kind for phrase in _PHRASES.values()))
PAIRS = frozenset(phrase.words for phrase in _PHRASES.values() if len(phrase.words) > 1)
"""The phrases of two words."""


@dataclass(frozen=True, slots=True)
class PhraseUse:
    """One use of such a phrase: its kind, its first word's index, and how many words it has."""

    kind: str
    index: int
    length: int

    @property
    def last(self) -> int:
        """The index of its last word."""
        return self.index + self.length - 1

    @property
    def indexes(self) -> range:
        """The indexes of all its words."""
        return range(self.index, self.index + self.length)


def phrase_uses(context: FillerContext) -> tuple[PhraseUse, ...]:
    """Return every use of the phrases, fillers or not, in order."""
    uses: list[PhraseUse] = []
    for index, token in enumerate(context.tokens):
        phrase = _PHRASES.get(token)
        if phrase is not None and (len(phrase.words) == 1 or context.is_phrase(index, phrase.words[1])):
            uses.append(PhraseUse(phrase.kind, index, len(phrase.words)))
    return tuple(uses)


def ruled_filler(context: FillerContext, use: PhraseUse) -> bool:
    """Say whether the phrase's own rule takes this use for a filler."""
    return _PHRASES[context.tokens[use.index]].rule(context, use.index)


_NUMBER = re.compile(r"[$£€]?\d")
_CLASSES: tuple[tuple[str, frozenset[str]], ...] = (
    (
        "number",
        word_set(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
            "thousand million half"
        ),
    ),
    ("be", BE),
    ("conjunction", CONJUNCTIONS),
    ("determiner", DETERMINERS),
    (
        "preposition",
        PREPOSITIONS
        | word_set("to out up down off over before near behind between under during without around against"),
    ),
    (
        "auxiliary",
        word_set(
            "do does did have has had will would can could should may might must don't doesn't didn't won't "
            "wouldn't can't couldn't shouldn't haven't hasn't hadn't"
        ),
    ),
    ("question", word_set("what how why who where when which whether if that as than")),
    ("subject", SUBJECTS),
    (
        "object",
        word_set(
            "me you him her us them it myself themselves someone somebody something anything everything "
            "nothing everyone everybody nobody people"
        ),
    ),
    (
        "degree",
        word_set(
            "very really so too pretty quite just only even still already never always not totally "
            "completely super almost more most"
        ),
    ),
)
_ENDINGS = (
    "ing ed ly 's 'm 're 've 'd 'll n't ies s er est y tion ment ful ive ous".split()  # the first that fits
)
_ASKING = word_set("what how if when do did does would say that as by who something things look feel")


def word_class(word: str) -> str:
    """Return the class of a function word, or how any other word ends."""
    if word in {START, END}:
        return word
    if _NUMBER.match(word):
        return "number"
    for name, members in _CLASSES:
        if word in members:
            return name
    return next((f"-{end}" for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 1), "-")


def _word_kind(word: str, word_kinds: WordKinds) -> str:
    if word in {START, END}:
        return word
    return "number" if _NUMBER.match(word) else word_kinds.of(word)


def signs(context: FillerContext, use: PhraseUse, word_kinds: WordKinds) -> Iterator[str]:
    """Yield the signs of one use: up to three words on each side, hesitations left out, and the marks.

    In the signs' names ``b1`` is the word before, ``b2`` the one before that, ``a1`` the word after, ``cb1``
    and ``ca1`` their classes, ``kb1`` and ``ka1`` their kinds; ``B`` and ``A`` tell a mark before and after
    the use. Kinds of words further off, or of two together, made what is said of hands left out no better.
    """
    b1, b2, b3, b4 = (context.before(use.index, nth) or START for nth in (1, 2, 3, 4))
    a1, a2, a3 = (context.after(use.last, nth) or END for nth in (1, 2, 3))
    cb1, cb2, cb3, ca1, ca2, ca3 = (word_class(word) for word in (b1, b2, b3, a1, a2, a3))
    marks = (
        f"{'B' if context.broken_before(use.index) else ''}{'A' if context.broken_after(use.last) else ''}"
    )
    rule = "filler" if ruled_filler(context, use) else "meant"
    behind = sum(word != START for word in (b1, b2, b3, b4))
    ahead = sum(word != END for word in (a1, a2, a3))
    yield from (
        f"rule {rule}",
        f"rule {rule} {marks}",
        f"marks {marks}",
        *(f"b{nth} {word}" for nth, word in enumerate((b1, b2, b3), 1)),
        *(f"a{nth} {word}" for nth, word in enumerate((a1, a2, a3), 1)),
        *(f"cb{nth} {name}" for nth, name in enumerate((cb1, cb2, cb3), 1)),
        *(f"ca{nth} {name}" for nth, name in enumerate((ca1, ca2, ca3), 1)),
        f"b2b1 {b2} {b1}",
        f"a1a2 {a1} {a2}",
        f"b1a1 {b1} {a1}",
        f"cb2cb1 {cb2} {cb1}",
        f"ca1ca2 {ca1} {ca2}",
        f"cb1ca1 {cb1} {ca1}",
        f"cb2cb1ca1 {cb2} {cb1} {ca1}",
        f"cb1ca1ca2 {cb1} {ca1} {ca2}",
        f"kb1 {_word_kind(b1, word_kinds)}",
        f"ka1 {_word_kind(a1, word_kinds)}",
        f"b1ca1 {b1} {ca1}",
        f"cb1a1 {cb1} {a1}",
        f"cb2b1 {cb2} {b1}",
        f"a1ca2 {a1} {ca2}",
        f"b2cb1 {b2} {cb1}",
        f"b1 marks {b1} {marks}",
        f"a1 marks {a1} {marks}",
        f"cb1 marks {cb1} {marks}",
        f"ca1 marks {ca1} {marks}",
        f"room {behind} {ahead}",
        f"behind {behind}",
        f"ahead {ahead}",
    )
    yield from (f"asks {word}" for word in dict.fromkeys((b1, b2, b3, b4)) if word in _ASKING)
