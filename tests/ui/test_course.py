"""The course of an answer: its pace drawn against the target, with every pause and filler at its moment."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from whypm.domain.content import Pack
from whypm.domain.feedback import Report
from whypm.domain.sound_quality import Loudness, SoundQuality
from whypm.domain.timing import Filler, PaceStretch, Pause, Timing
from whypm.ui.course import Course, Moment, MomentKind, read_course
from whypm.ui.feedback_content import read_report
from whypm.ui.feedback_view import FeedbackView, Stretch
from whypm.ui.look import Look
from whypm.ui.theme import DARK, LIGHT, Role
from whypm.ui.widgets.course_chart import CourseChart
from whypm.ui.widgets.course_layout import CourseLayout, Row

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
    assert set(layout.rows) == set(Row)


def test_rows_without_content_take_no_room(course: Course) -> None:
    bare = replace(course, moments=course.of(MomentKind.STRETCH), loudness=None)
    assert set(CourseLayout(bare, SECONDS, 700.0).rows) == {Row.PACE}
    assert CourseLayout(bare, SECONDS, 700.0).height < CourseLayout(course, SECONDS, 700.0).height


@pytest.mark.parametrize(("seconds", "width"), [(15.0, 300.0), (90.0, 300.0), (600.0, 700.0)])
def test_times_on_the_axis_never_run_into_each_other(course: Course, seconds: float, width: float) -> None:
    layout = CourseLayout(course, seconds, width)
    places = [layout.x(second) for second in layout.ticks()]
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
