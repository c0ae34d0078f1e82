"""Spoken fillers ("like", "you know", ...) told from the same words meant, over sentences written for it.

    python -m whypm_lab.speech.spoken_fillers [--hands a b] [--wrong]

By default on the hands that are kept aside. Each sentence is tried with its commas, and without them, as
Whisper often sets none. A phrase counts once.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from whypm.feedback.fillers.context import FillerContext
from whypm.feedback.fillers.fillers import mark_fillers
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.feedback.fillers.phrases import KINDS, phrase_uses
from whypm_lab.speech.lab_model import lab_phrases
from whypm_lab.speech.written_fillers import KEPT_ASIDE, Commas, MarkedSentence, written_by

Marker = Callable[[MarkedSentence], Sequence[bool]]


@dataclass(frozen=True, slots=True)
class Tried:
    """One use of a phrase: its kind, whether it is a filler, whether it was marked as one."""

    sentence: str
    kind: str
    is_filler: bool
    is_marked: bool


def marking(phrases: PhraseJudge) -> Marker:
    """Return what tells which words of a sentence the app marks."""
    return lambda sentence: [word.filler for word in mark_fillers(sentence.words, phrases)]


def try_all(mark: Marker, sentences: Iterable[MarkedSentence]) -> list[Tried]:
    """Try each use of a phrase in these sentences."""
    tried = []
    for sentence in sentences:
        marked = mark(sentence)
        tried += [
            Tried(sentence.text, use.kind, use.index in sentence.fillers, marked[use.index])
            for use in phrase_uses(FillerContext.of(sentence.words))
        ]
    return tried


def recall_and_precision(tried: Sequence[Tried]) -> tuple[float, float]:
    """Return both as shares; each is 1 where there is nothing to find or nothing found."""
    expected = sum(one.is_filler for one in tried)
    marked = sum(one.is_marked for one in tried)
    right = sum(one.is_filler and one.is_marked for one in tried)
    return right / expected if expected else 1.0, right / marked if marked else 1.0


def line(name: str, tried: Sequence[Tried]) -> str:
    """Return the figures of some uses in one line."""
    recall, precision = recall_and_precision(tried)
    fillers = sum(one.is_filler for one in tried)
    return f"{name:<34}{fillers:>9}{len(tried) - fillers:>8}{recall:>9.2f}{precision:>11.2f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m whypm_lab.speech.spoken_fillers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--hands", nargs="+", default=KEPT_ASIDE)
    parser.add_argument("--wrong", action="store_true", help="show what was missed and what was blamed")
    options = parser.parse_args()
    app = marking(lab_phrases())
    print(f"{'':<34}{'fillers':>9}{'meant':>8}{'recall':>9}{'precision':>11}")
    for commas in (Commas.ALL, Commas.NONE):
        sentences = list(written_by(options.hands, commas))
        tried = try_all(app, sentences)
        print(line(f"the app, {commas.value}", tried))
        for kind in KINDS:
            print(line(f"    {kind}", [one for one in tried if one.kind == kind]))
        if options.wrong:
            for one in tried:
                if one.is_filler != one.is_marked:
                    print(f"    {one.kind}, {'missed' if one.is_filler else 'blamed'}: {one.sentence}")


if __name__ == "__main__":
    main()
