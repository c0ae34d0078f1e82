"""At most three pieces of advice, the most valuable first, and none where the answer is fine."""

from collections.abc import Callable, Iterator, Sequence

from whypm.domain.content import Group, Pack
from whypm.domain.feedback import Advice, AskedQuestion, ItemVerdict, Level
from whypm.domain.timing import Timing
from whypm.domain.transcript import Transcript
from whypm.feedback.coaching.delivery_advice import advise_on, advise_on_long_text, advise_on_silence
from whypm.feedback.coaching.item_advice import advise_on_claim, advise_on_gap
from whypm.feedback.coaching.reason_advice import advise_on_reason
from whypm.feedback.judging.employer import asks_about_employer
from whypm.feedback.wording.quotes import EMPTY, quote

MOST_ADVICE = 3

_ENOUGH_EVIDENCE = 3
"""Ours: 60 to 90 seconds are about 150 to 200 words, room for one or two stories. A story carries two or
three items; an answer that proves three, gives a reason and has a beginning needs no more of the ten."""

_FEW_WORDS = 12
"""Fewer than this is no answer yet, whatever it touches."""

_COMPANY_ITEM = "company"
_ORIGIN_ITEMS = ("path", "experience")
_PROOF_ORDER = ("experience", "strategy", "collaboration", "passion", "path")
"""Which claim is worth proving first: what the speaker did weighs more than what they like."""


def advise(
    verdicts: Sequence[ItemVerdict],
    timing: Timing | None,
    pack: Pack,
    transcript: Transcript,
    *,
    question: AskedQuestion | None = None,
    company: str | None = None,
) -> tuple[Advice, ...]:
    """Return what to change, at most three pieces, the most valuable first.

    The order follows what an interviewer misses most in an answer to "why":

    1. nothing concrete anywhere: claims alone are forgotten, and one proof serves several items;
    2. no reason at all for this job: the question itself is unanswered;
    3. a length far off its band: too short to show anything, or too long to be heard to its end;
    4. nothing about the company though the question asks about it;
    5. no beginning: neither a path nor anything that the speaker did;
    6. the strongest reason is only claimed, then other claims without proof;
    7. fillers, pace, a late start, long pauses inside sentences;
    8. no outlook.

    A missing item is no fault by itself: a good answer of 75 seconds cannot show all ten. Once enough is
    proven, a reason is given and there is a beginning, the rest stays unmentioned. Verdicts that the
    judge is not sure of are not used, neither as a fault nor as proof of one.

    Args:
        verdicts: On the pack's checklist.
        timing: None where the answer was typed.
        pack: Its items say how; its bands say where delivery needs a remark.
        transcript: What was said, quoted in the advice.
        question: What was asked, if known.
        company: The employer's name, if known; a question that names it asks about the company.
    """
    if not transcript.sentences:
        return (advise_on_silence(transcript, typed=timing is None),)
    answer = _Answer(verdicts, timing, pack, transcript, question or AskedQuestion(), company)
    if answer.is_hardly_begun:
        # It names path, deed and reason already: any other piece would say one of them again.
        return tuple(_few_words(answer))
    chosen: list[Advice] = []
    for rule in _RULES:
        for advice in rule(answer):
            if not any(_says_the_same(advice, other) for other in chosen):
                chosen.append(advice)
            if len(chosen) == MOST_ADVICE:
                return tuple(chosen)
    return tuple(chosen)


def _says_the_same(one: Advice, other: Advice) -> bool:
    """Say whether both are about one thing, or hold the same words up to the speaker."""
    quoted = [advice.text.partition("”")[0] for advice in (one, other) if "“" in advice.text]
    return one.about == other.about or (len(quoted) > 1 and quoted[0] == quoted[1])


class _Answer:
    """An answer and its verdicts, as the rules ask about them."""

    def __init__(
        self,
        verdicts: Sequence[ItemVerdict],
        timing: Timing | None,
        pack: Pack,
        transcript: Transcript,
        question: AskedQuestion,
        company: str | None,
    ) -> None:
        self.verdicts = verdicts
        self.timing = timing
        self.pack = pack
        self.transcript = transcript
        self.question = question
        self.company = company

    def sure(self, level: Level, group: Group | None = None) -> list[ItemVerdict]:
        """Return the verdicts of this level that the judge is sure of."""
        return [
            verdict
            for verdict in self.verdicts
            if verdict.level is level and verdict.is_sure and group in {None, verdict.group}
        ]

    def verdict(self, item_id: str) -> ItemVerdict | None:
        """Return the verdict on one item, or None where the pack has no such item."""
        return next((verdict for verdict in self.verdicts if verdict.id == item_id), None)

    def misses(self, item_id: str) -> bool:
        """Say whether the item is missing for sure."""
        verdict = self.verdict(item_id)
        return verdict is not None and verdict.level is Level.MISSING and verdict.is_sure

    def misses_group(self, group: Group) -> bool:
        """Say whether every item of the group is missing for sure."""
        members = [verdict for verdict in self.verdicts if verdict.group is group]
        return bool(members) and all(
            verdict.level is Level.MISSING and verdict.is_sure for verdict in members
        )

    @property
    def proves_nothing(self) -> bool:
        """Whether no item reaches evidence, not even perhaps."""
        return not any(
            verdict.level is Level.EVIDENCE or (verdict.level is Level.MENTION and not verdict.is_sure)
            for verdict in self.verdicts
        )

    @property
    def proves_enough(self) -> bool:
        """Whether what is proven fills an answer of good length."""
        return sum(verdict.level is Level.EVIDENCE for verdict in self.verdicts) >= _ENOUGH_EVIDENCE

    @property
    def asks_about_company(self) -> bool:
        """Whether the question names the employer."""
        return asks_about_employer(self.question, self.pack, self.company)

    @property
    def is_hardly_begun(self) -> bool:
        """Whether only a few words were said."""
        return len(self.transcript.text.split()) < _FEW_WORDS


def _few_words(answer: _Answer) -> Iterator[Advice]:
    if answer.is_hardly_begun:
        said = quote(answer.transcript.text)
        began = f"You said {said} and stopped." if said != EMPTY else "You hesitated and stopped."
        yield Advice("length", f"{began} Go on: what led you here, one thing you did, and why this job.")


def _no_proof(answer: _Answer) -> Iterator[Advice]:
    if not answer.proves_nothing:
        return
    claims = _claims(answer)
    if claims:
        yield advise_on_claim(claims[0], answer.pack, answer.transcript)
    elif not answer.is_hardly_begun:
        yield from _about_first_missing(answer, ("experience",))


def _no_reason(answer: _Answer) -> Iterator[Advice]:
    if answer.misses_group(Group.THEME):
        yield advise_on_reason(
            answer.verdicts, answer.pack, answer.transcript, asks_about_company=answer.asks_about_company
        )


def _length(answer: _Answer) -> Iterator[Advice]:
    yield from _on_figures(answer, ("length",))
    if answer.timing is None:
        advice = advise_on_long_text(len(answer.transcript.text.split()), answer.pack)
        if advice is not None:
            yield advice


def _company(answer: _Answer) -> Iterator[Advice]:
    if answer.asks_about_company and answer.misses(_COMPANY_ITEM):
        yield from _about_first_missing(answer, (_COMPANY_ITEM,))


def _no_beginning(answer: _Answer) -> Iterator[Advice]:
    if all(answer.misses(item_id) for item_id in _ORIGIN_ITEMS):
        yield from _about_first_missing(answer, _ORIGIN_ITEMS)


def _claimed_reason(answer: _Answer) -> Iterator[Advice]:
    proven = any(
        verdict.level is Level.EVIDENCE for verdict in answer.verdicts if verdict.group is Group.THEME
    )
    claims = answer.sure(Level.MENTION, Group.THEME)
    if claims and not proven and not answer.proves_enough:
        strongest = max(claims, key=lambda verdict: verdict.confidence)
        yield advise_on_claim(strongest, answer.pack, answer.transcript)


def _claims_without_proof(answer: _Answer) -> Iterator[Advice]:
    if not answer.proves_enough:
        yield from (advise_on_claim(verdict, answer.pack, answer.transcript) for verdict in _claims(answer))


def _delivery(answer: _Answer) -> Iterator[Advice]:
    yield from _on_figures(answer, ("fillers", "pace", "latency", "pauses"))


def _no_outlook(answer: _Answer) -> Iterator[Advice]:
    if not answer.proves_enough and answer.misses("aspiration"):
        yield from _about_first_missing(answer, ("aspiration",))


_RULES: tuple[Callable[[_Answer], Iterator[Advice]], ...] = (
    _no_proof,
    _no_reason,
    _length,
    _company,
    _no_beginning,
    _claimed_reason,
    _claims_without_proof,
    _delivery,
    _no_outlook,
)


def _claims(answer: _Answer) -> list[ItemVerdict]:
    """Return the sure claims that a proof would help most, best first: tips and path, then the pack's own."""
    claims = [verdict for verdict in answer.sure(Level.MENTION) if verdict.group is not Group.THEME]
    claims = [verdict for verdict in claims if verdict.id not in {"aspiration", _COMPANY_ITEM}]
    order = {item_id: place for place, item_id in enumerate(_PROOF_ORDER)}
    claims.sort(key=lambda verdict: order.get(verdict.id, len(order)))
    # One sentence is quoted once, for the claim that is worth most.
    return list({verdict.best_sentence: verdict for verdict in reversed(claims)}.values())[::-1]


def _about_first_missing(answer: _Answer, item_ids: Sequence[str]) -> Iterator[Advice]:
    for item_id in item_ids:
        item = answer.pack.item(item_id)
        if item is not None:
            yield advise_on_gap(item)
            return


def _on_figures(answer: _Answer, figures: Sequence[str]) -> Iterator[Advice]:
    if answer.timing is None or answer.is_hardly_begun:
        return
    for figure in figures:
        advice = advise_on(figure, answer.timing, answer.pack)
        if advice is not None:
            yield advice
