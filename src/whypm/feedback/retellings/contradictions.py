"""Sentences of two answers that cannot both be right: other numbers for one thing, and denied deeds.

Careful on purpose: what is told here accuses, so it is told only where both sentences show it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from whypm.domain.consistency import Clash, Contradiction, KeptAnswer, Quote
from whypm.feedback.retellings.clashing_numbers import clashing_numbers
from whypm.feedback.retellings.links import Link
from whypm.feedback.substance.concrete import proving_sentences
from whypm.feedback.substance.gist import stem
from whypm.feedback.text.tokens import bare, word_set

_ALONGSIDE = frozenset({"worked", "spoken", "spoke", "talked", "interviewed"})
_HEADED = frozenset({"led", "managed"})
_MADE = frozenset({"built", "shipped", "launched"})
_DENIAL = re.compile(
    rf"\b(?:i|we)(?:(?:'ve| have) (?:never|not)| haven't| never)(?: (?:really|actually|ever|yet))*"
    rf" (?P<deed>{'|'.join(sorted(_ALONGSIDE | _HEADED | _MADE))})\b(?P<tail>[^.,;:!?]*)",
    re.IGNORECASE,
)
_NO_DEALINGS = re.compile(
    r"\bI(?: (?:don't|do not|didn't|did not|haven't|have not) (?:really |actually )?ha(?:ve|d) any"
    r"|(?: have|'ve| had|'ve had| have had) no) (?:experience|contact)\b(?P<tail>[^.,;:!?]*)"
    r"|\bI(?: have| had|'ve had) nothing to do\b(?P<rest>[^.,;:!?]*)",
    re.IGNORECASE,
)
"""The same in a noun: "I don't have any experience with engineers", "I had nothing to do with them"."""
_THEN_OR_EXCEPT = re.compile(
    r"\b(?:before|until|till|except|apart|besides|other than|only|but|just|alone|without)\b", re.IGNORECASE
)
_PLAIN_END = re.compile(r"\s*(?:at all|either|myself|directly|so far|yet|in my life)?\s*")
"""What may follow whom or what is denied; "in a bank" or "as a manager" would deny less."""
_PLAIN_START = re.compile(r"\s+(?:(?:directly\s+)?(?:with|to|alongside)\s+)?(?:(?:any|an?|the|software)\s+)*")
_OR_WITH = re.compile(r"\s+(?:or|nor|and)\s+(?:with\s+)?(?:(?:any|an?|the|software)\s+)*")
_ANYTHING = re.compile(r" (?:anything|a thing|a product|products)\b", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|never|nobody|no one|neither|nor|none|cannot)\b|n't\b|\bwould\b|\bwant to\b", re.IGNORECASE
)
_SELF = re.compile(r"\b(?:i|we|my|our|me|us)\b", re.IGNORECASE)
_A_TEAM = "a team"
_PEOPLE: Mapping[str, str] = MappingProxyType(
    {stem(name): kind
     for kind, names in {
         "engineers": "engineer engineers developer developers programmer programmers",
         "designers": "designer designers",
         "customers": "customer customers client clients",
         "users": "user users",
         _A_TEAM: "team teams",
     }.items()
     for name in names.split()}
)  # fmt: skip
_TOGETHER = word_set("with together sat met asked agreed told showed talked spoke walked worked interviewed")


def find_contradictions(answers: Sequence[KeptAnswer], links: Sequence[Link]) -> tuple[Contradiction, ...]:
    """Return what does not fit together, each with both sentences.

    Args:
        answers: The newest first.
        links: Sentences of different answers that tell the same story.
    """
    return (*clashing_numbers(answers, links), *_denials(answers))


def _denials(answers: Sequence[KeptAnswer]) -> Iterator[Contradiction]:
    """Yield each denial once, beside the newest answer that proves the contrary."""
    proofs = [_proofs(answer) for answer in answers]
    for place, answer in enumerate(answers):
        for index, sentence in enumerate(answer.report.transcript.sentences):
            denial = Quote(answer.id, index, sentence.text)
            for about in dict.fromkeys(_what_is_denied(sentence.text.replace("’", "'"))):
                # An answer may well qualify itself.
                newer, older = (_first_proof(about, part) for part in (proofs[:place], proofs[place + 1 :]))
                if newer is not None:
                    yield Contradiction(Clash.DENIAL, about, newer, denial)
                elif older is not None:
                    yield Contradiction(Clash.DENIAL, about, denial, older)


def _first_proof(about: str, proofs: Sequence[Sequence[Quote]]) -> Quote | None:
    return next((proof for of_one in proofs for proof in of_one if _proves(proof.text, about)), None)


def _what_is_denied(sentence: str) -> Iterator[str]:
    """Yield with whom a denied deed was, or the deed itself ("launched"), where that is plain."""
    for denial in _DENIAL.finditer(sentence):
        if not _THEN_OR_EXCEPT.search(sentence, denial.start("tail")):
            yield from _by_deed(denial["deed"].lower(), denial["tail"])
    for denial in _NO_DEALINGS.finditer(sentence):
        tail = "tail" if denial["tail"] is not None else "rest"
        if not _THEN_OR_EXCEPT.search(sentence, denial.start(tail)):
            yield from (kind for kind in _people_in(denial[tail]) if kind != _A_TEAM)


def _by_deed(deed: str, tail: str) -> Iterator[str]:
    anything = _ANYTHING.match(tail)
    if anything:
        yield from [deed] if deed in _MADE and _PLAIN_END.fullmatch(tail, anything.end()) else []
        return
    for kind in _people_in(tail):
        if deed in (_HEADED if kind == _A_TEAM else _ALONGSIDE):
            yield kind


def _people_in(tail: str) -> Sequence[str]:
    """Return the kinds of people, one or two, of which a denial's end speaks and of nothing else."""
    people = [word for word in re.finditer(r"[\w'-]+", tail) if stem(word.group()) in _PEOPLE]
    if not people or not _PLAIN_START.fullmatch(tail, 0, people[0].start()):
        return ()
    joined = all(_OR_WITH.fullmatch(tail, one.end(), other.start()) for one, other in pairwise(people))
    if not joined or not _PLAIN_END.fullmatch(tail, people[-1].end()):
        return ()
    return tuple(dict.fromkeys(_PEOPLE[stem(word.group())] for word in people))


def _proofs(answer: KeptAnswer) -> tuple[Quote, ...]:
    """Return the sentences that prove a deed, as the judge or the user is sure."""
    sentences = answer.report.transcript.sentences
    proving = sorted(proving_sentences(answer.report))
    return tuple(Quote(answer.id, number, sentences[number].text) for number in proving)


def _proves(text: str, about: str) -> bool:
    """Say whether a sentence tells of a deed of the speaker's with these people."""
    plain = text.replace("’", "'")
    if _NEGATED.search(plain) or not _SELF.search(plain):
        return False
    if about == _A_TEAM:
        return bool(re.search(r"\bI (?:led|managed|ran) (?:a|the|our|my) (?:\w+ )?team\b", plain))
    if about in _MADE:
        return bool(re.search(rf"\b(?:I|we) {about}\b", plain))
    words = [bare(word) for word in plain.split()]
    return any(_PEOPLE.get(stem(word)) == about for word in words) and not _TOGETHER.isdisjoint(words)
