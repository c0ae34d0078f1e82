"""What macOS is told about the app: its `Info.plist` and its entitlements."""

import plistlib
import re
from pathlib import Path

from bundle import NAME

# The oldest macOS that the locked wheels run on. onnxruntime decides both: its wheels carry macosx_14_0_arm64
# and, in the last release for Intel, macosx_13_0_x86_64 (`test_macos.py` resolves the locks for them).
OLDEST_MACOS = {"arm64": "14.0", "x86_64": "13.0"}

# The hardened runtime, without which Apple does not notarise, takes these away unless they are asked for.
ENTITLEMENTS = {
    "com.apple.security.device.audio-input": True,  # beside the microphone text of Info.plist, not instead
    "com.apple.security.cs.allow-jit": True,  # Qt's and libffi's callbacks are made at run time
    "com.apple.security.cs.allow-unsigned-executable-memory": True,  # the same, on Intel
    "com.apple.security.cs.disable-library-validation": True,  # an ad-hoc signature has no team to compare
}


def info_plist(version: str, machine: str) -> dict[str, object]:
    """The keys of `Info.plist` that PyInstaller does not fill in by itself.

    Args:
        version: As in `pyproject.toml`. Apple takes digits and dots alone, so "1.0.0rc1" is told as "1.0.0".
        machine: As `platform.machine()` says it on a Mac: "arm64" or "x86_64".

    Raises:
        ValueError: There are no wheels for that machine, or the version does not begin with a number.
    """
    if machine not in OLDEST_MACOS:
        raise ValueError(f"there is no app for Macs with {machine}; choose one of {', '.join(OLDEST_MACOS)}")
    digits = re.match(r"\d+(\.\d+){0,2}", version)
    if digits is None:
        raise ValueError(f"the version {version!r} does not begin with a number")
    return {
        "CFBundleDevelopmentRegion": "en",
        "CFBundleDisplayName": NAME,
        "CFBundleName": NAME,
        "CFBundleShortVersionString": digits[0],
        "CFBundleVersion": digits[0],
        "LSApplicationCategoryType": "public.app-category.education",
        "LSMinimumSystemVersion": OLDEST_MACOS[machine],
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "Copyright © 2026 WhyPM contributors. MIT licence.",
        "NSMicrophoneUsageDescription": (
            "WhyPM records your answers, so that it can transcribe them and play them back. "
            "The recordings stay on this Mac."
        ),
        "NSPrincipalClass": "NSApplication",
    }


def write_entitlements(path: Path) -> Path:
    """Write the entitlements where `codesign` can read them, and return that path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(plistlib.dumps(ENTITLEMENTS))
    return path
