"""Signs programs for Windows, where there is a certificate to sign with.

A certificate comes by way of two secrets in the environment: the PKCS #12 file in Base64, and its password.
On Windows `signtool` of the Windows SDK signs, elsewhere `osslsigncode`. The latter reads the password from a
file; the former takes it on its command line only, which other programs of the machine could read.
"""

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CERTIFICATE = "WINDOWS_CERTIFICATE"
PASSWORD = "WINDOWS_CERTIFICATE_PASSWORD"  # noqa: S105 - the name of the variable
TIMESTAMP = "WINDOWS_TIMESTAMP_SERVER"
"""Signatures outlive the certificate only with a timestamp. Without this variable there is none."""

SDK = Path(r"C:\Program Files (x86)\Windows Kits\10\bin")
"""Where the Windows SDK keeps its tools, by its version; they are not on the path."""


class SigningError(RuntimeError):
    """There is a certificate, but no signature; the message says why."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A certificate, and the folder that it lies in while the build runs."""

    folder: Path
    timestamp_server: str | None

    @property
    def certificate(self) -> Path:
        """The PKCS #12 file."""
        return self.folder / "certificate.p12"

    @property
    def password(self) -> Path:
        """A file with its password."""
        return self.folder / "password.txt"

    def sign(self, program: Path) -> None:
        """Sign a program in its place. Raises SigningError."""
        command = self._signtool(program) if sys.platform == "win32" else self._osslsigncode(program)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SigningError(f"{program.name} was not signed: {(done.stdout + done.stderr).strip()}")
        signed = program.with_name(f"{program.name}.signed")
        if signed.exists():
            signed.replace(program)

    def command(self) -> str:
        """The command by which the installer's compiler signs the uninstaller; it adds the file's name."""
        return f'"{sys.executable}" "{Path(__file__).resolve()}" "{self.folder.resolve()}"'

    def _osslsigncode(self, program: Path) -> Sequence[str | Path]:
        stamp = ["-ts", self.timestamp_server] if self.timestamp_server else []
        return [
            _found("osslsigncode"), "sign", "-pkcs12", self.certificate, "-readpass", self.password,
            "-h", "sha256", "-n", "WhyPM", *stamp, "-in", program,
            "-out", program.with_name(f"{program.name}.signed"),
        ]  # fmt: skip

    def _signtool(self, program: Path) -> Sequence[str | Path]:
        stamp = ["/tr", self.timestamp_server, "/td", "sha256"] if self.timestamp_server else []
        password = self.password.read_text(encoding="utf-8")
        return [
            _found("signtool"), "sign", "/f", self.certificate, "/p", password, "/fd", "sha256",
            "/d", "WhyPM", *stamp, program,
        ]  # fmt: skip


def signer(folder: Path, environment: Mapping[str, str]) -> Signer | None:
    """Return a signer if the environment has a certificate, which is laid into ``folder``; else None.

    Raises:
        SigningError: the certificate is not Base64.
    """
    if not environment.get(CERTIFICATE):
        return None
    try:
        # Tools break long lines; whatever else does not belong there is a secret that was copied wrongly.
        content = base64.b64decode("".join(environment[CERTIFICATE].split()), validate=True)
    except ValueError as error:
        raise SigningError(f"{CERTIFICATE} is not a PKCS #12 file in Base64: {error}.") from error
    made = Signer(folder, environment.get(TIMESTAMP) or None)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made.certificate.write_bytes(content)
    made.password.write_text(environment.get(PASSWORD, ""), encoding="utf-8")
    return made


def _found(program: str) -> str:
    path = shutil.which(program) or max(map(str, SDK.glob(f"10.*/x64/{program}.exe")), default=None)
    if path is None:
        raise SigningError(f"There is a certificate, but no {program} to sign with: please install it.")
    return path


if __name__ == "__main__":  # called by the installer's compiler
    Signer(Path(sys.argv[1]), os.environ.get(TIMESTAMP) or None).sign(Path(sys.argv[2]))
