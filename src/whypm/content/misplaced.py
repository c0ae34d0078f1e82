"""What lies in the folder of packs, was meant as a pack and is not found as one: it must not just vanish."""

from collections.abc import Iterator
from pathlib import Path

from whypm.content.loader import PACK_FILE
from whypm.domain.errors import PackError

_ENDING = ".toml"
_ENDED_TWICE = f"{_ENDING}.txt"
"""So Windows' editor saves a file whose ending Windows does not show."""


def misplaced(user: Path) -> Iterator[PackError]:
    """Yield an error for each folder or file in ``user`` that holds a pack's files where no pack is found.

    Raises OSError where ``user`` exists and cannot be read.
    """
    try:
        entries = sorted(entry for entry in user.iterdir() if not entry.name.startswith("."))
    except FileNotFoundError:
        return
    loose = [
        entry.name for entry in entries if entry.name.endswith((_ENDING, _ENDED_TWICE)) and entry.is_file()
    ]
    if loose:
        yield PackError(
            f"{loose[0]} lies in {user} itself.", "Give the files of each pack a folder of their own there."
        )
    for entry in entries:
        error = _fault_of(entry)
        if error is not None:
            yield error


def _fault_of(folder: Path) -> PackError | None:
    """Return why this folder is found as no pack; None where it is one, or was never meant to be one."""
    try:
        inside = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError:  # a file, or what loading will tell of
        return None
    names = [entry.name for entry in inside]
    if PACK_FILE in names:
        return None
    missing = f"{folder.name}/{PACK_FILE} is missing."
    if any(name.endswith(_ENDED_TWICE) for name in names):
        return PackError(
            f"{missing} There is a file that ends in {_ENDED_TWICE}.", f"Let its name end in {_ENDING}."
        )
    if any(name.endswith(_ENDING) for name in names):
        return PackError(missing, "Add the file; the built-in pack shows what goes into it.")
    deeper = next((entry for entry in inside if (entry / PACK_FILE).is_file()), None)
    if deeper is None:
        return None
    return PackError(
        f"{missing} There is one in {folder.name}/{deeper.name}.", f"Move {deeper.name} out of {folder.name}."
    )
