"""Makes the setup program from a frozen folder, by way of NSIS and `whypm.nsi`."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from windows.file_list import FileList, escaped
from windows.signing import Signer
from windows.version_resource import COPYRIGHT, PUBLISHER, numbers

SCRIPT = Path(__file__).with_name("whypm.nsi")
DATA_FOLDER = "whypm"
"""Below %LOCALAPPDATA%; `whypm.places` asks platformdirs for it."""
USUAL_PLACE = Path(r"C:\Program Files (x86)\NSIS\makensis.exe")
TARGETS = {"win32": None, "linux": "amd64-unicode"}
"""The kind of setup program. Debian's NSIS can make 64-bit ones, as Wine without its 32-bit half needs. NSIS
for Windows makes 32-bit ones only, and all of 64-bit Windows runs them."""
BYTES_PER_KB = 1024


class InstallerError(RuntimeError):
    """No setup program; the message says why."""


@dataclass(frozen=True, slots=True)
class Product:
    """What the setup program says of what it installs."""

    name: str
    version: str
    program: str
    """The file of the window, without its ending."""
    terminal_program: str
    icon: Path


def make_installer(
    product: Product,
    payload: Path,
    target: Path,
    work: Path,
    signer: Signer | None = None,
    *,
    quick: bool = False,
) -> Path:
    """Compile the setup program ``target`` for the frozen folder ``payload``; return it.

    ``work`` takes the generated parts of the script; ``quick`` compresses little, for trials.

    Raises:
        InstallerError: there is no NSIS, or it does not like something; its warnings count.
        ValueError: the version or a file's name does not suit Windows.
    """
    files = FileList.of(payload)
    work.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    for name, text in {
        "definitions": _definitions(product, files, target, signer),
        "install": files.install_commands(),
        "uninstall": files.uninstall_commands(),
    }.items():
        (work / f"{name}.nsh").write_text(text, encoding="utf-8")
    command: list[str | Path] = [
        _makensis(),
        "-WX",
        "-V2",
        "-INPUTCHARSET",
        "UTF8",
        f"-DWORK={work.resolve()}",
    ]
    if quick:
        command.append("-DQUICK")
    done = subprocess.run([*command, SCRIPT], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise InstallerError(f"makensis: {(done.stdout + done.stderr).strip()}")
    if signer is not None:
        signer.sign(target)
    return target


def _definitions(product: Product, files: FileList, target: Path, signer: Signer | None) -> str:
    values = {
        "NAME": product.name,
        "VERSION": product.version,
        "NUMBERS": ".".join(map(str, numbers(product.version))),
        "PROGRAM": product.program,
        "TERMINAL_PROGRAM": product.terminal_program,
        "ICON": str(product.icon.resolve()),
        "OUTPUT": str(target.resolve()),
        "DATA_FOLDER": DATA_FOLDER,
        "LONGEST_NAME": escaped(files.longest),
        "SIZE_KB": str(files.size_bytes // BYTES_PER_KB),
        "PUBLISHER": PUBLISHER,
        "COPYRIGHT": COPYRIGHT,
    }
    kind = TARGETS.get(sys.platform)
    if kind:
        values["TARGET"] = kind
    if signer is not None:
        values["SIGN"] = signer.command()
    return "".join(f"!define {name} '{text}'\n" for name, text in values.items())


def _makensis() -> str | Path:
    found = shutil.which("makensis") or (USUAL_PLACE if USUAL_PLACE.exists() else None)
    if found is None:
        raise InstallerError("There is no makensis: install NSIS (on Debian, `apt-get install nsis`).")
    return found
