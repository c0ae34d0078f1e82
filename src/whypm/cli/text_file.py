"""A text file that a command was given."""

import sys
from pathlib import Path

from whypm.domain.errors import UsageError

LONGEST_BYTES = 1_000_000
"""A typed answer of a megabyte is some other file."""


def read_text(file: Path, longest_bytes: int | None = LONGEST_BYTES) -> str:
    """Return the text of a file in UTF-8; ``-`` is standard input. Raises UsageError."""
    try:
        if file == Path("-"):
            if sys.stdin is None:
                raise UsageError("There is no standard input.", "Give the name of a file.")
            return sys.stdin.buffer.read().decode("utf-8-sig")
        if longest_bytes is not None and file.is_file() and file.stat().st_size > longest_bytes:
            raise UsageError(f"{file} is too long for an answer.", "For a recording use 'whypm analyze'.")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{'Standard input' if file == Path('-') else file} is not text in UTF-8.",
            "Save it as UTF-8; for a recording use 'whypm analyze'.",
        ) from error
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read: {error.strerror or error}.", "Check the name of the file."
        ) from error


def is_unicode(text: str) -> bool:
    """Whether it holds no lone surrogates, as bytes that are no UTF-8 leave them on the command line."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
