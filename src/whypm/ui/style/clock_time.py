"""A length of time as a clock shows it."""


def clock_time(seconds: float) -> str:
    """Return whole seconds as ``m:ss``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
