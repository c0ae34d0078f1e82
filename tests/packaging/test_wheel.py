"""The wheel holds all that the program needs of its own, and works where the checkout is out of reach."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
LIMIT_SECONDS = 300


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=LIMIT_SECONDS,
    )
    (built,) = folder.glob("whypm-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment with the wheel in it, which borrows the packages that it depends on."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", python, "install", "-qq", "--no-deps", "--no-index", wheel],
        check=True,
        timeout=LIMIT_SECONDS,
    )
    told = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    )
    # Paths in such a file go behind the environment's own, and the editable install's file is not read there.
    Path(told.stdout.strip(), "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(python: Path, *arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [python, "-P", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )


def test_it_holds_the_content_the_assets_and_the_licences_and_nothing_of_the_lab(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for folder in ("content", "assets"):
        ours = {
            path.relative_to(ROOT / folder).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        }
        packed = {name.removeprefix(f"whypm/_{folder}/") for name in names if f"whypm/_{folder}/" in name}
        assert packed == ours
    assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names if "dist-info/" in name}
    assert not [name for name in names if not name.startswith(("whypm/", "whypm-"))]


def test_installed_it_passes_its_self_test_with_the_default_model_of_the_two_packages(
    python: Path, tmp_path: Path
) -> None:
    done = run(python, "-m", "whypm", "selftest", "--json", "--data-dir", tmp_path, folder=tmp_path)
    assert done.returncode == 0, done
    steps = {step["name"]: step["detail"] for step in json.loads(done.stdout)["steps"]}
    assert str(python.parents[1]) in steps["build"]
    assert str(ROOT) not in steps["build"]
    assert "Whisper base" in steps["model"]


def test_installed_its_data_lies_in_the_package(python: Path, tmp_path: Path) -> None:
    code = """
from whypm.places import find_places
from whypm.release import app_version, releases_page
print(find_places().content, find_places().assets, app_version(), releases_page(), sep="\\n")
"""
    content, assets, version, page = run(python, "-c", code, folder=tmp_path).stdout.splitlines()
    for place, name in ((content, "_content"), (assets, "_assets")):
        assert Path(place).name == name
        assert python.parents[1] in Path(place).parents
    assert version.count(".") == 2
    assert page == "None" or page.startswith("https://")
