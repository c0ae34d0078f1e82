"""Answers to a follow-up question: what they are about, and what they are held against."""

from collections.abc import Sequence
from dataclasses import replace

from whypm.domain.content import Band, ChecklistItem, Pack
from whypm.domain.feedback import Advice, AskedQuestion, ItemVerdict
from whypm.domain.remarks import Drill
from whypm.domain.timing import Timing
from whypm.domain.transcript import Transcript
from whypm.feedback.coaching.drill import narrowed
from whypm.feedback.coaching.drill_advice import advise_on_drill
from whypm.feedback.coaching.follow_up import question_key


def probed_item(question: AskedQuestion, pack: Pack) -> ChecklistItem | None:
    """Return the item that the question follows up; None where it is no follow-up question of the pack."""
    if question.id is not None or question.text is None:
        return None
    asked = question_key(question.text)
    return next(
        (item for item in pack.checklist if any(question_key(text) == asked for text in item.follow_ups)),
        None,
    )


def held_against(pack: Pack, drill: Drill | None, question: AskedQuestion) -> Pack:
    """Return the pack that an answer is held against: all of it where a question of the pack was asked.

    For a drill see `narrowed`. A follow-up question may be answered shortly: the targets for the length are
    those of the whole answer, and only their upper ends hold. Doing it twice changes nothing more.
    """
    if drill is not None:
        return narrowed(pack, drill)
    if probed_item(question, pack) is None:
        return pack
    bands = (_open_below(band) if band.figure == "length" else band for band in pack.bands)
    return replace(pack, bands=tuple(band for band in bands if band is not None))


def advise_on_reply(
    verdicts: Sequence[ItemVerdict], timing: Timing | None, pack: Pack, transcript: Transcript, about: str
) -> tuple[Advice, ...]:
    """Return what to change in the answer to a follow-up question: on what it asked for, as in a drill.

    Nobody who was asked how they work with others has to say why they want the job, or where it began.

    Args:
        verdicts: On the whole checklist.
        timing: None where the answer was typed.
        pack: What the answer is held against.
        transcript: What was said.
        about: The item that the question follows up.
    """
    on_it = [verdict for verdict in verdicts if verdict.id == about]
    return advise_on_drill(on_it, timing, pack, transcript, about)


def _open_below(band: Band) -> Band | None:
    return replace(band, good_low=None, near_low=None) if band.good_high is not None else None
