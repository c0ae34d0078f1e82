"""Where things lie: what ships with the app, and what belongs to the user."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from whypm.domain.errors import StorageError

_OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run: ``content`` and ``assets`` are ours and read only, ``data`` is the user's."""

    content: Path
    assets: Path
    data: Path

    @property
    def recordings(self) -> Path:
        """One sound file a take."""
        return self.data / "recordings"

    @property
    def database(self) -> Path:
        """The sessions and their reports."""
        return self.data / "sessions.db"

    @property
    def packs(self) -> Path:
        """The user's own question packs, a folder each."""
        return self.data / "packs"

    @property
    def models(self) -> Path:
        """Whisper models, a folder each."""
        return self.data / "models"

    @property
    def spoken(self) -> Path:
        """Questions that were rendered before; safe to delete."""
        return self.data / "spoken"

    @property
    def settings(self) -> Path:
        """The user's choices."""
        return self.data / "settings.json"

    @property
    def logs(self) -> Path:
        """What went wrong, for ``whypm doctor``; never what was said."""
        return self.data / "logs"


def find_places(data: Path | None = None) -> Places:
    """Return the folders of this run; ``data`` overrides the platform's data folder."""
    return Places(
        content=_shipped("content"), assets=_shipped("assets"), data=data or user_data_path("whypm", False)
    )


def prepare(places: Places) -> None:
    """Make the user's folders, readable by their owner only.

    Raises StorageError where the data folder cannot be made or written.
    """
    for folder in (places.data, places.recordings, places.packs, places.models, places.spoken, places.logs):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
            _try_writing(folder)
            if os.name == "posix" and folder.stat().st_mode & 0o077:
                folder.chmod(_OWNER_ONLY)
        except OSError as error:
            raise StorageError(
                f"The data folder {folder} cannot be written: {error.strerror or error}.",
                "Choose another with --data-dir, or give yourself the right to write there.",
            ) from error


def _try_writing(folder: Path) -> None:
    probe = folder / f".write-test-{os.getpid()}"
    probe.touch(mode=0o600)
    probe.unlink()


def _shipped(name: str) -> Path:
    """Find a shipped folder: in a frozen build, in an installed wheel, or in the checkout."""
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = ([Path(frozen) / name] if frozen else []) + [here / f"_{name}", here.parents[1] / name]
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])
