"""How fast the report comes, beside plain faster-whisper on the same sound, model and machine.

    python3 dev.py bench [--quick] [--model base] [--lengths 15 30 60] [--stops 3] [--all] [--json]

Answers are joined from the recordings of ``../shared/speech`` and stopped after a pause (1.5 s after the last
word) and in mid-word. The last seconds are fed as fast as they are spoken; what comes before, as fast as it
is read, which leaves the transcriber in the state of a real answer in less time. All is measured in one run:
other programs slow both sides, so compare the columns. "Left" is the processor time that was still needed
after Stop, which other programs change little. ``--all`` takes the word error rate over every recording,
which with all the lengths takes an hour; ``--quick`` takes some minutes and leaves the longest answers and
the word error rate out. Memory is the proportional set size: what processes share is split between them.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory, gettempdir

import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.vad import get_vad_model

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Recognition, Span
from whypm.feedback.judge import Judge
from whypm.feedback.report import build_report
from whypm.sessions.analyst import Analyst
from whypm.studio import Studio
from whypm.transcription.catalogue import DEFAULT_MODEL
from whypm.transcription.client import Transcriber
from whypm.transcription.models import ModelFolder, ModelShelf
from whypm.transcription.voice_detector import VoiceDetector
from whypm.transcription.voicing import SAMPLE_RATE, voiced_spans
from whypm_lab.speech.long_answers import StoppedAt, join_recordings, stop_near
from whypm_lab.speech.recordings import recordings
from whypm_lab.speech.scoring import WordErrors, word_errors
from whypm_lab.speech.stop_to_report import QUESTION, Stop, hear_live, measure_stop, measure_whole
from whypm_lab.speech.wer import plain_text
from whypm_lab.speech.word_age import median_word_age

LENGTHS = (15.0, 30.0, 60.0, 90.0, 180.0, 600.0)
STOPS = 3
THREADS = 2
STEP_SECONDS = 3.7
"""Between the stops of one length, so that they fall at different places of the speech."""
QUICK_LENGTHS, QUICK_STOPS = (15.0, 30.0, 90.0), 2
PREVIEW_SECONDS = 45.0
"""An answer of this length tells how old words are when they are seen."""
SUBSET = ("spontaneous/mfa", "read/kennedy", "meeting/ami_trn06")


@dataclass(frozen=True, slots=True)
class Length:
    """Answers of about one length."""

    seconds: float
    pause: list[Stop]
    mid_word: list[Stop]
    plain_seconds: float
    """Plain faster-whisper over one of them, as its documentation uses it."""
    plain_processor_seconds: float
    whole_seconds: float
    """Our own pass over the same file."""
    whole_processor_seconds: float
    same_words: bool
    """Whether that gave the words of the live answer."""

    @property
    def cost_to_plain(self) -> float:
        """Processor time of a live answer, what was read in vain included, to plain faster-whisper's."""
        return self.mid_word[-1].processor_seconds / max(self.plain_processor_seconds, 0.01)

    @property
    def cost_to_whole(self) -> float:
        """The same, to our own pass over the whole file."""
        return self.mid_word[-1].processor_seconds / max(self.whole_processor_seconds, 0.01)

    def after(self, stopped: StoppedAt) -> float:
        """Return the median seconds from Stop to the report."""
        return median(stop.report_seconds for stop in self._stops(stopped))

    def left(self, stopped: StoppedAt) -> float:
        """Return the median processor seconds that the transcriber still needed."""
        return median(stop.left_processor_seconds for stop in self._stops(stopped))

    def figures(self) -> dict[str, float]:
        """Return what the table tells, by name."""
        return {
            "after_pause_seconds": self.after(StoppedAt.PAUSE),
            "after_mid_word_seconds": self.after(StoppedAt.MID_WORD),
            "cost_to_plain": self.cost_to_plain,
            "cost_to_whole": self.cost_to_whole,
        }

    def _stops(self, stopped: StoppedAt) -> list[Stop]:
        return self.pause if stopped is StoppedAt.PAUSE else self.mid_word


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Errors over recordings with a reference."""

    files: int
    live: WordErrors
    whole: WordErrors
    plain: WordErrors


@dataclass(slots=True)
class Bench:
    """All figures of one run."""

    model: str
    load: float
    """How many processes wanted the processor when it began (one-minute average)."""
    lengths: list[Length] = field(default_factory=list)
    accuracy: Accuracy | None = None
    window: dict[str, float] | None = None
    word_age_seconds: float | None = None
    """Median time from a word's end until it is seen, with the preview."""


class Measures:
    """Holds the parts that are measured."""

    def __init__(self, model: ModelFolder, transcriber: Transcriber, studio: Studio) -> None:
        self._transcriber = transcriber
        self._pack = studio.library.packs[0]
        self._judge: Judge = studio.judge(self._pack)
        self._judge.load()
        self._analyst = Analyst(lambda: transcriber, studio.judge)
        self._plain = WhisperModel(str(model.path), device="cpu", compute_type="int8", cpu_threads=THREADS)
        transcriber.recognise(np.zeros(16_000, dtype=np.float32))

    def length(self, seconds: float, stops: int) -> Length:
        """Measure answers of about this length, and the whole-file passes over the last of them."""
        speech = join_recordings(seconds + STEP_SECONDS * stops + 10)
        voiced = find_voice(speech)
        found: dict[StoppedAt, list[Stop]] = {kind: [] for kind in StoppedAt}
        answer = stop_near(speech, voiced, seconds, StoppedAt.PAUSE)
        for kind in StoppedAt:
            for number in range(stops):
                answer = stop_near(speech, voiced, seconds + number * STEP_SECONDS, kind)
                stop = measure_stop(self._transcriber, self._analyst, self._pack, answer)
                found[kind].append(stop)
                print(
                    f"{answer.seconds:.0f} s, {kind}: {stop.report_seconds:.2f} s "
                    f"({stop.left_processor_seconds:.2f}), {stop.behind_seconds:.1f} s behind",
                    file=sys.stderr,
                )
        whole, whole_seconds, whole_processor = measure_whole(self._transcriber, answer.samples)
        report = build_report(QUESTION, self._pack, self._judge, recognition=whole)
        spent, began = time.process_time(), time.perf_counter()
        plain_text(self._plain, answer.samples)
        return Length(
            seconds=seconds,
            pause=found[StoppedAt.PAUSE],
            mid_word=found[StoppedAt.MID_WORD],
            plain_seconds=time.perf_counter() - began,
            plain_processor_seconds=time.process_time() - spent,
            whole_seconds=whole_seconds,
            whole_processor_seconds=whole_processor,
            same_words=report.transcript.text == found[StoppedAt.MID_WORD][-1].text,
        )

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


def table(bench: Bench) -> str:
    """Return the figures for a reader."""
    lines = [
        f"model {bench.model}; {bench.load:.1f} processes wanted the {os.cpu_count()} processors",
        "seconds from Stop to the report (median), and (left) of processor time; beside them for the file;",
        "cost: processor time of a live answer to that of plain faster-whisper, and of our pass over a file",
        "",
        "  answer     pause (left)  mid-word (left)  plain file  our file       cost  same words  memory",
    ]
    for one in bench.lengths:
        memory = max(stop.memory_megabytes for stop in (*one.pause, *one.mid_word))
        lines.append(
            f"{one.seconds:>6.0f} s{_after_stop(one, StoppedAt.PAUSE):>17}"
            f"{_after_stop(one, StoppedAt.MID_WORD):>17}{one.plain_seconds:>12.2f}{one.whole_seconds:>10.2f}"
            f"{one.cost_to_plain:>5.2f}x{one.cost_to_whole:>4.2f}x"
            f"{'yes' if one.same_words else 'no':>12}{memory:>5.0f} MB"
        )
    if bench.word_age_seconds is not None:
        lines.append(
            f"\nA word is seen {bench.word_age_seconds:.2f} s after it was said (median, preview on)"
        )
    if bench.accuracy is not None:
        rates = bench.accuracy
        lines.append(
            f"\nWER over {rates.files} recordings: live {rates.live.rate:.2%}, whole file "
            f"{rates.whole.rate:.2%}, plain faster-whisper {rates.plain.rate:.2%}"
        )
    if bench.window is not None:
        lines.append(
            f"\nWindow: seen after {bench.window['shown_seconds']:.2f} s, ready after "
            f"{bench.window['ready_seconds']:.2f} s; {bench.window['window_megabytes']:.0f} MB, with its "
            f"children {bench.window['all_megabytes']:.0f} MB"
        )
    return "\n".join(lines)


def _after_stop(length: Length, stopped: StoppedAt) -> str:
    return f"{length.after(stopped):.2f} ({length.left(stopped):.2f})"


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
    parser.add_argument("--no-accuracy", action="store_true")
    parser.add_argument("--no-window", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    lengths = options.lengths or (QUICK_LENGTHS if options.quick else LENGTHS)
    stops = options.stops or (QUICK_STOPS if options.quick else STOPS)
    bench = Bench(options.model, os.getloadavg()[0])
    if not options.no_window:
        bench.window = window_start(options.model)
    model = ModelShelf(Path(gettempdir()) / "whypm-lab-models").resolve(options.model)
    with (
        TemporaryDirectory() as folder,
        Studio(Path(folder)) as studio,
        Transcriber(model, THREADS) as transcriber,
    ):
        measures = Measures(model, transcriber, studio)
        bench.word_age_seconds = measures.word_age()
        bench.lengths += [measures.length(seconds, stops) for seconds in lengths]
        if not options.no_accuracy and not options.quick:
            bench.accuracy = measures.accuracy(("",) if options.all else SUBSET)
    if options.json:
        medians = {f"{one.seconds:.0f} s": one.figures() for one in bench.lengths}
        print(json.dumps({**asdict(bench), "medians": medians}, indent=1))
    else:
        print(table(bench))


if __name__ == "__main__":
    main()
