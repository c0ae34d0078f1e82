"""How much a voice moved: one figure that is told, and not judged."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from whypm.domain.content import Pack
from whypm.domain.errors import StorageError
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.pitch import PitchTrack, VoicePitch, semitones_between
from whypm.domain.timing import PaceStretch
from whypm.domain.transcript import Recognition, Span
from whypm.feedback.delivery.pitch import describe_pitch, measure_pitch
from whypm.feedback.reports.report import build_report
from whypm.feedback.reports.report_format import report_from_json, report_to_json

STEP = 0.1
SPEAKING = (Span(0.0, 20.0),)
STRETCHES = (PaceStretch(0.0, 10.0, 150.0), PaceStretch(10.0, 20.0, 150.0))
SAID = ("I was a nurse for nine years and I wrote to the people who made our pumps.",) * 5

Json = dict[str, Any]


def swinging(semitones: float, hertz: float = 120.0, steps: int = 200) -> tuple[float, ...]:
    """A pitch that swings round this one with this standard deviation: ten swings of 2 s each."""
    return tuple(
        hertz * 2 ** (semitones * math.sqrt(2) * math.sin(math.pi * step / 10) / 12) for step in range(steps)
    )


def measured(*hertz: float | None, voiced: tuple[Span, ...] = SPEAKING) -> VoicePitch:
    pitch = measure_pitch(PitchTrack(STEP, hertz), voiced, STRETCHES)
    assert pitch is not None
    return pitch


@pytest.fixture
def heard(speak: Callable[..., Recognition]) -> Recognition:
    recognition = speak(SAID)
    steps = round(recognition.duration_seconds / STEP)
    return replace(recognition, pitch=PitchTrack(STEP, swinging(2.0, steps=steps)))


@pytest.fixture
def spoken(heard: Recognition, pack: Pack, judge_by: type) -> Report:
    return build_report(AskedQuestion(), pack, judge_by({}), recognition=heard)


def test_an_octave_has_twelve_semitones_up_and_down() -> None:
    assert (semitones_between(110.0, 220.0), semitones_between(220.0, 110.0)) == (12.0, -12.0)


def test_a_voice_on_one_note_does_not_move() -> None:
    pitch = measured(*(118.0,) * 200)
    assert (pitch.hertz, pitch.semitones) == (118.0, 0.0)


@pytest.mark.parametrize("semitones", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("hertz", [80.0, 240.0])
def test_movement_is_the_standard_deviation_in_semitones_however_high_the_voice(
    semitones: float, hertz: float
) -> None:
    pitch = measured(*swinging(semitones, hertz))
    assert pitch.semitones == pytest.approx(semitones, rel=0.01)
    assert pitch.hertz == pytest.approx(hertz, rel=0.01)


@pytest.mark.parametrize("leap", [0.5, 2.0])
def test_steps_that_leapt_an_octave_move_nothing(leap: float) -> None:
    true = swinging(2.0)
    leapt = [hertz * leap if step % 25 == 7 else hertz for step, hertz in enumerate(true)]
    pitch = measured(*leapt)
    assert pitch.semitones == pytest.approx(2.0, rel=0.05)
    assert pitch.track.hertz[7] is None
    assert [hertz for hertz in pitch.track.hertz if hertz is not None] == [
        hertz for step, hertz in enumerate(true) if step % 25 != 7
    ]


def test_a_pitch_where_nobody_speaks_is_no_voice_s() -> None:
    voiced = (Span(0.0, 7.0), Span(13.0, 20.0))
    hertz = [400.0 if 70 <= step < 130 else 120.0 for step in range(200)]
    pitch = measured(*hertz, voiced=voiced)
    assert (pitch.hertz, pitch.semitones) == (120.0, 0.0)
    assert set(pitch.track.hertz[70:130]) == {None}
    assert len(pitch.track.hertz) == 200


@pytest.mark.parametrize("room", [50.8, 60.0, 99.8, 120.1, 300.0])
@pytest.mark.parametrize("semitones", [1.0, 3.0])
def test_a_note_that_sounds_through_the_silences_is_left_out_of_the_voice(
    room: float, semitones: float
) -> None:
    voice = list(swinging(semitones, 180.0))
    voice[70:130] = [room] * 60
    voice[::3] = [room] * len(voice[::3])
    pitch = measured(*voice, voiced=(Span(0.0, 7.0), Span(13.0, 20.0)))
    assert pitch.semitones == pytest.approx(semitones, rel=0.1)
    assert pitch.hertz == pytest.approx(180.0, rel=0.03)
    assert room not in pitch.track.hertz


def test_where_the_room_drowns_the_voice_there_is_no_figure() -> None:
    hertz = [100.0] * 400
    hertz[:180:2] = swinging(3.0, 180.0, steps=90)
    voiced = (Span(0.0, 18.0),)
    assert measure_pitch(PitchTrack(STEP, tuple(hertz[:180])), voiced, STRETCHES) is not None
    hertz[0] = 100.0
    assert measure_pitch(PitchTrack(STEP, tuple(hertz)), voiced, STRETCHES) is None


@pytest.mark.parametrize(
    "silence", [(None,) * 60, swinging(3.0, 150.0, steps=60), (None,) * 31 + (120.0,) * 29]
)
def test_silences_without_a_note_of_their_own_take_nothing_from_the_voice(
    silence: tuple[float | None, ...],
) -> None:
    voice = swinging(2.0)
    hertz = (*voice[:70], *silence, *voice[130:])
    kept = measured(*hertz, voiced=(Span(0.0, 7.0), Span(13.0, 20.0))).track.hertz
    assert (kept[:70], kept[130:]) == (voice[:70], voice[130:])


def test_the_voice_itself_fades_beside_a_stretch_of_it() -> None:
    voice = list(swinging(2.0))
    gaps = [(start, start + 4) for start in range(20, 180, 20)]
    for start, end in gaps:
        voice[start:end] = [120.0] * (end - start)
    voiced = tuple(
        Span(start / 10, end / 10)
        for start, end in zip(
            [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), 200], strict=True
        )
    )
    pitch = measured(*voice, voiced=voiced)
    assert any(hertz == pytest.approx(120.0, rel=0.01) for hertz in pitch.track.hertz)


def test_too_little_pitch_gives_no_figure() -> None:
    barely, too_little = (120.0,) * 60, (120.0,) * 59
    assert measure_pitch(PitchTrack(STEP, barely), SPEAKING, STRETCHES) is not None
    assert measure_pitch(PitchTrack(STEP, too_little), SPEAKING, STRETCHES) is None
    assert measure_pitch(PitchTrack(STEP, (120.0,) * 200), (), ()) is None
    assert measure_pitch(PitchTrack(STEP, (None,) * 200), SPEAKING, STRETCHES) is None


def test_each_stretch_of_the_pace_has_its_own_movement() -> None:
    pitch = measured(*(120.0,) * 100, *swinging(2.0, steps=100))
    flat, lively = pitch.stretches
    assert [(each.start, each.end) for each in pitch.stretches] == [(0.0, 10.0), (10.0, 20.0)]
    assert (flat.hertz, flat.semitones) == (120.0, 0.0)
    assert lively.semitones == pytest.approx(2.0, rel=0.01)
    assert lively.hertz == pytest.approx(median(swinging(2.0, steps=100)))


def test_a_stretch_with_little_pitch_says_nothing() -> None:
    pitch = measured(*swinging(2.0, steps=100), *(120.0,) * 19, *(None,) * 81)
    assert pitch.stretches[0].semitones is not None
    assert (pitch.stretches[1].hertz, pitch.stretches[1].semitones) == (None, None)


def test_the_figure_is_told_with_its_sources_and_without_a_target() -> None:
    told = describe_pitch(measured(*swinging(2.34, 118.0)))
    assert told.value == "moved 2.3 semitones (standard deviation) round 118 Hz"
    assert told.source.startswith("There is no agreed target.")
    for source in ("Hincks, System 33, 2005", "InSTIL/ICALL 2004", "Traunmüller and Eriksson, JASA 97, 1995"):
        assert source in told.source


def test_no_advice_rests_on_the_pitch(heard: Recognition, pack: Pack, judge_by: type, spoken: Report) -> None:
    assert heard.pitch is not None
    steps = (Span(step * STEP, (step + 1) * STEP) for step in range(len(heard.pitch.hertz)))
    on_one_note = (
        120.0 if any(span.start <= step.start and step.end <= span.end for span in heard.voiced) else None
        for step in steps
    )
    flat = replace(heard, pitch=PitchTrack(STEP, tuple(on_one_note)))
    monotonous = build_report(AskedQuestion(), pack, judge_by({}), recognition=flat)
    assert monotonous.pitch is not None
    assert monotonous.pitch.semitones == 0.0
    assert replace(monotonous, pitch=spoken.pitch) == spoken


def test_an_answer_without_a_track_has_no_pitch(
    speak: Callable[..., Recognition], pack: Pack, judge_by: type
) -> None:
    report = build_report(AskedQuestion(), pack, judge_by({}), recognition=speak(SAID))
    assert report.pitch is None
    assert report_to_json(report)["pitch"] is None


def test_a_foreign_answer_keeps_its_pitch(heard: Recognition, pack: Pack, judge_by: type) -> None:
    german = replace(heard, language="de", language_probability=0.99)
    report = build_report(AskedQuestion(), pack, judge_by({}), recognition=german)
    assert "German" in report.advice[0].text
    assert report.pitch is not None


def test_the_pitch_is_in_the_json_beside_the_contract_s_own_keys(spoken: Report, report_schema: Json) -> None:
    data = report_to_json(spoken)
    Draft202012Validator(report_schema).validate(data)
    pitch = data["pitch"]
    assert pitch["deviation_semitones"] == pytest.approx(2.0, abs=0.05)
    assert pitch["median_hz"] == pytest.approx(120.0, abs=1.0)
    assert pitch["step_s"] == STEP
    assert len(pitch["hz"]) == round(data["timing"]["duration_s"] / STEP)
    assert [(each["start"], each["end"]) for each in pitch["stretches"]] == [
        (each["start"], each["end"]) for each in data["timing"]["pace_curve"]
    ]


def test_a_kept_pitch_comes_back_the_same(spoken: Report) -> None:
    stored = json.loads(json.dumps(report_to_json(spoken)))
    read = report_from_json(stored)
    assert read.pitch is not None
    assert report_to_json(read) == stored
    assert report_from_json(report_to_json(read)) == read


def test_a_report_that_was_kept_before_pitch_was_followed_is_read(spoken: Report) -> None:
    stored = report_to_json(spoken)
    del stored["pitch"]
    assert report_from_json(stored) == report_from_json({**report_to_json(spoken), "pitch": None})
    assert report_from_json(stored).pitch is None


@pytest.mark.parametrize(
    ("key", "value"),
    [("hz", [True]), ("hz", "120"), ("median_hz", None), ("stretches", [{}]), ("step_s", "x")],
)
def test_a_damaged_pitch_is_told_by_its_place(spoken: Report, key: str, value: object) -> None:
    stored = report_to_json(spoken)
    stored["pitch"][key] = value
    with pytest.raises(StorageError, match="missing or damaged"):
        report_from_json(stored)
