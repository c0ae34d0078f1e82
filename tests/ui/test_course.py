"""The course of an answer: its pace drawn against the target, with every pause and filler at its moment."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Report
from whypm.domain.pitch import PitchStretch, PitchTrack, VoicePitch
from whypm.domain.sound_quality import Loudness, SoundQuality
from whypm.domain.timing import Filler, PaceStretch, Pause, Timing
from whypm.ui.report.course import Course, Moment, MomentKind, read_course
from whypm.ui.report.course_chart import CourseChart
from whypm.ui.report.course_layout import CourseLayout, Row
from whypm.ui.report.feedback_content import read_report
from whypm.ui.report.feedback_view import FeedbackView, Stretch
from whypm.ui.report.pitch_line import RANGE_SEMITONES, pitch_line
from whypm.ui.style.look import Look
from whypm.ui.style.theme import DARK, LIGHT, Role

SECONDS = 42.0
PACES = (100.0, 140.0, 150.0, 210.0)
TIMING = Timing(
    duration_seconds=SECONDS,
    response_latency_seconds=0.8,
    speaking_seconds=40.0,
    word_count=100,
    words_per_minute=150.0,
    articulation_words_per_minute=171.0,
    pauses=(Pause(12.0, 13.5, inside_sentence=True), Pause(25.0, 26.0)),
    fillers=(Filler("um", 12.9, 13.2), Filler("uh", 33.0, 33.4)),
    fillers_per_minute=3.0,
    pace_curve=tuple(PaceStretch(1.0 + 10 * n, 11.0 + 10 * n, pace) for n, pace in enumerate(PACES)),
)
MOVED = (2.1, None, 1.4, 3.2)
PITCH = VoicePitch(
    PitchTrack(0.1, (*[None] * 10, *[120.0] * 200, *[None] * 100, *[150.0] * 100, *[None] * 10)),
    120.0,
    2.3,
    tuple(PitchStretch(1.0 + 10 * n, 11.0 + 10 * n, moved and 118.0, moved) for n, moved in enumerate(MOVED)),
)
SOUND = SoundQuality(Loudness(0.5, (-60.0, *[-20.0] * 80, -60.0)))


@pytest.fixture
def spoken(report: Report) -> Report:
    return replace(report, timing=TIMING, sound=SOUND)


@pytest.fixture
def course(spoken: Report, pack: Pack) -> Course:
    read = read_course(spoken, pack)
    assert read is not None
    return read


@pytest.fixture
def view(qtbot: QtBot, look: Look, spoken: Report, pack: Pack) -> FeedbackView:
    view = FeedbackView(look)
    qtbot.addWidget(view)
    view.resize(900, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.show_feedback(read_report(spoken, pack), SECONDS, playable=True)
    qtbot.waitUntil(lambda: view.course.chart.height() > 100)
    return view


@pytest.fixture
def chart(view: FeedbackView) -> CourseChart:
    return view.course.chart


def moment(course: Course, kind: MomentKind, number: int = 0) -> Moment:
    return course.of(kind)[number]


def place_of(chart: CourseChart, course: Course, what: Moment) -> QPoint:
    return chart.layout_of(course).point(what).toPoint()


def caption(view: FeedbackView) -> str:
    label = view.findChild(QLabel, "course-moment")
    assert label is not None
    return label.text()


def test_the_sentence_tells_range_target_and_articulation(course: Course) -> None:
    assert course.sentence == (
        "In steps of about 10 seconds you spoke 100 to 210 words a minute, fastest from 0:31 to 0:41. "
        "2 of 4 steps are on target. With the pauses left out it is 171 over the whole answer."
    )


def test_every_moment_is_told_in_words_in_the_order_of_its_time(course: Course) -> None:
    assert [each.words for each in course.moments] == [
        "0:01 to 0:11: 100 words a minute, slower than the target",
        "0:11 to 0:21: 140 words a minute, on target",
        "0:12: a pause of 1.5 seconds inside a sentence",
        "0:12: “um”",
        "0:21 to 0:31: 150 words a minute, on target",
        "0:25: a pause of 1.0 seconds between sentences",
        "0:31 to 0:41: 210 words a minute, faster than the target",
        "0:33: “uh”",
    ]


def test_a_followed_pitch_is_told_in_the_sentence_and_with_each_stretch(spoken: Report, pack: Pack) -> None:
    course = read_course(replace(spoken, pitch=PITCH), pack)
    assert course is not None
    assert course.sentence.endswith(
        "Your pitch moved 1.4 to 3.2 semitones in a step, most from 0:31 to 0:41."
    )
    moved = "; the pitch moved {} semitones round 118 Hz"
    assert [each.words for each in course.of(MomentKind.STRETCH)] == [
        "0:01 to 0:11: 100 words a minute, slower than the target" + moved.format(2.1),
        "0:11 to 0:21: 140 words a minute, on target",
        "0:21 to 0:31: 150 words a minute, on target" + moved.format(1.4),
        "0:31 to 0:41: 210 words a minute, faster than the target" + moved.format(3.2),
    ]


def test_a_pitch_that_is_known_of_one_stretch_alone_makes_no_range(spoken: Report, pack: Pack) -> None:
    once = replace(PITCH, stretches=(PITCH.stretches[0], *[replace(PITCH.stretches[1])] * 3))
    course = read_course(replace(spoken, pitch=once), pack)
    assert course is not None
    assert "pitch" not in course.sentence


def test_a_step_is_held_against_the_target_as_it_is_told(spoken: Report, pack: Pack) -> None:
    steps = (PaceStretch(1.0, 11.0, 160.4), PaceStretch(11.0, 21.0, 160.6))
    course = read_course(replace(spoken, timing=replace(TIMING, pace_curve=steps)), pack)
    assert course is not None
    told = course.of(MomentKind.STRETCH)
    assert [moment.words for moment in told] == [
        "0:01 to 0:11: 160 words a minute, on target",
        "0:11 to 0:21: 161 words a minute, faster than the target",
    ]
    assert [moment.on_target for moment in told] == [True, False]
    assert "1 of 2 steps is on target." in course.sentence


def test_a_chart_with_pitch_is_named_so_and_says_how_it_is_drawn(
    view: FeedbackView, chart: CourseChart, spoken: Report, pack: Pack
) -> None:
    def shown(name: str) -> str:
        label = view.findChild(QLabel, name)
        assert label is not None
        return label.text()

    assert shown("course-title") == "Pace over the answer"
    assert "Pitch" not in shown("course-key")
    view.show_feedback(read_report(replace(spoken, pitch=PITCH), pack), SECONDS, playable=True)
    assert shown("course-title") == "Pace and pitch over the answer"
    assert shown("course-key").endswith("Pitch is drawn up to 7 semitones above and below your middle.")
    assert chart.accessibleName().startswith("Pace and pitch over the answer")
    assert chart.accessibleDescription().endswith("the pitch moved 2.3 semitones round 120 Hz")


def test_a_stretch_can_be_meant_at_its_pitch_too(
    view: FeedbackView, chart: CourseChart, spoken: Report, pack: Pack, qtbot: QtBot
) -> None:
    feedback = read_report(replace(spoken, pitch=PITCH), pack)
    assert feedback.course is not None
    view.show_feedback(feedback, SECONDS, playable=True)
    course = feedback.course
    qtbot.waitUntil(lambda: chart.height() == round(chart.layout_of(course).height))
    view.ensureWidgetVisible(chart, 0, 300)
    layout = chart.layout_of(course)
    qtbot.mouseMove(chart, QPoint(100, 10))
    qtbot.mouseMove(chart, QPointF(layout.x(35.0), layout.rows[Row.PITCH].center().y()).toPoint())
    qtbot.waitUntil(lambda: caption(view).startswith("0:31 to 0:41"))


def test_the_pitch_line_is_level_where_the_voice_is_and_breaks_where_it_is_not() -> None:
    row = QRectF(0.0, 100.0, 420.0, 40.0)
    path = pitch_line(PITCH, row, lambda seconds: seconds * 10)
    points = [path.elementAt(number) for number in range(path.elementCount())]
    starts = [point for point in points if point.isMoveTo()]
    assert [point.x for point in starts] == pytest.approx([10.0, 310.0], abs=2.0)
    assert {point.y for point in points if point.x < 220.0} == {row.center().y()}
    higher = 12 * math.log2(150 / 120) / RANGE_SEMITONES
    assert points[-1].y == pytest.approx(row.center().y() - higher * row.height() / 2)


@pytest.mark.parametrize(("hertz", "y"), [(30.0, 140.0), (480.0, 100.0)])
def test_a_pitch_far_from_the_middle_stays_in_its_row(hertz: float, y: float) -> None:
    far = replace(PITCH, track=PitchTrack(0.1, (hertz,) * 10))
    path = pitch_line(far, QRectF(0.0, 100.0, 420.0, 40.0), lambda seconds: seconds * 40)
    assert path.elementAt(3).y == y


def test_a_single_step_is_a_dash_and_ten_minutes_are_no_smudge() -> None:
    row = QRectF(0.0, 100.0, 600.0, 40.0)
    one = replace(PITCH, track=PitchTrack(0.1, (None, 120.0, None)))
    assert pitch_line(one, row, lambda seconds: seconds * 100).boundingRect().width() == pytest.approx(10.0)
    long = replace(PITCH, track=PitchTrack(0.1, (120.0, 130.0) * 3000))
    assert pitch_line(long, row, lambda seconds: seconds).elementCount() <= 602


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_the_pitch_is_drawn_in_the_quiet_colour_of_marks(
    chart: CourseChart, spoken: Report, pack: Pack, look: Look, theme: str, colours: dict[Role, str]
) -> None:
    look.wear(theme, reduce_motion=True)
    level = replace(PITCH, hertz=150.0, track=PitchTrack(0.1, (150.0,) * 420))
    course = read_course(replace(spoken, pitch=level), pack)
    assert course is not None
    chart.show_course(course, SECONDS, playable=True)
    chart.resize(chart.sizeHint())
    layout = chart.layout_of(course)
    picture = chart.grab().toImage()
    middle = QPointF(layout.x(15.0), layout.rows[Row.PITCH].center().y()).toPoint()
    wanted, ground = (QColor(colours[role]).lightness() for role in (Role.CONTROL, Role.SURFACE_RAISED))
    drawn = [picture.pixelColor(middle + QPoint(0, down)).lightness() for down in (-1, 0)]
    assert min(abs(each - wanted) for each in drawn) < abs(wanted - ground) / 3


def test_a_pack_without_a_target_for_pace_judges_no_stretch(spoken: Report, pack: Pack) -> None:
    untargeted = replace(pack, bands=tuple(band for band in pack.bands if band.figure != "pace"))
    course = read_course(spoken, untargeted)
    assert course is not None
    assert course.moments[0].words == "0:01 to 0:11: 100 words a minute"
    assert "target" not in course.sentence


def test_a_short_answer_has_no_course(view: FeedbackView, report: Report, pack: Pack) -> None:
    assert (
        read_course(replace(report, timing=replace(TIMING, pace_curve=TIMING.pace_curve[:1])), pack) is None
    )
    assert read_course(replace(report, timing=None), pack) is None
    view.show_feedback(read_report(report, pack), 9.0, playable=True)
    assert not view.course.isVisible()


def test_time_runs_from_left_to_right_and_pace_upwards(course: Course) -> None:
    layout = CourseLayout(course, SECONDS, 700.0)
    points = [layout.point(each) for each in course.of(MomentKind.STRETCH)]
    assert sorted(points, key=QPointF.x) == points
    assert sorted(points, key=lambda point: -point.y()) == points
    for second in (0.0, 12.9, SECONDS):
        assert layout.seconds_at(layout.x(second)) == pytest.approx(second)
    assert set(layout.rows) == set(Row) - {Row.PITCH}


def test_rows_without_content_take_no_room(course: Course) -> None:
    bare = replace(course, moments=course.of(MomentKind.STRETCH), loudness=None)
    assert set(CourseLayout(bare, SECONDS, 700.0).rows) == {Row.PACE}
    assert CourseLayout(bare, SECONDS, 700.0).height < CourseLayout(course, SECONDS, 700.0).height


@pytest.mark.parametrize(("seconds", "width"), [(15.0, 300.0), (90.0, 300.0), (600.0, 700.0)])
def test_times_on_the_axis_never_run_into_each_other(course: Course, seconds: float, width: float) -> None:
    layout = CourseLayout(course, seconds, width)
    places = [layout.x(second) for second in layout.ticks()]
    assert len(places) > 1
    assert all(right - left > 50 for left, right in pairwise(places))


def test_a_click_on_the_curve_plays_from_that_second(
    view: FeedbackView, chart: CourseChart, course: Course, qtbot: QtBot
) -> None:
    layout = chart.layout_of(course)
    place = QPoint(round(layout.x(28.0)), round(layout.rows[Row.PACE].center().y()))
    with qtbot.waitSignal(view.play) as asked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place)
    assert asked.args[0].start == pytest.approx(28.0, abs=0.1)


@pytest.mark.parametrize(("kind", "second"), [(MomentKind.PAUSE_INSIDE, 12.0), (MomentKind.FILLER, 12.9)])
def test_a_click_on_a_mark_plays_it_with_the_second_before_it(
    view: FeedbackView, chart: CourseChart, course: Course, qtbot: QtBot, kind: MomentKind, second: float
) -> None:
    with qtbot.waitSignal(view.play) as asked:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=place_of(chart, course, moment(course, kind)))
    assert asked.args == [Stretch(second - 1.0)]


def test_what_is_under_the_pointer_is_told_below_the_chart(
    view: FeedbackView, chart: CourseChart, course: Course, qtbot: QtBot
) -> None:
    assert caption(view).startswith("Point to read, click to hear")
    pause = moment(course, MomentKind.PAUSE_BETWEEN)
    view.ensureWidgetVisible(chart)
    qtbot.mouseMove(chart, QPoint(100, 10))
    qtbot.mouseMove(chart, place_of(chart, course, pause))
    qtbot.waitUntil(lambda: caption(view) == pause.words)


def test_the_keys_go_from_moment_to_moment_and_enter_plays(
    view: FeedbackView, chart: CourseChart, course: Course, qtbot: QtBot
) -> None:
    view.activateWindow()
    chart.setFocus()
    qtbot.waitUntil(chart.hasFocus)
    told = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        qtbot.keyClick(chart, key)
        told.append(caption(view))
        assert chart.accessibleDescription() == told[-1]
    words = [each.words for each in course.moments]
    assert told == [words[0], words[1], words[2], words[1], words[-1]]
    with qtbot.waitSignal(view.play) as asked:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert asked.args == [Stretch(32.0)]
    chart.clearFocus()
    assert caption(view).startswith("Point to read, click to hear")
    assert chart.accessibleDescription() == (
        "150 words a minute, slowest 100 from 0:01 to 0:11, fastest 210 from 0:31 to 0:41, "
        "2 pauses, 2 fillers"
    )


def test_the_whole_chart_can_be_read_in_words(view: FeedbackView, course: Course) -> None:
    words = view.findChild(QLabel, "course-words")
    more = view.findChild(QPushButton, "course-in-words")
    assert words is not None
    assert more is not None
    assert not words.isVisible()
    more.click()
    assert words.isVisible()
    assert words.text().splitlines() == [each.words for each in course.moments]


def test_without_the_recording_the_chart_is_read_but_not_played(
    view: FeedbackView, chart: CourseChart, course: Course, qtbot: QtBot, spoken: Report, pack: Pack
) -> None:
    view.show_feedback(read_report(spoken, pack), SECONDS, playable=False)
    asked: list[object] = []
    view.play.connect(asked.append)
    qtbot.mouseClick(
        chart, Qt.MouseButton.LeftButton, pos=place_of(chart, course, moment(course, MomentKind.FILLER))
    )
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert asked == []
    assert caption(view) == course.moments[0].words


def test_the_place_that_is_heard_moves_along_the_chart(view: FeedbackView, chart: CourseChart) -> None:
    view.show_playback(Stretch(0.0), 21.0)
    assert chart.place_seconds == 21.0
    view.show_playback(None, None)
    assert chart.place_seconds is None


@pytest.mark.parametrize(("theme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_a_stretch_on_target_is_a_filled_dot_and_another_is_open(
    chart: CourseChart, course: Course, look: Look, theme: str, colours: dict[Role, str]
) -> None:
    look.wear(theme, reduce_motion=True)
    picture = chart.grab().toImage()
    layout = chart.layout_of(course)
    drawn = {
        each.on_target: picture.pixelColor(layout.point(each).toPoint())
        for each in course.of(MomentKind.STRETCH)
    }
    assert drawn[True] == QColor(colours[Role.ACCENT])
    assert drawn[False] == QColor(colours[Role.SURFACE_RAISED])


def test_a_step_in_which_the_voice_stood_still_is_the_least_of_its_movements(
    spoken: Report, pack: Pack
) -> None:
    still = replace(PITCH, stretches=(replace(PITCH.stretches[0], semitones=0.0), *PITCH.stretches[1:]))
    course = read_course(replace(spoken, pitch=still), pack)
    assert course is not None
    assert "moved 0.0 to 3.2 semitones" in course.sentence


def test_a_long_pause_that_ends_after_a_later_filler_stands_inside_the_chart(
    spoken: Report, pack: Pack
) -> None:
    timing = replace(TIMING, pauses=(Pause(30.0, 60.0),), fillers=(Filler("um", 45.0, 45.5),))
    course = read_course(replace(spoken, timing=timing), pack)
    assert course is not None
    layout = CourseLayout(course, SECONDS, 600.0)
    assert layout.x(60.0) <= layout.rows[Row.PAUSES].right() + 0.01
