"""Numbers, names and outcomes that were said, against sentences that only claim something."""

import re
from collections.abc import Iterator, Sequence

from whypm.domain.feedback import ItemVerdict, Level
from whypm.domain.remarks import Specific, SpecificKind, Specifics
from whypm.domain.transcript import Sentence
from whypm.feedback.text.clauses import DANGLING
from whypm.feedback.text.tokens import bare, word_set

_DIGITS = re.compile(
    r"(?<![\w.])[$€£]?(?>\d+(?:[.,]\d+)*)(?:(?:[kKmM]|bn|x|p|s|st|nd|rd|th|ms)\b|\s?%|"
    r"\s(?:per cent|percent|million|thousand|hundred)\b)?(?![A-Za-z])"
)
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "two|three|four|five|six|seven|eight|nine"
_BIG = "hundred|thousand|million|dozen"
_SMALL = rf"(?:{_TENS})(?:[-\s](?:one|{_UNITS}))?|{_TEENS}|{_UNITS}"
_SPELLED_YEAR = (
    rf"(?:nineteen|twenty)[-\s](?:{_TEENS}|(?:{_TENS})(?:[-\s](?:one|{_UNITS}))?|oh[-\s](?:one|{_UNITS}))"
)
_SPELLED = re.compile(
    rf"\b(?:{_SPELLED_YEAR}(?!\s(?:{_BIG}))|(?:(?:a|one|{_SMALL})\shundred(?:\sthousand)?\sand\s|(?:a|one|{_SMALL})\sthousand\sand\s)"
    rf"(?:one|{_SMALL})(?:\s(?:thousand|million))?|(?:a|one)\s(?:{_BIG})|(?:{_SMALL})(?:\s(?:{_BIG}))?)"
    r"(?:\s(?:per cent|percent))?\b",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"^\s+(?:main\s|different\s)?(?:reasons?|things?|parts?|points?|words?|answers?)\b", re.IGNORECASE
)
_RATIO = re.compile(
    rf"\b(?:one(?: [a-z]+)?|{_UNITS}|\d{{1,2}}) (?:in|out of(?: every)?) "
    rf"(?:(?:{_SMALL})(?:\s(?:{_BIG}))?|a hundred|\d{{1,3}})\b"
    r"(?! (?:the|a|an|weeks?|months?|years?|days?|hours?|minutes?)\b)(?![\d.,]\d)",
    re.IGNORECASE,
)
"""A share as it is said: "one ticket in four"."""
_YEARS_AHEAD = re.compile(
    r"\b(?:in|within|(?:in|over|for) the next) (?:about |maybe )?"
    rf"(?:{_SMALL}|\d\d?)(?: (?:to|or) (?:{_SMALL}|\d\d?))? years?\b",
    re.IGNORECASE,
)
_WISHES = re.compile(r"\b(?:want|would|hope|will|see myself|plan|aim|goal)\b|['’](?:d|ll)\b", re.IGNORECASE)
"""Years in such a sentence are a wish's, and nobody can check them yet."""
_TIME_OF_DAY = re.compile(r" (?:in the (?:morning|afternoon|evening)|at night|o['’]clock)\b")
_NEXT_WORDS = re.compile(
    r"( plus| odd)? ([A-Za-z][A-Za-z-]{2,})\b(?!['’])(?: ([A-Za-z][A-Za-z-]{2,})\b(?!['’]))?"
)
_NOT_COUNTED = word_set(
    "and the but for that who when because with from than then were was have had them they out more less "
    "now off within after before over under into onto across during through about per each every until till "
    "last next used use went came together apart alone again later earlier already has does this always says "
    "needs uses takes makes gets goes comes where some sometimes perhaps our "
    "your his her its their you she one all are is would could will can should did there since without "
    "against never instead nobody somebody which what why still also just not said told got get made took "
    "gave left won fell put wrote slept stood sat became come ran sent lost paid kept want matter"
)
_SHORTEST_PARTICIPLE = 5
_PLURALS = word_set("people men women children")
_FIXED_PHRASES = re.compile(
    r"24/7|\b(?:one|two) of (?:us|them)\b|\b(?:these|those|the) two\b(?! (?:[a-z-]+s|people|men|women)\b)",
    re.IGNORECASE,
)

_ROUGHLY = "about |around |maybe |nearly |almost |over |under |only "
_COUNT = (
    rf"(?:{_ROUGHLY})?(?:[$€£]?\d[\d.,]*%?|(?:{_TENS})(?:-\w+)?|{_TEENS}|{_UNITS}|"
    r"one (?:\w+ )?(?:in|out)|zero|nothing|none|half|"
    rf"(?:a|one) (?:{_BIG}|third|quarter|half))"
)
_OUTCOMES = (
    r"(?:dropped|fell|rose|grew|increased|decreased) (?:to|by|from)",
    rf"(?:went|go(?:es|ing)?|moved|came down|climbed|jumped|improved) (?:from|to|by|up by|down by) {_COUNT}",
    rf"(?:raised|lifted|reduced|lowered) [a-z ]{{1,40}}?(?:to|by|from) {_COUNT}",
    rf"(?:got|brought) (?:it|this|that|them|the [a-z ]{{1,25}}) (?:down|up) (?:to|by|from) {_COUNT}",
    rf"brought in {_COUNT}",
    r"went (?:live|up|down)(?! (?:to|and|in|the|there|with)\b)",
    r"doubled|halved|tripled|adopted",
    rf"cut [a-z ]{{0,40}}?\b(?:(?:to|by|from) {_COUNT}|in half)",
    r"saved (?:us|me|them|the|about|over|\w+ hours)",
    r"(?:we|i|they) (?:\w+ )?(?:shipped|launched|released|rolled out)",
    r"stopped (?:calling|asking|leaving)",
    r"is (?:still|now) (?:in use|used|live)|still use[sd]? it|no longer (?:has|have|had|need)",
)
_TAIL_WORD = r"(?:[$€£]?\d[\d.,]*\d%?|[$€£]?[\w'’%-]+)"
_OUTCOME = re.compile(
    rf"\b(?:{'|'.join(_OUTCOMES)})(?![a-z\d])"
    rf"(?:(?:,(?: (?:like|um|uh|er|erm|you know),)+)? {_TAIL_WORD}){{0,6}}",
    re.IGNORECASE,
)
_AFTER_THE_OUTCOME = re.compile(
    r" (?:instead|because|but|which|who|when|where|while|without|until|after|before|that|than|"
    r"and(?! (?:a half|three quarters)\b))\b.*$",
    re.IGNORECASE,
)
_WHO_GOES = word_set("i we they he she you who")
"""Before "went to six stores": somebody's way, and no figure's."""
_FEWEST_OUTCOME_WORDS = 2
_OPEN_ENDS = DANGLING - {"it", "this"}
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
_MONTHS = word_set("january february march july august september october november december")
_MONTHS_AND_NAMES = word_set("april may june")
_BEFORE_A_MONTH = word_set(
    "in since until till by from last next this early late mid every before after of to"
)
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
        (match.start(), SpecificKind.OUTCOME, _without_loose_end(match.group()))
        for match in _OUTCOME.finditer(text)
        if not _NEGATED.search(match.group()) and not _is_somebodys_way(match)
    ]
    for _, kind, said in sorted(found):
        yield Specific(kind, said, index)


def _is_somebodys_way(match: re.Match[str]) -> bool:
    words_before = match.string[: match.start()].split()
    before = bare(words_before[-1]) if words_before else ""
    verb, _, where = match.group().lower().partition(" ")
    goes_on = before in {"and", "then"} and where.startswith("to ")
    return verb in {"went", "go", "goes", "going", "moved"} and (before in _WHO_GOES or goes_on)


def _without_loose_end(outcome: str) -> str:
    """Return the outcome up to where something else begins, without words that leave it open."""
    words = _AFTER_THE_OUTCOME.sub("", outcome).split()
    while len(words) > _FEWEST_OUTCOME_WORDS and bare(words[-1]) in _OPEN_ENDS:
        words.pop()
    return " ".join(words).rstrip(",")


def _numbers(text: str) -> Iterator[tuple[int, str]]:
    ratios = tuple(_RATIO.finditer(text))
    ahead = tuple(_YEARS_AHEAD.finditer(text)) if _WISHES.search(text) else ()
    yield from ((ratio.start(), ratio.group()) for ratio in ratios)
    for match in (*_DIGITS.finditer(text), *_SPELLED.finditer(text)):
        phrases = (*_FIXED_PHRASES.finditer(text), *ratios, *ahead)
        is_phrase = any(match.start() in range(*phrase.span()) for phrase in phrases)
        # "Two reasons" counts the answer's own parts and says nothing about the world; "12 points" does.
        is_listing = _LISTING.match(text[match.end() :]) and not re.match(r"\d\d", match.group())
        if not is_phrase and not is_listing:
            yield match.start(), match.group().strip(" ,.") + _counted_thing(text[match.end() :])


def _counted_thing(rest: str) -> str:
    """Return what stands after a number and can be what was counted: " nurses", " customer calls"."""
    time = _TIME_OF_DAY.match(rest)
    if time:
        return time.group()
    match = _NEXT_WORDS.match(rest)
    if not match or match.group(2).lower() in _NOT_COUNTED:
        return ""
    more, first, second = match.groups()
    is_kind_of = second and not _is_plural(first) and _is_plural(second)
    if first.endswith("ed") and len(first) >= _SHORTEST_PARTICIPLE and not is_kind_of:
        return ""  # "eleven signed", but "eleven signed letters"
    return f"{more or ''} {first}{f' {second}' if is_kind_of else ''}"


def _is_plural(word: str) -> bool:
    plain = word.lower()
    ends_so = plain.endswith("s") and not plain.endswith(("ss", "us", "is"))
    return plain in _PLURALS or (ends_so and plain not in _NOT_COUNTED)


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
    is_month = word in _MONTHS or (word in _MONTHS_AND_NAMES and bare(previous) in _BEFORE_A_MONTH)
    return core[:1].isupper() and not (opens_sentence or is_common or is_month) and len(word) > _INITIALS
