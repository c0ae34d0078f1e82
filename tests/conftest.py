"""What every test gets: folders of its own, nothing left running after it, skips that give their reason."""

import importlib.util
import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from left_running import running

SETTLE_SECONDS = 2.0  # how long what a test has stopped may take until it is gone
SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    if not pluginmanager.has_plugin("pytest-qt"):  # then its settings in pyproject.toml would be unknown
        for name in ("qt_api", "qt_log_level_fail"):
            parser.addini(name, "read by pytest-qt, which is not there")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave the window's tests out where there is no Qt: nothing else may need it."""
    is_about_the_window = "ui" in collection_path.relative_to(Path(__file__).parent).parts
    return True if is_about_the_window and not has_qt() else None


def pytest_report_header() -> str | None:
    return None if has_qt() else "tests/ui is left out: PySide6 or pytest-qt is not installed"


def has_qt() -> bool:
    try:
        return all(importlib.util.find_spec(name) is not None for name in ("PySide6", "pytestqt"))
    except ValueError:  # a module that was blocked on purpose has no spec
        return False


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test touches a person's sessions and settings, opens a window on their desk or downloads a model."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            patch.setenv(variable, str(home / variable))
        patch.setenv("QT_QPA_PLATFORM", os.environ.get("QT_QPA_PLATFORM", "offscreen"))
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(autouse=True)
def _nothing_is_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread or a child process behind, with the culprit's name.

    What a fixture of a wider scope has started was there before, and stays.
    """
    before = running()
    yield
    ends_at = time.monotonic() + SETTLE_SECONDS
    while (left := running() - before) and time.monotonic() < ends_at:
        threading.Event().wait(0.02)
    if left:
        pytest.fail("left running: " + ", ".join(sorted(left)), pytrace=False)


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The folder of recordings, answers and notes that lies beside the clone."""
    if not SHARED.is_dir():
        pytest.skip(f"there is no {SHARED}, which holds the recordings for this test")
    return SHARED


@pytest.fixture(scope="session")
def report_schema() -> dict[str, object]:
    """The contract of every report that is printed as JSON."""
    schema: dict[str, object] = json.loads(
        (Path(__file__).parent / "report.schema.json").read_text(encoding="utf-8")
    )
    return schema
