"""The virtual sound card, and sound whose whereabouts in a recording can be found."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from event_diary import EventDiary
from virtual_sound import VirtualSoundCard, sound_card
from whypm.audio.sound_card import SoundCard
from whypm.audio.sound_file import read_sound

__all__ = ["sound_card"]

RATE = 16_000


@pytest.fixture
def diary() -> EventDiary[Any]:
    """What a recorder or a player tells."""
    return EventDiary()


@pytest.fixture
def card(sound_card: VirtualSoundCard) -> SoundCard:  # noqa: ARG001  # it has to be there
    """The program's view of the virtual card, whatever this process has listened to before."""
    card = SoundCard()
    card.refresh()
    return card


@pytest.fixture
def unplugged_microphone(sound_card: VirtualSoundCard) -> Iterator[None]:
    sound_card.unplug_microphone()
    yield
    sound_card.plug_in_microphone()


@pytest.fixture
def unplugged_speaker(sound_card: VirtualSoundCard) -> Iterator[None]:
    sound_card.unplug_speaker()
    yield
    sound_card.plug_in_speaker()


@pytest.fixture(scope="session")
def noise() -> NDArray[np.float32]:
    """Two seconds of noise in 16 kHz mono: unlike speech, every piece of it is unlike every other."""
    return np.random.default_rng(7).normal(0, 0.1, 2 * RATE).clip(-0.9, 0.9).astype(np.float32)


@pytest.fixture(scope="session")
def noise_file(noise: NDArray[np.float32], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("noise") / "noise.wav"
    soundfile.write(path, noise, RATE)
    return path


@pytest.fixture(scope="session")
def shared_sounds(shared_folder: Path) -> dict[Path, NDArray[np.float32]]:
    """Every recording of real speech, as Whisper would get it."""
    kinds = {".wav", ".flac", ".mp3", ".opus"}
    paths = sorted(path for path in (shared_folder / "speech").rglob("*") if path.suffix in kinds)
    return {path: read_sound(path) for path in paths}
