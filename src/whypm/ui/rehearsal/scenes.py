"""What the room shows in each phase: words, a picture, and what there is to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from whypm.sessions.engine import Phase


@dataclass(frozen=True, slots=True)
class Scene:
    """One phase; ``primary`` and ``beside`` name buttons of the room."""

    words: str
    shows: str
    """``ring``, ``presence`` or ``busy``."""
    primary: str = ""
    beside: tuple[str, ...] = ()
    keys: str = ""


SCENES: Mapping[Phase, Scene] = MappingProxyType(
    {
        Phase.IDLE: Scene(
            "Ready when you are. First comes the question, then it is your turn.",
            "ring",
            "start",
            ("next",),
            "Space to start    N for another question",
        ),
        Phase.CHECKING: Scene("Listening to your microphone for a moment.", "presence"),
        Phase.ASKING: Scene(
            "Listen to the question.",
            "presence",
            "hush",
            ("repeat", "back-to-start"),
            "Esc to stop the voice and answer now",
        ),
        Phase.READING: Scene(
            "Read the question. Start when you are ready.",
            "ring",
            "answer",
            ("back-to-start",),
            "Space to start    Esc to go back",
        ),
        Phase.OPENING: Scene("Opening the microphone.", "ring"),
        Phase.LISTENING: Scene(
            "Your turn. Take your time.",
            "ring",
            "stop",
            ("repeat", "start-over"),
            "Space to stop    R to hear it again",
        ),
        Phase.SAVING: Scene("Keeping your answer.", "busy"),
        Phase.ANALYSING: Scene(
            "Writing down what you said, on this machine.",
            "busy",
            "",
            ("leave",),
            "It will be among your sessions as well",
        ),
        Phase.REVIEW: Scene("Opening your feedback.", "busy"),
    }
)
