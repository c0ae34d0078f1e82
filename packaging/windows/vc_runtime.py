"""The C++ runtime that the libraries share: one version, from one place.

Python, Qt and others each bring a copy of some version. Windows loads whichever is asked for first, and a
library that needs a newer one than that crashes. So the copies go, and those of `msvc-runtime`, newer than
them all, lie where every library finds them. (numpy's has a name of its own and serves numpy alone.)
"""

import re
import sys
from collections.abc import Iterable
from pathlib import Path

RUNTIME = re.compile(r"(concrt|msvcp|vcamp|vccorlib|vcomp|vcruntime)140(_\w+)?\.dll", re.IGNORECASE)

Row = tuple[str, str, str]
"""What PyInstaller keeps of a file: where it goes in the bundle, where it comes from, and its kind."""


def one_runtime(binaries: Iterable[Row], folder: Path | None = None) -> list[Row]:
    """Return the rows with the runtime's libraries, once each, at the top of the bundle.

    Args:
        binaries: what the analysis found.
        folder: where the runtime is taken from; by default beside the interpreter, where `msvc-runtime`
            puts it.

    Raises:
        FileNotFoundError: a library is asked for that the folder does not have.
    """
    folder = folder or Path(sys.executable).parent
    rows = list(binaries)
    asked = {name for row in rows if RUNTIME.fullmatch(name := _file_name(row[0]).lower())}
    # What one of them needs of the others; all of it is small.
    asked |= {"msvcp140.dll", "vcruntime140.dll", "vcruntime140_1.dll"}
    kept = [row for row in rows if not RUNTIME.fullmatch(_file_name(row[0]))]
    for name in sorted(asked):
        library = folder / name
        if not library.is_file():
            raise FileNotFoundError(f"{library} is missing: install the locked `msvc-runtime`.")
        kept.append((name, str(library), "BINARY"))
    return kept


def _file_name(target: str) -> str:
    return target.replace("\\", "/").rpartition("/")[2]
