"""Playing on a real (virtual) speaker that the test listens to."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from event_diary import EventDiary
from sound_alignment import LIKENESS, whereabouts
from virtual_sound import VirtualSoundCard, wait_until
from whypm.audio.player import Player
from whypm.audio.sound_card import SoundCard
from whypm.audio.sound_file import read_sound
from whypm.domain.errors import DeviceError, SoundFileError
from whypm.domain.sound import PlaybackEnded, PlaybackEnding, PlaybackMoved, PlayerEvent

pytestmark = pytest.mark.sound

RATE = 16_000


Diary = EventDiary[PlayerEvent]


def moved_to(seconds: float) -> Callable[[PlayerEvent], bool]:
    return lambda event: isinstance(event, PlaybackMoved) and event.seconds >= seconds


def ending(diary: Diary) -> PlaybackEnding:
    event = diary.until(lambda event: isinstance(event, PlaybackEnded))
    assert isinstance(event, PlaybackEnded)
    return event.ending


def places(diary: Diary) -> list[tuple[float, float]]:
    return [(at, event.seconds) for at, event in diary.entries if isinstance(event, PlaybackMoved)]


def let_it_catch_up(heard: Path) -> None:
    """Wait for the twentieth of a second that parecord itself lags behind."""
    size = heard.stat().st_size
    wait_until(lambda: heard.stat().st_size > size + 0.05 * 2 * 48_000, "the recording has caught up")


def test_the_speaker_plays_the_file_whole_and_the_end_is_told_when_it_has_been_heard(
    card: SoundCard,
    sound_card: VirtualSoundCard,
    noise: NDArray[np.float32],
    noise_file: Path,
    diary: Diary,
    tmp_path: Path,
) -> None:
    player = Player(card)
    heard = tmp_path / "heard.wav"
    with sound_card.recording_speaker(heard):
        player.play(noise_file, None, diary)
        assert player.playing
        assert ending(diary) is PlaybackEnding.FINISHED
        assert not player.playing
        # The recording ends here: what had not been heard yet would be missing from it.
        let_it_catch_up(heard)
    found = whereabouts(read_sound(heard, RATE), noise, RATE)
    assert max(abs(distance) for distance, _ in found) < 0.001
    assert min(likeness for _, likeness in found) > LIKENESS


def test_the_place_told_keeps_step_with_the_clock_and_ends_at_the_files_end(
    card: SoundCard, noise_file: Path, diary: Diary
) -> None:
    Player(card).play(noise_file, None, diary)
    ending(diary)
    times, seconds = np.array(places(diary)).T
    assert (np.diff(seconds) >= 0).all()
    assert seconds[-1] == pytest.approx(2.0, abs=0.15)
    assert 15 <= len(seconds) / 2.0 <= 25
    is_under_way = seconds < seconds[-1]  # at the end it stands still until the last sample has been heard
    times, seconds = times[is_under_way], seconds[is_under_way]
    drift = (seconds - seconds[5]) - (times - times[5])
    assert np.abs(drift[5:]).max() < 0.1


def test_a_part_is_played_from_its_start_to_its_end(
    card: SoundCard,
    sound_card: VirtualSoundCard,
    noise: NDArray[np.float32],
    noise_file: Path,
    diary: Diary,
    tmp_path: Path,
) -> None:
    with sound_card.recording_speaker(tmp_path / "heard.wav") as heard:
        Player(card).play(noise_file, None, diary, start_seconds=0.5, end_seconds=1.0)
        assert ending(diary) is PlaybackEnding.FINISHED
        let_it_catch_up(heard)
    seconds = [place for _, place in places(diary)]
    assert seconds[0] >= 0.5
    assert seconds[-1] <= 1.0
    sound = read_sound(heard, RATE)
    found = whereabouts(sound, noise[RATE // 2 : RATE], RATE)
    assert min(likeness for _, likeness in found) > LIKENESS
    audible_seconds = np.count_nonzero(np.abs(sound) > 0.001) / RATE
    assert audible_seconds == pytest.approx(0.5, abs=0.05)


def test_stop_silences_the_speaker_at_once(
    card: SoundCard, sound_card: VirtualSoundCard, noise_file: Path, diary: Diary
) -> None:
    player = Player(card)
    player.play(noise_file, None, diary)
    diary.until(moved_to(0.3))
    began = time.monotonic()
    player.stop()
    assert ending(diary) is PlaybackEnding.STOPPED
    assert diary.entries[-1][0] - began < 0.5
    assert not player.playing
    wait_until(lambda: sound_card.players() == 0, "the speaker is free")
    player.stop()  # harmless when repeated
    assert diary.all_read()
    assert card.refresh()


def test_playing_again_stops_what_played(card: SoundCard, noise_file: Path, diary: Diary) -> None:
    second: Diary = EventDiary()
    player = Player(card)
    player.play(noise_file, None, diary)
    diary.until(moved_to(0.0))
    player.play(noise_file, None, second, start_seconds=1.7)
    assert ending(diary) is PlaybackEnding.STOPPED
    assert ending(second) is PlaybackEnding.FINISHED


def test_of_two_that_begin_at_once_the_last_alone_plays_and_can_be_stopped(
    card: SoundCard, sound_card: VirtualSoundCard, noise_file: Path
) -> None:
    player = Player(card)
    diaries: list[Diary] = [EventDiary(), EventDiary()]
    together = threading.Barrier(2)

    def begin(diary: Diary) -> None:
        together.wait()
        player.play(noise_file, None, diary)

    threads = [threading.Thread(target=begin, args=(diary,)) for diary in diaries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    player.stop()
    assert [ending(diary) for diary in diaries] == [PlaybackEnding.STOPPED] * 2
    wait_until(lambda: sound_card.players() == 0, "the speaker is let go")


def test_a_speaker_that_goes_away_ends_the_playback(
    card: SoundCard, sound_card: VirtualSoundCard, noise_file: Path, diary: Diary
) -> None:
    player = Player(card)
    player.play(noise_file, None, diary)
    diary.until(moved_to(0.3))
    sound_card.unplug_speaker()
    try:
        assert ending(diary) is PlaybackEnding.DEVICE_LOST
        assert not player.playing
    finally:
        sound_card.plug_in_speaker()


@pytest.mark.usefixtures("unplugged_speaker")
def test_without_a_speaker_playing_is_refused_in_plain_words(
    card: SoundCard, noise_file: Path, diary: Diary
) -> None:
    player = Player(card)
    with pytest.raises(DeviceError, match=r"speaker .* could not be opened.*plugged in"):
        player.play(noise_file, None, diary)
    assert not player.playing
    assert card.refresh()


def test_a_file_that_cannot_be_read_is_refused_before_the_speaker_is_opened(
    card: SoundCard, sound_card: VirtualSoundCard, diary: Diary, tmp_path: Path
) -> None:
    with pytest.raises(SoundFileError, match="There is no file"):
        Player(card).play(tmp_path / "gone.wav", None, diary)
    assert sound_card.players() == 0


def test_a_speaker_is_let_go_where_the_sound_cannot_be_made_ready_for_it(
    card: SoundCard, noise_file: Path, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("whypm.audio.player.resample", no_memory)
    player = Player(card)
    with pytest.raises(MemoryError):
        player.play(noise_file, None, diary)
    assert not player.playing
    assert card.refresh()  # which an open stream would forbid


def test_a_part_beyond_the_end_is_over_at_once(card: SoundCard, noise_file: Path, diary: Diary) -> None:
    Player(card).play(noise_file, None, diary, start_seconds=60)
    assert ending(diary) is PlaybackEnding.FINISHED


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 96_000])
def test_every_rate_from_8_to_96_khz_can_be_played(
    card: SoundCard, diary: Diary, tmp_path: Path, rate: int
) -> None:
    path = tmp_path / "tone.wav"
    soundfile.write(path, np.sin(np.arange(rate // 4) * 440 * 2 * np.pi / rate), rate)
    Player(card).play(path, None, diary)
    assert ending(diary) is PlaybackEnding.FINISHED


def test_a_listener_that_fails_does_not_keep_the_speaker(
    card: SoundCard, noise_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    diary: Diary = EventDiary()

    def listen_and_fail(event: PlayerEvent) -> None:
        diary(event)
        raise ZeroDivisionError

    player = Player(card)
    player.play(noise_file, None, listen_and_fail, start_seconds=1.8)
    assert ending(diary) is PlaybackEnding.FINISHED
    assert not player.playing
    assert card.refresh()
    assert "The listener failed on PlaybackEnded" in caplog.text


def test_stopping_in_the_last_moment_is_stopping(card: SoundCard, noise_file: Path, diary: Diary) -> None:
    player = Player(card)
    player.play(noise_file, None, diary)
    diary.until(moved_to(1.95))  # by now everything was sent, and the rest is on its way
    player.stop()
    assert ending(diary) is PlaybackEnding.STOPPED
