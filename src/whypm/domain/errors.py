"""Errors that a person can act on: what was wrong, where, and what to do."""

import errno

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What ``OSError.errno`` says where the disk, the user's quota or a file takes no more."""


class WhypmError(Exception):
    """The base of every error that WhyPM raises on purpose.

    ``message`` says in one sentence what was wrong and where; ``remedy`` says what to do next, and may
    be empty. Both are shown to the user as they stand.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(WhypmError):
    """The command line, or a value in it, cannot be used."""


class PackError(WhypmError):
    """A question pack cannot be used; the message names file and key."""


class UnknownQuestionError(WhypmError):
    """No pack holds the question that was asked for."""


class SoundFileError(WhypmError):
    """A sound file is missing, unreadable, empty, too long or not sound."""


class DeviceError(WhypmError):
    """A microphone or speaker is missing, busy, or went away."""


class VoiceError(WhypmError):
    """No voice could speak the text; the question is shown instead."""


class ModelError(WhypmError):
    """A model is unknown, incomplete, or not the file that it should be."""


class TranscriptionError(WhypmError):
    """The transcriber died, hung or ran out of memory."""


class StorageError(WhypmError):
    """The data folder cannot be read or written, or its disk is full."""


class SessionNotFoundError(WhypmError):
    """No kept session has this id."""
