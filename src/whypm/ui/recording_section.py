"""The recording: its sound to go through, and its words beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from whypm.ui.feedback_content import Feedback
from whypm.ui.look import Look
from whypm.ui.pieces import Piece, PieceKind
from whypm.ui.theme import Size, Space
from whypm.ui.transcript_view import TranscriptView
from whypm.ui.widgets.column import Card
from whypm.ui.widgets.play_button import PlayButton
from whypm.ui.widgets.ring import clock_time
from whypm.ui.widgets.text import text_label
from whypm.ui.widgets.waveform import Waveform


def legend(pieces: Sequence[Piece], *, playable: bool) -> str:
    """Return what the marks in a transcript mean, of those that it has."""
    kinds = {piece.kind for piece in pieces}
    dotted = [
        words
        for kind, words in ((PieceKind.FILLER, "are fillers"), (PieceKind.REPAIR, "were mended"))
        if kind in kinds
    ]
    told = ["Marked sentences carry an item of the checklist."] if any(each.level for each in pieces) else []
    told += [f"Dotted words {' or '.join(dotted)}."] if dotted else []
    told += ["Dashed words may be misheard."] if PieceKind.UNSURE in kinds else []
    told += ["Choose a word to hear it from there."] if pieces and playable else []
    return " ".join(told)


class RecordingSection(QWidget):
    """``play_from`` asks for the recording from a second on; ``toggled`` for all of it, or for silence."""

    play_from = Signal(float)
    toggled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        card = Card(Space.MEDIUM)
        self.play_button = PlayButton("Hear the whole answer (P)", look, "play-all", side=36)
        self.waveform = Waveform(look)
        self.transcript = TranscriptView(look)
        self._seconds = 0.0
        self._time = text_label("", Size.SMALL, tone="quiet", figures=True, wraps=False, name="place")
        self._player = QWidget()
        player = QHBoxLayout(self._player)
        player.setContentsMargins(0, 0, 0, 0)
        player.setSpacing(Space.MEDIUM)
        player.addWidget(self.play_button)
        player.addWidget(self.waveform, 1)
        player.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        self._faults = text_label("", Size.SMALL, tone="warning", name="sound-faults")
        self._silence = text_label("No words were heard.", tone="quiet")
        self._unclear = text_label("", Size.SMALL, tone="quiet", name="unclear")
        self._repairs = text_label("", Size.SMALL, tone="quiet", name="repairs")
        self._legend = text_label("", Size.SMALL, tone="quiet", name="legend")
        card.content.addWidget(text_label("What you said", Size.LEAD, strong=True))
        card.content.addWidget(self._player)
        card.content.addWidget(self._faults)
        card.content.addWidget(self.transcript)
        card.content.addWidget(self._silence)
        card.content.addWidget(self._repairs)
        card.content.addWidget(self._unclear)
        card.content.addWidget(self._legend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.play_button.clicked.connect(self.toggled)
        self.waveform.sought.connect(self.play_from)
        self.transcript.chosen.connect(self.play_from)

    @property
    def playable(self) -> bool:
        """Whether there is something to hear."""
        return not self._player.isHidden()

    def show_feedback(self, feedback: Feedback | None, seconds: float, *, playable: bool) -> None:
        """Show the words of a recording of this length; without feedback the player alone."""
        pieces = feedback.pieces if feedback is not None else ()
        self._seconds = seconds
        self._player.setVisible(playable)
        self.transcript.setVisible(bool(pieces))
        self._legend.setText(legend(pieces, playable=playable))
        self._legend.setVisible(bool(self._legend.text()))
        unclear = feedback.unclear_seconds if feedback is not None else 0.0
        self._unclear.setText(f"{unclear:.1f} seconds of speech were not understood.")
        self._unclear.setVisible(unclear > 0)
        faults = "\n".join(feedback.sound_faults) if feedback is not None else ""
        self._faults.setText(faults)
        self._faults.setVisible(bool(faults))
        repairs = feedback.repairs if feedback is not None else ""
        self._repairs.setText(repairs)
        self._repairs.setVisible(bool(repairs))
        self._silence.setVisible(feedback is not None and not pieces)
        self.transcript.show_pieces(pieces)
        self.waveform.show_sound((), seconds)
        self._show_time(0.0)

    def show_peaks(self, peaks: tuple[float, ...]) -> None:
        """Show the shape of the sound, once it has been read."""
        self.waveform.show_sound(peaks, self._seconds)

    def show_place(self, seconds: float | None, *, whole: bool) -> None:
        """Show which second is heard (None: nothing), and whether the whole answer is under way."""
        self.play_button.show_playing(seconds is not None and whole)
        self.transcript.show_place(seconds)
        if seconds is not None:
            self.waveform.show_place(seconds)
            self._show_time(seconds)

    def _show_time(self, seconds: float) -> None:
        self._time.setText(f"{clock_time(seconds)} / {clock_time(self._seconds)}")
