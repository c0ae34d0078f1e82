"""Sound files of any common kind, as mono samples."""

import contextlib
import logging
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import soundfile
from numpy.typing import NDArray

from whypm.audio.mixdown import Mixdown
from whypm.audio.native_output import silenced
from whypm.audio.resampling import resample
from whypm.audio.wav_length import is_cut_short, to_real_end
from whypm.domain.errors import SoundFileError

LONGEST_SECONDS = 20 * 60
"""Ten times the longest sensible answer; more is a meeting, and would hold the machine for minutes."""

WHISPER_RATE = 16_000
"""In Hz: what Whisper was trained with."""
_RATES = range(1_000, 1_000_001)
"""In Hz: what is outside them is a damaged header, not a recording."""
_UNKNOWN_FRAMES = 2**62
"""libsndfile tells more than this of a FLAC file whose writer could not go back to tell its length."""
# Small, since a damaged file loses the whole block that the damage lies in. Plain samples have none, and ten
# minutes of them take half the time in large blocks.
_BLOCK_FRAMES = 4096
_PLAIN_BLOCK_FRAMES = 65536
_ENDLESS_BLOCK_FRAMES = 512
"""Where the length is not known: there libsndfile refuses the block that the end lies in."""
_OTHER_SCALE = 2.0
"""Samples as large as this are not loud: whoever wrote them counted full scale as more than 1."""
_CONVERT = "Convert it first, with VLC (Media > Convert) or with: ffmpeg -i FILE answer.wav"
_READABLE = "WAV, FLAC, OGG, Opus or MP3"

_log = logging.getLogger(__name__)

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Decoded sound: mono samples of shape (frames,), nominally in [-1, 1], and their rate in Hz."""

    samples: Samples
    sample_rate: int
    is_damaged: bool = False
    """Whether more should follow these samples, but is missing or cannot be decoded."""


class _UnknownFormatError(Exception):
    """This decoder does not know the file's format; the next one may."""


def read_sound(path: Path, sample_rate: int = WHISPER_RATE) -> Samples:
    """Return a file's sound, mixed to mono, at ``sample_rate`` Hz; shape (frames,).

    Raises:
        SoundFileError: As for ``load_sound``.
    """
    sound = load_sound(path)
    return resample(sound.samples, sound.sample_rate, sample_rate)


def load_sound(path: Path) -> Sound:
    """Return a file's sound, mixed to mono, at its own rate.

    WAV, FLAC, OGG, Opus and MP3 everywhere; M4A, WebM and the rest where PyAV is installed. A damaged file
    yields what can be decoded of it.

    Raises:
        SoundFileError: The file is missing, a folder, not permitted, empty, longer than ``LONGEST_SECONDS``,
            no sound, or so damaged that nothing of it can be decoded.
    """
    with _opened(path) as file:
        mix, sample_rate, is_damaged = _decode(file, path, Mixdown())
        if mix.better_channel is not None:
            mix, sample_rate, is_damaged = _decode(file, path, Mixdown(mix.better_channel))
    samples = mix.samples()
    if not len(samples):
        raise SoundFileError(f"{path} holds no sound.", "Record it again, or give another file.")
    finite = np.isfinite(samples)
    if not finite.any():
        raise SoundFileError(f"{path} holds no sound, only invalid numbers.", "Export it again.")
    samples[~finite] = 0.0
    peak = float(np.abs(samples).max())
    return Sound(samples / np.float32(peak) if peak > _OTHER_SCALE else samples, sample_rate, is_damaged)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, or say in plain words why that cannot be done."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise SoundFileError(f"{path} is a folder.", "Give the sound file in it.")
        if not stat.S_ISREG(mode):
            raise SoundFileError(f"{path} is not a file.", "Give a sound file.")
        file = path.open("rb")
    except FileNotFoundError as error:
        raise SoundFileError(f"There is no file {path}.", "Check its name and folder.") from error
    except PermissionError as error:
        remedy = "Change its permissions, or copy it to a folder of your own."
        raise SoundFileError(f"You may not read {path}.", remedy) from error
    except (OSError, ValueError) as error:
        raise SoundFileError(f"{path} cannot be opened: {error}.", "Check its name and its disk.") from error
    with file:
        if os.fstat(file.fileno()).st_size == 0:
            raise SoundFileError(f"{path} is empty (0 bytes).", "Record or copy it again.")
        yield file


@contextlib.contextmanager
def _soundfile(file: BinaryIO, path: Path) -> Iterator[soundfile.SoundFile]:
    try:
        sound = soundfile.SoundFile(to_real_end(file))
    # TypeError: a name that ends in .raw makes soundfile ask for a format.
    except (soundfile.SoundFileError, TypeError, ValueError) as error:
        _log.debug("libsndfile cannot read %s: %s", path, error)
        raise _UnknownFormatError from error
    with sound:
        yield sound


def _decode(file: BinaryIO, path: Path, mix: Mixdown) -> tuple[Mixdown, int, bool]:
    """Decode into ``mix``; return it, the rate in Hz, and whether more should have followed."""
    file.seek(0)
    try:
        return mix, *_decode_with_libsndfile(file, path, mix)
    except _UnknownFormatError:
        file.seek(0)
        return mix, *_decode_with_av(file, path, mix)


def _decode_with_libsndfile(file: BinaryIO, path: Path, mix: Mixdown) -> tuple[int, bool]:
    is_damaged = False
    with silenced(), _soundfile(file, path) as sound:
        _refuse_odd_rate(sound.samplerate, path)
        wanted = _PLAIN_BLOCK_FRAMES if sound.format == "WAV" else _BLOCK_FRAMES
        if sound.frames < _UNKNOWN_FRAMES:
            _refuse_long(sound.frames / sound.samplerate, path)
        else:
            wanted = _ENDLESS_BLOCK_FRAMES
        try:
            while len(block := sound.read(wanted, dtype="float32", always_2d=True)):
                mix.take(block)
                _refuse_long(mix.frames / sound.samplerate, path)
        except soundfile.SoundFileError as error:
            _log.warning("%s is damaged after %.1f s: %s", path, mix.frames / sound.samplerate, error)
            is_damaged = sound.frames < _UNKNOWN_FRAMES
        sample_rate = int(sound.samplerate)
    return sample_rate, is_damaged or is_cut_short(file)


def _decode_with_av(file: BinaryIO, path: Path, mix: Mixdown) -> tuple[int, bool]:
    """Decode with FFmpeg's libraries, where they are installed."""
    try:
        import av
    except ImportError as error:  # the installers leave it out for its size and licence
        raise SoundFileError(f"{path} is not {_READABLE}, or its beginning is damaged.", _CONVERT) from error
    is_damaged = False
    try:
        # Playlists and session descriptions would make FFmpeg fetch other files, from the network too.
        nothing_else = {"protocol_whitelist": "none"}
        with av.open(file, mode="r", options=nothing_else, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise SoundFileError(f"{path} holds no sound.", "Give a sound file.")
            if getattr(container.streams.audio[0], "codec_context", None) is None:
                message = f"{path} holds sound in a format that is not known here."
                raise SoundFileError(message, f"Give {_READABLE}. {_CONVERT}")
            if container.duration is not None:
                _refuse_long(container.duration / av.time_base, path)
            sample_rate = container.streams.audio[0].rate
            _refuse_odd_rate(sample_rate, path)
            # Planar floats in the file's own layout; FFmpeg's downmix would weigh the channels differently.
            planar = av.AudioResampler(format="fltp", rate=sample_rate)
            try:
                for packed in container.decode(audio=0):
                    for frame in planar.resample(packed):
                        mix.take(frame.to_ndarray().T.astype(np.float32, copy=False))
                    _refuse_long(mix.frames / sample_rate, path)
            except av.FFmpegError as error:
                _log.warning("%s is damaged after %.1f s: %s", path, mix.frames / sample_rate, error)
                is_damaged = True
    except av.FFmpegError as error:
        message = f"{path} is not a sound file, or its beginning is damaged."
        raise SoundFileError(message, f"Give {_READABLE}. {_CONVERT}") from error
    return sample_rate, is_damaged


def _refuse_odd_rate(sample_rate: int, path: Path) -> None:
    if sample_rate not in _RATES:
        raise SoundFileError(
            f"{path} claims {sample_rate} samples a second: its beginning is damaged.",
            "Export it again, at 8000 to 96000 Hz.",
        )


def _refuse_long(seconds: float, path: Path) -> None:
    if seconds > LONGEST_SECONDS:
        raise SoundFileError(
            f"{path} lasts {seconds / 60:.0f} minutes; an answer can last {LONGEST_SECONDS // 60} at most.",
            "Cut the answer out of it and try again.",
        )
