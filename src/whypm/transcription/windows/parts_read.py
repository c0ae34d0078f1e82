"""The parts of a window that were read while the window was still growing."""

from collections.abc import Sequence

from whypm.transcription.windows.parts import shared
from whypm.transcription.windows.window_plan import Window
from whypm.transcription.words.readings import Reading
from whypm.transcription.words.seam import sewn


class PartsRead:
    """Readings of the parts of one window; only for parts that nothing can be added to."""

    def __init__(self) -> None:
        self._readings: dict[Window, Reading] = {}

    @property
    def reading(self) -> Reading:
        """Return what these parts say together."""
        return _joined(list(self._readings.items()))

    def keep(self, part: Window, reading: Reading) -> None:
        """Remember a part; they come in order."""
        self._readings[part] = reading

    def missing(self, parts: Sequence[Window]) -> tuple[Window, ...]:
        """Return those that were not read yet."""
        return tuple(part for part in parts if part not in self._readings)

    def followed_by(self, parts: Sequence[Window], more: Sequence[Reading]) -> Reading:
        """Return what ``parts`` say together: those that are here, and ``more``, the readings of the rest."""
        rest = dict(zip(self.missing(parts), more, strict=True))
        return _joined([(part, (self._readings | rest)[part]) for part in parts])

    def unread(self, window: Window) -> Window:
        """Return what of the window lies after them."""
        if not self._readings:
            return window
        until = next(reversed(self._readings)).pieces[-1].end
        return window.between(window.seconds_before(until), window.seconds)

    def clear(self) -> None:
        """Begin another window."""
        self._readings.clear()


def _joined(parts: Sequence[tuple[Window, Reading]]) -> Reading:
    whole: Reading = ()
    before: Window | None = None
    for part, reading in parts:
        whole = sewn(whole, reading, shared(before, part)) if before else reading
        before = part
    return whole
