"""Numbers, names and outcomes that were said, against sentences that only claim something."""

import re
from collections.abc import Iterator, Sequence

from whypm.domain.feedback import ItemVerdict, Level
from whypm.domain.remarks import Specific, SpecificKind, Specifics
from whypm.domain.transcript import Sentence
from whypm.feedback.tokens import bare, word_set

_DIGITS = re.compile(
    r"(?<![\w.])[$€£]?(?>\d+(?:[.,]\d+)*)(?:(?:[kKmM]|bn|x|p|s|st|nd|rd|th|ms)\b|\s?%|"
    r"\s(?:per cent|percent|million|thousand|hundred)\b)?(?![A-Za-z])"
)
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "two|three|four|five|six|seven|eight|nine"
_BIG = "hundred|thousand|million|dozen"
_SMALL = rf"(?:{_TENS})(?:[-\s](?:one|{_UNITS}))?|{_TEENS}|{_UNITS}"
_SPELLED = re.compile(
    rf"\b(?:(?:(?:a|one|{_SMALL})\shundred(?:\sthousand)?\sand\s|(?:a|one|{_SMALL})\sthousand\sand\s)"
    rf"(?:one|{_SMALL})(?:\s(?:thousand|million))?|(?:a|one)\s(?:{_BIG})|(?:{_SMALL})(?:\s(?:{_BIG}))?)"
    r"(?:\s(?:per cent|percent))?\b",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"^\s+(?:main\s|different\s)?(?:reasons?|things?|parts?|points?|words?|answers?)\b", re.IGNORECASE
)
_NEXT_WORD = re.compile(r" ([A-Za-z][A-Za-z-]{2,})\b(?!['’])")
_NOT_COUNTED = word_set(
    "and the but for that who when because with from than then were was have had them they out more less "
    "now off within after before over under into onto across during through about per each every until till "
    "last next used use went came"
)
_FIXED_PHRASES = re.compile(r"(?:24/7|\b(?:one|two) of (?:us|them)\b)")

_ROUGHLY = "about |nearly |almost |over |under |only "
_COUNT = rf"(?:{_ROUGHLY})?(?:\d|[$€£]|{_TENS}|{_TEENS}|{_UNITS}|zero|nothing|none|half|a {_BIG})"
_OUTCOMES = (
    r"(?:dropped|fell|rose|grew|increased|decreased) (?:to|by|from)",
    rf"went (?:from|to|up by|down by) {_COUNT}",
    r"went (?:live|up|down)(?! (?:to|and|in|the|there)\b)",
    r"doubled|halved|tripled|adopted",
    r"cut [a-z ]{0,30}(?:to|by|in half)",
    r"saved (?:us|me|them|the|about|over|\w+ hours)",
    r"(?:we|i|they) (?:\w+ )?(?:shipped|launched|released|rolled out)",
    r"stopped (?:calling|asking|leaving)",
    r"is (?:still|now) (?:in use|used|live)|still use[sd]? it|no longer (?:has|have|had|need)",
)
_OUTCOME = re.compile(
    rf"\b(?:{'|'.join(_OUTCOMES)})\b(?: (?:[$€£]?\d[\d.,]*\d%?|[$€£]?[\w'’%-]+)){{0,4}}", re.IGNORECASE
)
_NEGATED = re.compile(r"^\w+ (?:never|almost|nearly|hardly)\b", re.IGNORECASE)
_NO_NAMES = word_set(
    "i i'm i've i'd i'll pm pms prd prds ux ui api apis ok okay qa hr it ceo cto cpo kpi kpis okr "
    "okrs mba ai sql mvp saas b2b apm english vp ceos tv product manager management um uh monday "
    "tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays"
)
_COMMON_WORDS = word_set(
    "the and but that this these those there then they them when what where which who why how now yes yeah "
    "well also just with from for our his her its she you your because after before while some any all not"
)
"""No names either: Whisper writes them with a capital after a hesitation, and where its windows join."""
_TITLES = word_set("mr mrs ms dr prof")
_INITIALS = 2
_SENTENCE_OPENING_MARKS = '.?!:…"“‘('


def find_specifics(sentences: Sequence[Sentence], verdicts: Sequence[ItemVerdict]) -> Specifics | None:
    """Return the checkable details, in the order said, and the sentences that claim without any.

    General are the sentences that carry checklist items as mentions only and hold no detail: the ones to
    which an interviewer says "for example?". None for no sentences.
    """
    if not sentences:
        return None
    details = tuple(
        detail for index, sentence in enumerate(sentences) for detail in _details(sentence.text, index)
    )
    detailed = {detail.sentence for detail in details}
    evidences = [evidence for verdict in verdicts for evidence in verdict.evidence]
    claiming = {evidence.sentence for evidence in evidences}
    proving = {evidence.sentence for evidence in evidences if evidence.level is Level.EVIDENCE}
    return Specifics(details, tuple(sorted(claiming - proving - detailed)))


def _details(text: str, index: int) -> Iterator[Specific]:
    found = [(position, SpecificKind.NUMBER, said) for position, said in _numbers(text)]
    found += [(position, SpecificKind.NAME, said) for position, said in _names(text)]
    found += [
        (match.start(), SpecificKind.OUTCOME, match.group())
        for match in _OUTCOME.finditer(text)
        if not _NEGATED.search(match.group())
    ]
    for _, kind, said in sorted(found):
        yield Specific(kind, said, index)


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    for match in (*_DIGITS.finditer(text), *_SPELLED.finditer(text)):
        is_phrase = any(match.start() in range(*phrase.span()) for phrase in _FIXED_PHRASES.finditer(text))
        # "Two reasons" counts the answer's own parts and says nothing about the world; "12 points" does.
        is_listing = _LISTING.match(text[match.end() :]) and not re.match(r"\d\d", match.group())
        if not is_phrase and not is_listing:
            yield match.start(), match.group().strip(" ,.") + _counted_thing(text[match.end() :])


def _counted_thing(rest: str) -> str:
    """Return the word after a number, " nurses" of "forty nurses who", where it can be what was counted."""
    match = _NEXT_WORD.match(rest)
    return f" {match.group(1)}" if match and match.group(1).lower() not in _NOT_COUNTED else ""


def _names(text: str) -> Iterator[tuple[int, str]]:
    """Yield runs of capitalised words, without a sentence's first word, "I" and common abbreviations."""
    run: list[str] = []
    start = 0
    previous = "."
    for match in re.finditer(r"\S+", text):
        token = match.group()
        if _is_name(token, previous):
            start = start if run else match.start()
            run.append(token.strip(' ,.;:?!"“”‘’()…').removesuffix("'s").removesuffix("’s"))
        if run and (not _is_name(token, previous) or token[-1] in ",.;:?!…"):
            yield start, " ".join(run)
            run = []
        previous = token
    if run:
        yield start, " ".join(run)


def _is_name(token: str, previous: str) -> bool:
    core = token.strip(' ,.;:?!"“”‘’()…')
    opens_sentence = previous[-1] in _SENTENCE_OPENING_MARKS and bare(previous) not in _TITLES
    word = bare(core)
    is_common = word in _NO_NAMES or word in _COMMON_WORDS
    return core[:1].isupper() and not opens_sentence and not is_common and len(word) > _INITIALS
