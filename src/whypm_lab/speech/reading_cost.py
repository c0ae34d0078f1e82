"""What a live answer costs, in readings: how much is read ahead in vain, counted without reading anything.

    python -m whypm_lab.speech.reading_cost [--lengths 15 30 60 90] [--places 6] [--pause SECONDS]

Answers are joined from the recordings of ``../shared/speech`` and end 1.5 s after a word. The voice detector
is the real one, time is the sound's own, and a reading takes none; each counts as the recogniser counts it
(`reading_ahead`). So the figures are the same on every machine. ``--pause`` reads ahead at that pause always.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from unittest.mock import patch

import numpy as np
from faster_whisper.vad import get_vad_model

from whypm.transcription.recognition import hearing
from whypm.transcription.recognition.hearing import Hearing, Language
from whypm.transcription.voice.pitch_tracker import PitchTracker, load_pitch_network
from whypm.transcription.voice.voice_detector import VoiceDetector
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm.transcription.windows.reading_ahead import reading_cost
from whypm.transcription.windows.window_plan import Window
from whypm.transcription.words.readings import Reading
from whypm_lab.speech.bench import find_voice
from whypm_lab.speech.long_answers import LongAnswer, StoppedAt, join_recordings, last_of, stop_near
from whypm_lab.speech.recordings import require_recordings

LENGTHS = (15.0, 30.0, 60.0, 90.0)
PLACES = 6
STEP_SECONDS = 40.0
BLOCK_SECONDS = 0.1


class CountingReader:
    """Reads nothing and counts what reading would cost."""

    name = "none"

    def __init__(self) -> None:
        self.cost = 0.0
        self._voice = get_vad_model().session
        self._pitch = load_pitch_network()

    def voice_detector(self) -> VoiceDetector:
        """Return a detector that has heard nothing yet."""
        return VoiceDetector(self._voice)

    def pitch_tracker(self) -> PitchTracker:
        """Return a tracker that has heard nothing yet."""
        return PitchTracker(self._pitch)

    def detect_language(self, _: np.ndarray) -> Language:
        """Return English."""
        return Language("en", 1.0)

    def read_part(self, _: np.ndarray, part: Window, __: str) -> Reading:
        """Count the part."""
        self.cost += reading_cost([part])
        return ()

    def complete(self, _: np.ndarray, __: Window, reading: Reading, ___: str) -> Reading:
        """Return the reading."""
        return reading

    def read_roughly(self, _: np.ndarray, __: Window, ___: str) -> str:
        """Return nothing: previews are counted apart."""
        return ""


def live_cost(answer: LongAnswer) -> float:
    """Return what an answer costs that is heard while it is given."""
    reader = CountingReader()
    listening = Hearing(reader, "en")
    size = round(BLOCK_SECONDS * SAMPLE_RATE)
    for begin in range(0, len(answer.samples), size):
        listening.hear(answer.samples[begin : begin + size])
        while listening.read_on():
            pass
    listening.finish()
    return reader.cost


def file_cost(answer: LongAnswer) -> float:
    """Return what the same answer costs as a file."""
    reader = CountingReader()
    listening = Hearing(reader, "en")
    listening.hear(answer.samples)
    listening.finish()
    return reader.cost


def answers(lengths: Sequence[float], places: int) -> Iterator[tuple[float, list[LongAnswer]]]:
    """Yield so many answers of each length, from different places of the speech."""
    speech = join_recordings(max(lengths) + STEP_SECONDS * places)
    voiced = find_voice(speech)
    for seconds in lengths:
        ends = (
            stop_near(speech, voiced, seconds + STEP_SECONDS * place, StoppedAt.PAUSE)
            for place in range(places)
        )
        yield seconds, [last_of(end, voiced, seconds) for end in ends]


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(
        prog="python -m whypm_lab.speech.reading_cost",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lengths", type=float, nargs="+", default=LENGTHS, help="seconds")
    parser.add_argument("--places", type=int, default=PLACES, help="answers of each length")
    parser.add_argument(
        "--pause", type=float, help="read ahead at a pause of so many seconds, whatever it costs"
    )
    options = parser.parse_args()
    require_recordings()
    fixed = patch.object(hearing, "pause_before_reading", lambda _: options.pause)
    print("live, to the file: over all answers of a length, and the dearest one")
    with fixed if options.pause else nullcontext():
        for seconds, found in answers(options.lengths, options.places):
            costs = [(live_cost(answer), file_cost(answer)) for answer in found]
            live, file = (sum(side) for side in zip(*costs, strict=True))
            print(f"{seconds:>5.0f} s{live / file:>7.2f}{max(one / other for one, other in costs):>7.2f}")


if __name__ == "__main__":
    main()
