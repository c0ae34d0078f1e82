"""How a reason or a story goes through a row of answers: whether it stays, is new, is gone or comes back."""

from collections.abc import Sequence

from whypm.domain.consistency import Course


def course_of(told: Sequence[bool | None]) -> Course:
    """Return how a reason or a story goes through a row of answers.

    Args:
        told: For each answer, the newest first, whether it tells the thing; None where that is not known,
            which makes the thing neither new nor gone. At least one answer tells it.
    """
    newest, *older = told
    if False not in told:
        return Course.STAYS
    if newest is False:
        return Course.GONE
    return Course.NEW if newest and not any(each is not False for each in older) else Course.COMES_AND_GOES
