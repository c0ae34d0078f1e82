"""The icon as Windows wants it, drawn from the picture in `assets/icons`; the same bytes each time."""

import struct
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""What Windows shows at 100 to 250 % in lists, on the taskbar and on the desktop, in pixels."""
AS_PNG = 256
"""From this size on an icon holds a PNG; below it a bitmap, which the installer's own loader needs."""


def write_icon(drawing: Path, target: Path) -> Path:
    """Draw the SVG ``drawing`` in every size into the icon ``target``, and return it."""
    images = [_image(drawing, size) for size in SIZES]
    offset = 6 + 16 * len(images)
    header = struct.pack("<HHH", 0, 1, len(images))
    entries, bodies = b"", b""
    for size, body in zip(SIZES, images, strict=True):
        byte = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", byte, byte, 0, 0, 1, 32, len(body), offset + len(bodies))
        bodies += body
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(header + entries + bodies)
    return target


def _image(drawing: Path, size: int) -> bytes:
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return _png(image) if size >= AS_PNG else _bitmap(image)


def _png(image: "QImage") -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImageWriter

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def _bitmap(image: "QImage") -> bytes:
    """A bitmap as icons hold it: from the last row to the first, then a mask, which the alpha makes idle."""
    size = image.width()
    pixels = bytes(image.constBits())
    rows = [pixels[row * size * 4 : (row + 1) * size * 4] for row in reversed(range(size))]
    mask = bytes((size + 31) // 32 * 4 * size)
    header = struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return header + b"".join(rows) + mask
