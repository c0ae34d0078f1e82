"""How fast the report comes, beside plain faster-whisper on the same sound, model and machine.

    python3 dev.py bench [--quick] [--model base] [--lengths 15 30 60] [--stops 3] [--no-plain] [--all]

Answers are joined from the recordings of ``../shared/speech``, recorded as a microphone gives them (48 kHz),
and stopped after a pause (1.5 s after the last word) and in mid-word. Those of all lengths end at the same
places of the same speech, so that what the transcriber has left to read is the same and only what grows with
the length differs. The last seconds are fed as fast as they are spoken; what comes before, as fast as it is
read, which leaves the transcriber in the state of a real answer in less time. All is measured in one run:
other programs slow both sides, so compare the columns; processor time they change little.

All lengths take about an hour on a quiet machine with two cores (three stops each way, of which 600 s takes
half), ``--quick`` four minutes, and ``--all``, the word error rate over every recording, as much more. Ctrl-C
ends it with a table of the lengths that are done. Memory is the proportional set size: what processes share
is split between them.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import get_vad_model

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Recognition, Span
from whypm.sessions.analyst import Analyst
from whypm.studio import Studio
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.models.shelf import ModelFolder
from whypm.transcription.process.client import Transcriber
from whypm.transcription.voice.voice_detector import VoiceDetector
from whypm.transcription.voice.voicing import SAMPLE_RATE, voiced_spans
from whypm_lab.speech.bench_figures import Accuracy, Bench, Length, table
from whypm_lab.speech.lab_model import THREADS, lab_model
from whypm_lab.speech.long_answers import StoppedAt, join_recordings, last_of, stop_near
from whypm_lab.speech.recordings import recordings, require_recordings
from whypm_lab.speech.scoring import WordErrors, word_errors
from whypm_lab.speech.stop_to_report import Stop, StopMeasure, Whole, hear_live
from whypm_lab.speech.wer import plain_text
from whypm_lab.speech.word_age import median_word_age

LENGTHS = (15.0, 30.0, 60.0, 90.0, 180.0, 600.0)
STOPS = 3
STEP_SECONDS = 3.7
"""Between the stops of one length, so that they fall at different places of the speech."""
QUICK_LENGTHS, QUICK_STOPS = (15.0, 30.0, 90.0), 2
PREVIEW_SECONDS = 45.0
"""An answer of this length tells how old words are when they are seen."""
SUBSET = ("spontaneous/mfa", "read/kennedy", "meeting/ami_trn06")


class Measures:
    """Holds the parts that are measured."""

    def __init__(self, model: ModelFolder, transcriber: Transcriber, studio: Studio) -> None:
        self._transcriber = transcriber
        pack = studio.library.packs[0]
        studio.judge(pack).load()
        self._measure = StopMeasure(
            Analyst(lambda: transcriber, studio.judge, lambda: studio.fillers), pack, studio.store
        )
        self._plain = WhisperModel(str(model.path), device="cpu", compute_type="int8", cpu_threads=THREADS)
        transcriber.recognise(np.zeros(16_000, dtype=np.float32))

    def lengths(self, wanted: Sequence[float], stops: int, *, with_plain: bool) -> Iterator[Length]:
        """Measure answers of these lengths, all of which end at the same places of the same speech."""
        longest = max(wanted)
        speech = join_recordings(longest + STEP_SECONDS * stops + 10)
        voiced = find_voice(speech)
        places = [longest + number * STEP_SECONDS for number in range(stops)]
        ends = {kind: [stop_near(speech, voiced, place, kind) for place in places] for kind in StoppedAt}
        for seconds in wanted:
            found: dict[StoppedAt, list[Stop]] = {kind: [] for kind in StoppedAt}
            for kind, answers in ends.items():
                for end in answers:
                    answer = last_of(end, voiced, seconds)
                    stop = self._measure.stop(answer)
                    found[kind].append(stop)
                    print(
                        f"{answer.seconds:.0f} s, {kind}: {stop.report_seconds:.3f} s "
                        f"({stop.worked.whole:.3f}), {stop.behind_seconds:.1f} s behind",
                        file=sys.stderr,
                    )
            whole = self._measure.whole()
            last = last_of(ends[StoppedAt.MID_WORD][-1], voiced, seconds)
            plain = self._read_plainly(last.samples) if with_plain else None
            yield Length(seconds, found[StoppedAt.PAUSE], found[StoppedAt.MID_WORD], whole, plain)

    def _read_plainly(self, samples: np.ndarray) -> Whole:
        spent, began = time.process_time(), time.perf_counter()
        plain_text(self._plain, samples)
        return Whole(time.perf_counter() - began, time.process_time() - spent)

    def word_age(self) -> float:
        """Return how old a word is when the preview shows it, in seconds (median)."""
        speech = join_recordings(PREVIEW_SECONDS)
        return median_word_age(self._transcriber, speech[: round(PREVIEW_SECONDS * SAMPLE_RATE)])

    def accuracy(self, wanted: tuple[str, ...]) -> Accuracy:
        """Compare the live words, the whole file's and plain faster-whisper's with the references."""
        live, whole, plain, files = WordErrors(), WordErrors(), WordErrors(), 0
        for recording in recordings():
            reference = recording.reference
            if reference is None or not any(part in recording.name for part in wanted):
                continue
            samples = read_sound(recording.path)
            errors = partial(word_errors, reference, fillers=False)
            live += errors(_text(hear_live(self._transcriber, samples)))
            whole += errors(_text(self._transcriber.recognise(samples)))
            plain += errors(plain_text(self._plain, samples))
            files += 1
            print(recording.name, file=sys.stderr)
        return Accuracy(files, live, whole, plain)


def window_start(model: str) -> dict[str, float]:
    """Start the window in a folder of its own and return what it tells about its start."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "whypm_lab.speech.window_start", str(time.time())]
        done = subprocess.run(
            [*command, "window", "--data-dir", folder, "--model", model],
            env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def find_voice(samples: np.ndarray) -> tuple[Span, ...]:
    """Return the voiced stretches, which tell where an answer can be stopped."""
    probabilities = VoiceDetector(get_vad_model().session).hear(samples)
    return voiced_spans(probabilities, len(samples) / SAMPLE_RATE)


def _text(recognition: Recognition) -> str:
    return " ".join(word.text for word in recognition.words)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name or folder")
    parser.add_argument("--quick", action="store_true", help="a few minutes, without the longest answers")
    parser.add_argument("--lengths", type=float, nargs="*", help="seconds")
    parser.add_argument("--stops", type=int, help="answers of each length, each way")
    parser.add_argument("--all", action="store_true", help="the word error rate over every recording")
    parser.add_argument("--no-plain", action="store_true", help="without plain faster-whisper beside it")
    parser.add_argument("--no-accuracy", action="store_true")
    parser.add_argument("--no-window", action="store_true", help="nor how old a word is when it is seen")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_recordings()
    lengths = options.lengths or (QUICK_LENGTHS if options.quick else LENGTHS)
    stops = options.stops or (QUICK_STOPS if options.quick else STOPS)
    bench = Bench(options.model, os.getloadavg()[0])
    is_broken_off = False
    if not options.no_window:
        bench.window = window_start(options.model)
    model = lab_model(options.model)
    with (
        TemporaryDirectory() as folder,
        Studio(Path(folder)) as studio,
        Transcriber(model, THREADS) as transcriber,
    ):
        measures = Measures(model, transcriber, studio)
        if not options.no_window:
            bench.word_age_seconds = measures.word_age()
        try:
            for length in measures.lengths(lengths, stops, with_plain=not options.no_plain):
                bench.lengths.append(length)
            if not options.no_accuracy and not options.quick:
                bench.accuracy = measures.accuracy(("",) if options.all else SUBSET)
        except KeyboardInterrupt:
            is_broken_off = True
            print("broken off: the table has what was measured until then", file=sys.stderr)
    if options.json:
        medians = {f"{one.seconds:.0f} s": one.figures() for one in bench.lengths}
        print(json.dumps({**asdict(bench), "medians": medians}, indent=1))
    else:
        print(table(bench))
    if is_broken_off:
        sys.stdout.flush()
        os._exit(130)  # an answer was under way: its threads would end in the middle of native code


if __name__ == "__main__":
    main()
