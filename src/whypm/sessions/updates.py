"""What a rehearsal tells those who show it."""

from dataclasses import dataclass

from whypm.domain.sound import BlocksDropped, LevelHeard
from whypm.domain.transcript import HeardSoFar
from whypm.sessions.engine import Rehearsal
from whypm.sessions.events import Analysed, AnalysisFailed


@dataclass(frozen=True, slots=True)
class Transcribing:
    """How far the transcriber has come with the answer of this session, from 0 to 1."""

    share: float
    session_id: str


Update = Rehearsal | LevelHeard | BlocksDropped | HeardSoFar | Transcribing | Analysed | AnalysisFailed
"""The whole state after each change, between them the small moving figures, and what became of an answer that
nobody waits for any more."""
