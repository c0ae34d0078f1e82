"""The voice, with the real synthesiser in its real child process."""

import os
import stat
import subprocess
import sys
import threading
import time
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest
import soundfile

from file_limit import no_file_larger_than
from whypm.audio.sound_file import read_sound
from whypm.domain.errors import VoiceError
from whypm.voice import speaker as speaker_module
from whypm.voice.rendering import spoken_seconds
from whypm.voice.speaker import Speaker

SPEAKING_WHILE_BUSY = """
import sys
from multiprocessing import Pipe
from pathlib import Path
from whypm.voice import worker

make_engine = worker._engine

def make_busy_engine():  # espeak-ng's thread has something to say before the rate, as it has now and then
    engine = make_engine()
    from pyttsx3.drivers import _espeak
    set_parameter = _espeak.SetParameter

    def set_while_busy(*settings):
        _espeak.dll.espeak_Key(b"one word and another " * 20)
        return set_parameter(*settings)

    _espeak.SetParameter = set_while_busy
    return engine

worker._engine = make_busy_engine
ours, theirs = Pipe()
worker.speak(theirs, worker.Utterance(sys.argv[1], Path(sys.argv[2]), None, 120))
print(ours.recv(), flush=True)
"""
QUESTION = "Why do you want to be a product manager, and not an engineer?"


def seconds_of(file: Path) -> float:
    return float(soundfile.info(file).duration)


def test_a_question_becomes_a_sound_file_of_its_length(tmp_path: Path) -> None:
    file = Speaker(tmp_path).render(QUESTION)
    assert 2.0 < seconds_of(file) < 8.0
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_a_spoken_question_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    assert stat.S_IMODE(Speaker(tmp_path).render(QUESTION).stat().st_mode) == 0o600


def test_a_kept_question_is_not_rendered_again(tmp_path: Path) -> None:
    speaker = Speaker(tmp_path)
    first = speaker.render(QUESTION)
    first.write_bytes(first.read_bytes()[:-2000])  # a new rendering would be as long as the first
    size = first.stat().st_size
    assert speaker.render(QUESTION) == first
    assert first.stat().st_size == size


def test_the_questions_that_were_used_last_are_kept_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_module, "MOST_KEPT", 3)
    speaker = Speaker(tmp_path)
    kept = [speaker.render(text) for text in ("First?", "Second?", "Third?")]
    for at, file in enumerate(kept, 1):
        os.utime(file, (at, at))
    assert speaker.render("First?") == kept[0]  # used once more
    last = speaker.render("Fourth?")
    assert set(tmp_path.iterdir()) == {kept[0], kept[2], last}
    for file in (kept[0], kept[2]):
        os.utime(file, (2_000_000_000, 2_000_000_000))  # as where the clock was set back since
    newest = speaker.render("Fifth?")
    assert set(tmp_path.iterdir()) == {kept[0], kept[2], newest}


@pytest.mark.parametrize("subtype", ["PCM_16", "FLOAT"])  # the latter makes libsndfile write AIFF-C
def test_what_macos_writes_under_a_name_of_wav_is_a_spoken_question_too(tmp_path: Path, subtype: str) -> None:
    speaker = Speaker(tmp_path)
    kept = speaker.render(QUESTION)
    seconds = seconds_of(kept)
    samples, rate = soundfile.read(kept)
    soundfile.write(kept, samples, rate, format="AIFF", subtype=subtype)
    as_on_macos = kept.read_bytes()
    assert speaker.render(QUESTION) == kept
    assert kept.read_bytes() == as_on_macos  # else it was taken for cut, and rendered anew
    assert len(read_sound(kept, rate)) / rate == pytest.approx(seconds)
    assert spoken_seconds(kept) == pytest.approx(seconds)


@pytest.mark.parametrize("content", [b"", b"FORM", b"FORM\0\0\0\4AIFF", b"FORM\0\0\0\4ILBM", b"RIFF"])
def test_a_file_without_sound_speaks_for_no_time(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cut.wav").write_bytes(content)
    assert spoken_seconds(tmp_path / "cut.wav") == 0


def test_a_faster_rate_gives_a_shorter_file(tmp_path: Path) -> None:
    speaker = Speaker(tmp_path)
    slow = speaker.render(QUESTION, words_per_minute=120)
    fast = speaker.render(QUESTION, words_per_minute=240)
    assert seconds_of(fast) < 0.8 * seconds_of(slow)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="espeak-ng speaks on Linux only")
def test_the_rate_is_kept_where_pyttsx3_stops_what_espeak_is_busy_with(tmp_path: Path) -> None:
    busy = tmp_path / "busy.wav"
    program = [sys.executable, "-P", "-c", SPEAKING_WHILE_BUSY, QUESTION, str(busy)]
    done = subprocess.run(program, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "Spoken()\n"
    usual = Speaker(tmp_path).render(QUESTION, words_per_minute=120)
    assert seconds_of(busy) == pytest.approx(seconds_of(usual), abs=0.01)


def test_a_damaged_kept_file_is_rendered_again(tmp_path: Path) -> None:
    speaker = Speaker(tmp_path)
    file = speaker.render(QUESTION)
    file.write_bytes(b"RIFF")
    assert seconds_of(speaker.render(QUESTION)) > 2.0


def test_the_machine_s_voices_are_listed_with_their_languages(tmp_path: Path) -> None:
    voices = Speaker(tmp_path).voices()
    assert any(language.startswith("en") for voice in voices for language in voice.languages)
    assert len({voice.id for voice in voices}) == len(voices)


def test_a_voice_that_is_gone_is_replaced_by_the_system_s_own(tmp_path: Path) -> None:
    assert seconds_of(Speaker(tmp_path).render(QUESTION, voice="uninstalled")) > 2.0


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("def init(driver): raise RuntimeError('no engine here')", "No voice works .*no engine here"),
        ("import os; os._exit(3)", r"did not answer \(exit code 3\)"),
        ("import socket; socket.socket().connect(('192.0.2.1', 80))", "keeps to its machine"),
    ],
)
def test_a_machine_without_a_voice_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, words: str
) -> None:
    (tmp_path / "pyttsx3.py").write_text(module)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(VoiceError, match=words) as raised:
        Speaker(tmp_path).render(QUESTION)
    assert "doctor" in raised.value.remedy
    assert not list(tmp_path.glob("*.wav"))


@pytest.fixture
def distribution(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of system libraries that go before the system's own, where no voice came with us."""
    loader = pytest.importorskip("espeakng_loader", reason="only Linux brings a voice of its own")
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    (libraries / "libespeak-ng.so.1").symlink_to(loader.get_library_path())
    (tmp_path / "espeakng_loader.py").write_text("raise ImportError('left out of the packages')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("LD_LIBRARY_PATH", str(libraries))
    monkeypatch.setenv("ESPEAK_DATA_PATH", loader.get_data_path())
    return libraries


def test_where_none_was_packaged_the_distribution_s_espeak_speaks(distribution: Path, tmp_path: Path) -> None:
    assert distribution.is_dir()
    speaker = Speaker(tmp_path)
    assert seconds_of(speaker.render(QUESTION)) > 2.0
    assert len(speaker.voices()) > 50


@pytest.mark.parametrize("lacking", ["library", "data"])
def test_where_the_distribution_has_no_espeak_either_the_way_to_install_it_is_told(
    distribution: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lacking: str
) -> None:
    if lacking == "library":
        (distribution / "libespeak-ng.so.1").unlink()
        (distribution / "libespeak-ng.so.1").write_text("not a library, before one that there may be")
    else:
        monkeypatch.setenv("ESPEAK_DATA_PATH", str(tmp_path / "nowhere"))
    speaker = Speaker(tmp_path)
    for attempt in (lambda: speaker.render(QUESTION), speaker.voices):
        with pytest.raises(VoiceError, match="There is no voice on this machine") as raised:
            attempt()
        assert "apt-get install libespeak-ng1" in raised.value.remedy


def test_a_voice_that_does_not_answer_in_time_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_module, "_START_SECONDS", -13.0)
    with pytest.raises(VoiceError, match="did not answer"):
        Speaker(tmp_path).render(QUESTION)
    assert list(tmp_path.iterdir()) == []


def test_cancelling_ends_the_rendering_at_once(tmp_path: Path) -> None:
    speaker = Speaker(tmp_path)
    errors: list[VoiceError] = []

    def render() -> None:
        try:
            speaker.render("word " * 3000)
        except VoiceError as error:
            errors.append(error)

    thread = threading.Thread(target=render)
    thread.start()
    limit = time.monotonic() + 20
    while thread.is_alive() and time.monotonic() < limit:
        speaker.cancel()
        thread.join(0.05)
    assert not thread.is_alive()
    assert [error.message for error in errors] == ["The voice was stopped."]
    assert list(tmp_path.iterdir()) == []


def test_cancelling_while_the_voice_is_being_started_ends_the_rendering_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speaker, start = Speaker(tmp_path), SpawnProcess.start

    def start_and_cancel(child: SpawnProcess) -> None:
        start(child)
        speaker.cancel()

    monkeypatch.setattr(SpawnProcess, "start", start_and_cancel)
    with pytest.raises(VoiceError, match="was stopped"):
        speaker.render(QUESTION)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_told_as_a_voice_that_failed(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be kept in"):
        Speaker(tmp_path / "missing").render(QUESTION)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the other systems' engines write by themselves"
)
def test_a_full_disk_is_told_at_once_and_not_as_a_bug(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with no_file_larger_than(1000), pytest.raises(VoiceError, match="File too large"):
        Speaker(tmp_path).render(QUESTION)
    assert capfd.readouterr().err == ""
    assert list(tmp_path.iterdir()) == []
