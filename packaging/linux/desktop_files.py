"""The files by which a Linux desktop knows the program: menu entry, description, icons, manual."""

import gzip
import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import bundle

HERE = Path(__file__).resolve().parent
MENU_ENTRY = HERE / "whypm.desktop"
DESCRIPTION = HERE / f"{bundle.IDENTIFIER}.metainfo.xml"
MANUAL = HERE / "whypm.1"
DRAWING = bundle.ROOT / "assets" / "icons" / "whypm.svg"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""In pixels; the hicolor theme's usual ones."""


@dataclass(frozen=True, slots=True)
class Release:
    """What the packages of one release say of it."""

    version: str
    time: datetime
    glibc: str
    """The oldest C library that it runs with."""
    libraries: frozenset[str]
    """The names of those that the distribution provides."""

    def filled_in(self, template: Path) -> str:
        """Return a text of ours with the release's version and date in it."""
        text = template.read_text(encoding="utf-8")
        return text.replace("@VERSION@", self.version).replace("@DATE@", self.time.date().isoformat())


def write_desktop_files(share: Path, release: Release) -> None:
    """Lay the files into ``share``, as below /usr."""
    for template, folder in ((MENU_ENTRY, "applications"), (DESCRIPTION, "metainfo")):
        target = share / folder / template.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(release.filled_in(template), encoding="utf-8")
    manual = share / "man" / "man1" / f"{MANUAL.name}.gz"
    manual.parent.mkdir(parents=True, exist_ok=True)
    manual.write_bytes(gzip.compress(release.filled_in(MANUAL).encode(), 9, mtime=0))
    write_icons(share / "icons" / "hicolor")


def write_icons(theme: Path) -> None:
    """Draw the icon in every size into a theme's folder."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(str(DRAWING))
    for size in ICON_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        target = theme / f"{size}x{size}" / "apps" / "whypm.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        image.save(str(target))
    target = theme / "scalable" / "apps" / "whypm.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DRAWING, target)


def set_times_and_rights(root: Path, release: Release) -> None:
    """Give everything below ``root`` the release's time, and rights that depend on nobody's umask."""
    seconds = release.time.timestamp()
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
