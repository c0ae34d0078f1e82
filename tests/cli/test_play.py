"""``whypm sessions play``: to its end, or until Ctrl+C."""

import argparse
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from kept_answer import recorded_session
from virtual_sound import VirtualSoundCard, wait_until
from whypm.cli import sessions
from whypm.cli.options import common_options, with_defaults
from whypm.studio import Studio

RATE = 16_000


def keep_take(data: Path, seconds: int) -> None:
    with Studio(data) as studio:
        sound = studio.store.recording_path("take")
        soundfile.write(sound, np.zeros(seconds * RATE, np.int16), RATE)
        studio.store.keep(recorded_session("take", sound, seconds=seconds))


def play(data: Path) -> int:
    parser = argparse.ArgumentParser()
    sessions.configure(parser, common_options())
    options = with_defaults(parser.parse_args(["play", "take", "--data-dir", str(data)]))
    code: int = options.command(options)
    return code


@pytest.fixture
def no_signal_for_this_thread() -> Iterator[None]:
    """Have signals wake another thread than this one: so Ctrl+C is on Windows before Python 3.14."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    yield
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGINT, before)


def test_a_recording_is_played_to_its_end(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    keep_take(tmp_path, 1)
    began = time.monotonic()
    assert play(tmp_path) == 0
    assert time.monotonic() - began >= 1.0
    assert sound_card.players() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be sent to one thread alone there")
@pytest.mark.usefixtures("no_signal_for_this_thread")
def test_ctrl_c_ends_a_recording_where_it_wakes_no_waiting_thread(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    keep_take(tmp_path, 60)

    def press_ctrl_c() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        wait_until(lambda: sound_card.players() == 1, "the recording to be heard")
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)

    pressing = threading.Thread(target=press_ctrl_c)
    began = time.monotonic()
    pressing.start()
    with pytest.raises(KeyboardInterrupt):
        play(tmp_path)
    pressing.join(10)
    assert time.monotonic() - began < 30.0, "it was heard to its end"
    assert sound_card.players() == 0
