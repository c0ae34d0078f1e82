"""Reading what people hand in: every kind of file, whole or broken."""

import contextlib
import io
import os
import struct
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from whypm.audio.sound_file import LONGEST_SECONDS, load_sound, read_sound
from whypm.domain.errors import SoundFileError

RATE = 16_000


def tone(seconds: float, rate: int = RATE, hertz: float = 440.0) -> NDArray[np.float32]:
    return (0.5 * np.sin(np.arange(round(seconds * rate)) * 2 * np.pi * hertz / rate)).astype(np.float32)


def pitch(samples: NDArray[np.float32], rate: int = RATE) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples, rate))))


def encoded(container: str, subtype: str | None = None, seconds: float = 3.0) -> bytes:
    file = io.BytesIO()
    noise = np.random.default_rng(3).normal(
        0, 0.1, round(seconds * RATE)
    )  # so that no codec can make it tiny
    soundfile.write(file, noise, RATE, format=container, subtype=subtype)
    return file.getvalue()


def encode_with_av(path: Path, codec: str, rate: int, layout: str) -> None:
    import av

    samples = tone(2.0, rate)
    channels = 2 if layout == "stereo" else 1
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        frame = av.AudioFrame.from_ndarray(np.tile(samples, (channels, 1)), format="fltp", layout=layout)
        frame.sample_rate = rate
        container.mux([*stream.encode(frame), *stream.encode(None)])


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW"])
def test_every_sample_format_of_wav_is_read(tmp_path: Path, subtype: str) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(1.0), RATE, subtype=subtype)
    samples = read_sound(tmp_path / "tone.wav")
    assert samples.dtype == np.float32
    assert samples.shape == (RATE,)
    np.testing.assert_allclose(samples, tone(1.0), atol=0.02)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
def test_every_rate_from_8_to_96_khz_becomes_16_khz_with_its_pitch_and_length(
    tmp_path: Path, rate: int
) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(1.0, rate), rate)
    samples = read_sound(tmp_path / "tone.wav")
    assert len(samples) == pytest.approx(RATE, abs=2)
    assert pitch(samples) == pytest.approx(440, abs=1)
    assert np.abs(samples[500:-500]).max() == pytest.approx(0.5, abs=0.01)


def test_tones_above_what_the_new_rate_can_hold_vanish(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "high.wav", tone(1.0, 48_000, hertz=11_000), 48_000)
    assert np.abs(read_sound(tmp_path / "high.wav")[500:-500]).max() < 0.001


def test_many_channels_become_their_mean(tmp_path: Path) -> None:
    speech, other = tone(1.0), tone(1.0, hertz=300.0)
    soundfile.write(tmp_path / "wide.wav", np.stack([speech, other], axis=1), RATE, subtype="FLOAT")
    np.testing.assert_allclose(read_sound(tmp_path / "wide.wav"), (speech + other) / 2, atol=1e-6)


@pytest.mark.parametrize(
    "shares",
    [(1.0, 0.0), (0.0, 0.0, 0.0, 1.0, 0.0, 0.0), (1.0, -1.0)],
    ids=["dead", "one of six", "upside down"],
)
def test_where_the_mean_would_lose_the_voice_its_channel_is_taken(
    tmp_path: Path, shares: tuple[float, ...]
) -> None:
    sound = tone(1.0)[:, np.newaxis] * np.array(shares, np.float32)
    soundfile.write(tmp_path / "odd.wav", sound, RATE, subtype="FLOAT")
    np.testing.assert_allclose(read_sound(tmp_path / "odd.wav"), tone(1.0), atol=1e-6)


def test_samples_on_another_scale_are_brought_to_full_scale(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "large.wav", tone(1.0) * 32_768, RATE, subtype="FLOAT")
    np.testing.assert_allclose(read_sound(tmp_path / "large.wav"), tone(1.0) * 2, atol=1e-3)


@pytest.mark.parametrize(
    ("container", "subtype"),
    [("FLAC", None), ("OGG", "VORBIS"), ("OGG", "OPUS"), ("MP3", None), ("AIFF", None), ("W64", None)],
)
def test_other_kinds_of_sound_file_are_read_whatever_their_name(
    tmp_path: Path, container: str, subtype: str | None
) -> None:
    (tmp_path / "answer.raw").write_bytes(encoded(container, subtype))
    samples = read_sound(tmp_path / "answer.raw")
    assert len(samples) / RATE == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    ("name", "codec", "rate", "layout"),
    [
        ("answer.m4a", "aac", 44_100, "stereo"),
        ("answer.webm", "libopus", 48_000, "mono"),
        ("answer.mp4", "aac", 48_000, "mono"),
    ],
)
def test_what_telephones_and_browsers_record_is_read(
    tmp_path: Path, name: str, codec: str, rate: int, layout: str
) -> None:
    encode_with_av(tmp_path / name, codec, rate, layout)
    samples = read_sound(tmp_path / name)
    assert len(samples) / RATE == pytest.approx(2.0, abs=0.15)
    assert pitch(samples) == pytest.approx(440, abs=1)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


def test_every_shared_recording_is_read_whole(shared_sounds: dict[Path, NDArray[np.float32]]) -> None:
    assert len(shared_sounds) >= 40
    for path, samples in shared_sounds.items():
        assert np.isfinite(samples).all()
        assert np.abs(samples).max() > 0.001
        assert len(samples) / RATE == pytest.approx(soundfile.info(path).duration, abs=0.1)


def as_wav(data_size: int, riff_size: int, trailer: bytes = b"") -> bytes:
    """Three seconds of sound under a header with these sizes."""
    wav = bytearray(encoded("WAV"))
    struct.pack_into("<I", wav, 4, riff_size)
    struct.pack_into("<I", wav, 40, data_size)
    return bytes(wav) + trailer


@pytest.mark.parametrize(
    ("data_size", "riff_size"),
    [(0, 0), (0, 36), (32_000, 32_036), (0xFFFF_FFFF, 0xFFFF_FFFF), (2**31, 2**31)],
    ids=["zero", "empty", "an early state", "the largest size", "a size beyond the end"],
)
def test_a_wav_with_a_header_that_lies_is_read_to_its_real_end(
    tmp_path: Path, data_size: int, riff_size: int
) -> None:
    (tmp_path / "crashed.wav").write_bytes(as_wav(data_size, riff_size))
    assert len(read_sound(tmp_path / "crashed.wav")) == 3 * RATE


@pytest.mark.parametrize("trailer", [b"LIST\4\0\0\0INFO", b"TAG" + b"x" * 125, b"id3 \4\0\0\0ID3\3"])
def test_what_follows_the_sound_of_an_honest_wav_is_not_played(tmp_path: Path, trailer: bytes) -> None:
    size = 3 * RATE * 2
    (tmp_path / "tagged.wav").write_bytes(as_wav(size, size + 36, trailer))
    assert len(read_sound(tmp_path / "tagged.wav")) == 3 * RATE


@pytest.mark.parametrize(
    ("name", "container", "subtype"),
    [
        ("cut.wav", "WAV", None),
        ("cut.flac", "FLAC", None),
        ("cut.mp3", "MP3", None),
        ("cut.opus", "OGG", "OPUS"),
    ],
)
def test_of_a_file_that_was_cut_off_the_rest_is_read(
    tmp_path: Path, name: str, container: str, subtype: str | None
) -> None:
    whole = encoded(container, subtype)
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert 0.9 < len(read_sound(tmp_path / name)) / RATE < 2.0


def test_a_wav_that_was_cut_off_says_so_and_one_of_unknown_length_is_whole(tmp_path: Path) -> None:
    whole = encoded("WAV")
    file = tmp_path / "answer.wav"
    for content, is_damaged in (
        (whole, False),
        (whole[: len(whole) // 2], True),
        (as_wav(len(whole), len(whole)), False),
        (as_wav(0xFFFF_FFFF, 0xFFFF_FFFF), False),
        (as_wav(0x7FFF_FFFF - 36, 0x7FFF_FFFF), False),
    ):
        file.write_bytes(content)
        assert load_sound(file).is_damaged is is_damaged


def test_numbers_that_are_none_become_silence_unless_there_is_nothing_else(tmp_path: Path) -> None:
    sound = tone(1.0)
    sound[100:200] = np.nan
    sound[200:300] = np.inf
    soundfile.write(tmp_path / "some.wav", sound, RATE, subtype="FLOAT")
    assert not read_sound(tmp_path / "some.wav")[100:300].any()
    soundfile.write(tmp_path / "all.wav", np.full(RATE, np.nan), RATE, subtype="FLOAT")
    with pytest.raises(SoundFileError, match=r"all\.wav holds no sound, only invalid numbers"):
        read_sound(tmp_path / "all.wav")


def png() -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    shape = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixel = chunk(b"IDAT", zlib.compress(b"\0abc"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", shape) + pixel + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", r"is empty \(0 bytes\)"),
        (encoded("WAV")[:44], "holds no sound"),
        (encoded("WAV")[:30], "is not a sound file, or its beginning is damaged"),
        (encoded("FLAC")[:60], "is not a sound file, or its beginning is damaged"),
        (encoded("MP3")[:60], "is not a sound file, or its beginning is damaged"),
        (b"Why product management?\n" * 400, "is not a sound file, or its beginning is damaged"),
        (np.random.default_rng(1).bytes(50_000), "is not a sound file, or its beginning is damaged"),
        (bytes(50_000), "is not a sound file, or its beginning is damaged"),
        (png(), "holds no sound"),
    ],
    ids=["empty", "header only", "cut header", "cut flac", "cut mp3", "text", "random", "zeros", "picture"],
)
def test_what_is_no_sound_is_refused_in_a_sentence_that_names_the_file(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(content)
    with pytest.raises(SoundFileError, match=words) as caught:
        read_sound(path)
    assert str(path) in caught.value.message
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(SoundFileError, match=r"There is no file .*gone\.wav"):
        read_sound(tmp_path / "gone.wav")
    with pytest.raises(SoundFileError, match="is a folder"):
        read_sound(tmp_path)
    with pytest.raises(SoundFileError, match="cannot be opened"):
        read_sound(tmp_path / ("long" * 200))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes among its files")
def test_a_pipe_is_named_as_such(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SoundFileError, match="is not a file"):
        read_sound(tmp_path / "pipe")


@contextlib.contextmanager
def somebody_else() -> Iterator[None]:
    """Nobody's rights: root may read everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_a_file_that_may_not_be_read_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "secret.wav"
    path.write_bytes(encoded("WAV"))
    path.chmod(0)
    with somebody_else(), pytest.raises(SoundFileError, match=r"You may not read .*secret\.wav"):
        read_sound(path)


@pytest.mark.parametrize("container", ["WAV", "FLAC"])
def test_a_file_of_an_hour_is_refused_by_its_length(tmp_path: Path, container: str) -> None:
    path = tmp_path / "meeting"
    soundfile.write(path, np.zeros(3600 * 8000, np.int16), 8000, format=container, subtype="PCM_16")
    with pytest.raises(SoundFileError, match="lasts 60 minutes; an answer can last 20 at most"):
        read_sound(path)


def test_a_file_just_within_the_limit_is_read(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.wav", np.zeros(LONGEST_SECONDS * 8000, np.int16), 8000)
    assert len(load_sound(tmp_path / "long.wav").samples) == LONGEST_SECONDS * 8000


def test_without_pyav_a_file_of_another_kind_is_refused_with_the_way_to_convert_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode_with_av(tmp_path / "answer.m4a", "aac", 44_100, "mono")
    monkeypatch.setitem(sys.modules, "av", None)  # as in the installers, which leave it out
    with pytest.raises(SoundFileError, match=r"is not WAV, FLAC, OGG, Opus or MP3.*ffmpeg -i FILE"):
        read_sound(tmp_path / "answer.m4a")


def test_a_damaged_mp3_does_not_write_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = encoded("MP3")
    (tmp_path / "cut.mp3").write_bytes(whole[: len(whole) // 2])
    read_sound(tmp_path / "cut.mp3")
    assert capfd.readouterr().err == ""


def test_a_flac_file_that_does_not_tell_its_length_is_read(tmp_path: Path) -> None:
    """As ffmpeg and flac write it into a pipe."""
    content = bytearray(encoded("FLAC"))
    content[21] &= 0xF0
    content[22:26] = bytes(4)
    file = tmp_path / "piped.flac"
    file.write_bytes(content)
    assert len(read_sound(file)) / RATE == pytest.approx(3.0, abs=0.04)
    assert not load_sound(file).is_damaged


@pytest.mark.parametrize("rate", [1, 16, 2**31 - 1])
def test_a_rate_that_no_recording_has_is_refused(tmp_path: Path, rate: int) -> None:
    content = bytearray(encoded("WAV", seconds=0.01))
    struct.pack_into("<I", content, 24, rate)
    file = tmp_path / "odd.wav"
    file.write_bytes(content)
    with pytest.raises(SoundFileError, match=r"odd\.wav"):
        load_sound(file)


def test_a_wav_in_an_unknown_format_is_refused(tmp_path: Path) -> None:
    content = bytearray(encoded("WAV"))
    struct.pack_into("<H", content, 20, 0x99)
    file = tmp_path / "unknown.wav"
    file.write_bytes(content)
    with pytest.raises(SoundFileError, match=r"unknown\.wav"):
        load_sound(file)


def test_a_playlist_makes_nobody_fetch_its_files(tmp_path: Path) -> None:
    encode_with_av(tmp_path / "part.ts", "aac", 48_000, "mono")
    playlist = tmp_path / "answer.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:2,\n{tmp_path}/part.ts\n#EXT-X-ENDLIST\n")
    with pytest.raises(SoundFileError, match=r"answer\.m3u8"):
        load_sound(playlist)


def test_a_title_that_is_no_utf_8_costs_nothing(tmp_path: Path) -> None:
    import av

    file = tmp_path / "answer.m4a"
    with av.open(str(file), "w") as container:
        container.metadata["title"] = "ABCDEFGH"
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone(2.0)[np.newaxis], format="fltp", layout="mono")
        frame.sample_rate = RATE
        container.mux([*stream.encode(frame), *stream.encode(None)])
    file.write_bytes(file.read_bytes().replace(b"ABCDEFGH", b"M\xfcller!!"))
    assert len(read_sound(file)) > RATE


def test_a_file_that_is_damaged_in_its_middle_says_so(tmp_path: Path) -> None:
    content = bytearray(encoded("FLAC"))
    whole, damaged = tmp_path / "whole.flac", tmp_path / "damaged.flac"
    whole.write_bytes(content)
    middle = len(content) // 2
    content[middle : middle + 4000] = bytes(4000)
    damaged.write_bytes(content)
    assert not load_sound(whole).is_damaged
    sound = load_sound(damaged)
    assert sound.is_damaged
    assert 0.5 < len(sound.samples) / sound.sample_rate < 2.5
