"""Moments as people write them in a list."""

from datetime import datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""In the window's language: Qt sets the system's, and ``%b`` would follow it."""


def day_and_time(moment: datetime) -> str:
    """Return a moment with its year."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%Y, %H:%M}"


def day_this_year(moment: datetime, newest: datetime) -> str:
    """Return a moment without its year, where that is the newest one's."""
    if moment.year != newest.year:
        return day_and_time(moment)
    return f"{moment.day} {_MONTHS[moment.month - 1]}, {moment:%H:%M}"
