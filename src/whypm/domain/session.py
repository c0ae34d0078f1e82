"""One kept rehearsal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from whypm.domain.feedback import AskedQuestion, Correction, Report
from whypm.domain.sound import Ending


class SessionState(StrEnum):
    """How far a kept session has come."""

    RECORDED = "recorded"
    """The audio is kept; it was not analysed, or the analysis failed."""
    REPORTED = "reported"
    SET_ASIDE = "set aside"
    """The user started over; the take is kept all the same."""


@dataclass(frozen=True, slots=True)
class DrillOf:
    """What a drill is about (a checklist id or a delivery figure), and the session that it came from."""

    about: str
    session_id: str | None = None
    """None where the drill stands alone."""


@dataclass(frozen=True, slots=True)
class Session:
    """Question, audio, report, and the versions that made the report."""

    id: str
    created: datetime
    """With its time zone."""
    question: AskedQuestion
    company: str | None
    audio: Path | None
    duration_seconds: float
    state: SessionState
    ending: Ending
    dropped_blocks: int
    opening_seconds: float
    """From the end of the question to the first sample: it counts towards the response latency."""
    pack: str
    """Id and version of the pack, as ``why-pm 1``."""
    model: str | None
    """Whisper model that made the transcript."""
    app_version: str
    report: Report | None = None
    drill: DrillOf | None = None
    """None for a whole answer."""
    corrections: tuple[Correction, ...] = ()
    """The user's own verdicts, at most one an item; the report has them beside the judge's."""
    original: Report | None = None
    """The report on what was recognised, where the user has put the transcript right; None elsewhere."""

    @property
    def is_open(self) -> bool:
        """Whether the end of its recording is not written down: it is under way, or a crash left it so."""
        return self.ending is Ending.CRASHED and self.duration_seconds == 0

    @property
    def pack_id(self) -> str:
        """The pack's id without its version."""
        return self.pack.partition(" ")[0]  # an id holds no space; a version may: "1 draft"
