"""How far a recognised text is from its reference, and which hesitations were found in their place."""

from dataclasses import dataclass

import jiwer

from whypm_lab.speech.spoken_form import FILLER, spoken_words


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Counts over one or more recordings; they add up."""

    reference_words: int = 0
    recognised_words: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0

    @property
    def rate(self) -> float:
        """Word error rate, as a share of the reference's words."""
        wrong = self.substitutions + self.deletions + self.insertions
        return wrong / max(self.reference_words, 1)

    def __add__(self, other: "WordErrors") -> "WordErrors":
        return WordErrors(
            self.reference_words + other.reference_words,
            self.recognised_words + other.recognised_words,
            self.substitutions + other.substitutions,
            self.deletions + other.deletions,
            self.insertions + other.insertions,
        )


@dataclass(frozen=True, slots=True)
class FillerHits:
    """Hesitation sounds of the reference, those reported, and those reported in the right place."""

    in_reference: int = 0
    reported: int = 0
    in_place: int = 0

    @property
    def recall(self) -> float:
        """Share of the reference's hesitations that were found."""
        return self.in_place / self.in_reference if self.in_reference else 1.0

    @property
    def precision(self) -> float:
        """Share of the reported hesitations that are in the reference."""
        return self.in_place / self.reported if self.reported else 1.0

    def __add__(self, other: "FillerHits") -> "FillerHits":
        return FillerHits(
            self.in_reference + other.in_reference,
            self.reported + other.reported,
            self.in_place + other.in_place,
        )


def word_errors(reference: str, recognised: str, *, fillers: bool) -> WordErrors:
    """Compare two texts in their spoken form, with or without hesitations."""
    expected = spoken_words(reference, fillers=fillers)
    heard = spoken_words(recognised, fillers=fillers)
    if not expected or not heard:
        return WordErrors(len(expected), len(heard), 0, len(expected), len(heard))
    found = jiwer.process_words(" ".join(expected), " ".join(heard))
    return WordErrors(len(expected), len(heard), found.substitutions, found.deletions, found.insertions)


def filler_hits(reference: str, recognised: str) -> FillerHits:
    """Match hesitations by their place among the words, not by their number."""
    expected = spoken_words(reference, fillers=True)
    heard = spoken_words(recognised, fillers=True)
    in_place = 0
    if expected and heard:
        found = jiwer.process_words(" ".join(expected), " ".join(heard))
        for chunk in found.alignments[0]:
            if chunk.type == "equal":
                in_place += expected[chunk.ref_start_idx : chunk.ref_end_idx].count(FILLER)
    return FillerHits(expected.count(FILLER), heard.count(FILLER), in_place)
