import hashlib
import json
import os
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from file_limit import no_file_larger_than
from whypm.domain.errors import ModelError, StorageError
from whypm.transcription.models.download import DownloadCancelledError, DownloadProgress, Hub
from whypm.transcription.models.shelf import ModelShelf

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REPOSITORY = "Systran/faster-whisper-small.en"
FILES = {
    "README.md": b"not wanted",
    "config.json": b"{}",
    "model.bin": bytes(range(256)) * 8192,
    "tokenizer.json": b'{"model": 1}',
    "vocabulary.txt": b"a\nb\n",
}


def git_name(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


@dataclass
class Site:
    """A model hub in small, with the faults that a test asks for."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    published: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    """What the checksums are of."""
    break_after: int | None = None
    """Bytes of the first answer about model.bin after which the line goes dead."""
    knows_ranges: bool = True
    ranges: list[str] = field(default_factory=list)
    """What was asked for of model.bin, "" for all of it."""
    address: str = ""
    commit: str = COMMIT

    def listing(self) -> bytes:
        siblings: list[dict[str, object]] = []
        for name, content in self.published.items():
            entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": git_name(content)}
            if name == "model.bin":
                entry["lfs"] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            siblings.append(entry)
        return json.dumps({"sha": self.commit, "siblings": siblings}).encode()


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        if self.path == f"/api/models/{REPOSITORY}?blobs=true":
            self.answer(200, self.site.listing())
            return
        match = re.fullmatch(rf"/{REPOSITORY}/resolve/{self.site.commit}/(.+)", self.path)
        if match is None or match[1] not in self.site.files:
            self.answer(404, b"")
            return
        self.send_file(match[1])

    def send_file(self, name: str) -> None:
        content, wanted = self.site.files[name], self.headers.get("Range", "")
        if name == "model.bin":
            self.site.ranges.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if not self.site.knows_ranges:
            start = 0
        sent = content[start:]
        if name == "model.bin" and self.site.break_after is not None:
            sent, self.site.break_after = sent[: self.site.break_after], None
        self.answer(206 if start else 200, sent, length=len(content) - start)

    def answer(self, status: int, content: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    handler = type("SiteHandler", (Handler,), {"site": site})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture
def shelf(tmp_path: Path, site: Site) -> ModelShelf:
    return ModelShelf(tmp_path / "models", hub=Hub(site.address, timeout_seconds=10.0))


def test_a_download_brings_the_models_files_and_no_others(shelf: ModelShelf, tmp_path: Path) -> None:
    seen: list[DownloadProgress] = []
    model = shelf.install("small.en", on_progress=seen.append)
    assert model.path == tmp_path / "models" / "small.en"
    assert model.sha256 == hashlib.sha256(FILES["model.bin"]).hexdigest()
    names = {file.name for file in model.path.iterdir()}
    assert names == {"config.json", "model.bin", "tokenizer.json", "vocabulary.txt", "SHA256SUMS"}
    assert seen[-1].done_bytes == seen[-1].total_bytes == sum(len(FILES[n]) for n in names - {"SHA256SUMS"})
    assert shelf.resolve("small.en") == model
    assert [path.name for path in model.path.parent.iterdir() if path.is_dir()] == ["small.en"]


def test_what_came_of_an_earlier_revision_makes_room_for_the_present_one(
    shelf: ModelShelf, site: Site, tmp_path: Path
) -> None:
    def stop_halfway() -> bool:
        return any((tmp_path / "models").glob(".partial-*/model.bin"))

    with pytest.raises(DownloadCancelledError):
        shelf.install("small.en", cancelled=stop_halfway)
    assert len(list((tmp_path / "models").glob(".partial-small.en-*"))) == 1
    other = tmp_path / "models" / ".partial-small-0123456789ab"
    other.mkdir()
    site.commit = "f" * 40
    model = shelf.install("small.en")
    left = {path.name for path in (tmp_path / "models").iterdir() if path.is_dir()}
    assert left == {model.name, other.name}


def test_a_disk_that_takes_no_more_is_told_as_such_and_not_as_a_line_that_broke(shelf: ModelShelf) -> None:
    with no_file_larger_than(1_000_000), pytest.raises(StorageError, match="disk is full"):
        shelf.install("small.en")


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's folder by its access list")
def test_only_the_owner_can_read_a_downloaded_model(shelf: ModelShelf) -> None:
    model = shelf.install("small.en")
    assert model.path.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in model.path.iterdir())


def test_a_download_that_breaks_off_goes_on_where_it_was(shelf: ModelShelf, site: Site) -> None:
    site.break_after = 1_000_000
    shelf.install("small.en")
    assert site.ranges[0] == ""
    assert re.fullmatch(r"bytes=[1-9]\d*-", site.ranges[1])


def test_a_cancelled_download_is_kept_and_taken_up_by_the_next(shelf: ModelShelf, site: Site) -> None:
    done: list[int] = []

    def progress(now: DownloadProgress) -> None:
        done.append(now.done_bytes)

    with pytest.raises(DownloadCancelledError):
        shelf.install("small.en", on_progress=progress, cancelled=lambda: done[-1] > 1_000_000)
    assert "small.en" not in [model.name for model in shelf.installed()]
    assert shelf.install("small.en").name == "small.en"
    assert re.fullmatch(r"bytes=[1-9]\d*-", site.ranges[-1])


def test_a_server_that_cannot_resume_sends_the_whole_file_again(shelf: ModelShelf, site: Site) -> None:
    site.break_after = 1_000_000
    site.knows_ranges = False
    assert shelf.install("small.en").sha256 == hashlib.sha256(FILES["model.bin"]).hexdigest()


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_file_other_than_the_published_one_is_refused_and_not_kept(
    shelf: ModelShelf, site: Site, name: str
) -> None:
    good = site.files[name]
    site.files[name] = good[:-1] + b"!"
    with pytest.raises(ModelError, match=f"{name} .*arrived damaged"):
        shelf.install("small.en")
    site.files[name] = good
    assert shelf.install("small.en").name == "small.en"


def test_a_model_that_is_gone_from_the_hub_is_a_plain_error(shelf: ModelShelf) -> None:
    with pytest.raises(ModelError, match="answered 404") as caught:
        shelf.install("small")
    assert "install FILE" in caught.value.remedy


def test_a_file_that_is_gone_from_the_hub_is_a_plain_error(shelf: ModelShelf, site: Site) -> None:
    del site.files["tokenizer.json"]
    with pytest.raises(ModelError, match="answered 404"):
        shelf.install("small.en")


def test_an_incomplete_repository_is_refused(shelf: ModelShelf, site: Site) -> None:
    del site.published["vocabulary.txt"]
    with pytest.raises(ModelError, match=r"vocabulary\.txt or vocabulary\.json missing"):
        shelf.install("small.en")


def test_without_a_network_the_error_says_how_to_install_by_hand(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    shelf = ModelShelf(tmp_path, hub=Hub(f"http://127.0.0.1:{port}", timeout_seconds=5.0))
    with pytest.raises(ModelError, match="broke off") as caught:
        shelf.install("small.en")
    assert "install FILE" in caught.value.remedy


def test_a_login_page_in_the_way_is_not_taken_for_the_hub(shelf: ModelShelf, site: Site) -> None:
    site.published = {}
    site.listing = lambda: b"<html>Please sign in</html>"  # type: ignore[method-assign]
    with pytest.raises(ModelError, match="not the list of files"):
        shelf.install("small.en")


def test_a_silent_server_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = Hub(f"http://127.0.0.1:{silent.getsockname()[1]}", timeout_seconds=0.3)
        with pytest.raises(ModelError, match="did not answer in time"):
            ModelShelf(tmp_path, hub=hub).install("small.en")


def test_a_damaged_downloaded_model_is_noticed(shelf: ModelShelf) -> None:
    model = shelf.install("small.en")
    (model.path / "model.bin").write_bytes(b"x" + FILES["model.bin"][1:])
    with pytest.raises(ModelError, match=r"model\.bin is damaged") as caught:
        shelf.resolve("small.en")
    assert "whypm models remove small.en" in caught.value.remedy
