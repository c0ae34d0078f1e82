"""The version and the address of the releases come from the package's metadata, wherever it was installed."""

import tomllib
from pathlib import Path

import pytest

from whypm.release import app_version, releases_page

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def installed(folder: Path, *urls: str) -> str:
    """Lay down the metadata of another WhyPM, as wheels and frozen builds have it; return the folder."""
    (folder / "whypm-9.8.7.dist-info").mkdir()
    lines = [
        "Metadata-Version: 2.4",
        "Name: whypm",
        "Version: 9.8.7",
        *(f"Project-URL: {url}" for url in urls),
    ]
    (folder / "whypm-9.8.7.dist-info" / "METADATA").write_text("\n".join(lines) + "\n")
    return str(folder)


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (("Source, https://host.org/whypm", "Releases, https://host.org/r"), "https://host.org/r"),
        ((f"Releases, {PROJECT['urls']['Releases']}",), None),
        (("Releases, file:///etc/passwd",), None),
        ((), None),
    ],
)
def test_the_page_of_the_releases_is_the_one_that_was_put_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, urls: tuple[str, ...], expected: str | None
) -> None:
    monkeypatch.syspath_prepend(installed(tmp_path, *urls))
    assert releases_page() == expected
    assert app_version() == "9.8.7"


def test_the_version_is_that_of_the_project_file() -> None:
    assert app_version() == PROJECT["version"]
