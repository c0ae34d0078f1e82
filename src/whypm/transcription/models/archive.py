"""A model brought by hand: a folder, zip or tar of its files.

Only files with a model's known names are taken, by name and never by path, so nothing in an archive can
write outside the folder that it is unpacked into.
"""

import lzma
import os
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from whypm.domain.errors import ModelError
from whypm.transcription.models.catalogue import MODEL_FILES

_BLOCK_BYTES = 1 << 20
_ENCRYPTED = 1
"""A member's flag in a zip file."""
_LARGEST_BYTES = 8_000_000_000
"""Twice the largest Whisper; an archive that unpacks to more is not a model."""

_Member = tuple[str, IO[bytes]]
"""A file's name without its folders, and its content."""


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
                while block := _next_block(stream):
                    left -= len(block)
                    if left < 0:
                        raise ModelError(f"{source} unpacks to more than any Whisper model holds.")
                    copy.write(block)


@contextmanager
def _members(source: Path) -> Iterator[Iterator[_Member]]:
    if not source.exists():
        raise ModelError(f"{source} does not exist.", "Give a folder, zip or tar file with a model's files.")
    if not os.access(source, os.R_OK):
        raise ModelError(f"{source} may not be read.", "Check the file's permissions.")
    try:
        if source.is_dir():
            with closing(_folder_members(source)) as members:
                yield members
        elif zipfile.is_zipfile(source):
            with zipfile.ZipFile(source) as archive, closing(_zip_members(archive, source)) as members:
                yield members
        else:
            with tarfile.open(source) as tar, closing(_tar_members(tar)) as members:
                yield members
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        # Of a file of another kind Python tells what each way of unpacking said, a line each.
        reason = "" if "\n" in str(error) else f" ({error})"
        raise ModelError(
            f"{source} is not a whole zip or tar file{reason}.",
            "Fetch it again, or give the folder of its files.",
        ) from error


@contextmanager
def _told_as_damage() -> Iterator[None]:
    """Tell a fault of the archive from one of the disk that it is unpacked to: both may raise OSError."""
    try:
        yield
    except (OSError, lzma.LZMAError, RuntimeError) as error:  # the last for packings that zipfile cannot read
        raise tarfile.ReadError(str(error)) from error


def _next_block(stream: IO[bytes]) -> bytes:
    with _told_as_damage():
        return stream.read(_BLOCK_BYTES)


def _folder_members(folder: Path) -> Generator[_Member]:
    for name in MODEL_FILES:
        if (folder / name).is_file():
            with (folder / name).open("rb") as stream:
                yield name, stream


def _zip_members(archive: zipfile.ZipFile, source: Path) -> Generator[_Member]:
    for entry in archive.infolist():
        name = PurePosixPath(entry.filename).name
        if not entry.is_dir() and name in MODEL_FILES:
            if entry.flag_bits & _ENCRYPTED:
                raise ModelError(
                    f"{source} is locked with a password.", "Unpack it, and give the folder of its files."
                )
            with _told_as_damage(), archive.open(entry) as stream:
                yield name, stream


def _tar_members(archive: tarfile.TarFile) -> Generator[_Member]:
    with _told_as_damage():
        for entry in archive:
            name = PurePosixPath(entry.name).name
            if entry.isfile() and name in MODEL_FILES:
                stream = archive.extractfile(entry)
                if stream is not None:
                    with stream:
                        yield name, stream
        # A tar file knows its end before gzip has come to its checksum.
        while archive.fileobj.read(_BLOCK_BYTES):
            pass


def join_parts(parts: tuple[Path, ...], target: Path) -> None:
    """Write ``parts`` one after the other into ``target``."""
    with target.open("wb") as joined:
        for part in parts:
            with part.open("rb") as stream:
                shutil.copyfileobj(stream, joined, _BLOCK_BYTES)
