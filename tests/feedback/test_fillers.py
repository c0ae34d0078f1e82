import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from whypm.domain.errors import ModelError
from whypm.domain.transcript import Word
from whypm.feedback.fillers.fillers import find_fillers, mark_fillers
from whypm.feedback.fillers.network import NETWORK, FillerNetwork
from whypm.feedback.fillers.phrase_judge import PhraseJudge, read_phrase_judge
from whypm.feedback.text.tokens import bare
from whypm.places import find_places
from whypm_lab.speech.written_fillers import KNOWN_CASES, Commas, written_by

SPEECH = Path(__file__).parents[3] / "shared" / "speech"
WANTED_RECALL = 0.92
WANTED_PRECISION = 0.95


def words_of(text: str) -> list[Word]:
    return [
        Word(f" {token}", index * 0.4, index * 0.4 + 0.3, 0.9) for index, token in enumerate(text.split())
    ]


def marked(text: str, phrases: PhraseJudge) -> list[str]:
    """Return the words that are marked, bare."""
    return [bare(word.text) for word in mark_fillers(words_of(text), phrases) if word.filler]


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
def test_hesitation_sounds_are_told_with_and_without_the_network(
    text: str, sounds: list[str], phrases: PhraseJudge
) -> None:
    assert marked(text, phrases) == sounds
    assert [bare(word.text) for word in mark_fillers(words_of(text)) if word.filler] == sounds


def test_the_known_cases_stay_known(phrases: PhraseJudge) -> None:
    """The network was trained on them among others: this holds what was once right."""
    expected = found = right = 0
    for case in written_by(KNOWN_CASES, Commas.ALL):
        filler = {index for index, word in enumerate(mark_fillers(case.words, phrases)) if word.filler}
        expected += len(case.fillers)
        found += len(filler)
        right += len(filler & case.fillers)
    assert expected > 150
    assert right / expected >= WANTED_RECALL
    assert right / found >= WANTED_PRECISION


def test_without_the_network_no_phrase_is_blamed() -> None:
    assert not any(word.filler for word in mark_fillers(words_of("It was, you know, like, a mess.")))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sha256": {}, "threshold": 0.5}'])
def test_damaged_settings_are_refused(tmp_path: Path, text: str, phrases: PhraseJudge) -> None:
    (tmp_path / "fillers.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_phrase_judge(tmp_path, phrases.reader)


def test_missing_settings_are_named(tmp_path: Path, phrases: PhraseJudge) -> None:
    with pytest.raises(ModelError, match=r"fillers\.json"):
        read_phrase_judge(tmp_path, phrases.reader)


@pytest.mark.parametrize("damage", [None, b"", b"another network"], ids=["missing", "empty", "another"])
def test_a_network_that_was_not_shipped_is_refused(
    tmp_path: Path, damage: bytes | None, phrases: PhraseJudge
) -> None:
    folder = shutil.copytree(find_places().assets / "fillers", tmp_path / "fillers")
    (folder / NETWORK).unlink()
    if damage is not None:
        (folder / NETWORK).write_bytes(damage)
    with pytest.raises(ModelError, match=r"fillers\.onnx"):
        read_phrase_judge(folder, phrases.reader)
    with pytest.raises(ModelError, match="cannot be loaded"):
        FillerNetwork(folder)


def test_a_phrase_is_judged_by_the_words_near_it_alone(phrases: PhraseJudge) -> None:
    """So what was said ahead of the answer's end stays true when more is said."""
    said = "It was, you know, a mess and nobody in the whole of that long row of offices knew what to do."
    far = " Then we sat down with everybody and I wrote it all up on one page and they signed it off." * 3
    alone = marked(said, phrases)
    assert alone == ["you", "know"]
    assert marked(said + far, phrases) == alone


def test_a_phrase_is_one_filler_with_the_times_of_its_words(phrases: PhraseJudge) -> None:
    (filler,) = find_fillers(mark_fillers(words_of("It was, you know, a mess."), phrases))
    assert (filler.text, filler.start, filler.end) == ("you know", pytest.approx(0.8), pytest.approx(1.5))


def test_two_fillers_in_a_row_are_two(phrases: PhraseJudge) -> None:
    fillers = find_fillers(mark_fillers(words_of("So um, you know, like, we left."), phrases))
    assert [filler.text for filler in fillers] == ["um", "you know", "like"]


def test_marking_again_changes_nothing(phrases: PhraseJudge) -> None:
    once = mark_fillers(words_of("Um, I like it, you know, and like I said, I mean it."), phrases)
    assert mark_fillers(once, phrases) == once


def test_a_mark_set_by_somebody_else_does_not_stay() -> None:
    stale = [Word(" users", 0.0, 0.3, 0.9, filler=True)]
    assert not mark_fillers(stale)[0].filler


def test_no_words_hold_no_fillers(phrases: PhraseJudge) -> None:
    assert mark_fillers([], phrases) == ()
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
def test_verbatim_references_give_up_their_fillers_and_no_others(phrases: PhraseJudge) -> None:
    expected = found = right = 0
    for name, kinds in REFERENCES.items():
        words = words_of((SPEECH / f"{name}.ref.txt").read_text(encoding="utf-8"))
        heard = places(words, kinds)
        told = {filler.start for filler in find_fillers(mark_fillers(words, phrases))}
        expected += len(heard)
        found += len(told)
        right += len(heard & told)
    assert expected > 30
    assert right / expected >= WANTED_RECALL
    assert right / found >= WANTED_PRECISION


@pytest.mark.skipif(not SPEECH.is_dir(), reason="the recordings beside the repository are not here")
def test_read_texts_hold_no_fillers(phrases: PhraseJudge) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SPEECH / "read").glob("*.ref.txt"))]
    assert texts
    assert [find_fillers(mark_fillers(words_of(text), phrases)) for text in texts] == [()] * len(texts)
