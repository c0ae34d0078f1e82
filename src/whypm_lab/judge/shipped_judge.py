"""The shipped weights, through the app's own code."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from whypm.domain.content import ChecklistItem, Group
from whypm.domain.feedback import ItemVerdict
from whypm.feedback.judging.judge import Judge
from whypm_lab.judge.answers import ITEMS, LEVELS

ASSETS = Path(__file__).parents[3] / "assets" / "judge"

#: The trained items as a pack holds them; the judge needs no more than their ids.
CHECKLIST = tuple(ChecklistItem(item, Group.TIP, item, "", "", "", ()) for item in ITEMS)


class ShippedJudge:
    """The shipped weights, through the app's own code."""

    def __init__(self, folder: Path = ASSETS) -> None:
        self._judge = Judge(folder, CHECKLIST)
        self._judge.load()

    def __call__(self, sentences: Sequence[str]) -> tuple[ItemVerdict, ...]:
        """Judge one answer, items in the order of ITEMS."""
        return self._judge.judge(sentences)

    def sentence_levels(self, sentences: Sequence[str]) -> list[Mapping[str, int]]:
        """For each sentence, the items that it is shown for, with their levels."""
        shown: list[dict[str, int]] = [{} for _ in sentences]
        for verdict in self(sentences):
            for carrier in verdict.evidence:
                shown[carrier.sentence][verdict.id] = LEVELS.index(carrier.level.value)
        return shown
