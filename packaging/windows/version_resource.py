"""The version resource of a program: what Windows shows under Properties, Details."""

import re

PUBLISHER = "WhyPM contributors"
COPYRIGHT = "Copyright (c) 2026 WhyPM contributors, MIT licence"
ENGLISH_UNICODE = (0x0409, 0x04B0)
"""Language and character set, as the resource names them."""


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return the four numbers that Windows compares versions by: those of a final release, then a zero.

    Raises:
        ValueError: the version is not of the form 1.2.3; a preview gets no installer.
    """
    found = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    if not found:
        raise ValueError(f"{version} is not of the form 1.2.3, which a Windows installer needs.")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch, 0


def resource_text(version: str, product: str, program: str, description: str) -> str:
    """Return the resource in the form that PyInstaller reads from a file.

    Args:
        version: as in pyproject.toml.
        product: the name of the whole.
        program: the file's name without its ending.
        description: what the task manager shows; the product's name is best.
    """
    language, characters = ENGLISH_UNICODE
    strings = {
        "CompanyName": PUBLISHER,
        "FileDescription": description,
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": f"{program}.exe",
        "ProductName": product,
        "ProductVersion": version,
    }
    table = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in strings.items())
    return (
        "VSVersionInfo(\n"
        f" ffi=FixedFileInfo(filevers={numbers(version)}, prodvers={numbers(version)}, mask=0x3F, flags=0,"
        " OS=0x40004, fileType=1, subtype=0, date=(0, 0)),\n"
        f" kids=[StringFileInfo([StringTable('{language:04X}{characters:04X}', [{table}])]),\n"
        f"  VarFileInfo([VarStruct('Translation', [{language}, {characters}])])])\n"
    )
