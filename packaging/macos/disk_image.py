"""Put the app into a disk image: a window with the app, an arrow and the Applications folder."""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
BACKGROUND = HERE / "disk-image.png"  # dmgbuild takes disk-image@2x.png beside it for Retina screens
# In points; `artwork.py` draws the background for them.
WINDOW_AT, WINDOW_SIZE = (200, 120), (600, 380)
APP_AT, APPLICATIONS_AT = (160, 180), (440, 180)  # the middles of the two pictures


def settings(app: Path) -> dict[str, object]:
    """What dmgbuild is told about the window, its two icons and the compression.

    The app's ending is not hidden: that would leave a mark on the app which its signature does not allow.
    """
    return {
        "background": str(BACKGROUND),
        "files": [str(app)],
        "format": "ULMO",  # LZMA, which every macOS that we run on opens
        "icon": str(HERE / "whypm.icns"),
        "icon_locations": {app.name: APP_AT, "Applications": APPLICATIONS_AT},
        "icon_size": 112,
        "symlinks": {"Applications": "/Applications"},
        "text_size": 13,
        "window_rect": (WINDOW_AT, WINDOW_SIZE),
    }


def write_disk_image(app: Path, path: Path, identity: str | None = None) -> Path:
    """Write the disk image of `app` to `path`, and sign it if there is an identity to sign with.

    Runs on a Mac only: dmgbuild has `hdiutil` make the image.

    Raises:
        subprocess.CalledProcessError: `codesign` refused.
    """
    import dmgbuild

    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    dmgbuild.build_dmg(str(path), app.stem, settings=settings(app))
    if identity:
        subprocess.run(["codesign", "--sign", identity, "--timestamp", path], check=True)
    return path
