"""A run's parts: made once, and changed without losing what the user chose."""

import os
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing import active_children
from pathlib import Path

import numpy as np

from file_limit import no_file_larger_than
from whypm.audio.recording_file import RecordingFile
from whypm.domain.feedback import AskedQuestion
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.feedback.judging.encoder_process import PROCESS_NAME
from whypm.made_once import made_once
from whypm.settings import load_settings
from whypm.studio import Studio


class Slow:
    """Counts how often its part is made."""

    def __init__(self) -> None:
        self.made = 0
        self.may_finish = threading.Event()

    @made_once
    def part(self) -> object:
        """The part."""
        self.made += 1
        self.may_finish.wait(5)
        return object()


def test_a_part_asked_for_by_many_threads_is_made_once() -> None:
    slow = Slow()
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(slow.part)) for _ in range(8)]
    for thread in threads:
        thread.start()
    slow.may_finish.set()
    for thread in threads:
        thread.join(10)
    assert slow.made == 1
    assert len(got) == 8
    assert len(set(map(id, got))) == 1


def test_the_command_line_s_model_is_not_kept_with_other_choices(tmp_path: Path) -> None:
    with Studio(tmp_path) as studio:
        studio.change_settings(replace(studio.settings, model="small"))
    with Studio(tmp_path, model="tiny.en") as studio:
        assert studio.settings.model == "tiny.en"
        studio.change_settings(replace(studio.settings, theme="dark"))
        assert studio.settings.model == "tiny.en"
    kept = load_settings(tmp_path / "settings.json")
    assert (kept.model, kept.theme) == ("small", "dark")


def test_a_model_that_the_user_chooses_is_kept(tmp_path: Path) -> None:
    with Studio(tmp_path, model="tiny.en") as studio:
        studio.change_settings(replace(studio.settings, model="base"))
    assert load_settings(tmp_path / "settings.json").model == "base"


def test_what_two_windows_choose_is_kept_from_both(tmp_path: Path) -> None:
    with Studio(tmp_path) as one, Studio(tmp_path) as other:
        assert one.settings == other.settings
        one.change_settings(replace(one.settings, company="Acme"))
        other.change_settings(replace(other.settings, live_text=True))
    kept = load_settings(tmp_path / "settings.json")
    assert (kept.company, kept.live_text) == ("Acme", True)


def test_a_chosen_pack_that_is_gone_gives_way_to_the_built_in_one(tmp_path: Path) -> None:
    with Studio(tmp_path) as studio:
        studio.change_settings(replace(studio.settings, pack="taken-away"))
        assert studio.chosen_pack().id == "why-pm"


def test_the_judges_of_all_packs_share_one_process_which_ends_with_the_studio(tmp_path: Path) -> None:
    with Studio(tmp_path) as studio:
        ours = studio.chosen_pack()
        theirs = replace(ours, id="another", checklist=ours.checklist[:3])
        verdicts = [studio.judge(pack).judge(("I love building products.",)) for pack in (ours, theirs)]
        assert verdicts[0][:3] == verdicts[1]
        assert [child.name for child in active_children()] == [PROCESS_NAME]
    assert active_children() == []


def test_a_full_disk_that_keeps_a_take_from_being_recovered_does_not_cost_the_other_sessions(
    tmp_path: Path,
) -> None:
    with Studio(tmp_path) as studio:
        left_open = Session(
            id="crashed",
            created=datetime.now(UTC) - timedelta(hours=1),
            question=AskedQuestion("plain-1", "Why?"),
            company=None,
            audio=studio.store.recording_path("crashed"),
            duration_seconds=0.0,
            state=SessionState.RECORDED,
            ending=Ending.CRASHED,
            dropped_blocks=0,
            opening_seconds=0.0,
            pack="why-pm 1",
            model=None,
            app_version="0.1.0",
        )
        studio.store.keep(left_open)
        studio.store.keep(replace(left_open, id="whole", audio=None, ending=Ending.STOPPED))
        assert left_open.audio is not None
        sound = RecordingFile(left_open.audio, 16_000)
        sound.write(np.full(100, 900, np.int16))
        sound.close()
        os.utime(left_open.audio, (1, 1))
    with Studio(tmp_path) as studio, no_file_larger_than(1000):
        assert {session.id for session in studio.store.recent()} == {"crashed", "whole"}
    os.utime(left_open.audio, (1, 1))  # its header was mended just now
    with Studio(tmp_path) as studio:
        assert studio.store.find("crashed").duration_seconds == 100 / 16_000
