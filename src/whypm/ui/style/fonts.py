"""The text face that comes with the app, and how large the system wants text to be."""

import logging
import os
import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from whypm.ui.style.theme import Size

FAMILY = "Inter"
_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
LARGEST_SCALE = 2.0
"""WCAG 2.2, 1.4.4: text can be made twice as large without loss. Beyond it no page has been tried."""
_POINTS_PER_INCH = 72
_USUAL_PIXELS = {"win32": 12.0, "darwin": 13.0}
"""The height of the system's own text where nobody has changed it: 9 pt at 96 dpi, and 13."""
_GNOME_PIXELS = 11 * 96 / _POINTS_PER_INCH
_OTHER_PIXELS = 10 * 96 / _POINTS_PER_INCH
"""GNOME's default is 11 pt, KDE's and Xfce's 10 pt, at 96 dpi."""
_log = logging.getLogger(__name__)


def load_fonts(folder: Path) -> None:
    """Make the face known to Qt; where a file is missing, the system's own face takes its place."""
    for name in _FILES:
        file = folder / name
        # By its content: on Windows, FreeType opens no path with letters that the code page lacks.
        if not file.is_file() or QFontDatabase.addApplicationFontFromData(file.read_bytes()) < 0:
            _log.warning("the font %s cannot be loaded", file)


def text_font(size: Size, *, scale: float = 1.0, strong: bool = False, figures: bool = False) -> QFont:
    """Return the face in this size; with ``figures`` they are equally wide, so that a timer stands still.

    ``scale`` is how much larger than at 100 % text is.
    """
    font = QFont(FAMILY)
    font.setPixelSize(round(size * scale))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def system_text_scale() -> float:
    """Return how much larger than usual the system's own text is, 1 to ``LARGEST_SCALE``.

    Never less than 1: our sizes are already those of the system's small print.
    """
    usual = _USUAL_PIXELS.get(sys.platform)
    if usual is None:
        is_gnome = "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", "").upper()
        usual = _GNOME_PIXELS if is_gnome else _OTHER_PIXELS
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    screen = QGuiApplication.primaryScreen()
    if font.pointSizeF() > 0 and screen is not None:
        pixels = font.pointSizeF() * screen.logicalDotsPerInchY() / _POINTS_PER_INCH
    else:
        pixels = float(font.pixelSize())
    return min(max(1.0, pixels / usual), LARGEST_SCALE)
