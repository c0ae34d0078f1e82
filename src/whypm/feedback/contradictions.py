"""Sentences of two answers that cannot both be right: other numbers for one thing, and denied deeds.

Careful on purpose: what is told here accuses, so it is told only where both sentences show it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from whypm.domain.consistency import Clash, Contradiction, KeptAnswer, Quote
from whypm.domain.feedback import Level
from whypm.domain.remarks import SpecificKind
from whypm.feedback.gist import counted, stem
from whypm.feedback.specifics import find_specifics
from whypm.feedback.stories import Link
from whypm.feedback.tokens import bare, word_set

_SAME_WITHIN = 0.1
"""Numbers nearer than a tenth are one number, rounded: "forty" and "about thirty-eight"."""
_OTHER_SHARED_WORDS = 2
"""Beside the counted thing, two sentences must share so many of their own words to be about one thing."""

_ALONGSIDE = frozenset({"worked", "spoken", "spoke", "talked", "interviewed"})
_HEADED = frozenset({"led", "managed"})
_MADE = frozenset({"built", "shipped", "launched"})
_DENIAL = re.compile(
    rf"\b(?:i|we)(?:(?:'ve| have) (?:never|not)| haven't| never)(?: (?:really|actually|ever|yet))*"
    rf" (?P<deed>{'|'.join(sorted(_ALONGSIDE | _HEADED | _MADE))})\b(?P<tail>[^.,;:!?]*)",
    re.IGNORECASE,
)
_THEN_OR_EXCEPT = re.compile(
    r"\b(?:before|until|till|except|apart|besides|other than|only|but|just|alone|without)\b", re.IGNORECASE
)
_PLAIN_END = re.compile(r"\s*(?:at all|myself|directly|so far|yet|in my life)?\s*")
"""What may follow whom or what is denied; "in a bank" or "as a manager" would deny less."""
_PLAIN_START = re.compile(r"\s+(?:(?:directly\s+)?(?:with|to|alongside)\s+)?(?:(?:any|an?|the|software)\s+)*")
_ANYTHING = re.compile(r" (?:anything|a thing|a product|products)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|never|nobody|no one|neither|nor|none|cannot)\b|n't\b|\bwould\b|\bwant to\b", re.IGNORECASE
)
_SELF = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_PEOPLE: Mapping[str, str] = MappingProxyType(
    {stem(name): kind
     for kind, names in {
         "engineers": "engineer engineers developer developers programmer programmers",
         "designers": "designer designers",
         "customers": "customer customers client clients",
         "users": "user users",
         "a team": "team teams",
     }.items()
     for name in names.split()}
)  # fmt: skip
_DEED_ITEMS = frozenset({"experience", "strategy", "collaboration", "passion", "path"})
_TOGETHER = word_set("with together sat met asked agreed told showed talked spoke walked worked interviewed")


def find_contradictions(answers: Sequence[KeptAnswer], links: Sequence[Link]) -> tuple[Contradiction, ...]:
    """Return what does not fit together, each with both sentences.

    Args:
        answers: The newest first.
        links: Sentences of different answers that tell the same story.
    """
    return (*_numbers(answers, links), *_denials(answers))


def _numbers(answers: Sequence[KeptAnswer], links: Sequence[Link]) -> Iterator[Contradiction]:
    counts = {answer.id: _counts(answer) for answer in answers}
    told: set[tuple[str, frozenset[float]]] = set()
    for link in links:
        newer, older = link.newer.quote, link.older.quote
        for thing in counts[newer.answer].keys() & counts[older.answer].keys():
            one, other = counts[newer.answer][thing], counts[older.answer][thing]
            # An answer with two numbers for a thing tells of two things, or of a change.
            if len(one) != 1 or len(other) != 1:
                continue
            (value, (place, words)), (other_value, (other_place, _)) = *one.items(), *other.items()
            same_sentences = place == newer.sentence and other_place == older.sentence
            near = abs(value - other_value) <= _SAME_WITHIN * max(value, other_value)
            beside = {word for word in link.shared if word != thing and not word[0].isdigit()}
            key = (thing, frozenset((value, other_value)))
            if same_sentences and not near and len(beside) >= _OTHER_SHARED_WORDS and key not in told:
                told.add(key)
                yield Contradiction(Clash.NUMBER, words, newer, older)


def _counts(answer: KeptAnswer) -> dict[str, dict[float, tuple[int, str]]]:
    """Return, for each counted thing, its numbers with sentence and word."""
    report = answer.report
    specifics = report.specifics or find_specifics(report.transcript.sentences, report.checklist)
    counts: dict[str, dict[float, tuple[int, str]]] = {}
    for detail in specifics.details if specifics is not None else ():
        number = counted(detail.text) if detail.kind is SpecificKind.NUMBER else None
        if number is not None:
            value, thing = number
            counts.setdefault(thing, {})[value] = (detail.sentence, detail.text.split()[-1])
    return counts


def _denials(answers: Sequence[KeptAnswer]) -> Iterator[Contradiction]:
    for position, newer in enumerate(answers):
        for older in answers[position + 1 :]:
            for about, denial, proof in _denied(newer, older):
                yield Contradiction(Clash.DENIAL, about, denial, proof)
            for about, denial, proof in _denied(older, newer):
                yield Contradiction(Clash.DENIAL, about, proof, denial)


def _denied(denying: KeptAnswer, proving: KeptAnswer) -> Iterator[tuple[str, Quote, Quote]]:
    """Yield what one answer denies and the other proves: what it is, the denial, the first proof."""
    proofs = _proofs(proving)
    for index, sentence in enumerate(denying.report.transcript.sentences):
        for denial in _DENIAL.finditer(sentence.text.replace("’", "'")):
            about = _what_is_denied(denial)
            proof = next((quote for quote in proofs if about and _proves(quote.text, about)), None)
            if about and proof is not None:
                yield about, Quote(denying.id, index, sentence.text), proof


def _what_is_denied(denial: re.Match[str]) -> str | None:
    """Return with whom the denied deed was, or the deed itself ("launched"); None where it is not plain."""
    deed, tail = denial.group("deed").lower(), denial.group("tail")
    if _THEN_OR_EXCEPT.search(denial.string[denial.start("tail") :]):
        return None
    anything = _ANYTHING.match(tail)
    if anything:
        return deed if deed in _MADE and _PLAIN_END.fullmatch(tail, anything.end()) else None
    people = [word for word in re.finditer(r"[\w'-]+", tail) if stem(word.group()) in _PEOPLE]
    if len(people) != 1 or not _PLAIN_END.fullmatch(tail, people[0].end()):
        return None
    if not _PLAIN_START.fullmatch(tail, 0, people[0].start()):
        return None
    kind = _PEOPLE[stem(people[0].group())]
    return kind if deed in (_HEADED if kind == "a team" else _ALONGSIDE) else None


def _proofs(answer: KeptAnswer) -> tuple[Quote, ...]:
    """Return the sentences that prove a deed, as the judge or the user is sure."""
    sentences = answer.report.transcript.sentences
    numbers = {
        evidence.sentence
        for verdict in answer.report.settled_checklist
        if verdict.id in _DEED_ITEMS and verdict.is_sure
        for evidence in verdict.evidence
        if evidence.level is Level.EVIDENCE and evidence.sentence < len(sentences)
    }
    return tuple(Quote(answer.id, number, sentences[number].text) for number in sorted(numbers))


def _proves(text: str, about: str) -> bool:
    """Say whether a sentence tells of a deed of the speaker's with these people."""
    plain = text.replace("’", "'")
    if _NEGATED.search(plain) or not _SELF.search(plain):
        return False
    if about == "a team":
        return bool(re.search(r"\bI (?:led|managed|ran) (?:a|the|our|my) (?:\w+ )?team\b", plain))
    if about in _MADE:
        return bool(re.search(rf"\b(?:I|we) {about}\b", plain))
    words = [bare(word) for word in plain.split()]
    return any(_PEOPLE.get(stem(word)) == about for word in words) and not _TOGETHER.isdisjoint(words)
