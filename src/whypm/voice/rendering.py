"""A rendered text: a sound file as the system's speech engine writes it.

On Linux and Windows that is WAV. macOS writes AIFF, whatever the file is called (pyttsx3 issue 361), and
Python has no reader for that since 3.13.
"""

import struct
import wave
from pathlib import Path
from typing import BinaryIO

_EXTENDED_BIAS = 16383 + 63
"""Of the exponent of an 80-bit float, whose 64 bits of mantissa are a whole number here."""


def spoken_seconds(file: Path) -> float:
    """Return how many seconds a rendered file lasts; 0 where it is missing, cut, or no sound."""
    try:
        with file.open("rb") as stream:
            is_aiff = stream.read(4) == b"FORM"
            stream.seek(0)
            return _aiff_seconds(stream) if is_aiff else _wav_seconds(stream)
    except (OSError, EOFError, ArithmeticError, struct.error, wave.Error):
        return 0.0


def _wav_seconds(stream: BinaryIO) -> float:
    with wave.open(stream) as sound:
        return float(sound.getnframes() / sound.getframerate())


def _aiff_seconds(stream: BinaryIO) -> float:
    """Return the length that the chunk COMM tells; Apple's "AIFF-C" has the same fields and more."""
    _, _, kind = struct.unpack(">4sI4s", stream.read(12))
    if kind not in {b"AIFF", b"AIFC"}:
        return 0.0
    while True:
        name, size = struct.unpack(">4sI", stream.read(8))
        if name == b"COMM":
            _channels, frames, _bits, exponent, mantissa = struct.unpack(">hIhHQ", stream.read(18))
            rate = float(mantissa * 2.0 ** (exponent - _EXTENDED_BIAS))
            return int(frames) / rate
        stream.seek(size + size % 2, 1)  # chunks begin at even places
