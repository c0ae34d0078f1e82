"""Voice and words put where the sound has them, against recordings whose silences are known to the sample."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from whypm.audio.sound_file import read_sound
from whypm.domain.transcript import Recognition, Span, Word
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.voice.borders import settle_borders
from whypm.transcription.voice.voicing import SAMPLE_RATE, voiced_spans
from whypm.transcription.words.settling import LAGS_SECONDS, settle
from whypm.voice.speaker import Speaker
from whypm_lab.speech.known_silences import known_recording, pieces_of
from whypm_lab.speech.pause_scoring import PauseScore, score_pauses, share_close
from whypm_lab.speech.truth import PHRASES, heard_voice
from whypm_lab.speech.word_times import time_errors, timed_recordings

SILENCES = (0.3, 0.4, 0.6, 0.8, 1.0, 2.0, 3.0, 6.0)
Recordings = Callable[[str], np.ndarray]


def burst(begin: float, end: float, seconds: float) -> np.ndarray:
    """Loud noise from ``begin`` to ``end`` in the noise of a room."""
    random = np.random.default_rng(4)
    sound = random.normal(0, 0.001, round(seconds * SAMPLE_RATE))
    inside = slice(round(begin * SAMPLE_RATE), round(end * SAMPLE_RATE))
    sound[inside] += random.normal(0, 0.1, len(sound[inside]))
    return sound.astype(np.float32)


@pytest.mark.parametrize("found", [Span(0.95, 2.2), Span(1.15, 1.95), Span(1.0, 2.0)])
def test_borders_near_the_sound_s_own_move_to_them(found: Span) -> None:
    (settled,) = settle_borders((found,), burst(1.0, 2.0, 3.0))
    assert settled.start == pytest.approx(1.0, abs=0.01)
    assert settled.end == pytest.approx(2.0, abs=0.01)


def test_borders_beside_a_short_silence_and_in_silence_alone_stay() -> None:
    close = (Span(1.0, 1.5), Span(1.6, 2.0))
    assert settle_borders(close, burst(1.0, 2.0, 3.0))[0].end == 1.5
    assert settle_borders((Span(0.5, 1.0),), np.zeros(SAMPLE_RATE * 2, dtype=np.float32)) == (Span(0.5, 1.0),)
    assert settle_borders((), np.zeros(0, dtype=np.float32)) == ()


@pytest.fixture(scope="module")
def synthesised(tmp_path_factory: pytest.TempPathFactory) -> list[np.ndarray]:
    speaker = Speaker(tmp_path_factory.mktemp("spoken"))
    return [pieces_of(read_sound(speaker.render(phrase)), 9.0)[0] for phrase in PHRASES]


@pytest.mark.parametrize("noise", [None, 20.0, 10.0])
def test_every_pause_of_known_synthesised_speech_is_found_and_none_invented(
    engine: Engine, synthesised: list[np.ndarray], noise: float | None
) -> None:
    known = known_recording("espeak", synthesised, noise_decibels=noise, seed=1, silences_seconds=SILENCES)
    score = score_pauses(known, heard_voice(engine.voice_detector(), known.samples))
    assert (score.found, score.invented) == (score.pauses, 0)
    assert abs(score.latency_errors[0]) <= 0.08
    assert share_close(score.border_errors) >= {None: 1.0, 20.0: 0.9, 10.0: 0.7}[noise]


def test_pauses_between_real_voices_are_measured_to_80_ms(engine: Engine, recording: Recordings) -> None:
    total = PauseScore()
    for name in ("read/rosehill_cc0_1.flac", "accent/speechocean_spk9617.flac"):
        known = known_recording(
            name, pieces_of(recording(name)), noise_decibels=20.0, seed=2, silences_seconds=SILENCES
        )
        total += score_pauses(known, heard_voice(engine.voice_detector(), known.samples))
    assert (total.found, total.invented, total.short) == (total.pauses, 0, 0)
    assert share_close(total.border_errors) >= 0.95
    assert share_close(total.latency_errors) == 1.0


def test_settling_improves_on_the_frames_of_the_voice_detector(
    engine: Engine, synthesised: list[np.ndarray]
) -> None:
    known = known_recording("espeak", synthesised, noise_decibels=20.0, seed=2)
    detector = engine.voice_detector()
    frames = np.concatenate([detector.hear(known.samples), detector.finish()])
    raw = voiced_spans(frames, len(known.samples) / SAMPLE_RATE)
    settled = settle_borders(raw, known.samples)
    before = np.abs(score_pauses(known, raw).border_errors)
    after = np.abs(score_pauses(known, settled).border_errors)
    assert np.median(after) < np.median(before) / 2


@pytest.mark.slow
def test_words_are_within_60_ms_of_aligned_ones_and_none_before_the_voice(
    engine: Engine, shared_folder: Path
) -> None:
    errors: list[float] = []
    for timed in timed_recordings(shared_folder / "speech"):
        samples = read_sound(timed.path)
        recognition = engine.recognise(samples)
        errors += time_errors(timed.words, recognition.words).starts
        assert all(word.start >= recognition.voiced[0].start for word in recognition.words)
    assert len(errors) > 150
    assert np.median(np.abs(errors)) <= 0.06


def test_a_model_s_lag_comes_off_except_on_the_voice_s_border() -> None:
    lag = LAGS_SECONDS["tiny.en"]
    words = (Word("So", 1.0, 1.4, 0.9), Word("yes.", 1.5, 2.0, 0.9))
    recognition = Recognition("tiny.en", "en", 1.0, 3.0, words, (Span(1.0, 2.0),))
    so, yes = settle(recognition, burst(1.0, 2.0, 3.0)).words
    assert (so.start, yes.end) == (pytest.approx(1.0, abs=0.01), pytest.approx(2.0, abs=0.01))
    assert (so.end, yes.start) == (pytest.approx(1.4 - lag), pytest.approx(1.5 - lag))
