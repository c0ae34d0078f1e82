"""A model brought by hand: a folder, zip or tar of its files.

Only files with a model's known names are taken, by name and never by path, so nothing in an archive can
write outside the folder that it is unpacked into.
"""

import os
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from whypm.domain.errors import ModelError
from whypm.transcription.catalogue import MODEL_FILES

_LARGEST_BYTES = 8_000_000_000
"""Twice the largest Whisper; an archive that unpacks to more is not a model."""


def unpack_model(source: Path, target: Path) -> None:
    """Copy the model's files out of ``source`` into the folder ``target``.

    Raises:
        ModelError: ``source`` is missing, no archive, damaged, or holds two files of one name.
        OSError: ``target`` cannot be written.
    """
    left = _LARGEST_BYTES
    with _members(source) as members:
        for name, stream in members:
            if (target / name).exists():
                raise ModelError(
                    f"{source} holds more than one {name}, so it is not clear which model is meant.",
                    "Pack one model's files alone.",
                )
            with (target / name).open("wb") as copy:
                while block := stream.read(1 << 20):
                    left -= len(block)
                    if left < 0:
                        raise ModelError(f"{source} unpacks to more than any Whisper model holds.")
                    copy.write(block)


@contextmanager
def _members(source: Path) -> Iterator[Iterator[tuple[str, IO[bytes]]]]:
    if not source.exists():
        raise ModelError(f"{source} does not exist.", "Give a folder, zip or tar file with a model's files.")
    if not os.access(source, os.R_OK):
        raise ModelError(f"{source} may not be read.", "Check the file's permissions.")
    try:
        if source.is_dir():
            yield _folder_members(source)
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive:
                yield _zip_members(archive)
        else:
            with tarfile.open(source) as tar:
                yield _tar_members(tar)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelError(
            f"{source} is not a whole zip or tar file ({error}).",
            "Fetch it again, or give the folder of its files.",
        ) from error


def _folder_members(folder: Path) -> Iterator[tuple[str, IO[bytes]]]:
    for name in MODEL_FILES:
        if (folder / name).is_file():
            with (folder / name).open("rb") as stream:
                yield name, stream


def _zip_members(archive: zipfile.ZipFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in archive.infolist():
        name = PurePosixPath(entry.filename).name
        if not entry.is_dir() and name in MODEL_FILES:
            with archive.open(entry) as stream:
                yield name, stream


def _tar_members(archive: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for entry in archive:
        name = PurePosixPath(entry.name).name
        if entry.isfile() and name in MODEL_FILES:
            stream = archive.extractfile(entry)
            if stream is not None:
                with stream:
                    yield name, stream


def join_parts(parts: tuple[Path, ...], target: Path) -> None:
    """Write ``parts`` one after the other into ``target``."""
    with target.open("wb") as joined:
        for part in parts:
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, joined, 1 << 20)
