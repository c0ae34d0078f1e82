"""Draw the app's icon and the background of the disk image from `assets/icons/whypm.svg`.

    python packaging/macos/artwork.py

What it writes is checked in beside it, so that a build need not draw. Run it after a change of the SVG. It
needs the packages of `requirements/test.txt`: PySide6 draws, icnsutil writes the icon.
"""

import os
import sys
from pathlib import Path

from icnsutil import IcnsFile, PackBytes
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QImage, QPainter, QPen
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from macos.disk_image import APP_AT, APPLICATIONS_AT, BACKGROUND, WINDOW_SIZE  # noqa: E402  # this script's neighbours

ASSETS = HERE.parents[1] / "assets"
ICON = HERE / "whypm.icns"
BACKGROUNDS = {1: BACKGROUND, 2: BACKGROUND.with_stem("disk-image@2x")}  # for ordinary and Retina screens

# The types of the images in an .icns file, by the side in pixels. Two sizes occur twice: as themselves,
# and as the Retina picture of half that size.
PNG_TYPES = {32: "ic11", 64: "ic12", 128: "ic07", 256: "ic13 ic08", 512: "ic14 ic09", 1024: "ic10"}
ARGB_TYPES = {16: "ic04", 32: "ic05"}  # macOS reads these two only as packed channels
# Apple's template gives an icon's square 824 of 1024 pixels; ours has 240 of the SVG's 256.
SVG_SHARE = 824 / 1024 / (240 / 256)

PAPER, INK = "#f4f6f9", "#2c5f8f"
HINT = "Drag WhyPM to Applications"


def picture(width: int, height: int, paper: str = "transparent") -> QImage:
    """An empty picture, width x height pixels."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(paper))
    return image


def icon(side: int) -> QImage:
    """The icon, side x side pixels, in the margin that Apple's template has."""
    image = picture(side, side)
    painter = QPainter(image)
    margin = side * (1 - SVG_SHARE) / 2
    inside = QRectF(margin, margin, side - 2 * margin, side - 2 * margin)
    QSvgRenderer(str(ASSETS / "icons" / "whypm.svg")).render(painter, inside)
    painter.end()
    return image


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6's stubs want bytes, its code wants text
    return bytes(data.data())


def argb(image: QImage) -> bytes:
    """The picture as the icon format's packed channels: alpha, red, green, blue."""
    pixels = bytes(image.convertToFormat(QImage.Format.Format_RGBA8888).constBits())
    red, green, blue, alpha = (pixels[channel::4] for channel in range(4))
    return b"ARGB" + b"".join(PackBytes.pack(channel) for channel in (alpha, red, green, blue))


def write_icon(path: Path) -> None:
    """Write the icon in all its sizes."""
    icns = IcnsFile()
    for side, types in PNG_TYPES.items():
        for key in types.split():
            icns.add_media(key, data=png(icon(side)))
    for side, key in ARGB_TYPES.items():
        icns.add_media(key, data=argb(icon(side)))
    icns.write(str(path))


def background(scale: int) -> QImage:
    """What lies behind the two icons: an arrow from one to the other, and what to do with it."""
    image = picture(WINDOW_SIZE[0] * scale, WINDOW_SIZE[1] * scale, PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.setPen(QPen(QColor(INK), 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    middle, tip = (APP_AT[0] + APPLICATIONS_AT[0]) / 2, APP_AT[1]
    for start in ((-36, 0), (20, -16), (20, 16)):
        painter.drawLine(QPointF(middle + start[0], tip + start[1]), QPointF(middle + 36, tip))
    font = QFont(QFontDatabase.applicationFontFamilies(0)[0])
    font.setPixelSize(17)
    painter.setFont(font)
    painter.drawText(QRectF(0, 40, WINDOW_SIZE[0], 30), Qt.AlignmentFlag.AlignCenter, HINT)
    painter.end()
    return image


def main() -> int:
    """Write the icon and both backgrounds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication(sys.argv)
    QFontDatabase.addApplicationFont(str(ASSETS / "fonts" / "Inter-SemiBold.ttf"))
    write_icon(ICON)
    for scale, path in BACKGROUNDS.items():
        path.write_bytes(png(background(scale)))
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
