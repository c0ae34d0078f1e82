"""Moments as people write them in a list."""

from datetime import datetime


def day_and_time(moment: datetime) -> str:
    """Return a moment with its year."""
    return f"{moment.day} {moment:%b %Y, %H:%M}"


def day_this_year(moment: datetime, newest: datetime) -> str:
    """Return a moment without its year, where that is the newest one's."""
    return f"{moment.day} {moment:%b, %H:%M}" if moment.year == newest.year else day_and_time(moment)
