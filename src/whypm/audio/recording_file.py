"""A WAV file that stays whole, up to its last block, when the program dies while it is written."""

import contextlib
import os
import struct
import time
from collections.abc import Callable
from io import FileIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whypm.domain.errors import SoundFileError, StorageError
from whypm.domain.sound import Ending, Recording

HEADER_BYTES = 44
HEADER_INTERVAL_SECONDS = 1.0
"""How stale the sizes in the header may be: after a crash, players that believe them lose no more.

As often the disk is made to keep what was written, so that a power cut costs no more either.
"""

_BYTES_A_FRAME = 2
_LARGEST_SIZE = 0xFFFF_FFFF


class RecordingFile:
    """Writes 16-bit mono WAV, each block at once. Readable by its owner only.

    Args:
        path: A file that does not exist yet.
        sample_rate: In Hz.
        clock: Monotonic seconds.

    Raises:
        StorageError: The file cannot be made there.
    """

    def __init__(self, path: Path, sample_rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.path = path
        self.sample_rate = sample_rate
        self.frames = 0
        self._clock = clock
        self._header_written = clock()
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        try:
            self._file = FileIO(os.open(path, flags, 0o600), "r+")
        except OSError as error:
            raise StorageError(
                f"The recording cannot be kept in {path.parent}: {error.strerror}.",
                "Choose a data folder that you may write to, with --data-dir.",
            ) from error
        try:
            _write_all(self._file, _header(sample_rate, 0))
            os.fsync(self._file.fileno())
            _keep_name(path)
        except OSError as error:
            self._file.close()
            path.unlink()
            raise StorageError(
                f"The recording cannot be kept in {path.parent}: {error.strerror}.",
                "Free some space, or choose another data folder with --data-dir.",
            ) from error

    def write(self, block: NDArray[np.int16]) -> None:
        """Append mono samples of shape (frames,). Once a second it waits until the disk has them.

        Raises:
            OSError: The disk is full, or failed; what fitted is kept and counted in ``frames``.
        """
        try:
            _write_all(self._file, block.astype("<i2", copy=False).tobytes())
        finally:
            self.frames = (self._file.tell() - HEADER_BYTES) // _BYTES_A_FRAME
        if self._clock() - self._header_written >= HEADER_INTERVAL_SECONDS:
            self._write_header()

    def close(self) -> None:
        """Write the final sizes and wait until the disk has everything. Harmless when repeated."""
        if self._file.closed:
            return
        # A full or failing disk must not take the take with it: readers go by the file's length if need be.
        with contextlib.suppress(OSError), self._file:
            self._file.truncate(HEADER_BYTES + self.frames * _BYTES_A_FRAME)
            self._write_header()

    def _write_header(self) -> None:
        self._file.seek(0)
        _write_all(self._file, _header(self.sample_rate, self.frames))
        self._file.seek(0, os.SEEK_END)
        os.fsync(self._file.fileno())
        self._header_written = self._clock()  # after it, so that a slow disk is not asked all the time


def repair(path: Path) -> Recording:
    """Make the header of an unfinished recording say how long the file really is.

    Raises:
        SoundFileError: The file is missing, cannot be written, is none of ours, or holds no sound.
    """
    try:
        with FileIO(path, "r+") as file:
            header = file.read(HEADER_BYTES)
            frames = max(0, os.fstat(file.fileno()).st_size - HEADER_BYTES) // _BYTES_A_FRAME
            sample_rate = _sample_rate(header)
            if not sample_rate:
                raise SoundFileError(f"{path} is not a recording made by WhyPM.", "It is left as it is.")
            if not frames:
                raise SoundFileError(f"{path} holds no sound.", "It ended before the first word; delete it.")
            file.truncate(HEADER_BYTES + frames * _BYTES_A_FRAME)
            file.seek(0)
            _write_all(file, _header(sample_rate, frames))
            os.fsync(file.fileno())
    except OSError as error:
        raise SoundFileError(
            f"{path} cannot be repaired: {error.strerror}.",
            "Check that it exists and that you may write to it.",
        ) from error
    return Recording(path=path, sample_rate=sample_rate, frames=frames, ending=Ending.CRASHED)


def _keep_name(path: Path) -> None:
    """Make the disk keep a new file's name too: the folder holds that. Windows does it by itself."""
    if os.name == "nt":
        return
    # Some folders cannot be opened, some network drives cannot do it; the file's own content is kept anyway.
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _header(sample_rate: int, frames: int) -> bytes:
    """The canonical 44 bytes: RIFF, ``fmt`` (PCM, mono, 16 bits), ``data``."""
    size = min(frames * _BYTES_A_FRAME, _LARGEST_SIZE - HEADER_BYTES)
    shape = struct.pack("<IHHIIHH", 16, 1, 1, sample_rate, sample_rate * _BYTES_A_FRAME, _BYTES_A_FRAME, 16)
    riff = struct.pack("<4sI4s", b"RIFF", HEADER_BYTES - 8 + size, b"WAVE")
    return riff + b"fmt " + shape + struct.pack("<4sI", b"data", size)


def _sample_rate(header: bytes) -> int:
    """The rate in a header that this module wrote; 0 where it is another's or cut short."""
    if len(header) < HEADER_BYTES:
        return 0
    sample_rate = int.from_bytes(header[24:28], "little")
    expected = bytearray(_header(sample_rate, 0))
    found = bytearray(header)
    for sizes in (slice(4, 8), slice(40, 44)):  # the only bytes that change while it is written
        expected[sizes] = found[sizes] = b"\0\0\0\0"
    return sample_rate if found == expected else 0


def _write_all(file: FileIO, data: bytes) -> None:
    """Write every byte: an unbuffered file may take a part, as when the disk is nearly full."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
