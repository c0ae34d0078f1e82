"""What a package of WhyPM holds and what it leaves out: the one list that every build reads.

Standard library only. `whypm.spec` hands the list to PyInstaller, `build.py` prunes and measures by it, the
installers take their names from it, and the tests compare it with the lock. A pattern is `fnmatch`'s, on a
path inside the bundle with forward slashes; `*` crosses folders.
"""

import fnmatch
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"

NAME = "WhyPM"
IDENTIFIER = "io.github.whypm.WhyPM"
SUMMARY = "Practise answering “Why product management?” aloud"
PROGRAM = "whypm" if sys.platform.startswith("linux") else "WhyPM"
TERMINAL_PROGRAM = "whypm-cli"
"""On Windows only: a program either has a console or opens none. Elsewhere one program is both."""
ENTRY = SOURCE / "whypm" / "__main__.py"

DEFAULT_MODEL = "base"
MODELS = "models"
"""The folder inside the bundle that has the Whisper models, each in a folder of its name."""
CONTENTS = "contents.json"
"""The file, in PyInstaller's work folder, that has what went into the bundle and what was left out of it."""
LICENCES = "licences"
"""The folder inside the bundle that has the licences of what others made."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file or folder of ours that is copied as it is."""

    source: str
    """Below the repository's root."""
    target: str
    """The folder inside the bundle."""
    what: str


@dataclass(frozen=True, slots=True)
class Left:
    """What stays out of the bundle, and why."""

    names: str
    """Modules or patterns, with spaces between them."""
    reason: str
    system: str = ""
    """The beginning of the ``sys.platform`` that it is about; empty for all."""

    @property
    def applies(self) -> bool:
        """Whether it concerns a build for this system."""
        return sys.platform.startswith(self.system)


SHIPPED = (
    Shipped("content", "content", "questions, checklist, approaches"),
    Shipped("assets/demo", "assets/demo", "the reply of the demo and of the self-test"),
    Shipped("assets/fillers", "assets/fillers", "what tells fillers from words that are meant"),
    Shipped("assets/fonts", "assets/fonts", "Inter, with its licence"),
    Shipped("assets/icons", "assets/icons", "the icon"),
    Shipped("assets/judge", "assets/judge", "the judge of the checklist"),
    Shipped("LICENSE", ".", "our licence"),
    Shipped("NOTICE", ".", "what others made"),
)

PACKAGE_DATA = (
    # (package, patterns of its data): read at run time, and found by no hook.
    ("faster_whisper", ("assets/*.onnx",)),
    ("swift_f0", ("model.onnx",)),
)
PACKAGE_METADATA = ("swift-f0",)
"""Packages that read their own version back when they are imported, under a name that no analysis sees."""
PACKAGE_LIBRARIES = ("ctranslate2",)
"""Packages that load shared libraries of theirs by hand."""

VOICE_DRIVERS = {
    "linux": ("pyttsx3.drivers", "pyttsx3.drivers._espeak", "pyttsx3.drivers.espeak"),
    "win32": ("pyttsx3.drivers", "pyttsx3.drivers.sapi5", "comtypes.stream", "win32com.client", "pythoncom"),
    "darwin": ("pyttsx3.drivers", "pyttsx3.drivers.nsss", "objc", "Foundation", "AppKit", "PyObjCTools"),
}
"""pyttsx3 imports its driver by name. The voices themselves are the system's: see LEFT_MODULES."""

LEFT_MODULES = (
    Left("av", "GPL: its wheels carry x264 and x265; sound files are read by libsndfile"),
    Left("espeakng_loader", "GPL: espeak-ng comes from the distribution"),
    Left(
        """
        huggingface_hub.cli huggingface_hub.commands huggingface_hub.inference
        huggingface_hub.serialization huggingface_hub.utils huggingface_hub.hf_api
        huggingface_hub.file_download huggingface_hub._snapshot_download hf_xet httpx httpx2 httpcore2
        anyio h11 truststore fsspec filelock click idna
        """,
        "faster-whisper imports huggingface_hub for its own downloads; all but its first module loads lazily",
    ),
    Left(
        "ctranslate2.converters ctranslate2.specs yaml transformers torch tensorflow",
        "converts models; we only run them",
    ),
    Left(
        "google flatbuffers sympy mpmath humanfriendly coloredlogs onnx",
        "onnxruntime's tools; it runs models without them",
    ),
    Left(
        """
        onnxruntime.backend onnxruntime.datasets onnxruntime.quantization onnxruntime.tools
        onnxruntime.transformers
        """,
        "onnxruntime's tools; it runs models without them",
    ),
    Left("cffi pycparser", "makes bindings; ours are made, and need `_cffi_backend` alone"),
    Left(
        "numpy.f2py numpy.distutils numpy.testing numpy._core.tests pandas matplotlib",
        "numpy's build and test tools, and guests it would greet",
    ),
    Left("PIL IPython ipywidgets keras pytest", "tqdm and others use them where they happen to be"),
    Left("tkinter _tkinter turtle idlelib lib2to3 pydoc_data ensurepip", "not used"),
    Left("readline curses _curses", "GPL on many systems, and no prompt of ours needs it"),
    Left("setuptools pkg_resources pip distutils _distutils_hack", "installs packages"),
    Left(
        """
        PySide6.QtQml PySide6.QtQuick PySide6.QtNetwork PySide6.QtOpenGL PySide6.QtSvg
        PySide6.QtPrintSupport PySide6.QtSql PySide6.QtTest PySide6.QtXml
        """,
        "the window is made of QtWidgets alone",
    ),
    Left("pythonwin win32ui win32uiole dde", "pywin32's editor; speaking needs its COM alone", "win32"),
    Left("whypm_lab", "trains and measures; not part of the program"),
)

LEFT_FILES = (
    Left("*/translations/*", "the window speaks English; Qt's own few words are hidden by ours"),
    Left(
        "*eglfs* *EglFS* *EglFs* *plugins/egldeviceintegrations/* *plugins/platforms/*linuxfb*",
        "screens without a desktop",
        "linux",
    ),
    Left(
        "*plugins/platforms/*vnc* *plugins/platforms/*minimal* *plugins/platforms/*vkkhr*",
        "not a desktop",
    ),
    Left("*plugins/platformthemes/*gtk3*", "would need GTK; the window has a look of its own", "linux"),
    Left(
        "*plugins/platforminputcontexts/*virtualkeyboard* *Qt6VirtualKeyboard* *Qt6Qml* *Qt6Quick*",
        "an on-screen keyboard in QML, which brings Qt Quick",
    ),
    Left("*plugins/imageformats/*qpdf* *Qt6Pdf*", "no PDF is shown"),
    Left(
        """
        *plugins/imageformats/*qgif* *plugins/imageformats/*qicns* *plugins/imageformats/*qjpeg*
        *plugins/imageformats/*qtga* *plugins/imageformats/*qtiff* *plugins/imageformats/*qwbmp*
        *plugins/imageformats/*qwebp*
        """,
        "our pictures are PNG, which Qt reads by itself",
    ),
    Left("*plugins/generic/*", "touch screens and tablets without a desktop"),
    Left("*plugins/networkinformation/* *plugins/tls/* *Qt6Network* *QtNetwork*", "Qt opens no connection"),
    Left("*plugins/iconengines/* *plugins/imageformats/*qsvg*", "the icon is a PNG, the marks are drawn"),
    Left("*Qt6Svg*", "no SVG is shown", "win32"),
    Left("*QtSvg*", "no SVG is shown", "darwin"),
    Left(
        """
        *QtLottie* *QtOpenGL* *QtPdf* *QtQml* *QtQuick* *QtVirtualKeyboard* *plugins/imageformats/*qmac*
        *plugins/vectorimageformats/*
        """,
        "what the on-screen keyboard and the left picture formats would bring",
        "darwin",
    ),
    Left(
        "*plugins/wayland-graphics-integration-* *plugins/xcbglintegrations/* *libQt6OpenGL*",
        "the graphics card: our widgets are painted by the processor",
        "linux",
    ),
    Left(
        """
        *plugins/wayland-shell-integration/*ivi* *plugins/wayland-shell-integration/*fullscreen*
        *plugins/wayland-shell-integration/*qt-shell* *plugins/wayland-shell-integration/*wl-shell*
        *libQt6WlShell*
        """,
        "screens of cars and kiosks, and what came before xdg-shell",
        "linux",
    ),
    Left("*plugins/platforms/*direct2d*", "a trial by Qt; windows are drawn by qwindows", "win32"),
    Left("*/opengl32sw.dll */d3dcompiler_*.dll", "software OpenGL of 20 MB, for Qt Quick", "win32"),
    Left("*PySide6/QtDBus*", "the binding; Qt's own library of that name stays"),
    Left(
        "*/onnxruntime/capi/onnxruntime.dll",
        "a second copy: the extension module has all of it linked in",
        "win32",
    ),
    Left("*libonnxruntime.*.dylib", "a second copy, likewise", "darwin"),
    Left("*/ctranslate2/cudnn*", "for graphics cards"),
    Left(
        "*_sounddevice_data/portaudio-binaries/*32bit* *_sounddevice_data/portaudio-binaries/*arm64*",
        "for other processors",
        "win32",
    ),
    Left(
        "*_sounddevice_data/portaudio-binaries/*-asio*",
        "ASIO is not used, and not free to pass on",
        "win32",
    ),
)

KEPT_SYSTEM_LIBRARIES = tuple(
    "libpython* libssl* libcrypto* libsqlite3* libffi* liblzma* libbz2* libz.so* libexpat*".split()
)
"""On Linux: what Python's own modules load. All else from the build machine's system folders stays out, since
the target has its own, in the version that fits (see ``packaging/linux``)."""
SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")

STRIPPED = ("*/ctranslate2/_ext*.so", "*/libpython3*", "*/lib-dynload/*.so")
"""On Linux: 67 MB of the first are debugging notes. Only what is named here is stripped: `strip` can
break libraries whose sections were moved when their wheel was repaired."""


def version() -> str:
    """Return the version, from its only place."""
    return str(_project()["version"])


def metadata() -> str:
    """Return what the program reads back about itself: its version and its addresses."""
    project = _project()
    lines = [
        "Metadata-Version: 2.4",
        "Name: whypm",
        f"Version: {project['version']}",
        "License-Expression: MIT",
    ]
    lines += [f"Project-URL: {name}, {address}" for name, address in project.get("urls", {}).items()]
    return "\n".join([*lines, ""])


def _project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def modules() -> list[str]:
    """Return every module of the program: its commands are imported by name, which no analysis sees."""
    files = sorted((SOURCE / "whypm").rglob("*.py"))
    names = (".".join(file.relative_to(SOURCE).with_suffix("").parts) for file in files)
    return [name.removesuffix(".__init__") for name in names]


def voice_driver() -> tuple[str, ...]:
    """Return the modules by which pyttsx3 speaks on this system."""
    return next(names for system, names in VOICE_DRIVERS.items() if sys.platform.startswith(system))


def left_modules() -> list[str]:
    """Return the modules that PyInstaller must not follow."""
    return [name for each in LEFT_MODULES if each.applies for name in each.names.split()]


def why_left(target: str, source: str = "") -> str | None:
    """Return why a file stays out of the bundle, or None for one that belongs in it.

    Args:
        target: its path inside the bundle.
        source: where it was found on this machine.
    """
    path = "/" + target.replace("\\", "/")
    for each in LEFT_FILES:
        if each.applies and any(fnmatch.fnmatch(path, pattern) for pattern in each.names.split()):
            return each.reason
    if sys.platform.startswith("linux") and source.startswith(SYSTEM_FOLDERS) and "/python3" not in source:
        name = path.rpartition("/")[2]
        if not any(fnmatch.fnmatch(name, kept) for kept in KEPT_SYSTEM_LIBRARIES):
            return "the target system's own is used"
    return None
