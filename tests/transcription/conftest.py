from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from whypm.audio.sound_file import read_sound
from whypm.transcription.models.shelf import ModelFolder, ModelShelf
from whypm.transcription.process.client import Transcriber
from whypm.transcription.recognition.engine import Engine

Recordings = Callable[[str], np.ndarray]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> ModelShelf:
    return ModelShelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def tiny(shelf: ModelShelf) -> ModelFolder:
    return shelf.resolve("tiny.en")


@pytest.fixture(scope="session")
def engine(tiny: ModelFolder) -> Engine:
    return Engine(tiny.path, tiny.name, threads=2)


@pytest.fixture(scope="session")
def recording(shared_folder: Path) -> Recordings:
    return lambda name: read_sound(shared_folder / "speech" / name)


@pytest.fixture
def transcriber(tiny: ModelFolder) -> Iterator[Transcriber]:
    with Transcriber(tiny, threads=2) as transcriber:
        yield transcriber
