"""Which files an installer brings, and therefore which it removes: the same list both times.

Removing a folder whole would take along what the user has put there, or a whole disk if the folder was chosen
badly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a frozen folder: ``root`` is where they are now, ``names`` are paths below it."""

    root: Path
    names: tuple[PurePosixPath, ...]

    @classmethod
    def of(cls, root: Path) -> "FileList":
        """List every file below ``root``, in the same order everywhere.

        Raises:
            ValueError: there is none, or a name that Windows or the installer's language does not take.
        """
        files = sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())
        if not files:
            raise ValueError(f"There are no files in {root}: freeze the program first.")
        for name in files:
            if not name.isprintable() or set(name) & set('"<>:|?*\\`'):
                raise ValueError(f"Windows has no files with such a name: {name!r}.")
        return cls(root, tuple(map(PurePosixPath, files)))

    @property
    def folders(self) -> tuple[PurePosixPath, ...]:
        """Every folder that has files somewhere below it, parents first."""
        found = {parent for name in self.names for parent in name.parents if parent.parts}
        return tuple(sorted(found))

    @property
    def longest(self) -> str:
        """The longest name, as Windows counts: by UTF-16 units."""
        return _backslashes(max(self.names, key=lambda name: len(str(name).encode("utf-16-le"))))

    @property
    def size_bytes(self) -> int:
        """What they take, without what the file system adds."""
        return sum((self.root / name).stat().st_size for name in self.names)

    def install_commands(self) -> str:
        """Return NSIS commands that put the files into ``$INSTDIR``."""
        commands = []
        for folder, names in _by_folder(self.names):
            commands.append(f'SetOutPath "{_installed(folder)}"')
            commands += [f'File "{(self.root / name).resolve()}"' for name in names]
        return "\n".join(commands) + "\n"

    def uninstall_commands(self) -> str:
        """Return NSIS commands that take the files away, and the folders that are empty then."""
        files = [f'Delete "{_installed(name)}"' for name in self.names]
        folders = [f'RMDir "{_installed(folder)}"' for folder in reversed(self.folders)]
        return "\n".join([*files, *folders]) + "\n"


def _by_folder(
    names: Iterable[PurePosixPath],
) -> Iterable[tuple[PurePosixPath, Sequence[PurePosixPath]]]:
    groups: dict[PurePosixPath, list[PurePosixPath]] = {}
    for name in names:
        groups.setdefault(name.parent, []).append(name)
    return groups.items()


def _installed(name: PurePosixPath) -> str:
    return "\\".join(["$INSTDIR", *([escaped(_backslashes(name))] if name.parts else [])])


def _backslashes(name: PurePosixPath) -> str:
    return str(name).replace("/", "\\")


def escaped(text: str) -> str:
    """Return a text as NSIS wants it, for which a dollar sign begins a variable."""
    return text.replace("$", "$$")
