"""Pictures of every page, light and dark: ``python -m whypm_lab.screenshots [--out DIR] [--data DIR]``.

The pages show a real report: the demo's, made anew unless ``--data`` names a data folder that holds one. The
window is fed by hand, so that each picture shows the same moment every time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from whypm.studio import Studio
from whypm.ui.frame.key_sheet import KeySheet
from whypm_lab.gallery import Gallery

_OUT = Path(__file__).parents[2] / ".github" / "screenshots"
_MOST_BYTES = 150_000


def main() -> int:
    """Take the pictures; 1 if one is too large to be kept in the repository."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--data", type=Path, help="a data folder with the demo's session in it")
    parser.add_argument("--only", default="", help="pictures whose name begins so")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        data = options.data or Path(scratch)
        if options.data is None:
            subprocess.run([sys.executable, "-m", "whypm", "demo", "--data-dir", data], check=True)
        app = QApplication([])
        with Studio(data) as studio:
            session = next(one for one in studio.store.recent() if one.report is not None)
            return _take(Gallery(app, studio, session), options.out, options.only)


def _take(gallery: Gallery, out: Path, only: str) -> int:
    too_large = 0
    for name, window in gallery.pictures():
        if not name.startswith(only):
            continue
        file = out / f"{name}.png"
        dialog = window.findChild(KeySheet)
        picture = window.grab()
        if dialog is not None:
            painter = QPainter(picture)
            painter.drawPixmap(window.rect().center() - dialog.rect().center(), dialog.grab())
            painter.end()
        picture.save(str(file))
        size = file.stat().st_size
        too_large += size > _MOST_BYTES
        print(f"{size / 1000:6.0f} kB  {file}")
    return 1 if too_large else 0


if __name__ == "__main__":
    sys.exit(main())
