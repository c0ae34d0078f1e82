"""Model files from the model hub: resumed where a download broke off, checked before they are used.

The hub publishes a checksum for every file: the SHA-256 of large ones, git's object name (a SHA-1 over
its header and content) of small ones. They are asked for over HTTPS together with the revision,
and the files are then taken from exactly that revision.
"""

import errno
import hashlib
import json
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from http.client import HTTPResponse as Response
from pathlib import Path
from typing import cast
from urllib.error import HTTPError, URLError
from urllib.request import Request, build_opener

from whypm.domain.errors import NO_ROOM, ModelError, StorageError

HUB_ADDRESS = "https://huggingface.co"
"""Where the models of the catalogue are published."""

_BLOCK_BYTES = 256 * 1024
_ATTEMPTS = 4
"""A broken connection is taken up again this often as long as each attempt brought something."""
_SPARE_BYTES = 50_000_000
"""Room that is left on the disk for everything else."""
_BY_HAND = "You can also fetch the files on another machine and use `whypm models install FILE`."


class DownloadCancelledError(ModelError):
    """The user stopped a download; what came so far is kept, and the next one goes on from there."""


@dataclass(frozen=True, slots=True)
class DownloadProgress:
    """How much of a model is here."""

    done_bytes: int
    total_bytes: int


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A published file and the checksum that its publisher gives for it."""

    name: str
    size: int
    sha256: str | None
    git_sha1: str | None

    def matches(self, file: Path) -> bool:
        """Say whether ``file`` is this one, byte for byte."""
        if file.stat().st_size != self.size:
            return False
        digest = hashlib.sha256() if self.sha256 else hashlib.sha1(usedforsecurity=False)
        if not self.sha256:
            digest.update(f"blob {self.size}\0".encode())
        with file.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
        return digest.hexdigest() == (self.sha256 or self.git_sha1)


@dataclass(frozen=True, slots=True)
class Revision:
    """The files of one published state of a repository."""

    repository: str
    commit: str
    files: tuple[RemoteFile, ...]

    @property
    def total_bytes(self) -> int:
        """Size of all files."""
        return sum(file.size for file in self.files)


class Hub:
    """The model hub, spoken to in plain HTTPS; proxies are taken from the system's settings."""

    def __init__(self, address: str = HUB_ADDRESS, timeout_seconds: float = 20.0) -> None:
        self._address = address.rstrip("/")
        self._timeout_seconds = timeout_seconds
        self._opener = build_opener()

    def revision(self, repository: str, wanted: tuple[str, ...]) -> Revision:
        """Return the newest revision of ``repository`` with those of the ``wanted`` files that it has.

        Raises:
            ModelError: no network, no such repository, or an answer that makes no sense.
        """
        url = f"{self._address}/api/models/{repository}?blobs=true"
        try:
            with self._open(url) as response:
                answer = json.load(response)
            files = tuple(
                RemoteFile(
                    name=entry["rfilename"],
                    size=int(entry["size"]),
                    sha256=(entry.get("lfs") or {}).get("sha256"),
                    git_sha1=entry.get("blobId"),
                )
                for entry in answer["siblings"]
                if entry["rfilename"] in wanted
            )
            return Revision(repository, str(answer["sha"]), files)
        except (ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"The answer from {url} is not the list of files it should be.",
                f"Something between you and the hub may be in the way, such as a proxy. {_BY_HAND}",
            ) from error
        except (OSError, HTTPException) as error:
            raise _plain(error, url) from error

    def fetch(
        self,
        revision: Revision,
        folder: Path,
        on_progress: Callable[[DownloadProgress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        """Bring every file of ``revision`` into ``folder``, going on from whatever is there already.

        Raises:
            DownloadCancelledError: ``cancelled`` said so; the folder keeps what came.
            ModelError: no network, or a file that does not match its published checksum.
            StorageError: the disk is full or cannot be written.
        """
        _check_room(folder, revision)
        done_bytes = 0
        for file in revision.files:
            target = folder / file.name
            before = done_bytes

            def report(bytes_of_file: int, before: int = before) -> None:
                on_progress(DownloadProgress(before + bytes_of_file, revision.total_bytes))
                if cancelled():
                    raise DownloadCancelledError(
                        "The download was stopped.", "Start it again to go on from there."
                    )

            self._fetch_file(revision, file, target, report)
            done_bytes += file.size

    def _fetch_file(
        self, revision: Revision, file: RemoteFile, target: Path, report: Callable[[int], None]
    ) -> None:
        url = f"{self._address}/{revision.repository}/resolve/{revision.commit}/{file.name}"
        failures = 0
        while not target.exists() or target.stat().st_size != file.size:
            before = target.stat().st_size if target.exists() else 0
            try:
                self._continue(url, target, file.size, report)
            except (OSError, HTTPException) as error:
                if isinstance(error, OSError) and error.errno in NO_ROOM | {errno.EACCES, errno.EROFS}:
                    raise _no_room(target.parent) from error
                progressed = target.exists() and target.stat().st_size > before
                failures += 1
                if isinstance(error, HTTPError) or not progressed or failures >= _ATTEMPTS:
                    raise _plain(error, url) from error
        report(file.size)
        if not file.matches(target):
            target.unlink()
            raise ModelError(
                f"{file.name} of {revision.repository} arrived damaged: its checksum is wrong.",
                "Try again; if it happens again, something on the way changes the file.",
            )

    def _continue(self, url: str, target: Path, size: int, report: Callable[[int], None]) -> None:
        """Append what is missing to ``target``; starts over where the server or the file says so."""
        have = target.stat().st_size if target.exists() else 0
        if have > size:
            target.unlink()
            have = 0
        with self._open(url, first_byte=have) as response:
            resumed = response.status == HTTPStatus.PARTIAL_CONTENT  # any other answer brings the whole file
            with target.open("ab" if resumed else "wb") as stream:
                while block := response.read(_BLOCK_BYTES):
                    stream.write(block)
                    report(min(stream.tell(), size))
                received = stream.tell()
        if received != size:
            raise ConnectionResetError(f"got {received} of {size} bytes")

    def _open(self, url: str, first_byte: int = 0) -> Response:
        request = Request(url, headers={"User-Agent": "WhyPM"})  # noqa: S310 - the hub's address or a test's
        if first_byte:
            request.add_header("Range", f"bytes={first_byte}-")
        return cast("Response", self._opener.open(request, timeout=self._timeout_seconds))


def _check_room(folder: Path, revision: Revision) -> None:
    missing = revision.total_bytes - sum(
        (folder / file.name).stat().st_size for file in revision.files if (folder / file.name).exists()
    )
    if shutil.disk_usage(folder).free < missing + _SPARE_BYTES:
        raise _no_room(folder, missing)


def _no_room(folder: Path, missing: int | None = None) -> StorageError:
    needed = f" {missing / 1e6:.0f} MB more are needed." if missing else ""
    return StorageError(
        f"The model cannot be stored in {folder}: the disk is full or may not be written to.{needed}",
        "Make room, or choose another folder with --data-dir.",
    )


def _plain(error: Exception, url: str) -> ModelError:
    if isinstance(error, HTTPError):
        error.close()
        return ModelError(f"The model hub answered {error.code} ({error.reason}) for {url}.", _BY_HAND)
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, socket.gaierror):
        text = "The model hub cannot be found: this machine seems to have no network."
    elif isinstance(reason, TimeoutError):
        text = "The model hub did not answer in time."
    else:
        text = f"The download broke off ({reason})."
    return ModelError(text, f"Try again later; it goes on where it stopped. {_BY_HAND}")
