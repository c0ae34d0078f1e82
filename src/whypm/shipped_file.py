"""A file that came with the program, known by its SHA-256."""

import hashlib
from pathlib import Path

from whypm.domain.errors import ModelError

REMEDY = "Install WhyPM again."


def require_shipped(path: Path, sha256: str, owner: str) -> None:
    """Raise ModelError where the file is missing or another one; ``owner`` is whose file it is called."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{owner} file {path} cannot be read: {error.strerror}.", REMEDY) from error
    if found != sha256:
        raise ModelError(f"{owner} file {path} is not the one that WhyPM shipped (checksum differs).", REMEDY)
