"""Stories that several answers tell: concrete sentences that share names, numbers and rare words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise

from whypm.domain.consistency import Quote, Story
from whypm.feedback.retellings.courses import course_of
from whypm.feedback.retellings.links import SHARED_WITH_DETAIL, SHARED_WORDS, Link, are_of_two_cases
from whypm.feedback.substance.concrete import Concrete
from whypm.feedback.substance.gist import stem
from whypm.feedback.text.tokens import bare


def find_stories(
    answers: Sequence[Sequence[Concrete]], links: Sequence[Link], sentences: Mapping[str, Sequence[Concrete]]
) -> tuple[Story, ...]:
    """Return what is told, the most told first, then the newest.

    A story that only one answer tells counts where that answer's checklist rests on it.

    Args:
        answers: The concrete sentences of each answer, the newest answer first.
        links: Between these sentences.
        sentences: All sentences of each answer by its id, the newest answer first.
    """
    order = tuple(sentences)
    stories = [_story(group, sentences) for group in _groups(answers, links)]
    found = [story for story in stories if story is not None]
    found.sort(key=lambda story: (-len(story.told), order.index(story.told[0].answer)))
    told: list[Story] = []
    for story in found:
        # A sentence may touch on a story and be concrete itself: it is told once.
        if not any(set(story.told) <= set(other.told) for other in told):
            told.append(story)
    return tuple(told)


class _Groups:
    """Sentences that belong together, joined pair by pair."""

    def __init__(self, sentences: Iterable[Concrete]) -> None:
        self._sentences = tuple(sentences)
        self._leader = {sentence.quote: sentence.quote for sentence in self._sentences}

    def join(self, one: Concrete, other: Concrete) -> None:
        self._leader[self._find(other.quote)] = self._find(one.quote)

    def all(self) -> Iterable[list[Concrete]]:
        groups: dict[Quote, list[Concrete]] = {}
        for sentence in self._sentences:
            groups.setdefault(self._find(sentence.quote), []).append(sentence)
        return groups.values()

    def _find(self, quote: Quote) -> Quote:
        while self._leader[quote] != quote:
            quote = self._leader[quote]
        return quote


def _groups(answers: Sequence[Sequence[Concrete]], links: Sequence[Link]) -> Iterable[list[Concrete]]:
    """Return the sentences by story.

    Linked sentences are one story; so are two links that stand beside each other in both answers, and
    sentences beside each other that no link touches.
    """
    groups = _Groups(sentence for sentences in answers for sentence in sentences)
    firm: dict[tuple[str, str], list[Link]] = {}
    for link in links:
        if link.firm:
            groups.join(link.newer, link.older)
            firm.setdefault((link.newer.quote.answer, link.older.quote.answer), []).append(link)
    for of_two in firm.values():
        for link, following in combinations(of_two, 2):
            if link.is_near(following.newer, following.older):
                groups.join(link.newer, following.newer)
    _join_what_goes_on(groups, links, firm)
    linked = {quote for link in links for quote in _quotes(link)}
    for sentences in answers:
        for one, other in pairwise(sentences):
            if one.quote not in linked and other.quote not in linked and _beside(one, other):
                groups.join(one, other)
    return groups.all()


def _join_what_goes_on(
    groups: _Groups, links: Sequence[Link], firm: Mapping[tuple[str, str], Sequence[Link]]
) -> None:
    """Let what goes on beside a story be a part of it, and no bridge to another one."""
    firmly = {quote for of_two in firm.values() for link in of_two for quote in _quotes(link)}
    for link in links:
        if link.firm or firmly.issuperset(_quotes(link)):
            continue
        groups.join(link.newer, link.older)
        if firmly.isdisjoint(_quotes(link)):
            of_two = firm[link.newer.quote.answer, link.older.quote.answer]
            story = next(each for each in of_two if each.is_near(link.newer, link.older))
            groups.join(story.newer, link.newer)


def _quotes(link: Link) -> tuple[Quote, Quote]:
    return link.newer.quote, link.older.quote


def _beside(one: Concrete, other: Concrete) -> bool:
    return one.quote.answer == other.quote.answer and abs(one.place - other.place) <= 1


def _story(group: Sequence[Concrete], sentences: Mapping[str, Sequence[Concrete]]) -> Story | None:
    best: dict[str, Concrete] = {}
    for sentence in group:
        kept = best.get(sentence.quote.answer)
        if kept is None or _weight(sentence, group) > _weight(kept, group):
            best[sentence.quote.answer] = sentence
    if len(best) == 1 and not any(sentence.proves for sentence in group):
        return None
    tellings = tuple(best.values())
    touching = {answer: _touching(tellings, sentences[answer]) for answer in sentences.keys() - best}
    best |= {answer: sentence for answer, sentence in touching.items() if sentence is not None}
    told = tuple(best[answer].quote for answer in sentences if answer in best)
    stems = frozenset.intersection(*(sentence.words for sentence in best.values()))
    common = _words_of(stems, told[0].text) if len(best) > 1 else ()
    names = frozenset().union(*(sentence.details for sentence in group))
    core = _core(tellings)
    lacking = tuple(
        answer for answer in sentences if answer not in best and not _hints_at(core, names, sentences[answer])
    )
    course = course_of(
        [True if answer in best else False if answer in lacking else None for answer in sentences]
    )
    return Story(course, told, common, lacking)


def _touching(tellings: Sequence[Concrete], sentences: Sequence[Concrete]) -> Concrete | None:
    """Return the sentence of another answer that touches on the story most, concrete or not; None for none.

    It holds two words that several tellings have, or three of one.
    """
    core = _core(tellings)

    def touched(sentence: Concrete) -> tuple[bool, int]:
        if all(are_of_two_cases(sentence, telling) for telling in tellings):
            return False, 0
        most = max(len(sentence.words & telling.words) for telling in tellings)
        return len(sentence.words & core) >= SHARED_WITH_DETAIL or most >= SHARED_WORDS, most

    best = max(sentences, key=touched, default=None)
    return best if best is not None and touched(best)[0] else None


def _core(tellings: Sequence[Concrete]) -> frozenset[str]:
    """Return the words that at least two tellings have."""
    return frozenset().union(*(one.words & other.words for one, other in combinations(tellings, 2)))


def _hints_at(core: Collection[str], names: Collection[str], sentences: Sequence[Concrete]) -> bool:
    """Say whether an answer has words of the story anywhere: then nobody can say that it is gone.

    One name or counted thing is enough, else two words of its core.
    """
    words = frozenset().union(*(sentence.words for sentence in sentences))
    return not words.isdisjoint(names) or len(words.intersection(core)) >= SHARED_WITH_DETAIL


def _words_of(stems: Collection[str], text: str) -> tuple[str, ...]:
    """Return the words of a sentence that have these stems, as they stand there."""
    words = (bare(word) for word in text.split())
    return tuple(dict.fromkeys(word for word in words if stem(word) in stems))


def _weight(sentence: Concrete, group: Sequence[Concrete]) -> tuple[int, bool, int]:
    """Return how well a sentence stands for its story: by what it shares, by proof, by details."""
    elsewhere = [other for other in group if other.quote.answer != sentence.quote.answer]
    shared = sum(len(sentence.words & other.words) for other in elsewhere)
    return shared, sentence.proves, len(sentence.details)
