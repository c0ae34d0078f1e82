"""What was done to transcripts since the window opened: for undo and redo, and so that no typing is lost."""

from dataclasses import dataclass, field, replace

from whypm.domain.session import Session


def own_words(session: Session) -> str | None:
    """Return the user's own text of a take; None where the words are those that were recognised."""
    if session.original is None or session.report is None:
        return None
    return session.report.transcript.text


@dataclass(frozen=True, slots=True)
class EditHistory:
    """The texts before the present one and after it, the nearest last; None is what was recognised."""

    earlier: tuple[str | None, ...] = ()
    later: tuple[str | None, ...] = ()

    def edited(self, before: str | None) -> "EditHistory":
        """Return the history once another text has taken the place of ``before``."""
        return EditHistory((*self.earlier, before))

    def undone(self, before: str | None) -> "EditHistory":
        """Return the history once the nearest earlier text has come back."""
        return replace(self, earlier=self.earlier[:-1], later=(*self.later, before))

    def redone(self, before: str | None) -> "EditHistory":
        """Return the history once the nearest later text has come back."""
        return replace(self, earlier=(*self.earlier, before), later=self.later[:-1])


@dataclass(slots=True)
class Edits:
    """By the id of a take: its history, the text being typed, and whether one is being checked."""

    histories: dict[str, EditHistory] = field(default_factory=dict)
    drafts: dict[str, str] = field(default_factory=dict)
    checking: set[str] = field(default_factory=set)

    def history(self, session_id: str) -> EditHistory:
        """Return the history of a take."""
        return self.histories.get(session_id, EditHistory())
