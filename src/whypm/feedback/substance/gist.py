"""What a sentence is about: its own words, without their endings."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from whypm.feedback.text.spoken_numbers import number_value
from whypm.feedback.text.tokens import bare, word_set

_COMMON = word_set(
    # Words of grammar, time and counting.
    "a about across actually after again ago all already also always am an and any anyone anything "
    "april are around as at august away back be because been before being between both but by came can "
    "can't cent come coming could couldn't day days december did didn't do does doesn't doing don't "
    "done down during each else end even evening ever every everyone everything february few finally "
    "finish finished first for friday from full get gets getting go goes going gone good got great had "
    "half has have haven't having he he'd he's her here hers him his hour hours how i i'd i'll i'm i've "
    "if in instead into is isn't it it's its itself january july june just keep kept kind knew know "
    "last later least leave left less let like list listed little live living long lot made make makes "
    "making many march may maybe me mean might minute minutes monday more morning most much must my "
    "myself name named need needed never new next no nobody not nothing november now number october of "
    "off often oh okay old on once one only or order other others our out over own part people per "
    "percent perhaps person place plan planned probably put quarter quite rather really right said same "
    "saturday saw say second see seen september set she she's should since so some somebody someone "
    "something sometimes sort start still stuff such sunday sure take taken than that that's the their "
    "them then there there's these they they're thing things think third thirds this those though "
    "thought through thursday time times to today together told tomorrow too took tuesday turned twice "
    "two under until up us use used using very want wanted was wasn't way we we'd we'll we're we've "
    "wednesday well went were weren't what what's when where which while who whole whom whose why will "
    "with without won't words would wouldn't yeah year years yes yesterday yet you you'd you'll you're "
    "you've your "
    # Words of every answer to this question.
    "able answer app apps ask asked background began believe best better big bit build building built "
    "business called calling calls care career chance change clear college company create customer "
    "customers data decide decided decision degree design designer designers developer developers "
    "different easy engineer engineering engineers enjoy example examples experience feature feel felt "
    "find found give guess happy hard help helped helping honestly idea important industry interested "
    "interesting interview interviewed job lead learn learned learning led life look looked looking "
    "love manage management manager managing market markets meeting meetings moment money month months "
    "move moved online pm problem problems product products project projects real reason role run sat "
    "saying school sell selling service services show showed shown sit small software sold solve spend "
    "spent started stay stopped story student students support talk team teams technical tell test "
    "tested testing tool tried try trying understand university user users website week weeks work "
    "worked working works world write wrote "
)
_IRREGULAR: Mapping[str, str] = MappingProxyType(
    {
        "led": "lead", "ran": "run", "sold": "sell", "spoke": "speak", "spoken": "speak", "taught": "teach",
        "bought": "buy", "brought": "bring", "children": "child", "wrote": "write", "written": "write",
        "built": "build", "grew": "grow", "drew": "draw", "drawn": "draw", "rang": "ring", "sat": "sit",
        "fell": "fall", "lost": "lose", "paid": "pay", "met": "meet", "won": "win", "men": "man",
        "women": "woman",
    }
)  # fmt: skip
_ENDINGS = ("ings", "ing", "edly", "ed", "es", "s", "ly")
_SHORTEST_STEM = 3
"""Letters that a word keeps at least when its ending is taken off: "thing" stays whole."""


def stem(word: str) -> str:
    """Return a word without its ending, so that "shipped" and "ships" are one."""
    plain = bare(word).removesuffix("'s")
    plain = _IRREGULAR.get(plain, plain)
    if plain.endswith("ies") and len(plain) > len("ies") + 1:
        return plain[:-3] + "y"
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _SHORTEST_STEM and not plain.endswith("ss"):
            plain = plain[: -len(ending)]
            break
    if len(plain) > _SHORTEST_STEM and plain[-1] == plain[-2] and plain[-1] not in "aeious":
        plain = plain[:-1]
    return plain.removesuffix("e") if len(plain) > _SHORTEST_STEM else plain


def gist(text: str) -> frozenset[str]:
    """Return the stems of a sentence's own words: no grammar, no number, no word of every answer."""
    words = (bare(word) for word in re.split(r"[\s/–—-]+", text))
    return frozenset(
        stem(word)
        for word in words
        if len(word) >= _SHORTEST_STEM and is_own(word) and number_value(word) is None
    )


def is_own(word: str) -> bool:
    """Say whether a word in small letters belongs to what is told, and not to grammar or to every answer."""
    return word not in _COMMON and stem(word) not in _COMMON
