"""A topic that is named first and refused after: "The variety means nothing to me"."""

import re

_NEGATED_IS = (
    r"(?:(?:is|are|was|were)(?:n't| not| never)|(?:'s|'re) (?:not|never))(?: (?:really|quite|exactly|ever))?"
)
_STIRS = (
    r"(?:interest|attract|excite|tempt|appeal to|drive|move|thrill|motivate|inspire|draw|"
    r"interested|attracted|excited|tempted|appealed to|drove|moved|thrilled|motivated|inspired|drew)"
)
_REFUSED = re.compile(
    # "doesn't interest me", "leaves me cold", "means nothing to me", "has no appeal for me"
    rf"\b(?:(?:does|do|did)(?:n't| not)|never)(?: \w+)? {_STIRS} me\b|\b(?:leaves?|left) me cold\b|"
    r"\b(?:means?|meant|does|do|did) (?:nothing|(?:very )?little|not much|never much) (?:to|for) me\b|"
    r"\bnever (?:did|meant) (?:much|anything|a lot) (?:to|for) me\b|"
    r"\b(?:has|have|had|holds?|held) (?:no|little|not much) (?:appeal|attraction|interest|meaning) "
    r"(?:for|to) me\b|\b(?:has|have|had) nothing to do with (?:it|me|that)\b|"
    # "isn't what I'm looking for", "is not for me", "was never part of my work", "is not my motive"
    rf"{_NEGATED_IS} (?:(?:what|why|something|anything) (?:that )?i\b|(?:for )?me\b|(?:a )?part of my\b|"
    r"(?:my|the) (?:\w+ )?(?:reasons?|motives?|motivation|goals?|aims?|dreams?|ambitions?)\b|"
    r"my (?:\w+ )?(?:passion|job|work|thing|strength)\b)|"
    # "is something I don't have", "is something I'd rather leave to others"
    r"(?:\b(?:is|are)|'s) (?:something|a thing) (?:that )?i(?:'ve| have|'d| would)? "
    r"(?:don't|didn't|haven't|can't|cannot|couldn't|not|never|lack|yet to|(?:still )?(?:have|need) to learn|"
    r"to learn|rather (?:leave|avoid))\b|"
    # "I don't care about that", "I couldn't tell you", "I've had none of that", "no idea"
    r"\bi (?:don't|do not|didn't|never)(?: \w+)? care(?: \w+)?(?: (?:about|for) "
    r"(?:it|that|this|them|those|any of (?:it|that)))?(?=[.!]?$)|"
    r"\bi (?:can't|cannot|couldn't) (?:tell|offer|say)(?: you)?(?: (?:it|that|much|anything))?(?=[.!]?$)|"
    r"\bi(?:'ve| have|'ve got| know| knew)(?: had| got)? (?:none of|nothing (?:about|of)|"
    r"no experience (?:with|in|of)) (?:it|that|this|them|those|any of (?:it|that))\b|"
    r"(?:, |\bi have |\bi've )no (?:idea|clue)(?=(?:,? (?:honestly|really|sorry|to be honest))?[.!]?$)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",? i (?:have to|must|should) (?:say|admit|confess)\b,?|, no,|^(?:where|how|why|whether) (?:i|we)\b",
    re.IGNORECASE,
)
_NOT_A_TOPIC = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|we|we're|we've|we'd|they|he|she|which|not|never|no|nothing|nobody|without|"
    r"only|just|alone|same|one thing)\b|n't\b|, who\b|"
    r"^\W*(?:(?:and|so|but|well) )*(?:what|it)\W*$",
    re.IGNORECASE,
)
"""Before a refusal: somebody's deed, or the wrong that is refused ("Only code doesn't interest me")."""
_GOES_ON = re.compile(
    r"[,;:\N{EM DASH}]|\b(?:but|until|because|so|instead|only|except|just|without|unless|than|more)\b",
    re.IGNORECASE,
)


def is_refused(sentence: str) -> bool:
    """Say whether the sentence names a topic and refuses it, and says nothing else.

    The weights tick two of five such topics, as the labelled answers hold next to none: six of their 80,967
    sentences are of this kind, and none of them shows anything.
    """
    plain = sentence.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").strip()
    refused = _REFUSED.search(plain)
    if refused is None:
        return False
    topic = _ASIDE.sub("", plain[: refused.start()])
    rest = re.sub(r",? (?:honestly|really|sorry|to be honest)\b", "", plain[refused.end() :])
    return bool(topic.strip(" ,")) and not _NOT_A_TOPIC.search(topic) and not _GOES_ON.search(rest)
