"""Makes what Windows users download, from a frozen folder: a setup program and a zip."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import bundle
from windows import trial as steps
from windows.file_list import FileList
from windows.icon import write_icon
from windows.installer import Product, make_installer
from windows.portable import make_portable
from windows.signing import signer
from windows.vc_runtime import RUNTIME
from windows.wine import REQUIREMENTS, Wine, WineError, prepare

MACHINE = "x64"
FREEZE_SECONDS = 1800
PROGRAMS = (bundle.NAME, bundle.TERMINAL_PROGRAM)
EARLIER = "0.0.1"
ONLY_EARLIER = "_internal/only earlier.txt"


def package(
    payload: Path,
    out: Path,
    work: Path,
    *,
    quick: bool = False,
    environment: Mapping[str, str] = os.environ,
) -> list[Path]:
    """Make the zip and the setup program of a frozen folder in ``out``, and return them.

    Where the environment has a certificate (see ``signing``) the programs are signed first, then the setup.

    Raises:
        InstallerError: NSIS is missing, or refuses the script.
        SigningError: the certificate or the tool for it does not work.
        ValueError: the version or a file does not suit Windows.
    """
    with tempfile.TemporaryDirectory(prefix="whypm-signing-") as secret:
        stamp = signer(Path(secret), environment)
        if stamp is not None:
            for program in PROGRAMS:
                stamp.sign(payload / f"{program}.exe")
        name = f"{bundle.NAME}-{bundle.version()}-windows-{MACHINE}"
        return [
            make_portable(f"{bundle.NAME}-{bundle.version()}", payload, out / f"{name}-portable.zip"),
            make_installer(
                product(work), payload, out / f"{name}-setup.exe", work / "nsis", stamp, quick=quick
            ),
        ]


def product(work: Path) -> Product:
    """Describe the program to the setup; its icon is drawn into ``work``."""
    icon = write_icon(bundle.ROOT / "assets" / "icons" / "whypm.svg", work / "whypm.ico")
    return Product(bundle.NAME, bundle.version(), bundle.NAME, bundle.TERMINAL_PROGRAM, icon)


def freeze_under_wine(work: Path) -> Path:
    """Let PyInstaller freeze the program under Wine, and return the frozen folder.

    Raises WineError with the last lines of PyInstaller.
    """
    wine = prepare(work / "wine", [REQUIREMENTS / "build.txt"])
    frozen = work / "frozen"
    shutil.rmtree(frozen, ignore_errors=True)
    folders = ["--distpath", wine.path(frozen), "--workpath", wine.path(work / "pyinstaller")]
    spec = wine.path(bundle.ROOT / "packaging" / "whypm.spec")
    command: list[str | Path] = [wine.python, "-m", "PyInstaller", "--noconfirm", *folders, spec]
    done = wine.run(command, seconds=FREEZE_SECONDS)
    (work / "freeze.log").write_text(done.stdout, encoding="utf-8")
    if done.returncode != 0:
        raise WineError("PyInstaller did not succeed:\n" + "\n".join(done.stdout.splitlines()[-20:]))
    return frozen / bundle.NAME


def try_setup(setup: Path, payload: Path, work: Path) -> Iterator[str]:
    """Install, use, upgrade and remove under Wine; yield what held, and what the self-test said.

    Raises TrialError at the first that does not hold.
    """
    wine = Wine(work / "wine", steps.USER)
    trial = steps.Trial(wine, bundle.NAME, bundle.NAME, bundle.TERMINAL_PROGRAM)
    _look_at(trial, payload)
    before = steps.try_installing(trial, setup, bundle.version())
    told = steps.try_itself(trial)
    steps.try_while_open(trial, setup, ["selftest"])
    steps.try_removing(trial, before)
    yield from trial.take()
    yield from told
    steps.try_upgrading(trial, _earlier_setup(payload, work), setup, bundle.version(), ONLY_EARLIER)
    yield from trial.take()
    steps.try_elsewhere(trial, setup, len(FileList.of(payload).longest))
    yield from trial.take()


def _look_at(trial: steps.Trial, payload: Path) -> None:
    """See that the programs say what they are, and that no library came along twice or from Wine."""
    said = [f"{text}\0".encode("utf-16-le") for text in ("ProductVersion", bundle.version())]
    programs = [file.read_bytes() for file in payload.glob("*.exe")]
    named = all(text in program for program in programs for text in said)
    trial.expect("both programs have a version resource", len(programs) == len(PROGRAMS) and named)
    libraries = Counter(file.name.lower() for file in payload.rglob("*.dll"))
    runtimes = {name: count for name, count in libraries.items() if RUNTIME.fullmatch(name)}
    trial.expect("the C++ runtime is there once", set(runtimes.values()) == {1}, runtimes)
    trial.expect("what only Wine needs is not bundled", "bcryptprimitives.dll" not in libraries)


def _earlier_setup(payload: Path, work: Path) -> Path:
    """A setup of the same programs and little else."""
    earlier = work / "earlier"
    (earlier / ONLY_EARLIER).parent.mkdir(parents=True, exist_ok=True)
    (earlier / ONLY_EARLIER).write_text(EARLIER, encoding="utf-8")
    for program in payload.glob("*.exe"):
        shutil.copy2(program, earlier)
    same = replace(product(work), version=EARLIER)
    return make_installer(same, earlier, work / "earlier-setup.exe", work / "earlier-nsis", quick=True)
