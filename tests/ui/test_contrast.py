"""What is drawn can be seen, and so can where the focus is: 3:1 against the ground (WCAG 2.2, 1.4.11)."""

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from whypm.domain.remarks import Part
from whypm.ui.report.build import PartRun
from whypm.ui.report.part_strip import PartStrip, PartSwatch
from whypm.ui.style.look import Look
from whypm.ui.style.stylesheet import stylesheet
from whypm.ui.style.theme import DARK, LIGHT, Role, contrast, mixed
from whypm.ui.widgets.button import Weight, button
from whypm.ui.widgets.choice import Choice
from whypm.ui.widgets.play_button import PlayButton
from whypm.ui.widgets.ring import TimerRing
from whypm.ui.widgets.switch import Switch
from whypm.ui.widgets.waveform import Waveform

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
"""There are no frames off screen, and Qt says so."""

LEAST = 3.0
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
Make = Callable[[Look], QWidget]


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """Show widgets side by side and return what holds them, which is to be kept."""
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for widget in widgets:
        row.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def colours(picture: QImage) -> Counter[str]:
    return Counter(
        picture.pixelColor(x, y).name() for y in range(picture.height()) for x in range(picture.width())
    )


def strongest(widget: QWidget, ground: str) -> float:
    found = colours(widget.grab().toImage())
    least = 4  # a few pixels are the softened edge of something
    return max(contrast(colour, ground) for colour, count in found.items() if count >= least)


def waveform(look: Look) -> Waveform:
    made = Waveform(look)
    made.show_sound((1.0,) * 20, 10.0)
    return made


@THEMES
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(waveform, id="waveform"),
        *(
            pytest.param(lambda look, part=part: PartSwatch(part, look), id=f"swatch-{part.value}")
            for part in Part
        ),
        pytest.param(lambda look: PartStrip([PartRun(Part.OPENING, 1.0)], look), id="strip"),
    ],
)
def test_what_is_drawn_stands_out_from_its_card(qtbot: QtBot, look: Look, theme: str, make: Make) -> None:
    look.wear(theme, reduce_motion=True)
    made = make(look)
    _kept = shown(qtbot, made)
    made.clearFocus()  # without its ring
    assert strongest(made, look.colours[Role.SURFACE_RAISED]) >= LEAST


@THEMES
def test_the_length_to_aim_at_can_be_seen_on_the_ring(qtbot: QtBot, look: Look, theme: str) -> None:
    look.wear(theme, reduce_motion=True)
    ring = TimerRing(look)
    ring.show_target(60, 90)
    _kept = shown(qtbot, ring)
    picture = ring.grab().toImage()
    left = {picture.pixelColor(x, ring.height() // 2).name() for x in range(12)}
    table = look.colours
    assert max(contrast(colour, table[Role.LINE]) for colour in left) >= LEAST
    assert max(contrast(colour, table[Role.SURFACE]) for colour in left) >= LEAST


@THEMES
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda _: button("Start", "start", Weight.PRIMARY), id="primary"),
        pytest.param(lambda _: button("Next question", "next"), id="plain"),
        pytest.param(lambda look: Switch("Live text", "live", look), id="switch"),
        pytest.param(lambda look: Choice("pack", "Questions", look), id="choice"),
        pytest.param(lambda look: PlayButton("Hear it", look, side=36), id="play"),
    ],
)
@pytest.mark.parametrize("on", [False, True])
def test_the_focus_can_be_told_from_its_absence(
    qtbot: QtBot, look: Look, theme: str, make: Make, on: bool
) -> None:
    look.wear(theme, reduce_motion=True)
    made, other = make(look), button("Other", "other")
    _kept = shown(qtbot, made, other)
    if isinstance(made, Switch):
        made.setChecked(on)
    other.setFocus()
    without = made.grab().toImage()
    made.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(made.hasFocus)
    focused = made.grab().toImage()
    changed = sum(
        contrast(without.pixelColor(x, y).name(), focused.pixelColor(x, y).name()) >= LEAST
        for y in range(made.height())
        for x in range(made.width())
    )
    assert changed >= made.width()  # a line along one side at least


@pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
def test_how_far_a_page_goes_and_where_the_knob_may_go_can_be_seen(table: dict[Role, str]) -> None:
    sheet = stylesheet(table)
    assert f"QScrollBar::handle:vertical {{ background: {table[Role.CONTROL]};" in sheet
    assert f"QSlider::groove:horizontal {{ background: {table[Role.CONTROL]};" in sheet
    meant = mixed(table[Role.ACCENT], table[Role.SURFACE_RAISED], 0.12)
    assert contrast(table[Role.CONTROL], meant) >= LEAST, (
        "the pitch on the ground of the moment that is meant"
    )
