"""The log: faults and their place in the code, never what was said."""

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from whypm.places import find_places

_MOST_BYTES = 500_000


class _SharedLog(RotatingFileHandler):
    """A log that windows and commands write to at once: none of them holds it open between two records.

    Windows moves no file away that is open elsewhere. On other systems it would be moved away under whoever
    has it open, and moved once more by that one, over what was to be kept.
    """

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        self._let_go()

    def doRollover(self) -> None:  # noqa: N802 - the name is logging's
        self._let_go()
        with suppress(OSError):  # another one writes just now: the log grows until the next record
            Path(self.baseFilename).replace(f"{self.baseFilename}.1")

    def _let_go(self) -> None:
        if self.stream is not None:
            stream, self.stream = self.stream, None
            with suppress(OSError):  # a full disk refuses what was not written before
                stream.close()


def keep_log(data: Path | None) -> None:
    """Write warnings and errors of this run to the data folder, or nowhere if it cannot be written."""
    logging.raiseExceptions = False  # a full disk is told by whoever needs it, not by the log in mid-report
    root = logging.getLogger()
    handler: logging.Handler
    try:
        folder = find_places(data).logs
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _SharedLog(
            folder / "whypm.log",
            maxBytes=_MOST_BYTES,
            backupCount=1,  # what `doRollover` keeps
            encoding="utf-8",  # and not that of the place, which has no letters for every name
            delay=True,
            errors="backslashreplace",
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
