"""Answers read aloud by synthesised voices and recognised by our engine: is every word still there?

    python -m whypm_lab.speech.spoken_answers --voice flite:rms --voice flite:slt --voice piper:FILE.onnx

Takes ``--count`` of the guideline's answers, as many of each author, or the first of ``--answers FILE``, and
gives them to the voices in turn.
Prints the share of words recognised of words spoken, answer by answer where it is low, and what stayed marked
"not understood". What was recognised is kept in ``--kept``, a JSON line an answer, so that a run goes on
where it was stopped and `whypm_lab.judge.spoken` can judge the same words.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, zip_longest
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory, gettempdir

import numpy as np

from whypm.audio.sound_file import read_sound
from whypm.feedback.text.sentences import split_words
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.voicing import SAMPLE_RATE
from whypm_lab.judge.answers import LabelledAnswer, load_authors, read_answers
from whypm_lab.speech.lab_model import lab_engine
from whypm_lab.speech.long_answers import quiet
from whypm_lab.speech.scoring import word_errors
from whypm_lab.speech.voices import ReadingVoice

FLUENT_AUTHORS = ("a", "c", "e", "f", "g", "h", "i", "k")
"""Author j halts and has recogniser errors written in; a synthesiser would read them out as words."""
KEPT = Path(gettempdir()) / "whypm-spoken-answers.jsonl"
LEAST_SHARE = 0.97
"""What we hold ourselves to: this share of the words in every single answer."""


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """What came back of one answer; ``sentences`` as the app finds them in the recognised words."""

    id: str
    voice: str
    model: str
    seconds: float
    spoken_words: int
    recognised_words: int
    wrong_words: int
    not_understood_seconds: float
    processor_seconds: float
    sentences: tuple[str, ...]

    @property
    def share(self) -> float:
        """Words recognised of words spoken."""
        return self.recognised_words / self.spoken_words


def read_kept(path: Path) -> list[SpokenAnswer]:
    """Return what earlier runs kept; nothing where there is no file."""
    if not path.is_file():
        return []
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [SpokenAnswer(**{**record, "sentences": tuple(record["sentences"])}) for record in records]


def kept_file(answers: Path | None) -> Path:
    """Return where it is kept by default: a file for each set of answers, as ids are unique in one alone."""
    return KEPT.with_stem(f"{KEPT.stem}-{answers.stem}") if answers else KEPT


def chosen_answers(count: int) -> list[LabelledAnswer]:
    """Return ``count`` answers, the authors in turn, each author's from the first on."""
    rows = zip_longest(*([*load_authors([author])] for author in FLUENT_AUTHORS))
    return [answer for row in rows for answer in row if answer is not None][:count]


def hear(engine: Engine, voice: ReadingVoice, answer: LabelledAnswer) -> SpokenAnswer:
    """Let the voice read one answer, and recognise it as a file is recognised."""
    text = " ".join(answer.sentences)
    with TemporaryDirectory() as folder:
        wav = Path(folder) / "answer.wav"
        voice.speak(text, wav)
        silence = quiet(0.5)
        samples = np.concatenate([silence, read_sound(wav), silence])
    began = time.process_time()
    recognition = engine.recognise(samples, language="en")
    spent = time.process_time() - began
    errors = word_errors(text, " ".join(word.text for word in recognition.words), fillers=False)
    return SpokenAnswer(
        id=answer.id,
        voice=voice.name,
        model=engine.name,
        seconds=round(len(samples) / SAMPLE_RATE, 2),
        spoken_words=errors.reference_words,
        recognised_words=errors.recognised_words,
        wrong_words=errors.substitutions + errors.deletions + errors.insertions,
        not_understood_seconds=round(sum(span.seconds for span in recognition.unclear), 2),
        processor_seconds=round(spent, 2),
        sentences=tuple(sentence.text for sentence in split_words(recognition.words, recognition.voiced)),
    )


def hear_all(
    engine: Engine, voices: Sequence[ReadingVoice], answers: Sequence[LabelledAnswer], kept: Path
) -> Iterator[SpokenAnswer]:
    """Yield each answer's result, from the kept file where it is there; keep the new ones as they come."""
    known = {(one.id, one.voice, one.model): one for one in read_kept(kept)}
    for answer, voice in zip(answers, cycle(voices), strict=False):
        result = known.get((answer.id, voice.name, engine.name))
        if result is None:
            result = hear(engine, voice, answer)
            with kept.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(asdict(result)) + "\n")
        print(f"{result.id} {result.voice} {result.share:.1%}", file=sys.stderr)
        yield result


def table(results: Sequence[SpokenAnswer]) -> str:
    """Return the figures for a reader: one line a voice, then the answers that lost most."""
    lines = [
        f"{'voice':<24}{'answers':>8}{'words':>8}{'recognised':>12}{'least':>8}{'WER':>8}{'unclear s':>11}"
    ]
    for voice in sorted({result.voice for result in results}):
        mine = [result for result in results if result.voice == voice]
        spoken = sum(result.spoken_words for result in mine)
        lines.append(
            f"{voice:<24}{len(mine):>8}{spoken:>8}{fmean(result.share for result in mine):>12.1%}"
            f"{min(result.share for result in mine):>8.1%}{sum(r.wrong_words for r in mine) / spoken:>8.1%}"
            f"{sum(result.not_understood_seconds for result in mine):>11.1f}"
        )
    short = sorted((result for result in results if result.share < LEAST_SHARE), key=lambda one: one.share)
    whole = len(results) - len(short)
    lines.append(f"{whole} of {len(results)} have at least {LEAST_SHARE:.0%} of their words")
    lines += [f"  {one.id} {one.voice}: {one.recognised_words} of {one.spoken_words}" for one in short]
    cost = sum(one.processor_seconds for one in results) / sum(one.seconds for one in results)
    return "\n".join([*lines, f"processor time {cost:.3f} s a second of sound"])


def main() -> None:
    """Read the command line, listen and print."""
    parser = argparse.ArgumentParser(
        prog="python -m whypm_lab.speech.spoken_answers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--voice", action="append", required=True, help="flite:NAME or piper:FILE.onnx")
    parser.add_argument("--count", type=int, default=108)
    parser.add_argument("--answers", type=Path, metavar="FILE", help="labelled answers other than these")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name or folder")
    parser.add_argument(
        "--kept", type=Path, help="default: a file in the scratch folder for each set of answers"
    )
    options = parser.parse_args()
    voices = [ReadingVoice.named(name) for name in options.voice]
    engine = lab_engine(options.model)
    kept = options.kept or kept_file(options.answers)
    if options.answers:
        answers = read_answers(options.answers, options.answers.stem)[: options.count]
    else:
        answers = chosen_answers(options.count)
    print(table(list(hear_all(engine, voices, answers, kept))))


if __name__ == "__main__":
    main()
