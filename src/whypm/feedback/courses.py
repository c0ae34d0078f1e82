"""How something goes through a row of answers."""

from collections.abc import Sequence

from whypm.domain.consistency import Course


def course_of(told: Sequence[bool]) -> Course:
    """Return the course of what the answers tell or lack, the newest answer first; at least one tells it."""
    if all(told):
        return Course.STAYS
    if not told[0]:
        return Course.GONE
    return Course.COMES_AND_GOES if any(told[1:]) else Course.NEW
