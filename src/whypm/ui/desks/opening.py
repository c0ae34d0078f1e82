"""What happens behind the window's first picture: the slow imports, the packs, the sessions, the runner."""

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from whypm.domain.errors import UnknownQuestionError, WhypmError
from whypm.sessions.events import Asked

if TYPE_CHECKING:  # numpy and the sound libraries come with it: they must not hold the first picture back
    from whypm.sessions.runner import RehearsalRunner
    from whypm.studio import Studio

_WARM_UP_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line says."""

    data: Path | None = None
    model: str | None = None
    question_id: str | None = None
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """Everything the window works with. ``faults`` are what was refused without stopping anything."""

    studio: "Studio"
    runner: "RehearsalRunner"
    asked: Asked
    faults: tuple[WhypmError, ...]
    company: str | None = None
    """The command line's; without it, the one of the settings counts as it then stands."""


def open_studio(wanted: Wanted, listener: Callable[[object], None]) -> Opened:
    """Put everything together and start the runner; blocks. Raises StorageError, PackError, DeviceError.

    ``listener`` gets the runner's updates on the runner's threads.
    """
    from whypm.studio import Studio

    studio = Studio(wanted.data, wanted.model)
    try:
        faults: list[WhypmError] = list(studio.library.refused)
        try:
            asked = pick_question(studio, wanted.question_id, wanted.company)
        except UnknownQuestionError as error:
            faults.append(error)
            asked = pick_question(studio, None, wanted.company)
        runner = studio.runner(listener)
        runner.start()
    except BaseException:
        studio.close()
        raise
    return Opened(studio, runner, asked, tuple(faults), wanted.company)


def pick_question(
    studio: "Studio", question_id: str | None, company: str | None, shown: str | None = None
) -> Asked:
    """Return the question of this id, or the next one by turn. Raises UnknownQuestionError, StorageError.

    ``shown`` is the id of the question in whose place another one is wanted: it counts as asked.
    """
    from whypm.content.picker import Picker

    company = company or studio.settings.company
    if question_id is not None:
        pack, question = studio.library.find(question_id)
    else:
        pack = studio.chosen_pack()
        asked = studio.store.recent_questions()
        question = Picker(pack, random.Random()).pick((*asked, shown) if shown is not None else asked)
    return Asked(question.id, question.asked(company), pack.id, company)


def warm_up(studio: "Studio", closing: threading.Event) -> str:
    """Load the transcriber and the judge, and return the model's name; blocks.

    A second of silence is transcribed, so that the model is loaded to its last byte when an answer comes.

    Raises:
        ModelError: The model or the judge is missing, incomplete, or not the file that it should be.
        StorageError: There is no room for the model.
        TranscriptionError: The child process failed, or ``closing`` was set.
    """
    import numpy as np

    from whypm.transcription.voice.voicing import SAMPLE_RATE

    transcriber = studio.transcriber
    if closing.is_set():  # the window went while the model's files were checked: nobody else ends this child
        transcriber.close()
    transcriber.recognise(np.zeros(SAMPLE_RATE * _WARM_UP_SECONDS, np.float32))
    studio.judge(studio.chosen_pack()).load()
    return transcriber.model.name
