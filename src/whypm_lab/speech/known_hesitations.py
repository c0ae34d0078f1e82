"""How many hesitations are found that were put into read speech, and how many that nobody made.

    python -m whypm_lab.speech.known_hesitations [--model base] [--seeds 1 2]

The "um" and "uh" of the two recordings with aligned words are cut out, and put at random between phrases that
people read aloud. A hesitation reported between the same two phrases is found; any other was made up. Other
people's voices say them than the phrases, so this is harder than an answer, where one voice goes on; but the
rules were not made on it.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Span, Word
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm.transcription.words.readings import is_hesitation
from whypm_lab.speech.known_silences import QUIET_ROOM_DECIBELS, SPEECH_LEVEL, pieces_of, white_noise
from whypm_lab.speech.lab_model import lab_engine
from whypm_lab.speech.recordings import SPEECH_FOLDER, require_recordings
from whypm_lab.speech.scoring import FillerHits
from whypm_lab.speech.word_times import timed_recordings

READERS = (
    "read/rosehill_cc0_1.flac",
    "read/rosehill_cc0_2.flac",
    "read/rosehill_cc0_4.flac",
    "read/harvard.flac",
    "read/osr_harvard_list72_8k.flac",
    "read/kennedy_moon_21s.flac",
)
GAPS_SECONDS = (0.12, 0.5)
"""The silence on either side of a hesitation, at random between these."""
BETWEEN_PHRASES_SECONDS = (0.15, 0.6)
SHARE_HESITANT = 0.5
"""Of the places between phrases."""
NEAR_SECONDS = 0.15
"""How far word times may stray into the phrases beside."""


@dataclass(frozen=True, slots=True)
class HesitantRecording:
    """Read phrases with hesitations between them; times in seconds."""

    name: str
    samples: np.ndarray
    places: tuple[Span, ...]
    """From the end of the phrase before each hesitation to the beginning of the phrase after it."""


def hesitations() -> list[np.ndarray]:
    """Return each "um" and "uh" of the aligned recordings, at the level of speech."""
    return [
        _at_speech_level(sound[round(word.start * SAMPLE_RATE) : round(word.end * SAMPLE_RATE)])
        for timed in timed_recordings()
        for sound in (read_sound(timed.path),)
        for word in timed.words
        if is_hesitation(word)
    ]


def hesitant_recording(
    name: str, phrases: list[np.ndarray], sounds: list[np.ndarray], seed: int
) -> HesitantRecording:
    """Put hesitations between phrases: which, where and how far apart follows from ``seed``."""
    random = np.random.default_rng(seed)
    parts = [np.zeros(SAMPLE_RATE)]
    places: list[Span] = []

    def add(part: np.ndarray) -> None:
        parts.append(part)

    def add_silence(seconds: tuple[float, float]) -> None:
        add(np.zeros(round(random.uniform(*seconds) * SAMPLE_RATE)))

    for phrase in phrases:
        add(_at_speech_level(phrase))
        if random.uniform() >= SHARE_HESITANT:
            add_silence(BETWEEN_PHRASES_SECONDS)
            continue
        before = sum(map(len, parts))
        add_silence(GAPS_SECONDS)
        add(sounds[random.integers(len(sounds))])
        add_silence(GAPS_SECONDS)
        places.append(Span(before / SAMPLE_RATE, sum(map(len, parts)) / SAMPLE_RATE))
    sound = np.concatenate([*parts, np.zeros(SAMPLE_RATE)])
    sound += white_noise(len(sound), random) * SPEECH_LEVEL * 10 ** (-QUIET_ROOM_DECIBELS / 20)
    return HesitantRecording(name, sound.astype(np.float32), tuple(places))


def hesitant_recordings(seeds: list[int]) -> Iterator[HesitantRecording]:
    """Yield each reader, once for each seed."""
    sounds = hesitations()
    for name in READERS:
        phrases = pieces_of(read_sound(SPEECH_FOLDER / name))
        for seed in seeds:
            yield hesitant_recording(name, phrases, sounds, seed)


def _at_speech_level(sound: np.ndarray) -> np.ndarray:
    return np.asarray(sound * (SPEECH_LEVEL / np.sqrt(np.mean(sound**2))))


def score(recording: HesitantRecording, words: tuple[Word, ...]) -> FillerHits:
    """Match what was reported with what was put in, each once, by its place between phrases."""
    reported = [(word.start + word.end) / 2 for word in words if is_hesitation(word)]
    left, found = list(reported), 0
    for span in recording.places:
        near = [time for time in left if span.start - NEAR_SECONDS <= time <= span.end + NEAR_SECONDS]
        if near:
            left.remove(near[0])
            found += 1
    return FillerHits(len(recording.places), len(reported), found)


def line(name: str, hits: FillerHits) -> str:
    """Return the figures in one line."""
    return (
        f"{name:<36}{hits.in_reference:>8}{hits.in_place:>7}{hits.reported - hits.in_place:>10}"
        f"{hits.recall:>9.2f}{hits.precision:>11.2f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m whypm_lab.speech.known_hesitations", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name or folder")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    require_recordings()
    engine = lab_engine(options.model)
    total = FillerHits()
    print(f"{'reader':<36}{'put in':>8}{'found':>7}{'invented':>10}{'recall':>9}{'precision':>11}")
    for recording in hesitant_recordings(options.seeds):
        hits = score(recording, engine.recognise(recording.samples, language="en").words)
        total += hits
        print(line(recording.name, hits), flush=True)
    print(line("all", total))


if __name__ == "__main__":
    main()
