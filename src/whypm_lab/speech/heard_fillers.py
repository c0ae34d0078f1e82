"""Spoken fillers ("like", "you know", ...) read aloud, recognised by our engine, and told from words meant.

    python -m whypm_lab.speech.heard_fillers --voice flite:slt --voice piper:FILE.onnx [--hands a b] [--wrong]

The written sentences are read in takes of a dozen, the voices in turn; fillers are matched by their place
among the words. A voice reads commas as it likes, and Whisper sets its own.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import jiwer
import numpy as np

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Word
from whypm.feedback.fillers.context import FillerContext
from whypm.feedback.fillers.fillers import mark_fillers
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.fillers.phrases import phrase_uses
from whypm.feedback.text.tokens import bare
from whypm.transcription.models.catalogue import DEFAULT_MODEL
from whypm.transcription.recognition.engine import Engine
from whypm_lab.speech.lab_model import lab_engine, lab_phrases
from whypm_lab.speech.long_answers import quiet
from whypm_lab.speech.voices import ReadingVoice
from whypm_lab.speech.written_fillers import KEPT_ASIDE, Commas, MarkedSentence, written_by

SENTENCES_A_TAKE = 12


@dataclass(frozen=True, slots=True)
class Take:
    """A dozen sentences as written and as recognised."""

    sentences: tuple[MarkedSentence, ...]
    heard: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """Fillers of the text, those whose words were recognised, those found, and all that were marked."""

    spoken: int = 0
    heard: int = 0
    found: int = 0
    marked: int = 0

    def __add__(self, other: "Hits") -> "Hits":
        return Hits(
            self.spoken + other.spoken,
            self.heard + other.heard,
            self.found + other.found,
            self.marked + other.marked,
        )


def listen(engine: Engine, voice: ReadingVoice, sentences: tuple[MarkedSentence, ...]) -> Take:
    """Let the voice read these sentences, and recognise them as a file is recognised."""
    text = " ".join(word.text.strip() for sentence in sentences for word in sentence.words)
    with TemporaryDirectory() as folder:
        wav = Path(folder) / "take.wav"
        voice.speak(text, wav)
        samples = np.concatenate([quiet(0.5), read_sound(wav), quiet(0.5)])
    return Take(sentences, engine.recognise(samples, language="en").words)


def score(take: Take, phrases: PhraseJudge) -> tuple[Hits, list[str]]:
    """Match the fillers; the lines tell what went wrong, with the words around it as recognised."""
    spoken = [word for sentence in take.sentences for word in sentence.words]
    fillers = _fillers(take.sentences)
    spoken_at = _aligned(spoken, take.heard)
    heard_at = {place: at for at, place in spoken_at.items()}
    marked_words = mark_fillers(take.heard, phrases)
    marked = {
        use.index for use in phrase_uses(FillerContext.of(take.heard)) if marked_words[use.index].filler
    }
    found = {spoken_at[index] for index in marked if spoken_at.get(index) in fillers}
    wrong = [
        f"    missed: {_around(take.heard, heard_at[place])}"
        for place in sorted(fillers - found)
        if place in heard_at
    ]
    wrong += [
        f"    blamed: {_around(take.heard, index)}"
        for index in sorted(marked)
        if spoken_at.get(index) not in fillers
    ]
    return Hits(len(fillers), len(fillers & heard_at.keys()), len(found), len(marked)), wrong


def _fillers(sentences: Sequence[MarkedSentence]) -> set[int]:
    """The places of the fillers' first words among all words."""
    places: set[int] = set()
    begin = 0
    for sentence in sentences:
        uses = phrase_uses(FillerContext.of(sentence.words))
        places |= {begin + use.index for use in uses if use.index in sentence.fillers}
        begin += len(sentence.words)
    return places


def _aligned(spoken: Sequence[Word], heard: Sequence[Word]) -> dict[int, int]:
    """Which spoken word each recognised one is, where both are the same."""
    rows = [" ".join(bare(word.text) or "-" for word in words) for words in (spoken, heard)]
    chunks = jiwer.process_words(*rows).alignments[0]
    return {
        chunk.hyp_start_idx + step: chunk.ref_start_idx + step
        for chunk in chunks
        if chunk.type == "equal"
        for step in range(chunk.ref_end_idx - chunk.ref_start_idx)
    }


def _around(words: Sequence[Word], index: int) -> str:
    begin, end = max(0, index - 6), index + 7
    tokens = [word.text.strip() for word in words[begin:end]]
    tokens[index - begin] = f"[{tokens[index - begin]}]"
    return " ".join(tokens)


def hear_all(
    engine: Engine, voices: Sequence[ReadingVoice], sentences: Sequence[MarkedSentence]
) -> Iterator[tuple[ReadingVoice, Take]]:
    """Yield each take as it is recognised."""
    for begin, voice in zip(range(0, len(sentences), SENTENCES_A_TAKE), cycle(voices), strict=False):
        yield voice, listen(engine, voice, tuple(sentences[begin : begin + SENTENCES_A_TAKE]))


def line(name: str, hits: Hits) -> str:
    """Return one row of the table."""
    recall, of_heard = hits.found / max(hits.spoken, 1), hits.found / max(hits.heard, 1)
    precision = hits.found / max(hits.marked, 1)
    return (
        f"{name:<24}{hits.spoken:>8}{hits.heard:>8}{recall:>9.2f}{of_heard:>11.2f}"
        f"{hits.marked:>8}{precision:>11.2f}"
    )


def main() -> None:
    """Read the command line, listen and print."""
    parser = argparse.ArgumentParser(
        prog="python -m whypm_lab.speech.heard_fillers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--voice", action="append", required=True, help="flite:NAME or piper:FILE.onnx")
    parser.add_argument("--hands", nargs="+", default=KEPT_ASIDE)
    parser.add_argument("--count", type=int, help="only so many sentences")
    parser.add_argument("--model", default=DEFAULT_MODEL, help="name or folder")
    parser.add_argument("--wrong", action="store_true", help="show what was missed and what was blamed")
    options = parser.parse_args()
    voices = [ReadingVoice.named(name) for name in options.voice]
    engine = lab_engine(options.model)
    phrases = lab_phrases()
    sentences = list(written_by(options.hands, Commas.ALL))[: options.count]
    hits: dict[str, Hits] = {voice.name: Hits() for voice in voices}
    for voice, take in hear_all(engine, voices, sentences):
        of_take, wrong = score(take, phrases)
        hits[voice.name] += of_take
        if options.wrong:
            print("\n".join(wrong))
    print(f"{'':<24}{'spoken':>8}{'heard':>8}{'recall':>9}{'of heard':>11}{'marked':>8}{'precision':>11}")
    for name, of_voice in hits.items():
        print(line(name, of_voice))
    print(line("together", sum(hits.values(), Hits())))


if __name__ == "__main__":
    main()
