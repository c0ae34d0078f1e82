"""WAV files whose header tells of less sound than they hold, or of more."""

import os
import struct
from typing import BinaryIO

_RIFF_HEADER_BYTES = 12
_CHUNK_HEADER_BYTES = 8
_LARGEST_SIZE = 0xFFFF_FFFF
_PLACEHOLDER_BYTES = 0x7FFF_0000
"""Who writes into a pipe and cannot go back to tell a length tells of two or four gigabytes."""
_CARELESS_BYTES = 64
"""Some writers count their headers as sound."""


class CorrectedFile:
    """A file for reading whose first bytes are replaced; as much of one as libsndfile asks for."""

    def __init__(self, file: BinaryIO, beginning: bytes) -> None:
        self._file = file
        self._beginning = beginning

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move as any file does."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._file.tell()

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes (all where negative), the first of the file as they should be."""
        place = self._file.tell()
        content = self._file.read(size)
        replaced = self._beginning[place : place + len(content)]
        return replaced + content[len(replaced) :]


def to_real_end(file: BinaryIO) -> BinaryIO | CorrectedFile:
    """Return ``file``, or a view of it with right sizes where its header tells of less sound than it holds.

    A program that dies while it records leaves sizes of 0, or those of their last update. Every other file,
    WAV or not, comes back as it is, at its beginning.
    """
    length = os.fstat(file.fileno()).st_size
    start = _stale_data(file, length)
    file.seek(0)
    if start is None:
        return file
    header = bytearray(file.read(start))
    file.seek(0)
    struct.pack_into("<I", header, 4, min(length - _CHUNK_HEADER_BYTES, _LARGEST_SIZE))
    struct.pack_into("<I", header, start - 4, min(length - start, _LARGEST_SIZE))
    return CorrectedFile(file, bytes(header))


def is_cut_short(file: BinaryIO) -> bool:
    """Return whether a WAV file ends before the sound that its header tells of; any other file is not."""
    file.seek(0)
    size = _find_data(file)
    rest = os.fstat(file.fileno()).st_size - file.tell()
    return size is not None and rest + _CARELESS_BYTES < size < _PLACEHOLDER_BYTES


def _stale_data(file: BinaryIO, length: int) -> int | None:
    """Where the sound of a WAV file begins whose sizes fall short of it; None for every other file."""
    size = _find_data(file)
    return file.tell() if size is not None and _falls_short(file, size, length) else None


def _find_data(file: BinaryIO) -> int | None:
    """Go to where the sound of a WAV file begins; return its size as told, None for every other file."""
    header = file.read(_RIFF_HEADER_BYTES)
    if len(header) < _RIFF_HEADER_BYTES or header[:4] != b"RIFF" or header[8:] != b"WAVE":
        return None
    while len(chunk := file.read(_CHUNK_HEADER_BYTES)) == _CHUNK_HEADER_BYTES:
        name, size = struct.unpack("<4sI", chunk)
        if name == b"data":
            return int(size)
        file.seek(size + size % 2, os.SEEK_CUR)  # chunks begin at even places
    return None


def _falls_short(file: BinaryIO, size: int, length: int) -> bool:
    """Whether what follows the told end of the sound is sound too, and not the next chunk or a tag.

    Chunks and tags begin with four printable characters; samples do so about once in fifty files.
    """
    start = file.tell()
    if start + size >= length:
        return False  # honest, or too much: libsndfile copes with that
    file.seek(start + size)
    following = file.read(5).removeprefix(b"\0" if size % 2 else b"")[:4]
    file.seek(start)
    return size == 0 or not (following.isascii() and following.decode("ascii").isprintable())
