"""Choose the next question so that a user hears them all before any comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from whypm.domain.content import Pack, Question
from whypm.domain.errors import UnknownQuestionError


@dataclass(frozen=True, slots=True)
class Picker:
    """Picks from one pack; the same ``random`` state and arguments give the same question."""

    pack: Pack
    random: Random

    def pick(self, recent: Sequence[str], family: str | None = None) -> Question:
        """Return the next question.

        A new user hears the pack's first question, the plain one. After that comes a family that was not
        asked yet, or not for long, and within it a question by the same rule.

        Args:
            recent: Ids of the questions asked so far, oldest first; ids of other packs do no harm.
            family: Id of the family to stay within, or None for all.

        Raises:
            UnknownQuestionError: The pack has no such family.
        """
        asked = [question for question in map(self.pack.question, recent) if question is not None]
        if family is None:
            if not asked:
                return self.pack.questions[0]
            family = self._next(
                [family.id for family in self.pack.families], [question.family for question in asked]
            )
        candidates = [question.id for question in self.pack.questions if question.family == family]
        if not candidates:
            known = ", ".join(family.id for family in self.pack.families)
            raise UnknownQuestionError(
                f"There is no family of questions {family!r}.", f"Choose one of: {known}."
            )
        picked = self._next(candidates, [question.id for question in asked])
        return next(question for question in self.pack.questions if question.id == picked)

    def _next(self, candidates: list[str], asked: list[str]) -> str:
        """Return a candidate that was never asked or, where all were, one of the half not asked for longest.

        Half, because always taking the very oldest would repeat the same order for ever.
        """
        last_asked = {name: turn for turn, name in enumerate(asked)}
        never = [name for name in candidates if name not in last_asked]
        if never:
            return self.random.choice(never)
        oldest_first = sorted(candidates, key=last_asked.__getitem__)
        return self.random.choice(oldest_first[: (len(candidates) + 1) // 2])
