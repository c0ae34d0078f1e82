"""SHA-256 of large files, computed once and remembered for as long as the file is untouched."""

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class _Stamp:
    size: int
    mtime_ns: int
    sha256: str


class Checksums:
    """Checksums by file, kept in ``record`` (JSON): hashing 145 MB costs up to a second, a stamp nothing.

    The record guards against damage, not against somebody who can write to the user's own files.
    """

    def __init__(self, record: Path) -> None:
        self._record = record
        self._lock = Lock()

    def of(self, file: Path, *, afresh: bool = False) -> str:
        """Return the SHA-256 of ``file``; ``afresh`` reads it even where a stamp exists.

        Raises:
            OSError: the file cannot be read.
        """
        state = file.stat()
        key = str(file.resolve())
        with self._lock:
            known = self._read().get(key)
        if not afresh and known and (known.size, known.mtime_ns) == (state.st_size, state.st_mtime_ns):
            return known.sha256
        digest = sha256_of(file)
        with self._lock:
            stamps = self._read()
            stamps[key] = _Stamp(state.st_size, state.st_mtime_ns, digest)
            self._write(stamps)
        return digest

    def remembered(self, file: Path) -> str | None:
        """Return what ``file`` hashed to when it was last read, even if it has changed since."""
        with self._lock:
            known = self._read().get(str(file.resolve()))
        return known.sha256 if known else None

    def _read(self) -> dict[str, _Stamp]:
        try:
            entries = json.loads(self._record.read_text(encoding="utf-8"))
            return {key: _Stamp(**entry) for key, entry in entries.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}  # a lost record costs one more reading of the files

    def _write(self, stamps: dict[str, _Stamp]) -> None:
        present = {key: asdict(stamp) for key, stamp in stamps.items() if Path(key).exists()}
        partial = self._record.with_name(f"{self._record.name}.{os.getpid()}")
        try:
            self._record.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial.write_text(json.dumps(present, indent=1), encoding="utf-8")
            partial.replace(self._record)
        except OSError:
            with suppress(OSError):  # a read-only folder: the files are read again next time
                partial.unlink()


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of ``file`` in lower-case hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()
