"""The zip that needs no installing: unpack it anywhere, start the program in it."""

import zipfile
from pathlib import Path

from windows.file_list import FileList

COMPRESSED_AS = zipfile.ZIP_DEFLATED
"""All that Windows' own file manager unpacks."""
LEVEL = 9


def make_portable(folder_name: str, payload: Path, target: Path) -> Path:
    """Pack the frozen folder ``payload`` into ``target`` as the one folder ``folder_name``; return it.

    The same files make the same zip: names are sorted, and times left at the earliest that a zip knows.
    """
    files = FileList.of(payload)
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", COMPRESSED_AS, compresslevel=LEVEL) as archive:
        for name in files.names:
            entry = zipfile.ZipInfo(f"{folder_name}/{name}")
            entry.compress_type = COMPRESSED_AS
            with (files.root / name).open("rb") as source, archive.open(entry, "w") as packed:
                while block := source.read(1 << 20):
                    packed.write(block)
    return target
