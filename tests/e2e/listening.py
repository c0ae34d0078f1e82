"""What the end-to-end tests measure with: Whisper as the ear, alignment as the ruler."""

import re
from pathlib import Path

import soundfile
import soxr

from sound_alignment import whereabouts
from whypm.audio.sound_file import read_sound
from whypm.transcription.models.shelf import ModelShelf
from whypm.transcription.process.client import Transcriber

RATE = 16_000
SURE_LIKENESS = 0.9
"""Silence and hiss are alike everywhere and nowhere; speech is not."""
REPLY = Path(__file__).parents[2] / "assets" / "demo" / "reply.opus"


def make_reply(file: Path, seconds: float) -> Path:
    """Write the first seconds of the sample reply as a WAV file for the virtual microphone."""
    samples = read_sound(REPLY, RATE)[: round(seconds * RATE)]
    soundfile.write(file, soxr.resample(samples, RATE, 48_000), 48_000)
    return file


def words_in(file: Path, models: Path) -> set[str]:
    """Return the words that Whisper hears in a file."""
    with Transcriber(ModelShelf(models).resolve("tiny.en")) as transcriber:
        heard = transcriber.recognise(read_sound(file))
    return set(re.findall(r"[a-z']+", " ".join(word.text for word in heard.words).lower()))


def spread_seconds(recording: Path, reply: Path) -> float:
    """Return how far the reply's pieces moved against each other: 0 where nothing was lost or doubled."""
    pieces = whereabouts(read_sound(recording, RATE), read_sound(reply, RATE), RATE)
    sure = [distance for distance, likeness in pieces if likeness > SURE_LIKENESS]
    assert len(sure) > len(pieces) / 2, "most of the reply is not in the recording"
    return max(sure) - min(sure)
