"""What is known of licences beyond what packages say of themselves: libraries inside them, and their gaps."""

from dataclasses import dataclass

PERMITTED = frozenset(
    """
    0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause blessing bzip2-1.0.6 CC0-1.0 ISC LGPL-2.1-or-later LGPL-3.0-only
    MIT MIT-0 MPL-2.0 OFL-1.1 PSF-2.0 Unicode-3.0 Zlib
    LicenseRef-Intel-Simplified LicenseRef-Microsoft-Runtime LicenseRef-NVIDIA-CUDA
    """.split()
)
"""Licences, by their SPDX identifiers, that let us pass a program on under our own."""
PERMITTED_EXCEPTIONS = frozenset({"GCC-exception-3.1", "Bootloader-exception"})
"""They take the effect of the GPL on the programs around it away."""
SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",  # colorama and numpy 1 mean this one by it
    "MIT License": "MIT",
    "MIT License:": "MIT",
    "PSF": "PSF-2.0",
}
"""What packages write for an SPDX identifier."""
MARKS_OF_GPL_CODE = (b"x264 - core ", b"x265 (build ", b"x265 [info]", b"espeak_ng_Initialize")
"""Found in binaries that contain x264, x265 or espeak-ng, whatever their files are called."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something with a licence of its own that comes inside a package, or a package's missing words."""

    name: str
    expression: str
    """SPDX."""
    patterns: tuple[str, ...] = ()
    """Of its files in the bundle."""
    texts: tuple[str, ...] = ()
    """Files of ``licence_texts``, or paths from the repository's root."""
    inside: tuple[str, ...] = ()
    """Files of installed packages that have more of its words."""
    from_debian: bool = False
    """Whether the build machine's package of it has its words."""
    source: str = ""
    """Where its source code is published."""


PARTS = (
    Part(
        "Whisper base, converted by Systran",
        "MIT",
        ("models/*",),
        ("Whisper.txt",),
        source="https://github.com/openai/whisper",
    ),
    Part(
        "Silero VAD",
        "MIT",
        ("faster_whisper/assets/*",),
        ("Silero-VAD.txt",),
        source="https://github.com/snakers4/silero-vad",
    ),
    Part(
        "The judge, trained from all-MiniLM-L6-v2 and all-mpnet-base-v2",
        "Apache-2.0",
        ("assets/judge/*",),
        ("Apache-2.0.txt", "assets/judge/MODEL_CARD.md"),
    ),
    Part(
        "The network for fillers, trained from all-MiniLM-L6-v2",
        "Apache-2.0",
        ("assets/fillers/*",),
        ("Apache-2.0.txt", "assets/fillers/MODEL_CARD.md"),
    ),
    Part(
        "Inter",
        "OFL-1.1",
        ("assets/fonts/*",),
        ("assets/fonts/Inter-LICENSE.txt",),
        source="https://github.com/rsms/inter",
    ),
    Part(
        "ICU",
        "Unicode-3.0",
        ("*libicu*", "*/icu*.dll"),
        ("Unicode-3.0.txt",),
        source="https://icu.unicode.org",
    ),
    Part(
        "Qt",
        "LGPL-3.0-only",
        ("PySide6/Qt/*", "PySide6/Qt6*", "PySide6/plugins/*"),
        ("LGPL-3.0.txt", "GPL-3.0.txt"),
        source="https://code.qt.io",
    ),
    Part(
        "OpenBLAS",
        "BSD-3-Clause",
        ("*openblas*",),
        inside=("numpy-*.dist-info/licenses/LICENSE.txt", "numpy-*.dist-info/LICENSE.txt"),
        source="https://github.com/OpenMathLib/OpenBLAS",
    ),
    Part(
        "GCC's runtime libraries",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        ("*libgfortran*", "*libgomp*", "*libgcc_s*", "*libstdc++*"),
        ("GPL-3.0.txt", "GCC-exception-3.1.txt"),
        source="https://gcc.gnu.org",
    ),
    Part(
        "libquadmath",
        "LGPL-2.1-or-later",
        ("*libquadmath*",),
        ("LGPL-2.1.txt",),
        source="https://gcc.gnu.org",
    ),
    Part(
        "libsndfile, with FLAC, Ogg, Vorbis, Opus, mpg123 and LAME in it",
        "LGPL-2.1-or-later",
        ("_soundfile_data/*",),
        ("LGPL-2.1.txt",),
        source="https://github.com/libsndfile/libsndfile",
    ),
    Part(
        "PortAudio",
        "MIT",
        ("_sounddevice_data/*", "*libportaudio*"),
        ("PortAudio.txt",),
        source="https://github.com/PortAudio/portaudio",
    ),
    Part("Intel OpenMP", "LicenseRef-Intel-Simplified", ("*libiomp5*",), ("Intel-Simplified.txt",)),
    Part(
        "Microsoft Visual C++ runtime",
        "LicenseRef-Microsoft-Runtime",
        ("*msvcp140*", "*vcruntime140*", "*concrt140*", "*ucrtbase.dll", "*api-ms-win-*"),
        ("Microsoft-runtime.txt",),
    ),
    Part(
        "OpenSSL",
        "Apache-2.0",
        ("libssl.so*", "libcrypto.so*", "libssl-*.dll", "libcrypto-*.dll"),
        ("Apache-2.0.txt",),
        from_debian=True,
        source="https://openssl.org",
    ),
    Part("SQLite", "blessing", ("libsqlite3.so*",), from_debian=True, source="https://sqlite.org"),
    Part("libffi", "MIT", ("libffi.so*",), from_debian=True, source="https://sourceware.org/libffi"),
    Part("liblzma", "0BSD", ("liblzma.so*",), from_debian=True, source="https://tukaani.org/xz"),
    Part("bzip2", "bzip2-1.0.6", ("libbz2.so*",), from_debian=True, source="https://sourceware.org/bzip2"),
    Part("zlib", "Zlib", ("libz.so*",), from_debian=True, source="https://zlib.net"),
    Part("Expat", "MIT", ("libexpat.so*",), from_debian=True, source="https://libexpat.github.io"),
)
"""The first whose pattern fits a file owns it."""

PACKAGES = {
    each.name: each
    for each in (
        Part(
            "ctranslate2",
            # oneDNN, and on x86-64 oneMKL and the CUDA runtime, are linked in.
            "MIT AND Apache-2.0 AND LicenseRef-Intel-Simplified AND LicenseRef-NVIDIA-CUDA",
            texts=("CTranslate2.txt", "Apache-2.0.txt", "Intel-Simplified.txt", "NVIDIA-CUDA.txt"),
            source="https://github.com/OpenNMT/CTranslate2",
        ),
        Part(
            "onnxruntime",
            "MIT",
            inside=("onnxruntime/LICENSE", "onnxruntime/ThirdPartyNotices.txt"),
            source="https://github.com/microsoft/onnxruntime",
        ),
        Part(
            "tokenizers",
            "Apache-2.0",
            texts=("Apache-2.0.txt",),
            source="https://github.com/huggingface/tokenizers",
        ),
        Part(
            "pyinstaller",
            "GPL-2.0-or-later WITH Bootloader-exception",
            source="https://github.com/pyinstaller/pyinstaller",
        ),
        Part("pyinstaller-hooks-contrib", "Apache-2.0", texts=("Apache-2.0.txt",)),
        Part(
            "pyside6-essentials",
            "LGPL-3.0-only",
            texts=("LGPL-3.0.txt", "GPL-3.0.txt"),
            source="https://code.qt.io",
        ),
        Part(
            "shiboken6", "LGPL-3.0-only", texts=("LGPL-3.0.txt", "GPL-3.0.txt"), source="https://code.qt.io"
        ),
        Part("soxr", "LGPL-2.1-or-later", source="https://github.com/dofuuz/python-soxr"),
        Part(
            "pyobjc-core",
            "MIT",
            inside=("pyobjc_framework_cocoa-*.dist-info/licenses/LICENSE.txt",),  # missing in its own
            source="https://github.com/ronaldoussoren/pyobjc",
        ),
        Part("pyttsx3", "MPL-2.0", source="https://github.com/nateshmbhat/pyttsx3"),
        Part("Python", "PSF-2.0", texts=("Python.txt",), source="https://www.python.org"),
        Part("WhyPM", "MIT", texts=("LICENSE", "NOTICE")),
    )
}
"""What these say of themselves is incomplete, ambiguous or nothing."""
