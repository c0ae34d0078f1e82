"""Make what Mac users download, from the frozen app: a disk image for the kind of Mac that this is."""

import platform
from collections.abc import Sequence
from pathlib import Path

import bundle
from macos.disk_image import write_disk_image
from macos.signing import identity


def make_packages(frozen: Path, output: Path) -> Sequence[Path]:
    """Write the disk image into ``output``; return it in a list.

    Args:
        frozen: The folder that PyInstaller has made; the app lies beside it.
        output: Where the packages go.

    Raises:
        subprocess.CalledProcessError: There is an identity to sign with, and `codesign` refused.
    """
    app = frozen.with_name(f"{bundle.NAME}.app")
    name = f"{bundle.NAME}-{bundle.version()}-macos-{platform.machine()}.dmg"
    return [write_disk_image(app, output / name, identity())]
