"""One table of a pack's TOML file, read key by key; every fault names file, key and reason."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from whypm.domain.errors import PackError

_Choice = TypeVar("_Choice", bound=StrEnum)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LARGEST = 1_000_000
_BRACES = re.compile(r"\{[^{}]*\}|[{}]")
_TYPE_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}
_REMEDIES = {
    "text": "Put it in quotes.",
    "a number": "Write it without quotes.",
    "a list of texts": "Put it in square brackets.",
    "a list of tables": "Head each with its name in double square brackets.",
}


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table, the file it is in (as shown to the user) and its key path there; empty at the top."""

    values: dict[str, object]
    file: str
    path: str = ""

    @classmethod
    def read(cls, path: Path, file: str) -> "TomlTable":
        """Read a whole file; ``file`` is its name in messages.

        Raises:
            PackError: The file is missing, cannot be opened, is not UTF-8 or is not TOML.
        """
        try:
            return cls(tomllib.loads(path.read_bytes().decode("utf-8-sig")), file)
        except FileNotFoundError:
            raise PackError(
                f"{file} is missing.", "Add the file; the built-in pack shows what goes into it."
            ) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PackError(
                f"{file} cannot be read: {reason}.", "Check that it is a file that you may open."
            ) from error
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise PackError(
                f"{file} is not UTF-8 text: see line {line}.", "Save it again as UTF-8."
            ) from error
        except ValueError as error:  # Wider than TOMLDecodeError: a number may be too long to convert.
            raise PackError(f"{file} is not valid TOML: {error}.", "Mend it at that place.") from error
        except RecursionError:
            raise PackError(
                f"{file} is nested too deeply.", "Write it as the built-in pack is written."
            ) from None

    def fault(self, key: str, reason: str, remedy: str = "") -> PackError:
        """Return the error that says what is wrong with ``key``."""
        return PackError(f"{self.file}: {self._path_of(key)} {reason}.", remedy)

    def allow_only(self, *keys: str) -> None:
        """Refuse keys other than these, so that a misspelt one is never silently left out.

        Raises:
            PackError: There is another key.
        """
        for key in self.values:
            if key not in keys:
                close = difflib.get_close_matches(key, keys, n=1)
                hint = f"Did you mean {close[0]}?" if close else f"The keys here are {', '.join(keys)}."
                raise self.fault(key, "is not a key that WhyPM knows", hint)

    def text(self, key: str, slots: Collection[str] = ()) -> str:
        """Return a text with every run of white space as one space; only these ``slots`` may stand in braces.

        Raises:
            PackError: It is missing, empty, not text, or has another slot.
        """
        return self._checked_text(key, self._value(key), slots)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; an absent or empty list gives none.

        Raises:
            PackError: It is not a list, or an entry is not a text or is empty.
        """
        entries = self.values.get(key, [])
        if not isinstance(entries, list):
            raise self._wrong_type(key, "a list of texts", entries)
        return tuple(
            self._checked_text(f"{key}[{number}]", entry, ()) for number, entry in enumerate(entries, start=1)
        )

    def identifier(self, key: str) -> str:
        """Return an id: lower-case letters, digits and single hyphens.

        Raises:
            PackError: It is missing or not of this form.
        """
        text = self.text(key)
        if not _ID.fullmatch(text):
            raise self.fault(
                key, f"is {text!r}, which is no id", "Use lower-case letters, digits and single hyphens."
            )
        return text

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        """Return the member of ``choices`` that the text names.

        Raises:
            PackError: It is missing or names none.
        """
        text = self.text(key)
        try:
            return choices(text)
        except ValueError:
            raise self.fault(key, f"is {text!r}", f"Choose one of: {', '.join(choices)}.") from None

    def number(self, key: str) -> float | None:
        """Return a number, or None where the key is absent.

        Raises:
            PackError: It is not a number, or out of all proportion.
        """
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self._wrong_type(key, "a number", value)
        if not 0 <= value <= _LARGEST:
            raise self.fault(key, f"is not between 0 and {_LARGEST:,}", "Give an ordinary number.")
        return float(value)

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """Return the tables of ``[[key]]``, at least one.

        Raises:
            PackError: It is missing or empty, or an entry is not a table.
        """
        entries = self._value(key)
        if not isinstance(entries, list):
            raise self._wrong_type(key, "a list of tables", entries)
        if not entries:
            raise self.fault(key, "is empty", "Give at least one.")
        return tuple(self._table(f"{key}[{number}]", entry) for number, entry in enumerate(entries, start=1))

    def _table(self, key: str, value: object) -> "TomlTable":
        if not isinstance(value, dict):
            raise self._wrong_type(key, "a table", value)
        return TomlTable(value, self.file, self._path_of(key))

    def _value(self, key: str) -> object:
        try:
            return self.values[key]
        except KeyError:
            raise self.fault(key, "is missing", "Add the key.") from None

    def _checked_text(self, key: str, value: object, slots: Collection[str]) -> str:
        if not isinstance(value, str):
            raise self._wrong_type(key, "text", value)
        text = " ".join(value.split())
        if not text:
            raise self.fault(key, "is empty", "Write some text there.")
        # It is spoken, and printed on terminals, which take some of them for commands.
        controls = [character for character in text if unicodedata.category(character) == "Cc"]
        if controls:
            raise self.fault(key, f"holds the control character {controls[0]!a}", "Take it out.")
        allowed = [f"{{{slot}}}" for slot in slots]
        for braces in _BRACES.findall(text):
            if braces not in allowed:
                known = (
                    f"The only slot here is {', '.join(allowed)}."
                    if allowed
                    else "This text can have no slots."
                )
                raise self.fault(key, f"has {braces}, which WhyPM cannot fill", known)
        return text

    def _wrong_type(self, key: str, wanted: str, value: object) -> PackError:
        given = _TYPE_NAMES.get(type(value), "a date or time")
        return self.fault(key, f"should be {wanted} but is {given}", _REMEDIES.get(wanted, ""))

    def _path_of(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key
