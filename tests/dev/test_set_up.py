"""`dev.py` on a small project of the same shape, with real environments and a real pip, but no network."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).parents[2] / "dev.py"

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "whypm"
version = "0.0.1"
"""
# The least that can make an editable install, so that no build tool has to be downloaded.
BACKEND = """
import pathlib, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    files = {
        "whypm.pth": str(pathlib.Path("src").resolve()),
        "whypm-0.0.1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: whypm\\nVersion: 0.0.1\\n",
        "whypm-0.0.1.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    record = "whypm-0.0.1.dist-info/RECORD"
    name = "whypm-0.0.1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
        wheel.writestr(record, "".join(f"{path},,\\n" for path in (*files, record)))
    return name

def build_wheel(*_):
    raise NotImplementedError
"""
MAIN = """
import json, os, sys
print(json.dumps({"args": sys.argv[1:], "cwd": os.getcwd(), "python": sys.prefix}))
sys.exit(3 if "fail" in sys.argv else 0)
"""
NEVER_PUBLISHED = f"whypm-never-published==1.0 --hash=sha256:{'0' * 64}\n"


def start(project: Path, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))
    }
    return subprocess.run(
        [sys.executable, project / "dev.py", *args],
        cwd=cwd or project,
        env=environment | {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a folder with spaces") / "whypm"
    (folder / "requirements").mkdir(parents=True)
    (folder / "src" / "whypm").mkdir(parents=True)
    shutil.copy(DEV, folder)
    (folder / "pyproject.toml").write_text(PYPROJECT)
    (folder / "backend.py").write_text(BACKEND)
    (folder / "requirements" / "run.txt").write_text("# nothing\n")
    (folder / "src" / "whypm" / "__main__.py").write_text(MAIN)
    done = start(folder, "run", "questions")
    assert done.returncode == 0, done.stderr
    assert "set-up is complete" in done.stderr
    return folder


def test_a_second_start_adds_less_than_a_second_and_says_nothing(project: Path) -> None:
    took = []
    for _ in range(3):  # other programs can slow one down
        began = time.perf_counter()
        done = start(project, "run", "questions")
        took.append(time.perf_counter() - began)
        assert done.stderr == ""
    assert min(took) < 1.0


def test_standard_output_and_exit_code_belong_to_the_command(project: Path, tmp_path: Path) -> None:
    done = start(project, "run", "check", "--json", "fail", cwd=tmp_path)
    said = json.loads(done.stdout)
    assert said["args"] == ["check", "--json", "fail"]
    assert Path(said["cwd"]) == tmp_path.resolve()
    assert Path(said["python"]) == (project / ".venv").resolve()
    assert done.returncode == 3


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_it_says_so_in_one_line_and_runs_the_demo(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = start(project, "run")
    assert json.loads(done.stdout)["args"] == ["demo"]
    assert done.stderr.count("\n") == 1
    assert "no display" in done.stderr
    monkeypatch.setenv("DISPLAY", ":0")
    assert json.loads(start(project, "run").stdout)["args"] == []


def test_a_set_up_that_failed_ends_in_a_sentence_and_is_made_anew_by_the_next_start(project: Path) -> None:
    lock = project / "requirements" / "run.txt"
    before = lock.read_text()
    lock.write_text(NEVER_PUBLISHED)
    done = start(project, "run", "doctor")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "whypm-never-published" in done.stderr
    assert "needs a network connection" in done.stderr
    assert "Traceback" not in done.stderr

    lock.write_text(before)
    half_installed = project / ".venv" / "half-installed"
    half_installed.touch()
    assert start(project, "run", "doctor").returncode == 0
    assert not half_installed.exists()


def test_the_program_is_found_where_python_cannot_read_the_path_that_pip_wrote(project: Path) -> None:
    (path_file,) = (project / ".venv").rglob("whypm.pth")
    before = path_file.read_bytes()
    path_file.write_text("a folder whose name was read in the wrong encoding")
    try:
        assert start(project, "run", "questions").returncode == 0
    finally:
        path_file.write_bytes(before)


@pytest.mark.skipif(os.name == "nt", reason="there the second gives up after ten seconds, and says so")
def test_who_waits_for_another_set_up_is_told(project: Path, tmp_path: Path) -> None:
    import fcntl

    copy = tmp_path / "copy"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".venv*"))
    with (copy / ".venv.lock").open("a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = subprocess.Popen(
            [sys.executable, copy / "dev.py", "run"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        with waiting:
            assert waiting.stderr
            assert "another set-up is running in this folder" in waiting.stderr.readline()
            waiting.kill()


@pytest.mark.slow
def test_a_moved_folder_gets_an_environment_of_its_own(project: Path) -> None:
    moved = project.rename(project.with_name("moved"))
    try:
        done = start(moved, "run", "doctor")
        assert Path(json.loads(done.stdout)["python"]) == (moved / ".venv").resolve()
    finally:
        moved.rename(project)


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", DEV)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "dev", module)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_told_what_is_needed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.sys, "version_info", (3, 10, 4, "final", 0))
    assert dev.main(["run"]) == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows needs no system packages")
def test_without_the_right_to_install_the_exact_command_is_printed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", str(tmp_path))  # no sudo there
    with pytest.raises(
        dev.SetUpError, match="sudo apt-get install --yes --no-install-recommends libportaudio2"
    ):
        dev.apt_install(["libportaudio2"])


def test_what_cannot_be_built_here_is_refused_before_anything_is_downloaded(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "build_environment", lambda: pytest.fail("an environment was made"))
    other = "linux" if sys.platform == "darwin" else "macos"
    assert dev.main(["package", other]) == 2
    assert dev.main(["package"]) == 2
    done = subprocess.run(
        [sys.executable, DEV, "package", "--help"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "{linux,windows,macos}" in done.stdout
    assert done.stderr == ""


def test_no_command_and_an_unknown_one_show_the_usage(
    dev: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main([]) == 2
    assert dev.main(["rnu"]) == 2
    assert dev.main(["--help"]) == 0
    assert capsys.readouterr().err.count("dev.py test [ARGS]") == 3
