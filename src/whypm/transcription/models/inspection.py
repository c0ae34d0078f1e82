"""Whether a folder holds a whole Whisper model, and the very one that it should be."""

from pathlib import Path

from whypm.domain.errors import ModelError
from whypm.transcription.models.catalogue import (
    CATALOGUE,
    MODEL_FILES,
    REQUIRED_FILES,
    VOCABULARY_FILES,
    ModelInfo,
    find_model,
)
from whypm.transcription.models.checksums import Checksums

SUMS_FILE = "SHA256SUMS"
"""What ``sha256sum`` writes: the checksums of a folder whose files the catalogue does not list."""


class Inspector:
    """Checks model folders against the catalogue, or against the checksums that lie in them."""

    def __init__(self, checksums: Checksums) -> None:
        self._checksums = checksums

    def inspect(self, folder: Path, name: str | None, *, afresh: bool = False) -> str:
        """Return the SHA-256 of ``model.bin`` once every file has been found right.

        Args:
            folder: what to look at.
            name: the catalogue's name that the folder stands under; None for a folder of the user's own.
            afresh: read every byte even where a checksum is remembered.

        Raises:
            ModelError: the folder is incomplete, or a file is not what it should be.
        """
        require_whole(folder, folder)
        info = find_model(name) if name else None
        remedy = _remedy(info)
        for file_name, sha256 in self._expected(folder, info).items():
            file = folder / file_name
            if not file.is_file():
                raise ModelError(f"The model in {folder} has no {file_name}.", remedy)
            if self._checksum(file, afresh=afresh) != sha256:
                raise ModelError(
                    f"{file} is damaged or not the file it should be: its SHA-256 is not {sha256}.", remedy
                )
        return self._checksum(folder / "model.bin", afresh=afresh)

    def recognised(self, folder: Path) -> ModelInfo | None:
        """Return the catalogue's model whose ``model.bin`` lies in ``folder``, or None."""
        digest = self._checksum(folder / "model.bin")
        weights = ((model, model.file("model.bin")) for model in CATALOGUE)
        return next((model for model, file in weights if file and file.sha256 == digest), None)

    def seal(self, folder: Path) -> None:
        """Write the checksums of a folder that has just been found right into it."""
        files = [folder / name for name in MODEL_FILES if (folder / name).is_file()]
        lines = (f"{self._checksum(file)}  {file.name}\n" for file in files)
        (folder / SUMS_FILE).write_text("".join(lines), encoding="utf-8")

    def _expected(self, folder: Path, info: ModelInfo | None) -> dict[str, str]:
        if info is None or not info.files:
            own = _own_sums(folder)
            if own:
                return own
            info = self._lookalike(folder)
        return {file.name: file.sha256 for file in info.files} if info else {}

    def _lookalike(self, folder: Path) -> ModelInfo | None:
        """Return the catalogue's model that a folder seems to be a copy of.

        It has that model's tokenizer and weights of its size; so damage shows in copies, too.
        """
        size = (folder / "model.bin").stat().st_size
        for model in CATALOGUE:
            weights, tokenizer = model.file("model.bin"), model.file("tokenizer.json")
            same_size = weights is not None and weights.size == size
            if same_size and tokenizer and self._checksum(folder / tokenizer.name) == tokenizer.sha256:
                return model
        return None

    def _checksum(self, file: Path, *, afresh: bool = False) -> str:
        try:
            return self._checksums.of(file, afresh=afresh)
        except OSError as error:
            raise ModelError(
                f"{file} cannot be read ({error.strerror}).", "Check the file's permissions."
            ) from error


def require_whole(folder: Path, source: Path) -> None:
    """Raise ``ModelError`` about ``source`` where a file that every model has is missing from ``folder``."""
    missing = [name for name in REQUIRED_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARY_FILES):
        missing.append(" or ".join(VOCABULARY_FILES))
    if missing:
        raise ModelError(
            f"{source} is not a whole Whisper model: {', '.join(missing)} missing.",
            "WhyPM needs a model converted for CTranslate2 (faster-whisper), all files in one folder.",
        )


def _own_sums(folder: Path) -> dict[str, str]:
    try:
        lines = (folder / SUMS_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    sums: dict[str, str] = {}
    for line in lines:
        digest, _, name = line.partition(" ")
        name = name.strip().removeprefix("*")
        if name in MODEL_FILES:
            sums[name] = digest.lower()
    return sums


def _remedy(info: ModelInfo | None) -> str:
    if info:
        return f"Run `whypm models remove {info.name}`, then `whypm models install {info.name}`."
    return f"Fetch the folder again. If the weights are your own, list their SHA-256 in {SUMS_FILE} there."
