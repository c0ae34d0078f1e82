"""How true the pitch is and what it costs: sounds whose pitch is known, and voices that are flat or lively.

    python -m whypm_lab.speech.pitch [--model base] [--no-voices] [FILE ...]

A buzz with the harmonics of a voice swings, syllable by syllable, from a deep man's pitch to a child's:
clean, in noise, and quiet. Errors are in cents (hundredths of a semitone); an octave error is one of more
than half an octave. The voice is espeak-ng's, where that program is installed: one text, with nothing to
twice its usual range of pitch. ``FILE`` adds recordings. "Left out" are steps too far from the others, such
as octave leaps. The processor time is that of sound which comes in blocks of 0.1 s.
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from whypm.audio.sound_file import read_sound
from whypm.domain.pitch import PitchTrack
from whypm.domain.transcript import Span
from whypm.feedback.delivery.pace import pace_curve
from whypm.feedback.delivery.pitch import measure_pitch
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.pitch_tracker import (
    FRAME_SAMPLES,
    STEP_FRAMES,
    PitchTracker,
    load_pitch_network,
)
from whypm.transcription.voice.voicing import SAMPLE_RATE, voiced_spans
from whypm_lab.speech.known_silences import pink_noise, white_noise
from whypm_lab.speech.lab_model import lab_model

SECONDS = 60.0
BLOCK_SECONDS = 0.1
SYLLABLES_PER_SECOND = 4.0
HISS_EVERY, HISS_LEVEL = 4, 0.15
"""An "s" now and then, which has no pitch."""
SWINGS_PER_SECOND = 0.7
"""Of the melody: a phrase takes about a second and a half."""
MIDDLES_HERTZ = (75.0, 110.0, 160.0, 220.0, 300.0)
SWINGS_SEMITONES = (0.0, 1.0, 2.0, 4.0)
"""Standard deviations, from a monotone to the liveliest of Hincks 2004."""
ROLL_OFF_DECIBELS = 12.0
"""For each octave: a voice's source."""
OCTAVE_ERROR_CENTS = 600.0
RANGES_PERCENT = (0, 50, 100, 200)
"""Of the voice's own."""
TEXT = (
    "I was a nurse for nine years, and I kept asking why the ward software was built that way. So I wrote "
    "down what my colleagues needed, and then I showed it to the people who made it. We cut the handover "
    "from forty minutes to twelve. That is when I knew: I want to decide what gets built, and not only how "
    "it is used."
)


@dataclass(frozen=True, slots=True)
class KnownPitch:
    """A sound, and its pitch in Hz sample by sample; 0 where it has none."""

    samples: np.ndarray
    hertz: np.ndarray
    semitones: float
    """The standard deviation of the pitch."""


@dataclass(frozen=True, slots=True)
class PitchScore:
    """How a track compares with what is known."""

    median_cents: float
    worst_cents: float
    """95 % of the steps are closer."""
    octave_share: float
    """Of the steps that have a pitch in both."""
    found_share: float
    """Of the steps that have a pitch throughout."""
    invented_share: float
    """Of the steps that have none."""
    semitones_told: float | None


def known_pitch(middle_hertz: float, semitones: float, seconds: float = SECONDS) -> KnownPitch:
    """Return a buzz whose pitch swings with this standard deviation, in syllables; every fourth is a hiss."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    away = semitones * np.sqrt(2) * np.sin(2 * np.pi * SWINGS_PER_SECOND * at)
    hertz = middle_hertz * 2 ** (away / 12)
    phase = 2 * np.pi * np.cumsum(hertz) / SAMPLE_RATE
    sound = np.zeros(len(at))
    for harmonic in range(1, int(SAMPLE_RATE / 2 / middle_hertz) + 1):
        audible = hertz * harmonic < SAMPLE_RATE / 2
        sound += audible * np.sin(harmonic * phase) * 10 ** (-ROLL_OFF_DECIBELS * np.log2(harmonic) / 20)
    number, place = np.divmod(at * SYLLABLES_PER_SECOND, 1.0)
    is_hiss = number % HISS_EVERY == HISS_EVERY - 1
    loud = np.sin(np.pi * place)
    sound *= loud * ~is_hiss / np.abs(sound).max()
    hiss = HISS_LEVEL * np.diff(white_noise(len(at) + 1, np.random.default_rng(0))) * is_hiss
    samples = 0.3 * (sound + hiss * loud)
    return KnownPitch(samples.astype(np.float32), np.where(is_hiss, 0.0, hertz), semitones)


def in_noise(known: KnownPitch, decibels: float) -> KnownPitch:
    """Return the sound with a room's noise so far below it."""
    noise = pink_noise(len(known.samples), np.random.default_rng(0))
    level = np.sqrt(np.mean(known.samples**2)) * 10 ** (-decibels / 20)
    return KnownPitch((known.samples + level * noise).astype(np.float32), known.hertz, known.semitones)


def at_level(known: KnownPitch, decibels: float) -> KnownPitch:
    """Return the sound with its peak at so many dB of full scale."""
    gain = 10 ** (decibels / 20) / np.abs(known.samples).max()
    return KnownPitch((known.samples * gain).astype(np.float32), known.hertz, known.semitones)


def track(samples: np.ndarray) -> PitchTrack:
    """Return what the tracker finds in sound that comes in small blocks."""
    tracker = PitchTracker(load_pitch_network())
    block = round(BLOCK_SECONDS * SAMPLE_RATE)
    for begin in range(0, len(samples), block):
        tracker.hear(samples[begin : begin + block])
    found = tracker.finish()
    if found is None:
        raise SystemExit("The pitch could not be followed.")
    return found


def score(known: KnownPitch, found: PitchTrack) -> PitchScore:
    """Return how true a track is."""
    size = STEP_FRAMES * FRAME_SAMPLES
    count = min(len(found.hertz), len(known.hertz) // size)
    steps = known.hertz[: count * size].reshape(count, size)
    pitched, silent = (steps > 0).all(axis=1), (steps == 0).all(axis=1)
    told = np.array([hertz or np.nan for hertz in found.hertz[:count]])
    both = pitched & np.isfinite(told)
    cents = np.abs(1200 * np.log2(told[both] / np.median(steps[both], axis=1)))
    voice = measure_pitch(found, (Span(0.0, len(known.samples) / SAMPLE_RATE),), ())
    return PitchScore(
        median_cents=float(np.median(cents)),
        worst_cents=float(np.percentile(cents, 95)),
        octave_share=float(np.mean(cents > OCTAVE_ERROR_CENTS)),
        found_share=float(both.sum() / pitched.sum()),
        invented_share=float(np.isfinite(told[silent]).mean()) if silent.any() else 0.0,
        semitones_told=voice.semitones if voice is not None else None,
    )


def voiced_in(samples: np.ndarray, engine: Engine) -> tuple[Span, ...]:
    """Return where the engine's detector hears a voice."""
    detector = engine.voice_detector()
    probabilities = np.concatenate([detector.hear(samples), detector.finish()])
    return voiced_spans(probabilities, len(samples) / SAMPLE_RATE)


def _print_known() -> None:
    columns = f"{'swing':>6} {'told':>6} {'median':>8} {'95 %':>8} {'octaves':>8} {'found':>7} {'made up':>8}"
    print(f"{'Hz':>5} {columns}")
    for middle in MIDDLES_HERTZ:
        for swing in SWINGS_SEMITONES:
            _print_score(f"{middle:5.0f}", known_pitch(middle, swing))
    middling = known_pitch(110.0, 2.0)
    for decibels in (20.0, 10.0, 5.0):
        _print_score(f"110 Hz in noise, {decibels:.0f} dB below:", in_noise(middling, decibels))
    for decibels in (-30.0, -40.0, -50.0):
        _print_score(f"110 Hz, peak at {decibels:.0f} dBFS:", at_level(middling, decibels))


def _print_score(name: str, known: KnownPitch) -> None:
    got = score(known, track(known.samples))
    told = "none" if got.semitones_told is None else f"{got.semitones_told:.2f}"
    print(
        f"{name} {known.semitones:6.2f} {told:>6} {got.median_cents:6.1f} c {got.worst_cents:6.1f} c "
        f"{got.octave_share:8.2%} {got.found_share:7.1%} {got.invented_share:8.1%}"
    )


def _print_voice(name: str, samples: np.ndarray, engine: Engine) -> None:
    voiced, found = voiced_in(samples, engine), track(samples)
    stretches = pace_curve((), Span(voiced[0].start, voiced[-1].end)) if voiced else ()
    voice = measure_pitch(found, voiced, stretches)
    if voice is None:
        print(f"{name}: too little voice")
        return
    moved = " ".join("-" if each.semitones is None else f"{each.semitones:.1f}" for each in voice.stretches)
    kept = sum(hertz is not None for hertz in voice.track.hertz)
    heard = sum(
        hertz is not None
        for span in voiced
        for hertz in found.hertz[
            round(span.start / found.step_seconds) : round(span.end / found.step_seconds)
        ]
    )
    print(
        f"{name}: {voice.semitones:.2f} semitones round {voice.hertz:.0f} Hz; by stretch {moved}; "
        f"{1 - kept / heard:.1%} left out"
    )


def _print_voices(engine: Engine) -> None:
    if shutil.which("espeak-ng") is None:
        print("espeak-ng is not installed: no voices")
        return
    with TemporaryDirectory() as folder:
        for percent in RANGES_PERCENT:
            wav = Path(folder) / f"{percent}.wav"
            text = f'<speak><prosody range="{percent}%">{TEXT}</prosody></speak>'
            command = ["espeak-ng", "-m", "-v", "en-gb", "-w", str(wav), text]
            subprocess.run(command, check=True)
            _print_voice(f"espeak-ng, range {percent} %", read_sound(wav), engine)


def _print_cost() -> None:
    sound = known_pitch(110.0, 2.0).samples
    track(sound)  # what is loaded once is not counted
    tracker = PitchTracker(load_pitch_network())
    block = round(BLOCK_SECONDS * SAMPLE_RATE)
    began = time.process_time()
    for begin in range(0, len(sound), block):
        tracker.hear(sound[begin : begin + block])
    heard = time.process_time()
    tracker.finish()
    left = time.process_time() - heard
    share = (heard - began) / SECONDS
    print(f"processor time: {share:.2%} of the sound's; {left * 1000:.0f} ms left to do at its end")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--model", default=DEFAULT_MODEL)
    parser.add_argument("--no-voices", action="store_true")
    options = parser.parse_args(arguments)
    _print_known()
    _print_cost()
    if options.no_voices and not options.files:
        return
    model = lab_model(options.model)
    engine = Engine(model.path, model.name)
    if not options.no_voices:
        _print_voices(engine)
    for file in options.files:
        _print_voice(file.name, read_sound(file), engine)


if __name__ == "__main__":
    main()
