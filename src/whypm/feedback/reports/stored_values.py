"""Values out of stored JSON, each checked for its kind: what a report is read back with.

Every function raises DamagedError where the value at ``key`` is missing or of the wrong kind.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from whypm.feedback.reports.report_writing import Json

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class DamagedError(Exception):
    """A value is missing or of the wrong kind; the message names its place."""


def object_of(value: object, name: str) -> Json:
    """Return the value if it is an object; ``name`` says what it is."""
    if not isinstance(value, dict):
        raise DamagedError(name)
    return value


def value_of(data: Json, key: str) -> Any:  # noqa: ANN401 - JSON holds anything; the callers check it
    """Return whatever stands at this key."""
    if key not in data:
        raise DamagedError(key)
    return data[key]


def optional(data: Json, key: str, read: Callable[[Json], T]) -> T | None:
    """Read an object, or return None where there is none."""
    value = data.get(key)
    return None if value is None else read(object_of(value, key))


def list_of(data: Json, key: str, read: Callable[[Json], T], *, required: bool = True) -> tuple[T, ...]:
    """Read a list of objects; one that is not required may be left out."""
    value = value_of(data, key) if required else data.get(key, [])
    if not isinstance(value, list):
        raise DamagedError(key)
    return tuple(read(object_of(element, key)) for element in value)


def text(data: Json, key: str) -> str:
    """Return a text."""
    value = value_of(data, key)
    if not isinstance(value, str):
        raise DamagedError(key)
    return value


def maybe_text(data: Json, key: str, *, required: bool = True) -> str | None:
    """Return a text or None."""
    value = value_of(data, key) if required else data.get(key)
    return None if value is None else text(data, key)


def texts(data: Json, key: str) -> tuple[str, ...]:
    """Return a list of texts."""
    value = value_of(data, key)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise DamagedError(key)
    return tuple(value)


def number(data: Json, key: str) -> float:
    """Return a number."""
    value = value_of(data, key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DamagedError(key)
    return float(value)


def numbers(data: Json, key: str) -> tuple[float, ...]:
    """Return a list of numbers."""
    found = maybe_numbers(data, key)
    whole = tuple(number for number in found if number is not None)
    if len(whole) < len(found):
        raise DamagedError(key)
    return whole


def maybe_numbers(data: Json, key: str) -> tuple[float | None, ...]:
    """Return a list in which each is a number or None."""
    value = value_of(data, key)
    if not isinstance(value, list) or any(
        isinstance(number, bool) or not isinstance(number, int | float | None) for number in value
    ):
        raise DamagedError(key)
    return tuple(None if number is None else float(number) for number in value)


def maybe_number(data: Json, key: str) -> float | None:
    """Return a number or None."""
    return None if value_of(data, key) is None else number(data, key)


def count(data: Json, key: str) -> int:
    """Return a whole number that is not negative."""
    value = value_of(data, key)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise DamagedError(key)
    return value


def counts(data: Json, key: str) -> tuple[int, ...]:
    """Return a list of whole numbers that are not negative."""
    value = value_of(data, key)
    if not isinstance(value, list):
        raise DamagedError(key)
    return tuple(count({key: element}, key) for element in value)


def flag(data: Json, key: str, *, required: bool = True) -> bool:
    """Return yes or no; one that is not required is no where it is left out."""
    value = value_of(data, key) if required else data.get(key, False)
    if not isinstance(value, bool):
        raise DamagedError(key)
    return value


def choice(data: Json, key: str, kind: type[E]) -> E:
    """Return a member of an enumeration by its value."""
    try:
        return kind(text(data, key))
    except ValueError as error:
        raise DamagedError(key) from error
