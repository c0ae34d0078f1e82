"""List what a package ships, as CycloneDX, from the list that its build made of what went into it.

    python packaging/sbom.py FOLDER

FOLDER has the file `SYSTEM.components.json` of each build, as `licences.py` writes it into a bundle. Beside
each this writes `whypm-VERSION-SYSTEM.cdx.json`. It needs the packages of `requirements/sbom.txt`.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

import bundle

ENDING = ".components.json"


class SbomError(Exception):
    """The list cannot be made; the message says why."""


def locked_versions() -> dict[str, set[str]]:
    """The versions of each package in the lock that builds are made from: sometimes one for each system."""
    text = (bundle.ROOT / "requirements" / "build.txt").read_text(encoding="utf-8")
    versions = defaultdict(set)
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE):
        versions[name].add(version)
    return versions


def bill_of_materials(entries: Sequence[Mapping[str, str]]) -> Bom:
    """Put a build's components together.

    Args:
        entries: Each with its name, version, SPDX expression ("licence"), where its source is ("source") and,
            of a library that a package brings, which package that is ("inside").

    Raises:
        SbomError: A package is not in the version that the lock has.
    """
    ourselves = Component(
        name=bundle.NAME,
        bom_ref=bundle.NAME,
        version=bundle.version(),
        type=ComponentType.APPLICATION,
        description=bundle.SUMMARY,
        licenses=[LicenseExpression("MIT")],
    )
    locked = locked_versions()
    parts = [component(entry, locked) for entry in entries if entry["name"] != bundle.NAME]
    bom = Bom(components=parts)
    bom.metadata.component = ourselves
    bom.register_dependency(ourselves, parts)
    return bom


def component(entry: Mapping[str, str], locked: Mapping[str, set[str]]) -> Component:
    """Describe one component; a package of the lock also by its URL among packages."""
    name, version = entry["name"], entry["version"]
    is_package = name in locked
    if is_package and version not in locked[name]:
        raise SbomError(f"{name} {version} was built in; the lock has {', '.join(sorted(locked[name]))}")
    source = ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(entry["source"]))
    return Component(
        name=name,
        bom_ref=f"{name} {entry['inside']}".rstrip(),  # two packages may bring the same library
        version=version or None,
        description=f"inside {entry['inside']}" if entry["inside"] else None,
        licenses=[LicenseExpression(entry["licence"])],
        purl=PackageURL("pypi", name=name, version=version) if is_package else None,
        external_references=[source] if entry["source"] else [],
    )


def write_sbom(listed: Path) -> Path:
    """Write the bill of materials of one build beside the list of its components, and return its path.

    Raises:
        SbomError: CycloneDX's schema does not take it, or a package is not the lock's.
    """
    system = listed.name.removesuffix(ENDING)
    entries = json.loads(listed.read_text(encoding="utf-8"))
    text = JsonV1Dot6(bill_of_materials(entries)).output_as_string(indent=1)
    if (error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)) is not None:
        raise SbomError(f"{listed.name} makes no valid CycloneDX: {error}")
    path = listed.with_name(f"whypm-{bundle.version()}-{system}.cdx.json")
    path.write_text(text + "\n", encoding="utf-8")
    return path


def main(arguments: Sequence[str]) -> int:
    """Write the bills of materials of all builds in a folder."""
    if len(arguments) != 1 or not (found := sorted(Path(arguments[0]).glob(f"*{ENDING}"))):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        for listed in found:
            print(write_sbom(listed))
    except SbomError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
