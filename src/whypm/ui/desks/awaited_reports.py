"""The takes whose first report is being made, whether or not anybody waits in the room for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from whypm.domain.errors import WhypmError
from whypm.domain.session import Session
from whypm.ui.desks.operation import Operations
from whypm.ui.desks.review import Review, read_take

if TYPE_CHECKING:
    from whypm.studio import Studio


class AwaitedReports(QObject):
    """``changed`` tells the ids of the takes that get their report now."""

    changed = Signal(object)

    def __init__(
        self, studio: "Studio", operations: Operations, on_failure: Callable[[WhypmError], None]
    ) -> None:
        super().__init__()
        self._studio = studio
        self._operations = operations
        self._on_failure = on_failure
        self._ids: frozenset[str] = frozenset()

    def begin(self, session_id: str) -> None:
        """Wait for the report on a take."""
        self._ids |= {session_id}
        self.changed.emit(self._ids)

    def end(self, session_id: str) -> None:
        """Wait for it no more."""
        self._ids -= {session_id}
        self.changed.emit(self._ids)

    def read(self, session: Session, shown: Callable[[Review], object]) -> None:
        """Read what became of a take, have it shown, and then wait for it no more."""

        def read(review: Review) -> None:
            shown(review)
            self.end(session.id)

        def unread(error: WhypmError) -> None:
            self.end(session.id)
            self._on_failure(error)

        self._operations.run(lambda: read_take(self._studio, session), read, unread)
