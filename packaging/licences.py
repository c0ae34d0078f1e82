"""The licences of what a bundle holds: checked, and collected into it.

A bundle with a component under the GPL, or under no licence that is known, is refused.
"""

import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import bundle
from components import PYTHON, Component, Row, components, debian_package_of, distribution_of
from licence_table import MARKS_OF_GPL_CODE, PACKAGES, PARTS, PERMITTED, PERMITTED_EXCEPTIONS, SPELLINGS, Part

TEXTS = Path(__file__).resolve().parent / "licence_texts"
INDEX = "components.json"
_WORDS = ("licen", "copying", "notice", "authors")
"""What a file that has the words of a licence is called, wherever a package keeps it."""
_REPLACING = """\
Replacing a library
-------------------

Qt, PySide6, libsndfile, libsoxr and libquadmath are used under the GNU Lesser General Public License. They
are files of their own in the program's folder, loaded when the program starts, and nothing checks or seals
them: put a build of your own, of the same major version and with the same file name, in a file's place, and
it is used. (On macOS sign the app again afterwards: codesign --force --deep --sign - WhyPM.app.) You may
also take the program apart as far as finding faults in such a change needs. The source code of each is
published where the list says, under its version.
"""


class LicenceError(Exception):
    """The bundle must not be passed on as it is; the message says why, a line a component."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list that goes with the bundle."""

    name: str
    version: str
    inside: str
    """As of ``Component``."""
    licence: str
    """An SPDX expression."""
    source: str
    files: int


def collect(rows: Iterable[Row], into: Path) -> tuple[Entry, ...]:
    """Write the licences of everything in ``rows`` into the folder ``into``, made anew, and return the list.

    Raises:
        LicenceError: a component is under the GPL, or its licence or the text of it is not known.
        UnknownOriginError: files belong to no component.
    """
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    rows = tuple(rows)
    problems = [
        f"{source}: holds code that is under the GPL"
        for _, source, kind in rows
        if kind in {"BINARY", "EXTENSION"} and source and _is_marked(Path(source))
    ]
    entries = []
    for component in components(rows):
        known = _known(component.name)
        expression = known.expression if known else _own_expression(component)
        texts = _texts(component, known)
        if not is_permitted(expression):
            problems.append(f"{component.name}: {expression or 'no licence known'}")
        elif not texts:
            problems.append(f"{component.name}: the text of its licence ({expression}) is not known")
        _write(into / _folder(component.name), texts)
        source = known.source if known else ""
        files = len(component.targets)
        entries.append(Entry(component.name, component.version, component.inside, expression, source, files))
    if problems:
        raise LicenceError("\n".join(["These cannot be passed on:", *problems]))
    (into / "README.txt").write_text(_readme(entries), encoding="utf-8")
    index = json.dumps([asdict(entry) for entry in entries], indent=1, ensure_ascii=False)
    (into / INDEX).write_text(index + "\n", encoding="utf-8")
    return tuple(entries)


def is_permitted(expression: str) -> bool:
    """Whether one alternative of an SPDX expression (without brackets) lets us pass the component on."""
    return any(
        all(_is_permitted_licence(each.strip()) for each in alternative.split(" AND "))
        for alternative in expression.split(" OR ")
    )


def _is_permitted_licence(text: str) -> bool:
    licence, _, exception = text.partition(" WITH ")
    return licence in PERMITTED or exception in PERMITTED_EXCEPTIONS


def _is_marked(binary: Path) -> bool:
    content = binary.read_bytes() if binary.is_file() else b""  # a framework's link on macOS
    return any(mark in content for mark in MARKS_OF_GPL_CODE)


def _known(name: str) -> Part | None:
    return PACKAGES.get(name) or next((part for part in PARTS if part.name == name), None)


def _own_expression(component: Component) -> str:
    """Return what a package says of itself, in SPDX's spelling."""
    distribution = distribution_of(component.name)
    if distribution is None:
        return ""
    fields = ("License-Expression", "License")
    said = next((words[0] for field in fields if (words := distribution.metadata.get_all(field))), "").strip()
    if not said or "\n" in said:  # the old ways: no name, or all of the text
        classes = [each.rpartition(" :: ")[2] for each in distribution.metadata.get_all("Classifier") or ()]
        said = next((each for each in classes if each in SPELLINGS), "")
    return SPELLINGS.get(said, said)


def _texts(component: Component, known: Part | None) -> dict[str, Path]:
    """Return the texts that go with a component, by the names that they get."""
    texts: dict[str, Path] = {}
    if known:
        for name in known.texts:
            texts[Path(name).name] = TEXTS / name if (TEXTS / name).exists() else bundle.ROOT / name
        if known.from_debian and (package := debian_package_of(component.sources[0])):
            texts["copyright.txt"] = Path("/usr/share/doc", package, "copyright")
        for pattern in known.inside:
            texts |= {path.name: path for path in sorted(_site_packages(component).glob(pattern))}
    if component.name == PYTHON:  # on Windows it brings its libraries, and has their words here
        texts["of-its-libraries.txt"] = Path(sys.base_prefix, "LICENSE.txt")
    distribution = distribution_of(component.name)
    for file in (distribution.files or ()) if distribution else ():
        if ".dist-info/" in str(file) and any(word in file.name.lower() for word in _WORDS):
            inside = str(file).partition(".dist-info/")[2].removeprefix("licenses/")
            texts[inside.replace("/", "-")] = Path(str(file.locate()))
    return {name: path for name, path in texts.items() if path.is_file()}


def _site_packages(component: Component) -> Path:
    """Return the folder that the package was installed into that brings the component."""
    source = Path(component.sources[0])
    return next((folder for folder in source.parents if folder.name == "site-packages"), source.parent)


def _write(folder: Path, texts: dict[str, Path]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in texts.items():
        shutil.copyfile(path, folder / (name if Path(name).suffix in {".txt", ".md"} else f"{name}.txt"))


def _folder(name: str) -> str:
    kept = "".join(
        letter if letter.isalnum() or letter in "-._+" else " " for letter in name.partition(",")[0]
    )
    return "-".join(kept.split())


def _readme(entries: Iterable[Entry]) -> str:
    lines = [
        "What WhyPM is made of",
        "---------------------",
        "",
        "Each has a folder beside this file with the words of its licence.",
        "",
    ]
    for entry in entries:
        origin = entry.version or (f"in {entry.inside}" if entry.inside else "")
        lines.append(f"{entry.name} {origin}".strip() + f": {entry.licence}")
        if entry.source:
            lines.append(f"    {entry.source}")
    return "\n".join([*lines, "", _REPLACING])
