"""The log: faults and their place in the code, never what was said."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from whypm.places import find_places

_MOST_BYTES = 500_000


def keep_log(data: Path | None) -> None:
    """Write warnings and errors of this run to the data folder, or nowhere if it cannot be written."""
    logging.raiseExceptions = False  # a full disk is told by whoever needs it, not by the log in mid-report
    root = logging.getLogger()
    handler: logging.Handler
    try:
        folder = find_places(data).logs
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = RotatingFileHandler(
            folder / "whypm.log",
            maxBytes=_MOST_BYTES,
            backupCount=1,
            encoding="utf-8",  # and not that of the place, which has no letters for every name
            delay=True,
            errors="backslashreplace",
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
