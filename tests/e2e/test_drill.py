"""A drill on a real sound card: its prompt is heard, and its one point is held against the earlier answer."""

import json
from pathlib import Path

import jsonschema
import pytest
from listening import make_reply, words_in
from test_rehearse import rehearsing

from kept_answer import keep_answer
from terminal import whypm
from virtual_sound import VirtualSoundCard
from whypm.studio import Studio

pytestmark = [pytest.mark.sound, pytest.mark.slow]


def test_a_drill_asks_for_one_point_aloud_and_says_what_became_of_it(
    sound_card: VirtualSoundCard, tmp_path: Path, report_schema: dict
) -> None:
    reply = make_reply(tmp_path / "reply.wav", seconds=14.0)
    data = tmp_path / "data"
    with Studio(data) as studio:
        before = keep_answer(studio, "abc123abc123", "I like making things. I want a say in what gets built.")
    with (
        sound_card.recording_speaker(tmp_path / "prompt.wav") as prompt,
        rehearsing(sound_card, data, "--json", "--drill", "aspiration", "--of", before.id) as terminal,
    ):
        terminal.wait_for("Listening")
        sound_card.play_into_microphone(reply).wait()
        terminal.press_enter()
        drilled = json.loads(terminal.finish())
        assert terminal.process.returncode == 0
    jsonschema.validate(drilled, report_schema)
    asked = set(drilled["drill"]["prompt"].lower().replace(".", "").replace(",", "").split())
    assert len(words_in(prompt, data / "models") & asked) >= 0.6 * len(asked)
    assert [row["id"] for row in drilled["checklist"]] == ["aspiration"]
    assert before.report is not None
    levels = {verdict.id: verdict.level for verdict in before.report.checklist}
    assert drilled["outcome"]["before"] == levels["aspiration"]
    assert drilled["outcome"]["after"] == drilled["checklist"][0]["level"]
    listed = whypm("sessions", "list", "--json", data=data).json
    assert [session["drill"] for session in listed] == [
        {"about": "aspiration", "of": before.id},
        None,
    ]
