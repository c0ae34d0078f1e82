"""The answer's shape: opening, story, reasons, link to the company, closing, and when its headline comes."""

import re
from collections.abc import Mapping, Sequence

from whypm.domain.content import Group
from whypm.domain.feedback import ItemVerdict, Level
from whypm.domain.remarks import AnswerShape, Headline, Part, PartShare
from whypm.domain.transcript import Sentence
from whypm.feedback.delivery.figures import duration_words
from whypm.feedback.substance.reasons import reason_sentence

LATE_AFTER_WORDS = 47
"""Ours, as no study sets a limit: 20 seconds at 140 words a minute, about a quarter of a good answer."""

_CLOSING_SENTENCES = 2
"""A closing stands in one of so many last sentences."""
_SHORTEST_SHAPED = 3
"""An answer of fewer sentences has no closing apart from the rest, and none is missed in it."""
_SUMS_UP = re.compile(
    r"^(?:(?:and|so|but|yeah|yes|um|uh|okay|well|anyway),?\s+)*"
    r"(?:that's (?:why|what)|that is (?:why|what)|this is why|in short|overall|to sum|all in all|so for me)",
    re.IGNORECASE,
)
_SAYS_THAT_IS_WHY = re.compile(
    r"^(?:(?:and|so|but|yeah|yes|um|uh|okay|well|anyway|i guess|i think|i suppose|basically),?\s+)*"
    r"(?:that's|that is|this is)(?: (?:really|basically|mostly|pretty much))? "
    r"(?:why|how i (?:came|come|got|ended up))\b",
    re.IGNORECASE,
)
"""Such words close an answer even if the sentence carries nothing else."""
_SUMS_UP_AT_THE_END = re.compile(r",\s+(?:and\s+|so\s+)*(?:that's|that is|this is) why\b", re.IGNORECASE)
"""Whisper writes a comma where the voice made an end, and hangs the last word on the sentence before."""

_COMPANY_ITEM = "company"
_ASPIRATION_ITEM = "aspiration"
_PATH_ITEM = "path"
_PASSION_ITEM = "passion"
_WHY = frozenset({_PATH_ITEM, _PASSION_ITEM, _ASPIRATION_ITEM})


def shape_answer(
    sentences: Sequence[Sentence], verdicts: Sequence[ItemVerdict], *, asks_about_employer: bool = False
) -> AnswerShape | None:
    """Return which sentences do what, with seconds where they have times; None for no sentences.

    A sentence's part follows from the items that it carries, the strongest first. One that carries nothing
    goes on with what the sentence before it did; before the first that carries something it is opening.
    The headline is the first sentence that answers "why": a reason, the love of the work or the path to it,
    what draws them to the employer where the question asks about that, or in so many words "I want to be a
    product manager because", whatever reason follows. The remarks speak of a plain answer, as one is implied
    in 161 of the 347 labelled answers where none is found, and earlier in 204 of the 736 where it is late.
    """
    if not sentences:
        return None
    carried = _carried(verdicts, len(sentences))
    parts = _parts(sentences, carried)
    why = _WHY | {_COMPANY_ITEM} if asks_about_employer else _WHY
    said_so = reason_sentence([sentence.text for sentence in sentences])
    headline_sentence = next(
        (index for index, items in enumerate(carried) if _answers(why, items) or index == said_so), None
    )
    headline = _headline(sentences, headline_sentence)
    closed = Part.CLOSING in parts or bool(_SUMS_UP_AT_THE_END.search(sentences[-1].text))
    return AnswerShape(
        parts=_shares(sentences, parts),
        headline=headline,
        headline_sentence=headline_sentence,
        closed=closed,
        remarks=tuple(_remarks(sentences, headline, headline_sentence, closed=closed)),
    )


def _carried(verdicts: Sequence[ItemVerdict], count: int) -> tuple[Mapping[str, tuple[Level, Group]], ...]:
    """Return, for each sentence, the items that it carries with level and group."""
    carried: list[dict[str, tuple[Level, Group]]] = [{} for _ in range(count)]
    for verdict in verdicts:
        for evidence in verdict.evidence:
            if evidence.sentence < count:
                carried[evidence.sentence][verdict.id] = (evidence.level, verdict.group)
    return tuple(carried)


def _parts(
    sentences: Sequence[Sentence], carried: Sequence[Mapping[str, tuple[Level, Group]]]
) -> tuple[Part, ...]:
    parts: list[Part] = []
    for index, items in enumerate(carried):
        is_last = index >= len(sentences) - _CLOSING_SENTENCES and len(sentences) >= _SHORTEST_SHAPED
        if is_last and (_ASPIRATION_ITEM in items or _sums_up(sentences[index].text, carries=bool(items))):
            parts.append(Part.CLOSING)
        elif items:
            parts.append(_part_of(items))
        else:
            parts.append(parts[-1] if parts else Part.OPENING)
    return tuple(_last_word_closes(parts, carried))


def _sums_up(text: str, *, carries: bool) -> bool:
    plain = text.replace("’", "'")
    return bool(_SAYS_THAT_IS_WHY.match(plain) or (carries and _SUMS_UP.match(plain)))


def _last_word_closes(parts: list[Part], carried: Sequence[Mapping[str, tuple[Level, Group]]]) -> list[Part]:
    """Let a last sentence that ends on the reason or on the company close the answer."""
    ends_on_why = parts[-1] in {Part.REASONS, Part.COMPANY} and bool(carried[-1])
    if len(parts) >= _SHORTEST_SHAPED and ends_on_why:
        return [*parts[:-1], Part.CLOSING]
    return parts


def _part_of(items: Mapping[str, tuple[Level, Group]]) -> Part:
    """Return a sentence's part by its strongest item; at one level, company before reason before story."""
    strongest = (
        Level.EVIDENCE if any(level is Level.EVIDENCE for level, _ in items.values()) else Level.MENTION
    )
    strong = {item_id: group for item_id, (level, group) in items.items() if level is strongest}
    if _COMPANY_ITEM in strong:
        return Part.COMPANY
    if Group.THEME in strong.values() or _ASPIRATION_ITEM in strong:
        return Part.REASONS
    return Part.STORY


def _answers(why: frozenset[str], items: Mapping[str, tuple[Level, Group]]) -> bool:
    return not why.isdisjoint(items) or any(group is Group.THEME for _, group in items.values())


def _headline(sentences: Sequence[Sentence], index: int | None) -> Headline:
    if index is None:
        return Headline.MISSING
    words_before = sum(len(sentence.text.split()) for sentence in sentences[:index])
    return Headline.LATE if words_before > LATE_AFTER_WORDS else Headline.EARLY


def _shares(sentences: Sequence[Sentence], parts: Sequence[Part]) -> tuple[PartShare, ...]:
    shares: list[PartShare] = []
    for part in Part:
        indexes = tuple(index for index, of_sentence in enumerate(parts) if of_sentence is part)
        if indexes:
            shares.append(PartShare(part, indexes, _seconds(sentences, indexes)))
    return tuple(shares)


def _seconds(sentences: Sequence[Sentence], indexes: Sequence[int]) -> float | None:
    total = 0.0
    for index in indexes:
        start, end = sentences[index].start, sentences[index].end
        if start is None or end is None:
            return None
        total += end - start
    return total


def _remarks(
    sentences: Sequence[Sentence], headline: Headline, headline_sentence: int | None, *, closed: bool
) -> list[str]:
    remarks: list[str] = []
    if headline is Headline.LATE and headline_sentence is not None:
        first, reason = sentences[0].start, sentences[headline_sentence].start
        when = f"{duration_words(reason - first)} in" if first is not None and reason is not None else "late"
        remarks.append(
            f"Your first plain answer to “why” comes {when}. Move it to the front, as it tells what to "
            "listen for."
        )
    if headline is Headline.MISSING:
        remarks.append("No sentence answers “why” plainly yet. Begin with one that does.")
    if not closed and len(sentences) >= _SHORTEST_SHAPED:
        remarks.append(
            "The answer stops without a close. End on where you want to go, or on why this company."
        )
    return remarks
