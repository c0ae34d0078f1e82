"""Where a written sentence ends, by its punctuation: not after "Dr.", "e.g.", an initial or a decimal."""

import re

from whypm.feedback.text.tokens import bare, word_set

_NEVER_LAST = word_set("mr mrs ms dr prof st vs e.g eg i.e ie cf approx fig dept esp")
_SELDOM_LAST = word_set("inc ltd co corp jr sr etc a.m p.m u.s u.k u.s.a e.u ph.d b.a b.sc")
_STARTERS = word_set(
    "i we you he she it they the this that these there so and but or then my our in at on when "
    "what because now after before if for yes yeah no well um uh a an i'm i've i'd it's that's "
    "with as"
)
_UNFINISHED = word_set("a an the my our your their and or but because every")
"""Whisper closes a segment with a full stop even where the speaker broke off before the noun."""

_CLOSING = "\"'”’)]"
_INITIAL = re.compile(r"^[A-Z]\.$")
_NUMBER = re.compile(r"^\d")


def ends_sentence(token: str, following: str | None, *, small_letters: bool = False) -> bool:
    """Say whether ``token`` is a sentence's last word, given the next one (None at the end of the text).

    Args:
        token: A written word with its punctuation, without spaces around it.
        following: The next written word.
        small_letters: The writer starts sentences with small letters, so that a small letter says nothing.
    """
    core = token.rstrip(_CLOSING)
    if not core.endswith((".", "?", "!", "…")):
        return False
    if following is None:
        return True
    if bare(core) in _UNFINISHED and not _INITIAL.match(core):
        return False
    opens = _opens_sentence(following, small_letters=small_letters)
    if core.endswith(("...", "…")):
        # Trailing off and going on: "and then... I", which is no new sentence for certain.
        return opens and not bare(following).startswith("i'") and bare(following) != "i"
    return opens and not _is_abbreviation(core, following)


def _opens_sentence(following: str, *, small_letters: bool) -> bool:
    first = following.lstrip("\"'“‘([-–—•*")[:1]
    return not first.islower() or small_letters


def _is_abbreviation(core: str, following: str) -> bool:
    name = bare(core)
    if name in _NEVER_LAST:
        return True
    if name == "no":
        return bool(_NUMBER.match(following))
    seldom_last = name in _SELDOM_LAST or (bool(_INITIAL.match(core)) and core != "I.")
    return seldom_last and bare(following) not in _STARTERS
