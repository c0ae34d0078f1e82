"""A part of an object that is made when it is first asked for, and only once, whichever thread asks."""

import threading
from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

Part = TypeVar("Part")


class made_once(Generic[Part]):  # noqa: N801 - a decorator, named like ``property``
    """``functools.cached_property`` with the lock that it lost in Python 3.12.

    Without it the window's warm-up and the first analysis could each start a transcriber. The part lies in
    the object's ``__dict__`` under its name. What else can be done with it is asked of the class:
    ``Studio.card.put(studio, card)``.
    """

    def __init__(self, make: Callable[[Any], Part]) -> None:
        self._make = make
        self._lock = threading.RLock()
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, holder: None, owner: type) -> Self: ...

    @overload
    def __get__(self, holder: object, owner: type | None = None) -> Part: ...

    def __get__(self, holder: Any, owner: type | None = None) -> Any:
        """Return the part, made now or before; the decorator itself where the class is asked."""
        if holder is None:
            return self
        with self._lock:
            if self._name not in holder.__dict__:
                holder.__dict__[self._name] = self._make(holder)
            return holder.__dict__[self._name]

    def peek(self, holder: object) -> Part | None:
        """Return the part, or None while it is not made; waits for nothing."""
        part: Part | None = holder.__dict__.get(self._name)
        return part

    def put(self, holder: object, part: Part) -> None:
        """Let this be the part, in place of one that was made or instead of making it; waits for nothing."""
        holder.__dict__[self._name] = part

    def drop(self, holder: object) -> Part | None:
        """Forget the part and return it, or None; one that is just being made is waited for."""
        with self._lock:
            part: Part | None = holder.__dict__.pop(self._name, None)
            return part
