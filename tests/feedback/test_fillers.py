import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from whypm.domain.errors import ModelError
from whypm.domain.transcript import Word
from whypm.feedback.fillers import find_fillers, mark_fillers
from whypm.feedback.phrase_weights import PhraseWeights, read_phrase_weights
from whypm.feedback.tokens import bare
from whypm.places import find_places
from whypm_lab.speech.written_fillers import KNOWN_CASES, Commas, written_by

SPEECH = Path(__file__).parents[3] / "shared" / "speech"
WANTED_RECALL = 0.92
WANTED_PRECISION = 0.95


def words_of(text: str) -> list[Word]:
    return [
        Word(f" {token}", index * 0.4, index * 0.4 + 0.3, 0.9) for index, token in enumerate(text.split())
    ]


def marked(text: str, weights: PhraseWeights) -> list[str]:
    """Return the words that are marked, bare."""
    return [bare(word.text) for word in mark_fillers(words_of(text), weights) if word.filler]


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("Um, I like users.", ["um"]),
        ("So, um, I have, uh, worked in support.", ["um", "uh"]),
        ("I, er, I was the only designer.", ["er"]),
        ("Hmm, let me think about that.", ["hmm"]),
        ("Ah, right after that I left.", ["ah"]),
        ("Er, so the, um, the roadmap.", ["er", "um"]),
        ("I was in the ER when the screen froze.", []),
        ("The gap was 5 mm wide.", []),
        ("Mm-hmm, that is how it was.", []),
        ("We said uh-huh and moved on.", []),
        ("Err on the side of caution.", []),
        ("Y'know, it worked.", ["y'know"]),
    ],
)
def test_hesitation_sounds_are_told_with_and_without_weights(
    text: str, sounds: list[str], weights: PhraseWeights
) -> None:
    assert marked(text, weights) == sounds
    assert [bare(word.text) for word in mark_fillers(words_of(text)) if word.filler] == sounds


def test_the_known_cases_stay_known(weights: PhraseWeights) -> None:
    """The weights were trained on them among others: this holds what was once right."""
    expected = found = right = 0
    for case in written_by(KNOWN_CASES, Commas.ALL):
        filler = {index for index, word in enumerate(mark_fillers(case.words, weights)) if word.filler}
        expected += len(case.fillers)
        found += len(filler)
        right += len(filler & case.fillers)
    assert expected > 150
    assert right / expected >= WANTED_RECALL
    assert right / found >= WANTED_PRECISION


def test_without_weights_no_phrase_is_blamed() -> None:
    assert not any(word.filler for word in mark_fillers(words_of("It was, you know, like, a mess.")))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"like": {"signs": {"a": "b"}}}'])
def test_damaged_weights_are_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "phrases.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_phrase_weights(tmp_path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"phrases\.json"):
        read_phrase_weights(tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"], ids=["missing", "empty", "no text"])
def test_kinds_of_words_that_cannot_be_read_are_named(tmp_path: Path, content: bytes | None) -> None:
    shutil.copy(find_places().assets / "fillers" / "phrases.json", tmp_path)
    if content is not None:
        (tmp_path / "word_kinds.txt").write_bytes(content)
    with pytest.raises(ModelError, match=r"word_kinds\.txt"):
        read_phrase_weights(tmp_path)


def test_a_phrase_is_one_filler_with_the_times_of_its_words(weights: PhraseWeights) -> None:
    (filler,) = find_fillers(mark_fillers(words_of("It was, you know, a mess."), weights))
    assert (filler.text, filler.start, filler.end) == ("you know", pytest.approx(0.8), pytest.approx(1.5))


def test_two_fillers_in_a_row_are_two(weights: PhraseWeights) -> None:
    fillers = find_fillers(mark_fillers(words_of("So um, you know, like, we left."), weights))
    assert [filler.text for filler in fillers] == ["um", "you know", "like"]


def test_marking_again_changes_nothing(weights: PhraseWeights) -> None:
    once = mark_fillers(words_of("Um, I like it, you know, and like I said, I mean it."), weights)
    assert mark_fillers(once, weights) == once


def test_a_mark_set_by_somebody_else_does_not_stay() -> None:
    stale = [Word(" users", 0.0, 0.3, 0.9, filler=True)]
    assert not mark_fillers(stale)[0].filler


def test_no_words_hold_no_fillers(weights: PhraseWeights) -> None:
    assert mark_fillers([], weights) == ()
    assert find_fillers([]) == ()


# The fillers that a listener hears in the verbatim references; wherever these stand, they fill a gap.
REFERENCES = {
    "spontaneous/rosehill_second_pass_150s": {"um", "uh", "kind of", "basically"},
    "spontaneous/mfa_acoustic_corpus": {"um", "uh", "y'know"},
    "spontaneous/mfa_cold_corpus3": {"um", "uh"},
    "meeting/ami_trn03_EN2001e": {"sort of"},
    "meeting/ami_trn05_EN2004a": {"um", "basically"},
    "meeting/ami_trn06_EN2005a": {"uh", "um"},
    "fillers_short/mfa_uh": {"uh"},
    "fillers_short/mfa_um": {"um"},
}


def places(words: list[Word], kinds: set[str]) -> set[float]:
    """Return when each of these fillers starts."""
    tokens = [bare(word.text) for word in words]
    pairs = [" ".join(pair) for pair in pairwise([*tokens, ""])]
    return {
        word.start
        for word, token, pair in zip(words, tokens, pairs, strict=True)
        if token in kinds or pair in kinds
    }


@pytest.mark.skipif(not SPEECH.is_dir(), reason="the recordings beside the repository are not here")
def test_verbatim_references_give_up_their_fillers_and_no_others(weights: PhraseWeights) -> None:
    expected = found = right = 0
    for name, kinds in REFERENCES.items():
        words = words_of((SPEECH / f"{name}.ref.txt").read_text(encoding="utf-8"))
        heard = places(words, kinds)
        told = {filler.start for filler in find_fillers(mark_fillers(words, weights))}
        expected += len(heard)
        found += len(told)
        right += len(heard & told)
    assert expected > 30
    assert right / expected >= WANTED_RECALL
    assert right / found >= WANTED_PRECISION


@pytest.mark.skipif(not SPEECH.is_dir(), reason="the recordings beside the repository are not here")
def test_read_texts_hold_no_fillers(weights: PhraseWeights) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SPEECH / "read").glob("*.ref.txt"))]
    assert texts
    assert [find_fillers(mark_fillers(words_of(text), weights)) for text in texts] == [()] * len(texts)
