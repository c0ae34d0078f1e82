"""The text face that comes with the app."""

import logging
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from whypm.ui.theme import Size

FAMILY = "Inter"
_FILES = ("Inter-Regular.ttf", "Inter-SemiBold.ttf")
_log = logging.getLogger(__name__)


def load_fonts(folder: Path) -> None:
    """Make the face known to Qt; where a file is missing, the system's own face takes its place."""
    for name in _FILES:
        file = folder / name
        # By its content: on Windows, FreeType opens no path with letters that the code page lacks.
        if not file.is_file() or QFontDatabase.addApplicationFontFromData(file.read_bytes()) < 0:
            _log.warning("the font %s cannot be loaded", file)


def text_font(size: Size, *, strong: bool = False, figures: bool = False) -> QFont:
    """Return the face in this size; with ``figures`` they are equally wide, so that a timer stands still."""
    font = QFont(FAMILY)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font
