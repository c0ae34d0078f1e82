"""When a spoken phrase fills a gap and when it is meant: one rule a phrase, each by the words around it.

Where both readings are open the rules say "meant": a figure shown as "at least" may miss one, but must not
blame a speaker for a word that they meant. "Actually", "so" and "well" are left out for the same reason:
most of their uses carry sense. "I was like" before a quotation stands for "I said" and is left out as well.
"""

import re
from itertools import pairwise

from whypm.feedback.filler_context import BE, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBJECTS, FillerContext
from whypm.feedback.tokens import word_set

_NUMBER = re.compile(r"^\d")
_NUMBERS = word_set(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty "
    "sixty seventy eighty ninety hundred hundreds thousand thousands million millions half "
    "thirteen fourteen sixteen seventeen eighteen nineteen"
)
_TAKE_A_NUMBER = (
    BE
    | PREPOSITIONS
    | word_set(
        "took takes had have has got only did made maybe spent me us just and already almost i've "
        "we've we'd i'd saved lost ran wrote called talked said"
    )
)
_HAVING = word_set("have has had got")
_AMOUNTS = word_set("couple few lot bunch dozen year month week")
_CONTRACTED_SUBJECTS = word_set("i'm i've i'd we're it's there's they're")
_INTENSIFIERS = word_set(
    "really super so very totally literally pretty completely not never always already mostly "
    "extremely kind sort um uh huge enormous"
)
_PAST = word_set(
    "went was were had did got made built said told thought knew came took gave found saw ran "
    "wrote sat kept felt left met talked asked started worked tried wanted called looked decided "
    "realised realized stopped ended turned moved learned learnt noticed became led pulled pushed "
    "changed stuck fell"
)
_OPEN_BEFORE_COMMA = (CONJUNCTIONS | DETERMINERS | word_set("it's is that's for with about are")) - {
    "this",
    "that",
}
_BASE_VERBS = word_set("be do get build make go see talk help figure think find learn understand")
_SUPERLATIVES = word_set("only first last most whole biggest worst best")
_SAYING = frozenset({"said", "mentioned", "say", "told", "was", "always"})
_AFTER_REAL_LIKE = frozenset(
    {"button", "buttons", "mind", "minds", "minded", "manner", "fashion", "kind", "for"}
)

_KNOWING = word_set(
    "do did don't didn't if as when once until before how what all everything than that people "
    "someone something anyone anything will would should might may can could whatever which who "
    "whom more thing things person one ones let where product products brand company sure must "
    "doesn't wherever least"
)
_KNOWN = word_set(
    "what how why who where when whether if that which about him them me us exactly enough better "
    "more everything anything nothing someone whose"
)
_OPEN_PHRASE = BE | word_set(
    "a an the my our for with in on at from of by i we they he she really very like just into some every to "
    "through about also already or until once never"
)
"""After these a phrase must go on, so that "you know" cannot be its verb."""

_MEANING_BEFORE = word_set("what that which by do did how if whatever when one ones word all know much")
_AFTER_MEANT = frozenset({"", "really", "when", "sincerely", "as", "in"})
_MEANT = frozenset({"by", "to", "business", "well", "every", "what"})
_SAID = word_set("say said call called write wrote")
_PEOPLE = word_set("me you him her us them")
_GUESSES = word_set("maybe perhaps probably obviously")

_KIND_OWNERS = word_set(
    "the what whatever which any some every each all another other one same certain different new "
    "best right wrong these those no his her their your my our various many several only first "
    "last worst own weird strange old special particular rare good bad common similar exact a an "
    "two three of"
)
_AFTER_HEDGE = (
    _PAST
    | SUBJECTS
    | PREPOSITIONS
    | word_set("just is makes helps gives drives really how why where what when")
)
_ADJECTIVE_END = ("est", "ful", "ive", "ous", "ic", "ble", "less")

_ESSENCE = word_set("same identical unchanged equivalent sound")

_LEFT_OF_RIGHT = word_set("left all that's turn exactly quite yes yeah not that is")
_RIGHT_STARTERS = frozenset({"so", "okay", "ok", "well", "then"})


def like_fills(context: FillerContext, index: int) -> bool:
    """Say whether "like" at ``index`` is a filler."""
    before, after = context.before(index), context.after(index)
    if context.broken_before(index):
        return _set_off_like(context, index, after)
    if context.broken_after(index):
        asks = {"what", "how"} & {context.before(index, nth) for nth in (2, 3, 4)}
        return before in _OPEN_BEFORE_COMMA and after != "" and not asks
    return _unmarked_like(context, index, before, after)


def _set_off_like(context: FillerContext, index: int, after: str) -> bool:
    if context.broken_after(index):
        return after != "" or not context.starts_sentence(index)
    return _is_number(context, index) or after in _CONTRACTED_SUBJECTS


def _unmarked_like(context: FillerContext, index: int, before: str, after: str) -> bool:
    if before in _TAKE_A_NUMBER | CONJUNCTIONS and _is_number(context, index):
        return True
    if before in _HAVING and after == "no":
        return True
    if before in CONJUNCTIONS:
        return after in SUBJECTS - {"it", "you"} and context.after(index, 2) not in _SAYING
    if before in PREPOSITIONS - {"of", "about"} or before in DETERMINERS - {"those", "these", "this", "that"}:
        return after != "" and after not in _AFTER_REAL_LIKE
    if before in BE:
        asks = {"what", "how"} & {context.before(index, nth) for nth in (2, 3)}
        superlative = after == "the" and context.after(index, 2) in _SUPERLATIVES
        return (after in _INTENSIFIERS or superlative) and not asks
    return (before in SUBJECTS and after in _PAST) or (before == "to" and after in _BASE_VERBS)


def _is_number(context: FillerContext, index: int) -> bool:
    after, second = context.after(index), context.after(index, 2)
    if _NUMBER.match(after) or after in _NUMBERS:
        return True
    return after == "a" and second in _NUMBERS | _AMOUNTS


def you_know_fills(context: FillerContext, index: int) -> bool:
    """Say whether "you know" that begins at ``index`` is a filler."""
    last = index + 1
    before, after = context.before(index), context.after(last)
    if context.broken_after(last):
        return context.broken_before(index) or before in CONJUNCTIONS | _OPEN_PHRASE
    if after in _KNOWN:
        return False
    if before in _OPEN_PHRASE:
        # "The thing is you know our product": a whole clause after "is".
        return before not in {"is", "that's"} or after not in DETERMINERS - {"a", "an"}
    if context.broken_before(index) or before in CONJUNCTIONS:
        # A name may be what is known: "You know our product", "you know Lisbon".
        names_something = context.starts_sentence(index) and after not in SUBJECTS and not context.stops[last]
        return after not in DETERMINERS and not names_something
    return before not in _KNOWING and after in SUBJECTS | CONJUNCTIONS | _GUESSES


def i_mean_fills(context: FillerContext, index: int) -> bool:
    """Say whether "I mean" that begins at ``index`` is a filler."""
    last = index + 1
    if context.broken_after(last):
        return context.broken_before(index) or context.before(index) not in _MEANING_BEFORE
    if not context.broken_before(index) and context.before(index) in _MEANING_BEFORE:
        return False
    if _explains(context, index):
        return False
    after = context.after(last)
    meant_object = after in {"it", "that", "this"} and context.after(last, 2) in _AFTER_MEANT
    return after not in _MEANT and not meant_object


def _explains(context: FillerContext, index: int) -> bool:
    """Say whether the sentence has named what is meant, as in "When I say we, I mean the team"."""
    earlier: list[str] = []
    while word := context.before(index, len(earlier) + 1):
        earlier.append(word)
    clause = earlier[::-1]
    says = any(first == "i" and second in _SAID for first, second in pairwise(clause))
    return bool(clause) and (clause[0] == "by" or (says and not {"when", "if"}.isdisjoint(clause)))


def sort_of_hedges(context: FillerContext, index: int) -> bool:
    """Say whether "sort of" or "kind of" that begins at ``index`` hedges."""
    return _hedges(context, index, index + 1)


def sorta_hedges(context: FillerContext, index: int) -> bool:
    """Say whether "sorta" or "kinda" at ``index`` hedges."""
    return _hedges(context, index, index)


def _hedges(context: FillerContext, first: int, last: int) -> bool:
    before, after = context.before(first), context.after(last)
    if context.broken_after(last):
        return context.broken_before(first) or before not in _KIND_OWNERS | {"this", "that"}
    if before in {"this", "that", "a", "an"}:
        return after in _AFTER_HEDGE and context.after(last, 2) != ""
    if before in _KIND_OWNERS:
        return False
    if before in BE and after in _PEOPLE and context.after(last, 2) == "to":
        return False  # "It was kind of her to wait."
    if context.starts_sentence(first):
        # "Sort of problem that I like" has lost its "the".
        return after in SUBJECTS | _AFTER_HEDGE
    owned = context.before(first, 2) in _KIND_OWNERS | {"this", "that"}
    return not (owned and before.endswith(_ADJECTIVE_END))


def basically_fills(context: FillerContext, index: int) -> bool:
    """Say whether "basically" at ``index`` is a filler; "basically the same" is meant: in essence."""
    after = context.after(index)
    return after not in _ESSENCE and not (after == "the" and context.after(index, 2) in _ESSENCE)


def right_fills(context: FillerContext, index: int) -> bool:
    """Say whether "right" at ``index`` asks for a nod or opens a turn."""
    before, after = context.before(index), context.after(index)
    if context.starts_sentence(index):
        return (context.broken_after(index) and after != "") or after in _RIGHT_STARTERS
    return context.broken_before(index) and context.broken_after(index) and before not in _LEFT_OF_RIGHT
