"""Where things lie: what ships with the app, and what belongs to the user."""

import os
import sys
import threading
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_data_path

from whypm.domain.errors import StorageError

_OWNER_ONLY = 0o700
_PROBE = ".write-test-"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run: ``data`` is the user's; the others are ours and read only."""

    content: Path
    assets: Path
    shipped_models: Path
    """Whisper models as an installer lays them down, a folder each; elsewhere there is no such folder."""
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
        content=_shipped("content"),
        assets=_shipped("assets"),
        shipped_models=_shipped("models"),
        data=data or user_data_path("whypm", False),
    )


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package of data, or None where there is none.

    It is found without being imported: it is data from strangers, not code to run.
    """
    bundle = bundle_folder()
    if bundle is not None:
        return bundle / name if (bundle / name).is_dir() else None
    spec = find_spec(name)
    roots = list(spec.submodule_search_locations or ()) if spec else []
    return Path(roots[0]) if roots else None


def bundle_folder() -> Path | None:
    """Return the folder that a frozen build unpacks its data to, or None where Python runs from files."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else None


def prepare(places: Places) -> None:
    """Make the user's folders, readable by their owner only.

    A data folder that holds other things as well keeps its rights, as others may need those things: what is
    ours in it is closed by itself.

    Raises StorageError where the data folder cannot be made or written.
    """
    for folder in (places.data, places.recordings, places.packs, places.models, places.spoken, places.logs):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=_OWNER_ONLY)
            _try_writing(folder)
            if os.name == "posix" and folder.stat().st_mode & 0o077 and not _is_shared(folder, places):
                folder.chmod(_OWNER_ONLY)
        except OSError as error:
            raise StorageError(
                f"The data folder {folder} cannot be written: {error.strerror or error}.",
                "Choose another with --data-dir, or give yourself the right to write there.",
            ) from error


def _is_shared(folder: Path, places: Places) -> bool:
    if folder != places.data:
        return False
    ours = (places.recordings, places.packs, places.models, places.spoken, places.logs)
    files = (_PROBE, places.database.name, places.settings.stem)  # and what comes and goes beside them
    return any(entry not in ours and not entry.name.startswith(files) for entry in folder.iterdir())


def _try_writing(folder: Path) -> None:
    # One of its own for each thread: what another one has open, Windows does not remove.
    probe = folder / f"{_PROBE}{os.getpid()}-{threading.get_ident()}"
    probe.touch(mode=0o600)
    probe.unlink()


def _shipped(name: str) -> Path:
    """Return a shipped folder: of a frozen build, of an installed wheel, or of the checkout."""
    if (bundle := bundle_folder()) is not None:
        return bundle / name
    here = Path(__file__).resolve().parent
    of_wheel, of_checkout = here / f"_{name}", here.parents[1] / name
    return of_wheel if of_wheel.is_dir() else of_checkout
