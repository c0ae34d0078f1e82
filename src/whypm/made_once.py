"""A part of an object that is made when it is first asked for, and only once, whichever thread asks."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Part = TypeVar("Part")


class made_once(Generic[Part]):  # noqa: N801 - a decorator, named like ``property``
    """``functools.cached_property`` with the lock that it lost in Python 3.12.

    Without it the window's warm-up and the first analysis could each start a transcriber. The part lies in
    the object's ``__dict__`` under its name, where it can be replaced or dropped.
    """

    def __init__(self, make: Callable[[Any], Part]) -> None:
        self._make = make
        self._lock = threading.RLock()
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, holder: Any, owner: type | None = None) -> Part:  # noqa: ANN401 - any object
        with self._lock:
            if self._name not in holder.__dict__:
                holder.__dict__[self._name] = self._make(holder)
            part: Part = holder.__dict__[self._name]
            return part
