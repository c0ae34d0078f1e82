"""What the tests of kept sessions share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from whypm.sessions.store import SessionStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    (tmp_path / "recordings").mkdir()
    opened = SessionStore(tmp_path / "sessions.db", tmp_path / "recordings")
    yield opened
    opened.close()
