"""How true the delivery figures are: pauses, latency, word times and pace, against recordings that are known.

    python -m whypm_lab.speech.truth [--model base] [--voices FOLDER] [--pauses-only] [--seeds 1 2] [--json]

Pauses and latency: speech of espeak and of real people, put together with silences of 0.3 to 6 s, in a quiet
room and in white and pink noise, with breaths and clicks in the long silences; ``--voices`` adds a folder of
WAV files, a phrase without a pause each. Word times and pace: the recordings of ``../shared/speech`` with
aligned words.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Span, Word
from whypm.feedback.delivery.pace import count_words, per_minute
from whypm.feedback.delivery.timing import measure_timing
from whypm.feedback.fillers.fillers import mark_fillers
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.borders import settle_borders
from whypm.transcription.voice.voice_detector import VoiceDetector
from whypm.transcription.voice.voicing import SAMPLE_RATE, voiced_spans
from whypm.voice.speaker import Speaker
from whypm_lab.speech.known_silences import KnownRecording, known_recording, pieces_of
from whypm_lab.speech.lab_model import CACHE, lab_engine, lab_phrases
from whypm_lab.speech.pause_scoring import PauseScore, median_size, score_pauses, share_close
from whypm_lab.speech.recordings import SPEECH_FOLDER, require_recordings
from whypm_lab.speech.spoken_form import spoken_words
from whypm_lab.speech.word_times import TimedRecording, time_errors, timed_recordings

NOISES_DECIBELS = (None, 20.0, 10.0, 5.0)
SEEDS = (1, 2)
CLEAN = (
    "read/rosehill_cc0_1.flac",
    "read/rosehill_cc0_2.flac",
    "read/rosehill_cc0_4.flac",
    "read/harvard.flac",
    "accent/speechocean_spk9617.flac",
    "accent/speechocean_spk9618.flac",
)
"""Recordings of four people in rooms quiet enough to tell where their speech begins and ends."""
PHRASES = (
    "I was a nurse for nine years",
    "and I kept asking why the ward software was built that way",
    "so I wrote down what my colleagues needed",
    "then I showed it to the people who made it",
    "we cut the handover from forty minutes to twelve",
    "that is when I knew",
    "because I want to decide what gets built",
    "and not only how it is used",
    "your product is the one my sister uses every day",
)
WHOLE_PHRASE_SECONDS = 9.0


@dataclass(frozen=True, slots=True)
class WordTruth:
    """Word times and pace of one recording against its reference; errors in seconds, positive is late."""

    name: str
    start_errors: tuple[float, ...]
    end_errors: tuple[float, ...]
    before_voice: int
    """Words that begin before the voice does."""
    words: int
    reference_words: int
    misheard: str
    """Words counted that are not in the reference (+) and words of it that are missing (-)."""
    speaking_seconds: float
    reference_seconds: float


def speech_pieces(voices: Path | None) -> dict[str, list[np.ndarray]]:
    """Return phrases without a pause inside, by the voice that says them."""
    pieces = {name: pieces_of(read_sound(SPEECH_FOLDER / name)) for name in CLEAN}
    CACHE.mkdir(exist_ok=True)
    speaker = Speaker(CACHE)
    spoken = [read_sound(speaker.render(phrase)) for phrase in PHRASES]
    pieces["espeak"] = [piece for sound in spoken for piece in pieces_of(sound, WHOLE_PHRASE_SECONDS)]
    if voices is not None:
        sounds = [read_sound(path) for path in sorted(voices.glob("*.wav"))]
        pieces[voices.name] = [piece for sound in sounds for piece in pieces_of(sound, WHOLE_PHRASE_SECONDS)]
    return pieces


def known_recordings(
    pieces: dict[str, list[np.ndarray]], seeds: Sequence[int] = SEEDS
) -> Iterator[KnownRecording]:
    """Yield each voice in each noise, in as many orders as there are seeds: white noise with even ones."""
    for name, spoken in pieces.items():
        for noise in NOISES_DECIBELS:
            for seed in seeds:
                yield known_recording(name, spoken, noise_decibels=noise, seed=seed)


def heard_voice(detector: VoiceDetector, samples: np.ndarray) -> tuple[Span, ...]:
    """Return the voiced stretches as the app measures them."""
    probabilities = np.concatenate([detector.hear(samples), detector.finish()])
    return settle_borders(voiced_spans(probabilities, len(samples) / SAMPLE_RATE), samples)


def word_truth(engine: Engine, recording: TimedRecording) -> WordTruth:
    """Recognise one recording and compare."""
    phrases = lab_phrases()
    samples = read_sound(recording.path)
    recognition = engine.recognise(samples, language="en")
    errors = time_errors(recording.words, recognition.words)
    heard, known = (mark_fillers(words, phrases) for words in (recognition.words, recording.words))
    timing = measure_timing(recognition, heard, ())
    return WordTruth(
        name=recording.name,
        start_errors=errors.starts,
        end_errors=errors.ends,
        before_voice=sum(word.start < recognition.voiced[0].start for word in recognition.words),
        words=timing.word_count,
        reference_words=count_words(known),
        misheard=_misheard(known, heard),
        speaking_seconds=timing.speaking_seconds,
        reference_seconds=recording.words[-1].end - recording.words[0].start,
    )


def _misheard(reference: Sequence[Word], recognised: Sequence[Word]) -> str:
    """Return where the two have other numbers of words: "-who +it +a"."""
    expected, heard = (
        spoken_words(" ".join(word.text for word in words if not word.filler), fillers=False)
        for words in (reference, recognised)
    )
    marks: list[str] = []
    for _, start, end, first, last in SequenceMatcher(None, expected, heard, autojunk=False).get_opcodes():
        if end - start != last - first:
            marks += [f"-{word}" for word in expected[start:end]] + [f"+{word}" for word in heard[first:last]]
    return " ".join(marks)


def pause_table(scores: dict[float | None, PauseScore]) -> list[str]:
    """Return a line for each noise."""
    heading = (
        f"{'noise':<12}{'pauses':>8}{'found':>7}{'invented':>10}{'0.3-0.5 s as pause':>20}"
        f"{'borders within 80 ms':>22}{'median':>8}{'latency':>9}{'median':>8}"
    )
    lines = [heading]
    for noise, score in scores.items():
        label = "quiet room" if noise is None else f"{noise:.0f} dB"
        lines.append(
            f"{label:<12}{score.pauses:>8}{score.found:>7}{score.invented:>10}{score.short:>20}"
            f"{share_close(score.border_errors):>22.1%}{median_size(score.border_errors) * 1000:>5.0f} ms"
            f"{share_close(score.latency_errors):>9.1%}{median_size(score.latency_errors) * 1000:>5.0f} ms"
        )
    return lines


def word_table(truths: Sequence[WordTruth]) -> list[str]:
    """Return a line for each recording, and the sums."""
    heading = (
        f"{'recording':<36}{'words':>7}{'start':>8}{'end':>8}{'before voice':>14}"
        f"{'pace':>8}{'ref.':>7}{'off':>7}{'words off':>11}{'time off':>10}  why words are off"
    )
    lines = [heading]
    total = WordTruth(
        "all",
        tuple(error for truth in truths for error in truth.start_errors),
        tuple(error for truth in truths for error in truth.end_errors),
        sum(truth.before_voice for truth in truths),
        sum(truth.words for truth in truths),
        sum(truth.reference_words for truth in truths),
        "",
        sum(truth.speaking_seconds for truth in truths),
        sum(truth.reference_seconds for truth in truths),
    )
    for truth in (*truths, total):
        pace = per_minute(truth.words, truth.speaking_seconds) or 0.0
        reference = per_minute(truth.reference_words, truth.reference_seconds) or 1.0
        lines.append(
            f"{truth.name:<36}{len(truth.start_errors):>7}{median_size(truth.start_errors) * 1000:>5.0f} ms"
            f"{median_size(truth.end_errors) * 1000:>5.0f} ms{truth.before_voice:>14}"
            f"{pace:>8.0f}{reference:>7.0f}{pace / reference - 1:>7.1%}"
            f"{truth.words / max(truth.reference_words, 1) - 1:>11.1%}"
            f"{truth.speaking_seconds / max(truth.reference_seconds, 1e-9) - 1:>10.1%}"
            f"  {truth.misheard}".rstrip()
        )
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m whypm_lab.speech.truth", description=__doc__)
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name or folder")
    parser.add_argument("--voices", type=Path, help="a folder of WAV files, a phrase without a pause each")
    parser.add_argument("--pauses-only", action="store_true")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=SEEDS, help="orders; the default two were seen"
    )
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    require_recordings()
    engine = lab_engine(options.model)
    scores: dict[float | None, PauseScore] = {noise: PauseScore() for noise in NOISES_DECIBELS}
    seconds = 0.0
    for known in known_recordings(speech_pieces(options.voices), options.seeds):
        voiced = heard_voice(engine.voice_detector(), known.samples)
        scores[known.noise_decibels] += score_pauses(known, voiced)
        seconds += len(known.samples) / SAMPLE_RATE
    truths = [] if options.pauses_only else [word_truth(engine, timed) for timed in timed_recordings()]
    if options.json:
        pauses = [{"noise_db": noise, **asdict(score)} for noise, score in scores.items()]
        print(json.dumps({"pauses": pauses, "words": [asdict(truth) for truth in truths]}))
        return
    print(
        f"Pauses in {seconds / 60:.0f} minutes of recordings with known silences",
        *pause_table(scores),
        sep="\n",
    )
    if truths:
        print("", f"Word times and pace with {engine.name}", *word_table(truths), sep="\n")


if __name__ == "__main__":
    main()
