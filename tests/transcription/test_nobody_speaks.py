"""What the default model makes of sound without an answer in it, and of an answer in another language."""

from collections.abc import Callable

import numpy as np
import pytest

from whypm.audio.sound_file import read_sound
from whypm.transcription.models.shelf import ModelShelf
from whypm.transcription.recognition.engine import Engine
from whypm.transcription.words.readings import plain_form
from whypm.voice.speaker import Speaker
from whypm_lab.speech.known_silences import pink_noise, white_noise

RATE = 16_000
GERMAN = (
    "Ich habe neun Jahre lang als Krankenpfleger gearbeitet, und ich habe mich immer gefragt, "
    "warum die Programme auf der Station so schlecht gemacht waren."
)
Say = Callable[..., np.ndarray]
Recordings = Callable[[str], np.ndarray]


@pytest.fixture(scope="module")
def base(shelf: ModelShelf) -> Engine:
    model = shelf.resolve("base")
    return Engine(model.path, model.name, threads=2)


@pytest.fixture(scope="module")
def say(tmp_path_factory: pytest.TempPathFactory) -> Say:
    """Give a sentence as the machine's voice speaks it, or another language's voice."""
    speaker = Speaker(tmp_path_factory.mktemp("spoken"))

    def said(text: str, language: str | None = None) -> np.ndarray:
        names = [voice.id for voice in speaker.voices() if language and voice.id.endswith(language)]
        if language and not names:
            pytest.skip(f"this machine has no voice for {language}")
        return read_sound(speaker.render(text, voice=names[0] if names else None))

    return said


def noise_of(kind: Callable[[int, np.random.Generator], np.ndarray], level: float) -> np.ndarray:
    return (level * kind(RATE * 10, np.random.default_rng(7))).astype(np.float32)


def music() -> np.ndarray:
    """Four chords of plucked strings with a bass and a beat, half a second each."""
    random = np.random.default_rng(8)
    time = np.arange(RATE // 2) / RATE
    bars = []
    for root in (220.0, 174.6, 261.6, 196.0) * 5:
        fade = np.exp(-time / 0.25)
        strings = sum(
            np.sin(2 * np.pi * root * step * harmonic * time) / harmonic
            for step in (1.0, 1.26, 1.5)
            for harmonic in range(1, 6)
        )
        bass = 2 * np.sin(2 * np.pi * root / 2 * time)
        beat = random.normal(size=len(time)) * np.exp(-time / 0.02)
        bars.append(0.03 * (strings * fade + bass * fade + 2 * beat))
    return np.concatenate(bars).astype(np.float32)


def coughs() -> np.ndarray:
    """Three coughs: a burst of noise through a throat's resonance, and a voiced end each."""
    random = np.random.default_rng(9)
    sound = random.normal(0, 0.001, RATE * 5)
    time = np.arange(RATE // 3) / RATE
    for at in (1.0, 1.6, 3.1):
        burst = np.convolve(random.normal(size=len(time)), np.hanning(16), "same") * np.exp(-time / 0.06)
        voiced = np.sign(np.sin(2 * np.pi * 140 * time)) * np.exp(-((time - 0.15) ** 2) / 0.002)
        begin = int(at * RATE)
        sound[begin : begin + len(time)] += 0.08 * burst + 0.02 * voiced
    return sound.astype(np.float32)


@pytest.mark.parametrize(
    "sound",
    [
        pytest.param(np.zeros(RATE * 10, dtype=np.float32), id="digital silence"),
        pytest.param(noise_of(white_noise, 0.001), id="a quiet room"),
        pytest.param(noise_of(white_noise, 0.1), id="loud white noise"),
        pytest.param(noise_of(pink_noise, 0.01), id="pink noise"),
        pytest.param(noise_of(pink_noise, 0.15), id="loud pink noise"),
        pytest.param(music(), id="music"),
        pytest.param(coughs(), id="coughs"),
    ],
)
def test_where_nobody_speaks_the_default_model_hears_nobody(base: Engine, sound: np.ndarray) -> None:
    recognition = base.recognise(sound)
    assert recognition.words == ()
    assert recognition.unclear == ()


@pytest.mark.parametrize("level", [0.0, 0.003])
def test_a_single_word_is_that_word(base: Engine, say: Say, level: float) -> None:
    word = say("Yes.")
    around = np.random.default_rng(3).normal(0, level, RATE * 6 + len(word)).astype(np.float32)
    around[RATE * 3 : RATE * 3 + len(word)] += word
    recognition = base.recognise(around)
    assert [plain_form(heard.text) for heard in recognition.words] == ["yes"]
    assert recognition.words[0].start == pytest.approx(3.0, abs=0.15)


@pytest.mark.parametrize("name", ["accent/speechocean_spk9617.flac", "accent/speechocean_spk9618.flac"])
def test_an_accent_is_no_other_language(base: Engine, recording: Recordings, name: str) -> None:
    sound = recording(name)
    for seconds in (4, 8, 15, 28):
        assert base.detect_language(sound[: seconds * RATE]).code == "en"


def test_another_language_is_recognised_as_such(base: Engine, say: Say) -> None:
    recognition = base.recognise(say(GERMAN, "de"))
    assert recognition.language == "de"
    assert recognition.language_probability > 0.5
