"""How large a frozen folder is, by component, and what was left out of it."""

import json
from collections import defaultdict
from pathlib import Path

import bundle

BYTES_PER_MB = 1_000_000
SMALLEST_MB = 0.1
"""Components below this share a line."""
MODEL_PATTERNS = (f"{bundle.MODELS}/", "assets/judge/", "assets/fillers/")
"""Not counted in the size that a package may have, which the tests hold it to."""


def report(folder: Path, contents: Path) -> str:
    """Return the report as lines of text.

    Args:
        folder: the frozen folder.
        contents: what the spec wrote of it.
    """
    told = json.loads(contents.read_text(encoding="utf-8"))
    inside = data_folder(folder)
    sizes = {
        component["name"]: sum(_size(inside / target.replace("\\", "/")) for target in component["targets"])
        for component in told["components"]
    }
    programs = sum(_size(path) for path in folder.iterdir() if path.is_file())
    sizes["The program: our modules and all others in Python"] = programs
    whole, models = total(folder), model_bytes(folder)
    rows = sorted(sizes.items(), key=lambda row: -row[1])
    small = [size for _, size in rows if size < SMALLEST_MB * BYTES_PER_MB]
    lines = [
        f"{folder.name} {bundle.version()}: {_mb(whole)} MB, {_mb(whole - models)} MB without the models",
        "",
    ]
    lines += [f"{_mb(size):>8} MB  {name}" for name, size in rows if size >= SMALLEST_MB * BYTES_PER_MB]
    lines += [
        f"{_mb(sum(small)):>8} MB  {len(small)} smaller ones",
        "",
        "Left out of what PyInstaller found:",
        "",
    ]
    by_reason: dict[str, list[int]] = defaultdict(list)
    for each in told["left"]:
        by_reason[each["reason"]].append(each["bytes"])
    for reason, bytes_ in sorted(by_reason.items(), key=lambda row: -sum(row[1])):
        lines.append(f"{_mb(sum(bytes_)):>8} MB  {reason} ({len(bytes_)} files)")
    lines += ["", "Left out before, with all that they would bring:", ""]
    lines += [
        f"    {' '.join(each.names.split())}: {each.reason}" for each in bundle.LEFT_MODULES if each.applies
    ]
    return "\n".join([*lines, ""])


def data_folder(folder: Path) -> Path:
    """Return where a frozen folder has everything but its programs."""
    return folder / "_internal"


def total(folder: Path) -> int:
    """Return the bytes of all files below ``folder``; a link counts nothing."""
    return sum(_size(path) for path in folder.rglob("*"))


def model_bytes(folder: Path) -> int:
    """Return the bytes of the Whisper model and of our networks in a frozen folder."""
    inside = data_folder(folder)
    return sum(total(inside / pattern) for pattern in MODEL_PATTERNS)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() and not path.is_symlink() else 0


def _mb(size: int) -> str:
    return f"{size / BYTES_PER_MB:.1f}"
