"""A model that is changed while a recording is analysed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from whypm.content.loader import load_pack
from whypm.domain.errors import TranscriptionError
from whypm.domain.feedback import AskedQuestion, ItemVerdict
from whypm.domain.transcript import Recognition, Span, Word
from whypm.feedback.fillers.phrase_judge import PhraseJudge
from whypm.sessions.analyst import Analyst
from whypm.sessions.answered import Answered

PACK = load_pack(Path(__file__).parents[2] / "content" / "why-pm")
REPLY = Path(__file__).parents[2] / "assets" / "demo" / "reply.opus"
ANSWER = Answered(AskedQuestion(), PACK)


class NoJudge:
    def judge(self, sentences: Sequence[str], *, company: str | None = None) -> tuple[ItemVerdict, ...]:
        del sentences, company
        return ()


class Closed:
    """A transcriber that is closed while it works; the user has chosen another model, or leaves."""

    def __init__(self, desk: list[object], chosen: list[object]) -> None:
        self._desk, self._chosen = desk, chosen

    def recognise(self, samples: np.ndarray, on_progress: object) -> Recognition:
        del samples, on_progress
        self._desk[:] = self._chosen or self._desk
        raise TranscriptionError("The transcriber was closed.")


class Chosen:
    def recognise(self, samples: np.ndarray, on_progress: object) -> Recognition:
        del on_progress
        words = (Word("Hello.", 0.5, 0.9, 0.9),)
        return Recognition("base", "en", 0.99, len(samples) / 16_000, words, (Span(0.5, 0.9),))


class NoPhrases:
    def filler_chances(self, uses: object) -> tuple[float, ...]:
        raise AssertionError(f"nothing was said that may fill a gap: {uses}")


def no_phrases() -> PhraseJudge:
    return PhraseJudge(NoPhrases(), 1.0)


def test_another_model_takes_over_what_the_one_before_it_had_begun() -> None:
    desk: list[object] = []
    desk.append(Closed(desk, [Chosen()]))
    analyst = Analyst(lambda: desk[0], lambda _: NoJudge(), no_phrases)
    report = analyst.analyse(REPLY, ANSWER)
    assert (report.transcript.model, report.transcript.text) == ("base", "Hello.")


def test_a_transcriber_that_is_closed_for_good_is_not_asked_again() -> None:
    desk: list[object] = []
    desk.append(Closed(desk, []))
    analyst = Analyst(lambda: desk[0], lambda _: NoJudge(), no_phrases)
    with pytest.raises(TranscriptionError, match="closed"):
        analyst.analyse(REPLY, ANSWER)
