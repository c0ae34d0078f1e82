"""The file under a recording, and what is left of it after a crash."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from file_limit import no_file_larger_than
from whypm.audio.recording_file import HEADER_INTERVAL_SECONDS, RecordingFile, repair
from whypm.domain.errors import SoundFileError, StorageError
from whypm.domain.sound import Ending

BLOCK = np.arange(-800, 800, dtype=np.int16)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_what_is_written_is_read_back_bit_for_bit(tmp_path: Path) -> None:
    file = RecordingFile(tmp_path / "take.wav", 16_000)
    file.write(BLOCK)
    file.write(-BLOCK)
    file.close()
    file.close()
    samples, rate = soundfile.read(tmp_path / "take.wav", dtype="int16")
    assert rate == 16_000
    np.testing.assert_array_equal(samples, np.concatenate([BLOCK, -BLOCK]))
    assert file.frames == len(samples)


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_a_recording_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    RecordingFile(tmp_path / "take.wav", 16_000).close()
    assert stat.S_IMODE((tmp_path / "take.wav").stat().st_mode) == 0o600


def test_every_block_is_on_disk_when_write_returns(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    file = RecordingFile(path, 16_000)
    for count in range(1, 4):
        file.write(BLOCK)
        assert path.stat().st_size == 44 + count * BLOCK.nbytes
    file.close()


def test_the_header_is_at_most_a_second_behind(tmp_path: Path) -> None:
    clock = Clock()
    path = tmp_path / "take.wav"
    file = RecordingFile(path, 16_000, clock)
    file.write(BLOCK)
    assert soundfile.info(path).frames == 0
    clock.seconds = HEADER_INTERVAL_SECONDS
    file.write(BLOCK)
    assert soundfile.info(path).frames == 2 * len(BLOCK)
    file.write(BLOCK)
    file.close()
    assert soundfile.info(path).frames == 3 * len(BLOCK)


def test_the_disk_is_made_to_keep_each_second_while_it_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut cannot be produced here, so this looks at what is asked of the disk, and when."""
    kept_sizes: list[int] = []
    really = os.fsync

    def noted(descriptor: int) -> None:
        really(descriptor)
        about = os.fstat(descriptor)
        if stat.S_ISREG(about.st_mode):  # and not the folder
            kept_sizes.append(about.st_size)

    monkeypatch.setattr(os, "fsync", noted)
    clock = Clock()
    file = RecordingFile(tmp_path / "take.wav", 16_000, clock)
    for tenth in range(1, 31):
        clock.seconds = tenth / 10
        file.write(BLOCK)
    monkeypatch.undo()
    file.close()
    assert kept_sizes == [44 + second * 10 * BLOCK.nbytes for second in range(4)]


WRITE_FOREVER = """
import sys
from pathlib import Path
import numpy as np
from whypm.audio.recording_file import RecordingFile
file = RecordingFile(Path(sys.argv[1]), 16_000)
while True:
    file.write(np.full(1600, 1234, np.int16))
    print(file.frames, flush=True)
"""


def test_a_writer_killed_at_any_moment_leaves_a_file_that_repair_makes_whole(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    with subprocess.Popen([sys.executable, "-c", WRITE_FOREVER, str(path)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        for _ in range(50):
            told = int(child.stdout.readline())
        child.kill()
    recording = repair(path)
    assert recording.frames >= told
    assert recording.ending is Ending.CRASHED
    samples, rate = soundfile.read(path, dtype="int16")
    assert len(samples) == recording.frames
    assert rate == recording.sample_rate
    assert set(samples.tolist()) == {1234}


def test_repair_drops_half_a_sample_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    RecordingFile(path, 48_000).close()
    with path.open("ab") as file:
        file.write(b"\1\0\2\0\3")
    assert repair(path).frames == 2
    assert path.stat().st_size == 48
    assert repair(path).frames == 2  # and again


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a recording of ours" * 9])
def test_repair_leaves_a_strange_file_alone_and_names_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "strange.wav"
    path.write_bytes(content)
    with pytest.raises(SoundFileError, match=r"strange\.wav is not a recording made by WhyPM"):
        repair(path)
    assert path.read_bytes() == content


def test_repair_leaves_another_programs_wav_alone(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.zeros((100, 2)), 16_000)
    before = path.read_bytes()
    with pytest.raises(SoundFileError, match="not a recording made by WhyPM"):
        repair(path)
    assert path.read_bytes() == before


def test_repair_says_when_there_is_no_sound_or_no_file(tmp_path: Path) -> None:
    RecordingFile(tmp_path / "empty.wav", 16_000).close()
    with pytest.raises(SoundFileError, match=r"empty\.wav holds no sound"):
        repair(tmp_path / "empty.wav")
    with pytest.raises(SoundFileError, match=r"gone\.wav cannot be repaired: No such file"):
        repair(tmp_path / "gone.wav")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot be kept in .*nowhere: No such file"):
        RecordingFile(tmp_path / "nowhere" / "take.wav", 16_000)


def test_a_file_at_its_largest_size_keeps_what_fitted(tmp_path: Path) -> None:
    path = tmp_path / "take.wav"
    limit = 44 + 2 * len(BLOCK) + 101  # an odd number: the last sample is cut in two
    file = RecordingFile(path, 16_000)
    file.write(BLOCK)
    with no_file_larger_than(limit), pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        file.write(BLOCK)
    file.close()
    assert file.frames == len(BLOCK) + 50
    assert soundfile.info(path).frames == file.frames
