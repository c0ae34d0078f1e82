"""What a rehearsal says to its user: a sentence, and what to do about it."""

from dataclasses import dataclass

from whypm.domain.errors import WhypmError
from whypm.domain.sound import Ending


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence for the user; ``grave`` where the rehearsal could not go on.

    ``until_heard``: it is over once the microphone gives sound.
    """

    message: str
    remedy: str = ""
    grave: bool = False
    until_heard: bool = False


def grave_notice(error: WhypmError) -> Notice:
    """Return that something could not go on."""
    return Notice(error.message, error.remedy, grave=True)


def ending_notice(ending: Ending) -> Notice | None:
    """Return why a take that is kept ended by itself; None where it was stopped."""
    kept = "Everything up to then is kept."
    match ending:
        case Ending.DEVICE_LOST:
            return Notice(
                f"The microphone went away while you spoke. {kept}", "Plug it in again, then try again."
            )
        case Ending.DISK_FULL:
            return Notice(
                f"The disk is full, so recording stopped. {kept}", "Free some space, then try again."
            )
        case Ending.FAILED:
            return Notice(f"Recording stopped by itself. {kept}", "Run 'whypm doctor' to see what is wrong.")
        case _:
            return None


def empty_notice(ending: Ending) -> Notice:
    """Return why a recording holds nothing and is not kept."""
    match ending:
        case Ending.DISK_FULL:
            message, remedy = "The disk is full, so nothing was recorded.", "Free some space, then try again."
        case Ending.STOPPED:
            return Notice("Recording stopped before anything was heard, so nothing is kept.")
        case _:
            message = "The microphone gave no sound, so nothing was recorded."
            remedy = "Check that it is plugged in, or choose another in Settings."
    return Notice(message, remedy, grave=True)
