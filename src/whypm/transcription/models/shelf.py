"""The models on this machine: found, checked, installed and removed."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whypm.domain.errors import NO_ROOM, ModelError, StorageError
from whypm.places import package_folder
from whypm.transcription.models.archive import join_parts, unpack_model
from whypm.transcription.models.catalogue import CATALOGUE, MODEL_FILES, ModelInfo, find_model
from whypm.transcription.models.checksums import Checksums
from whypm.transcription.models.download import DownloadProgress, Hub
from whypm.transcription.models.inspection import Inspector, require_whole

_LIST = "`whypm models list` shows what there is."


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model that is ready to load. ``ModelShelf.resolve`` makes them, after it has checked the files."""

    name: str
    path: Path
    sha256: str
    """Of ``model.bin``: which weights a transcript came from. Empty while not yet known."""


def _ignore(_progress: DownloadProgress) -> None:
    """Nobody watches."""


def _never() -> bool:
    return False


class ModelShelf:
    """Models by name or folder. Everything it stores lies under ``folder``, for its owner's eyes only.

    Args:
        folder: made when something is first stored in it.
        shipped: a folder with models ready by name, as an installer lays them down; may be None.
        hub: where models are downloaded from.
    """

    def __init__(self, folder: Path, shipped: Path | None = None, hub: Hub | None = None) -> None:
        self._folder = folder
        self._shipped = shipped
        self._hub = hub or Hub()
        self._checksums = Checksums(folder / "checked.json")
        self._inspector = Inspector(self._checksums)

    def installed(self) -> tuple[ModelFolder, ...]:
        """Return the models that ``resolve`` gives without a download, those of the catalogue first.

        Nothing is joined or read for this.
        """
        names = [model.name for model in CATALOGUE if self._place(model.name) or _packaged_parts(model)]
        if self._folder.is_dir():
            own = (path.name for path in sorted(self._folder.iterdir()) if path.is_dir())
            names += [name for name in own if name not in names and not name.startswith(".")]
        return tuple(self._listed(name) for name in names)

    def resolve(self, name_or_folder: str) -> ModelFolder:
        """Return a checked model by its name, or from a folder of files anywhere.

        A model that came in packages is joined on its first use. What is on the shelf or in the catalogue
        goes before a folder of the same name.

        Raises:
            ModelError: unknown, not installed, incomplete, or not the file that it should be.
            StorageError: the packaged model cannot be joined for want of room or permission.
        """
        info = find_model(name_or_folder)
        place = self._place(name_or_folder)
        if place:
            return self._checked(name_or_folder, place)
        if info and (parts := _packaged_parts(info)):
            return self._from_packages(info, parts)
        if Path(name_or_folder).is_dir():
            folder = Path(name_or_folder).resolve()
            return ModelFolder(folder.name, folder, self._inspector.inspect(folder, None))
        if info:
            raise ModelError(
                f"The model {info.name} is not installed.",
                f"Install it with `whypm models install {info.name}`.",
            )
        raise ModelError(f"There is no model or folder called {name_or_folder}.", _LIST)

    def verify(self, name_or_folder: str) -> ModelFolder:
        """Read every byte of a model again and compare; the same errors as ``resolve``."""
        model = self.resolve(name_or_folder)
        known = find_model(model.name) if model.name == name_or_folder else None
        self._inspector.inspect(model.path, known.name if known else None, afresh=True)
        return model

    def install(
        self,
        name: str,
        on_progress: Callable[[DownloadProgress], None] = _ignore,
        cancelled: Callable[[], bool] = _never,
    ) -> ModelFolder:
        """Download a model of the catalogue, going on where an earlier attempt stopped.

        Callbacks run on the calling thread. Returns at once where the model is here already.

        Raises:
            DownloadCancelledError: ``cancelled`` said so.
            ModelError: unknown name, no network, or a file other than the published one.
            StorageError: no room, or no permission to write.
        """
        info = find_model(name)
        if info is None:
            known = ", ".join(model.name for model in CATALOGUE)
            raise ModelError(f"There is no model called {name} to install.", f"Choose one of {known}.")
        if self._place(name) or _packaged_parts(info):
            return self.resolve(name)
        revision = self._hub.revision(info.repository, MODEL_FILES)
        partial = self._folder / f".partial-{name}-{revision.commit[:12]}"
        with _storing(self._folder):
            for earlier in self._folder.glob(f".partial-{name}-*"):
                if earlier != partial:  # of a revision that nobody goes on with
                    shutil.rmtree(earlier, ignore_errors=True)
            _make_private(partial)
        self._hub.fetch(revision, partial, on_progress, cancelled)
        with _storing(self._folder):
            require_whole(partial, partial)
            self._inspector.seal(partial)
        return self._shelve(name, partial)

    def install_from_file(self, source: Path) -> ModelFolder:
        """Take a model from a folder, zip or tar file.

        It gets the catalogue's name where its ``model.bin`` is that model's, otherwise that of ``source``.

        Raises:
            ModelError: ``source`` holds no whole model, one that fails its checksums, or another than the one
                that has its name already.
            StorageError: no room, or no permission to write.
        """
        with self._workbench() as bench:
            unpack_model(source, bench)
            require_whole(bench, source)
            known = self._inspector.recognised(bench)
            weights = self._inspector.inspect(bench, known.name if known else None)
            if known is None:
                self._inspector.seal(bench)
            model = self._shelve(known.name if known else _free_name(source), bench)
        if model.sha256 != weights:
            raise ModelError(
                f"There is another model called {model.name} already.",
                f"Run `whypm models remove {model.name}` first, or give {source.name} another name.",
            )
        return model

    def remove(self, name: str) -> None:
        """Delete a model from the shelf; one that came with the program stays available.

        Raises:
            ModelError: no such model is on the shelf.
            StorageError: it cannot be deleted.
        """
        place = self._folder / name
        if self._place(name) != place:
            if any(model.name == name for model in self.installed()):
                raise ModelError(f"{name} comes with WhyPM, so there is nothing to remove.")
            raise ModelError(f"There is no model called {name} to remove.", _LIST)
        with _storing(self._folder):
            shutil.rmtree(place)

    def _place(self, name: str) -> Path | None:
        if not name or Path(name).name != name or name.startswith("."):
            return None
        places = [self._folder / name, *([self._shipped / name] if self._shipped else [])]
        return next((place for place in places if place.is_dir()), None)

    def _listed(self, name: str) -> ModelFolder:
        info = find_model(name)
        path = self._place(name)
        if path is None and info is not None:
            path = _packaged_parts(info)["model.bin"][0].parent
        path = path or self._folder / name
        return ModelFolder(name, path, self._checksums.remembered(path / "model.bin") or "")

    def _checked(self, name: str, folder: Path) -> ModelFolder:
        try:
            return ModelFolder(name, folder, self._inspector.inspect(folder, name))
        except ModelError as error:
            if folder.parent != self._shipped:
                raise
            raise ModelError(error.message, "It came with WhyPM: install WhyPM again.") from error

    def _from_packages(self, info: ModelInfo, parts: dict[str, tuple[Path, ...]]) -> ModelFolder:
        """Use a packaged model where it lies, or join it on the shelf if it comes in parts."""
        if all(len(files) == 1 for files in parts.values()):
            return self._checked(info.name, parts["model.bin"][0].parent)
        with self._workbench() as bench:
            for name, files in parts.items():
                join_parts(files, bench / name)
            self._checked(info.name, bench)
            return self._shelve(info.name, bench)

    @contextmanager
    def _workbench(self) -> Iterator[Path]:
        """A new private folder beside the models, gone afterwards unless it was shelved."""
        with _storing(self._folder):
            _make_private(self._folder)
            bench = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
            try:
                yield bench
            finally:
                shutil.rmtree(bench, ignore_errors=True)

    def _shelve(self, name: str, bench: Path) -> ModelFolder:
        """Put a checked folder in its place at one stroke, or use the one that another process put there."""
        place = self._folder / name
        with _storing(self._folder):
            for file in bench.iterdir():
                file.chmod(0o600)
            try:
                bench.rename(place)
            except OSError:
                if not place.is_dir():
                    raise
        return self._checked(name, place)


def _packaged_parts(info: ModelInfo) -> dict[str, tuple[Path, ...]]:
    """Return a packaged model's files, each with its parts in order; empty where a package is missing."""
    found: dict[str, tuple[Path, ...]] = {}
    for file in info.packaged:
        folder = package_folder(file.package)
        path = folder.joinpath(*file.path.split("/")) if folder else None
        if path is None or not path.is_file():
            return {}
        found[file.name] = (*found.get(file.name, ()), path)
    return found


def _free_name(source: Path) -> str:
    """Name a model after its file, but never like one of the catalogue, which it is not."""
    name = source.resolve().name
    for suffix in (".zip", ".gz", ".xz", ".bz2", ".tgz", ".tar"):
        name = name.removesuffix(suffix)
    name = name.lstrip(".") or "model"
    return f"{name}-own" if find_model(name) else name


def _make_private(folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    """Turn the disk's refusals into a sentence."""
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        if error.errno in NO_ROOM:
            reason = "the disk is full"
        raise StorageError(
            f"Nothing can be stored in {folder} ({reason}).",
            "Make room, or choose another folder with --data-dir.",
        ) from error
