"""One data folder for all commands, so that the model is made ready once; the virtual sound card."""

from pathlib import Path

import pytest

from virtual_sound import sound_card

__all__ = ["sound_card"]


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def reply() -> Path:
    return Path(__file__).parents[2] / "assets" / "demo" / "reply.opus"
