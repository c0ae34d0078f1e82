"""The setup program, run under Wine with a small program in it: what it installs, refuses, keeps and removes.

`python3 dev.py package windows --wine` does the same with the real program, which takes some twenty minutes.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from windows import trial as steps
from windows.file_list import FileList
from windows.icon import write_icon
from windows.installer import Product, make_installer
from windows.trial import Trial
from windows.wine import PROGRAMS, Wine

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not all(map(shutil.which, PROGRAMS)), reason=f"needs Debian's {' '.join(PROGRAMS.values())}"
    ),
]
DRAWING = Path(__file__).parents[2] / "assets" / "icons" / "whypm.svg"
PROGRAM = """
#include <stdio.h>
int main(void) {
    puts("open");
    fflush(stdout);
    while (getchar() != EOF) {}
    return 0;
}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program for Windows that says it is open, and ends when its input does."""
    folder = tmp_path_factory.mktemp("program")
    (folder / "program.c").write_text(PROGRAM)
    built = folder / "program.exe"
    subprocess.run(["x86_64-w64-mingw32-gcc", "-o", built, folder / "program.c"], check=True)
    return built


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("setups")


def make_setup(folder: Path, program: Path, version: str, only_here: str) -> Path:
    payload = folder / version
    (payload / "_internal" / "assets é").mkdir(parents=True)
    for name in ("WhyPM", "whypm-cli"):
        shutil.copy(program, payload / f"{name}.exe")
    (payload / "_internal" / only_here).write_text(version)
    (payload / "_internal" / "assets é" / "名.txt").write_text(version)
    icon = write_icon(DRAWING, folder / "whypm.ico")
    product = Product("WhyPM", version, "WhyPM", "whypm-cli", icon)
    return make_installer(product, payload, folder / f"setup-{version}.exe", folder / f"work-{version}")


@pytest.fixture(scope="module")
def earlier(folder: Path, program: Path) -> Path:
    return make_setup(folder, program, "0.9.10", "only earlier.txt")


@pytest.fixture(scope="module")
def current(folder: Path, program: Path) -> Path:
    return make_setup(folder, program, "0.10.0", "only now.txt")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(Wine(tmp_path_factory.mktemp("wine"), steps.USER), "WhyPM", "WhyPM", "whypm-cli")


def test_it_installs_silently_for_a_user_with_an_uncommon_name_and_removes_all_but_the_recordings(
    trial: Trial, current: Path
) -> None:
    before = steps.try_installing(trial, current, "0.10.0")
    installed = {path.name for path in trial.folder.rglob("*") if path.is_file()}
    assert installed == {"WhyPM.exe", "whypm-cli.exe", "only now.txt", "名.txt", "uninstall.exe"}
    steps.try_removing(trial, before)


def test_it_upgrades_in_place_and_refuses_to_go_back(trial: Trial, earlier: Path, current: Path) -> None:
    steps.try_upgrading(trial, earlier, current, "0.10.0", "_internal/only earlier.txt")


def test_it_notices_that_the_program_is_open(trial: Trial, current: Path) -> None:
    trial.begin()
    assert trial.set_up(current) == 0
    steps.try_while_open(trial, current, [])
    assert trial.set_up(current) == 0, "it is closed now"


def test_it_takes_the_longest_path_that_windows_takes_and_deletes_the_data_when_asked(
    trial: Trial, current: Path, folder: Path
) -> None:
    trial.begin()
    steps.try_elsewhere(trial, current, len(FileList.of(folder / "0.10.0").longest))


def test_a_step_that_fails_is_not_passed_over(trial: Trial, earlier: Path) -> None:
    with pytest.raises(steps.TrialError, match="the list of programs has this version"):
        steps.try_installing(trial, earlier, "0.10.0")
