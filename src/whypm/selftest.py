"""The self-test of a build: whether all that it was put together from works together on this machine.

``checkup`` looks at the user's own folder and devices; this looks at what ships, in a folder of its own, and
needs neither display nor sound device.
"""

import logging
import multiprocessing
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from whypm.audio.sound_file import WHISPER_RATE, read_sound
from whypm.child_process import start_deaf
from whypm.domain.errors import VoiceError, WhypmError
from whypm.domain.feedback import AskedQuestion, Level
from whypm.domain.session import Session, SessionState
from whypm.domain.sound import Ending
from whypm.domain.transcript import Recognition, Word
from whypm.feedback.fillers.fillers import find_fillers, mark_fillers
from whypm.places import Places, bundle_folder
from whypm.release import app_version
from whypm.seclusion import RECORD_VARIABLE, seclude
from whypm.studio import Studio
from whypm.transcription.models.catalogue import DEFAULT_MODEL

_FOLDER = "whypm-selftest-Zoë "
"""Names of users have such letters and spaces, and every library must cope with them."""
_OUTSIDE = "192.0.2.1"
"""Set aside for examples (RFC 5737): nobody's address. It is asked for to see that the watch is awake."""
_CHILDREN = 2
_CHILD_SECONDS = 60.0
_SAID = "Can you hear me?"
_ANSWER = "I built a booking page with two engineers, and missed appointments fell by a third."
_ANSWER_SHOWS = "experience"
_HALTING = "You know our page and, you know, I like it."
_FILLER = "you know"

_HEARD_SECONDS = 24.5
"""Of the demo's reply: it ends in a pause."""
_HEARD = frozenset(
    "returns room bookshop chain analyst nobody asked monday shipped books back publishers packers week "
    "wrote down screen ordering page month sales three clicks".split()
)
_LEAST_HEARD = 0.8
"""Share of these words. The smallest model hears all but one or two of them."""
_SILENT_UNTIL_SECONDS = 0.5
_SILENT_AT_SECONDS = 19.5
"""The reply begins after 0.95 s and pauses from 19.1 to 19.9 s."""

_log = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How a step ended. ``LACKING`` is a machine that has no such thing, which is no fault of the build."""

    WORKS = "works"
    LACKING = "lacking"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Step:
    """One part that was tried."""

    name: str
    outcome: Outcome
    seconds: float
    detail: str


class _LackingError(Exception):
    """The machine has no such thing."""


def try_build(try_window: Callable[[Places], str], model: str | None = None) -> Iterator[Step]:
    """Try the parts one after the other, in a temporary data folder; blocks between the steps.

    From the first step on this process and its children are secluded (see there), for good.

    Args:
        try_window: Shows the window and tells what it saw.
        model: The Whisper model to hear with; None takes the default.
    """
    trials: dict[str, Callable[[Studio], str]] = {
        "build": _build,
        "window": lambda studio: try_window(studio.places),
        "judge": _judge,
        "fillers": _fillers,
        "content": _content,
        "database": _database,
        "children": _children,
        "sound": _sound,
        "voice": _voice,
        "model": _model,
        "transcript": _transcript,
        "network": _network,
    }
    with TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as folder:
        os.environ[RECORD_VARIABLE] = str(Path(folder, "reached.txt"))
        seclude()
        with Studio(Path(folder, "data"), model) as studio:
            for name, trial in trials.items():
                yield _tried(name, trial, studio)


def _tried(name: str, trial: Callable[[Studio], str], studio: Studio) -> Step:
    began = studio.clock.monotonic()
    outcome = Outcome.FAILS
    try:
        detail = trial(studio)
        outcome = Outcome.WORKS
    except _LackingError as lacking:
        detail = str(lacking)
        outcome = Outcome.LACKING
    except WhypmError as error:
        detail = str(error)
    except Exception as error:  # noqa: BLE001 - a broken build fails in any way
        _log.exception("the self-test's step %s failed", name)
        detail = f"{type(error).__name__}: {error}"
    return Step(name, outcome, round(studio.clock.monotonic() - began, 3), detail)


def _build(_studio: Studio) -> str:
    bundle = bundle_folder()
    form = f"frozen in {bundle}" if bundle else f"run from {Path(__file__).parent}"
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return f"WhyPM {app_version()}, Python {platform.python_version()}, {system}, {form}"


def _judge(studio: Studio) -> str:
    """Loads onnxruntime in a process of its own: on Windows it could not come before Qt (its issue 26127)."""
    verdicts = studio.judge(studio.chosen_pack()).judge((_ANSWER,))
    shown = [verdict.id for verdict in verdicts if verdict.level is not Level.MISSING]
    if _ANSWER_SHOWS not in shown:
        raise WhypmError(f"It found {', '.join(shown) or 'nothing'} where “{_ANSWER_SHOWS}” is shown.")
    return f"{len(verdicts)} items judged; shown: {', '.join(shown)}"


def _fillers(studio: Studio) -> str:
    words = [Word(f" {word}", index, index + 0.3, 1.0) for index, word in enumerate(_HALTING.split())]
    told = find_fillers(mark_fillers(words, studio.fillers))
    if [filler.text for filler in told] != [_FILLER]:
        raise WhypmError(f"It found {len(told)} fillers in “{_HALTING}”.")
    return f"“{_FILLER}” told from the same words meant"


def _content(studio: Studio) -> str:
    for error in studio.library.refused:
        raise error
    questions = sum(len(pack.questions) for pack in studio.library.packs)
    return f"{len(studio.library.packs)} pack, {questions} questions"


def _database(studio: Studio) -> str:
    kept = Session(
        id="selftest",
        created=datetime.now().astimezone(),
        question=AskedQuestion(text="Why product management?"),
        company=None,
        audio=None,
        duration_seconds=0.0,
        state=SessionState.RECORDED,
        ending=Ending.STOPPED,
        dropped_blocks=0,
        opening_seconds=0.0,
        pack="why-pm 1",
        model=None,
        app_version=app_version(),
    )
    studio.store.keep(kept)
    if studio.store.find(kept.id).created != kept.created:
        raise WhypmError("The database gives back another session than was kept.")
    studio.store.delete(kept.id)
    return f"{studio.places.database}: kept, found, deleted"


def _children(_studio: Studio) -> str:
    context = multiprocessing.get_context("spawn")
    pids = []
    for _ in range(_CHILDREN):
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(target=_answer, args=(theirs,), daemon=True)
        start_deaf(child)
        theirs.close()
        try:
            pids.append(str(ours.recv()) if ours.poll(_CHILD_SECONDS) else "")
        except EOFError:
            pids.append("")
        child.join(_CHILD_SECONDS)
        if not pids[-1]:
            child.kill()
            raise WhypmError(f"A child process did not answer (exit code {child.exitcode}).")
    return f"spawned {', '.join(pids)}; the network is refused there"


def _answer(connection: Connection) -> None:
    """In a child: tell its number, once it knows that the way out is barred."""
    seclude()
    with connection:
        if _is_barred():
            connection.send(os.getpid())


def _is_barred() -> bool:
    try:
        sys.audit("socket.connect", None, (_OUTSIDE, 443))  # what a socket says before it connects
    except PermissionError:
        return True
    return False


def _sound(studio: Studio) -> str:
    microphones, speakers = studio.card.microphones(), studio.card.speakers()
    return f"PortAudio answers: {len(microphones)} microphone(s), {len(speakers)} speaker(s)"


def _voice(studio: Studio) -> str:
    try:
        voices = studio.speaker.voices()
    except VoiceError as error:
        raise _LackingError(str(error)) from error
    if not voices:
        raise _LackingError("This machine has no voice.")
    spoken = studio.speaker.render(_SAID)  # where there is a voice, what keeps it silent is the build's fault
    samples = read_sound(spoken)
    if not abs(samples).max(initial=0.0):
        raise WhypmError("The voice is silent.")
    return f"{len(samples) / WHISPER_RATE:.1f} s spoken; {len(voices)} voices"


def _model(studio: Studio) -> str:
    model = studio.shelf.resolve(studio.settings.model or DEFAULT_MODEL)
    return f"Whisper {model.name} in {model.path}, checksum {model.sha256[:12]} is right"


def _transcript(studio: Studio) -> str:
    reply = read_sound(studio.places.assets / "demo" / "reply.opus")
    heard = studio.transcriber.recognise(reply[: int(_HEARD_SECONDS * WHISPER_RATE)], language="en")
    text = " ".join(word.text for word in heard.words)
    share = len(_HEARD & set(re.findall(r"[a-z]+", text.lower()))) / len(_HEARD)
    if share < _LEAST_HEARD:
        raise WhypmError(f"Only {share:.0%} of the words were heard: {text}")
    _require_pauses(heard)
    if heard.pitch is None or not any(heard.pitch.hertz):
        raise WhypmError("The pitch of the voice was not followed.")
    return f"{share:.0%} of the words heard by {heard.model}, {len(heard.voiced)} voiced stretches"


def _require_pauses(heard: Recognition) -> None:
    """Raise where the voice detector heard a voice in the silence before the reply, or in its pause."""
    in_pause = any(span.start <= _SILENT_AT_SECONDS <= span.end for span in heard.voiced)
    if not heard.voiced or heard.voiced[0].start < _SILENT_UNTIL_SECONDS or in_pause:
        raise WhypmError(f"The voice detector took silence for a voice, or nothing for one: {heard.voiced}")


def _network(_studio: Studio) -> str:
    if not _is_barred():
        raise WhypmError("The watch over the network does not work, so nothing can be said.")
    lines = Path(os.environ[RECORD_VARIABLE]).read_text(encoding="utf-8").splitlines()
    reached = [line for line in lines if not line.endswith(f" {_OUTSIDE}")]
    if reached:
        raise WhypmError(f"A library reached for the network: {'; '.join(reached)}")
    if len(lines) != _CHILDREN + 1:
        raise WhypmError("The watch over the network missed a process, so nothing can be said.")
    return "nothing reached for it; the tries of the watch itself were refused in all processes"
