"""Answers for the pictures, ours all of them, and what the window shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whypm.domain.consistency import KeptAnswer
from whypm.domain.content import Pack
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.session import Session
from whypm.domain.transcript import HeardSoFar
from whypm.feedback.coaching.drill import drill_on
from whypm.feedback.coaching.drill_outcome import drill_outcome, outcome_sentence
from whypm.feedback.retellings.consistency import compare_answers
from whypm.sessions.analyst import Analyst
from whypm.sessions.answered import Answered
from whypm.ui.history.compared import Compared, read_comparison
from whypm.ui.report.feedback_content import Feedback, read_report

_THIN = (
    "I am a very curious person and I work well with engineers. At my last job I was the one who read every "
    "support ticket, and I asked for the export to be fixed, because people lost an hour a week to it. I "
    "think I would be a good product manager. I like technology and I want to make an impact."
)
"""It claims more than it shows, so that there is something to change."""
_DRILLED = (
    "Our engineer wanted to rebuild the export first, and support wanted it mended by Friday. I put both of "
    "them in front of a clerk for an hour, and we agreed on one button that saved her forty minutes a day."
)
_TOLD_FIRST = (
    "I ran the stock count at a bookshop for three years. We sent out the wrong books twice a day, and our "
    "two packers were blamed for it. I drew one small table with the shelf beside each title, our engineer "
    "built it in two days, and returns fell by a third. The packers got home on time, and that is whom I do "
    "this work for. In five years I would like to lead a product for small shops."
)
_RETOLD = (
    "I like to decide what gets built. At the bookshop I drew one small table with the shelf beside each "
    "title, and our engineer built it in four days. Returns fell by a half. This job needs all that I am "
    "good at in one day: counting, drawing, and talking with people who disagree."
)
"""The story that was told first, with other numbers."""
_DRILL = "collaboration"


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """Checks the answers against a pack as if they had been typed."""

    analyst: Analyst
    pack: Pack
    question: AskedQuestion

    def thin(self) -> Feedback:
        """Return the feedback on an answer with much to change."""
        return read_report(self._check(_THIN), self.pack)

    def drilled(self) -> Feedback:
        """Return the feedback on a drill that came from the thin answer."""
        drill = drill_on(_DRILL, self.pack)
        if drill is None:
            raise SystemExit(f"The pack has no drill on {_DRILL}.")
        task = Answered(AskedQuestion(None, drill.prompt), self.pack, drill=drill)
        after = self.analyst.check(_DRILLED, task)
        outcome = drill_outcome(drill, after, self.pack, self._check(_THIN))
        return read_report(after, self.pack, outcome_sentence(outcome, self.pack))

    def compared(self, newer: Session, older: Session) -> Compared:
        """Return a story told twice, as the answers of these two sessions."""
        kept = [
            replace(newer, report=self._check(_RETOLD)),
            replace(older, report=self._check(_TOLD_FIRST)),
        ]
        return read_comparison(kept, compare_answers(_answers(kept)), self.pack)

    def heard(self) -> HeardSoFar:
        """Return what is understood in the middle of an answer."""
        settled, ahead, _ = _TOLD_FIRST.partition(" home on time,")
        return HeardSoFar(settled, ahead, behind_seconds=0.4)

    def _check(self, text: str) -> Report:
        return self.analyst.check(text, Answered(self.question, self.pack))


def _answers(kept: Sequence[Session]) -> list[KeptAnswer]:
    return [KeptAnswer(one.id, one.report) for one in kept if one.report is not None]
