"""How something goes through a row of answers."""

from collections.abc import Sequence

from whypm.domain.consistency import Course


def course_of(told: Sequence[bool | None]) -> Course:
    """Return the course of what the answers tell or lack, the newest answer first; at least one tells it.

    None stands for an answer of which neither is known: it makes nothing new, and nothing gone.
    """
    newest, *older = told
    if False not in told:
        return Course.STAYS
    if newest is False:
        return Course.GONE
    return Course.NEW if newest and not any(each is not False for each in older) else Course.COMES_AND_GOES
