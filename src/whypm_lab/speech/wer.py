"""Word error rate of our recogniser beside plain faster-whisper with the same model.

    python -m whypm_lab.speech.wer [--model base] [--folder DIR] [--only TEXT] [--json]

Both run in this process, on the same samples, one file after the other; times are processor time of all
threads, so that another program's load does not count. Without ``--folder`` the recordings of
``../shared/speech`` are measured; a folder of WAV files with references beside them is measured as well.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel

from whypm.audio.sound_file import read_sound
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm_lab.speech.lab_model import THREADS, lab_model
from whypm_lab.speech.recordings import SPEECH_FOLDER, TestRecording, recordings, require_recordings
from whypm_lab.speech.scoring import FillerHits, WordErrors, filler_hits, word_errors


@dataclass(frozen=True, slots=True)
class Result:
    """What one recogniser made of one recording."""

    words: WordErrors
    verbatim_words: WordErrors
    fillers: FillerHits
    processor_seconds: float
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both recognisers on one recording."""

    name: str
    seconds: float
    scored: bool
    verbatim: bool
    plain: Result
    ours: Result


def measure(recording: TestRecording, samples: np.ndarray, recognise: Callable[[np.ndarray], str]) -> Result:
    """Run one recogniser and score it; without a reference the counts stay empty."""
    began = time.process_time()
    text = recognise(samples)
    spent = time.process_time() - began
    if recording.reference is None:
        return Result(WordErrors(), WordErrors(), FillerHits(), spent, text)
    return Result(
        words=word_errors(recording.reference, text, fillers=False),
        verbatim_words=word_errors(recording.reference, text, fillers=True),
        fillers=filler_hits(recording.reference, text),
        processor_seconds=spent,
        text=text,
    )


def plain_text(model: WhisperModel, samples: np.ndarray) -> str:
    """Return what faster-whisper makes of the sound as its documentation uses it, with word times."""
    segments, _ = model.transcribe(samples, language="en", beam_size=5, word_timestamps=True)
    return "".join(segment.text for segment in segments)


def our_text(engine: Engine, samples: np.ndarray) -> str:
    """Return what our engine makes of it."""
    return " ".join(word.text for word in engine.recognise(samples, language="en").words)


def table(comparisons: list[Comparison]) -> str:
    """Return the figures for a reader: one line a file, and the totals."""
    lines = [
        f"{'file':<42}{'s':>6}{'WER plain':>11}{'ours':>7}{'recognised':>12}{'fillers':>12}{'cost':>7}",
    ]
    for one in comparisons:
        figures = (
            f"{one.plain.words.rate:>10.1%}{one.ours.words.rate:>8.1%}"
            f"{one.ours.words.recognised_words:>6}/{one.ours.words.reference_words:<5}"
            if one.scored
            else f"{'no reference':>30}"
        )
        hits = one.ours.fillers
        found = f"{hits.in_place}/{hits.in_reference} ({hits.reported})" if one.verbatim else ""
        cost = one.ours.processor_seconds / max(one.plain.processor_seconds, 1e-9)
        lines.append(f"{one.name:<42}{one.seconds:>6.1f}{figures}{found:>12}{cost:>6.1f}x")
    return "\n".join([*lines, "", *totals(comparisons)])


def totals(comparisons: list[Comparison]) -> list[str]:
    """Return the sums over all files, as sentences."""
    scored = [one for one in comparisons if one.scored]
    verbatim = [one for one in scored if one.verbatim]
    seconds = sum(one.seconds for one in comparisons)
    lines = []
    for who in ("plain", "ours"):
        results: list[Result] = [getattr(one, who) for one in scored]
        kept: list[Result] = [getattr(one, who) for one in verbatim]
        spent = sum(getattr(one, who).processor_seconds for one in comparisons)
        words = sum((result.words for result in results), WordErrors())
        verbatim_words = sum((result.verbatim_words for result in kept), WordErrors())
        hits = sum((result.fillers for result in kept), FillerHits())
        lines.append(
            f"{who:<6} WER {words.rate:.2%} over {words.reference_words} words; with hesitations "
            f"{verbatim_words.rate:.2%} over {verbatim_words.reference_words}; hesitations "
            f"{hits.in_place} of {hits.in_reference} in place, {hits.reported} reported; "
            f"processor time {spent / max(seconds, 1e-9):.3f} s a second of sound"
        )
    shares = sorted(
        (one.ours.words.recognised_words / max(one.ours.words.reference_words, 1), one.name) for one in scored
    )
    worst = ", ".join(f"{name} {share:.1%}" for share, name in shares[:3])
    return [*lines, f"fewest words recognised of words spoken: {worst}"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m whypm_lab.speech.wer", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name or folder")
    parser.add_argument("--folder", type=Path, default=SPEECH_FOLDER)
    parser.add_argument("--only", default="", help="measure the files whose name has this in it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_recordings(options.folder)
    model = lab_model(options.model)
    ours = partial(our_text, Engine(model.path, model.name, THREADS))
    plain = partial(
        plain_text, WhisperModel(str(model.path), device="cpu", compute_type="int8", cpu_threads=THREADS)
    )
    comparisons = []
    for recording in recordings(options.folder):
        if options.only in recording.name:
            samples = read_sound(recording.path)
            comparisons.append(
                Comparison(
                    name=recording.name,
                    seconds=round(len(samples) / SAMPLE_RATE, 2),
                    scored=recording.reference is not None,
                    verbatim=recording.verbatim,
                    plain=measure(recording, samples, plain),
                    ours=measure(recording, samples, ours),
                )
            )
            print(recording.name, file=sys.stderr)
    if options.json:
        print(json.dumps([asdict(one) for one in comparisons], indent=1))
    else:
        print(table(comparisons))


if __name__ == "__main__":
    main()
