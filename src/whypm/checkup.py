"""The check-up of a machine: what works, what does not, and what to do about it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whypm.audio.microphone_check import listen_and_check
from whypm.domain.errors import WhypmError
from whypm.domain.sound import MicrophoneState
from whypm.domain.transcript import Word
from whypm.feedback.fillers.fillers import mark_fillers
from whypm.studio import Studio
from whypm.transcription.models.catalogue import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable

_ROOM_BYTES = 500_000_000
"""The default model joined (150 MB) and forty answers of 90 s at 48 kHz (9 MB each) besides it."""
_TEST_SECONDS = 1.0
_UNUSABLE = frozenset({MicrophoneState.SILENT, MicrophoneState.CLIPPING})
"""A quiet room while nobody speaks is no fault."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found. ``fine`` where that part works; ``remedy`` may be empty."""

    part: str
    fine: bool
    sentence: str
    remedy: str = ""


def examine(studio: Studio) -> Iterator[Finding]:
    """Look at each part for real (a word is rendered, the microphone is opened); blocks between findings."""
    looks: dict[str, Callable[[Studio], Finding]] = {
        "disk": _disk,
        "packs": _packs,
        "voice": _voice,
        "speaker": _speaker,
        "microphone": _microphone,
        "model": _model,
        "judge": _judge,
    }
    for part, look in looks.items():
        try:
            yield look(studio)
        except WhypmError as error:
            yield Finding(part, fine=False, sentence=error.message, remedy=error.remedy)


def _disk(studio: Studio) -> Finding:
    kept = len(studio.store.listed())
    free = shutil.disk_usage(studio.places.data).free
    sentence = f"{studio.places.data}: {kept} session(s) kept, {free / 1e9:.1f} GB free."
    if free < _ROOM_BYTES:
        return Finding(
            "disk",
            fine=False,
            sentence=sentence,
            remedy="Free some space: recordings need about 6 MB a minute.",
        )
    return Finding("disk", fine=True, sentence=sentence)


def _packs(studio: Studio) -> Finding:
    library = studio.library
    if library.refused:
        error = library.refused[0]
        return Finding("packs", fine=False, sentence=error.message, remedy=error.remedy)
    count = sum(len(pack.questions) for pack in library.packs)
    return Finding(
        "packs", fine=True, sentence=f"{len(library.packs)} question pack(s) with {count} questions."
    )


def _voice(studio: Studio) -> Finding:
    voices = studio.speaker.voices()
    settings = studio.settings
    studio.speaker.render(
        "Can you hear me?", voice=settings.voice, words_per_minute=settings.speech_words_per_minute
    )
    return Finding("voice", fine=True, sentence=f"It speaks; {len(voices)} voices to choose from.")


def _speaker(studio: Studio) -> Finding:
    choice = studio.settings.speaker
    chosen = studio.card.choose_speaker(*((choice.name, choice.host) if choice else ()))
    if chosen.missing is not None:
        return Finding(
            "speaker",
            fine=False,
            sentence=f"“{chosen.missing}” is not there; “{chosen.device.name}” is used.",
            remedy="Plug it in, or choose another in the settings.",
        )
    return Finding("speaker", fine=True, sentence=f"“{chosen.device.name}”, {chosen.device.sample_rate} Hz.")


def _microphone(studio: Studio) -> Finding:
    choice = studio.settings.microphone
    chosen = studio.card.choose_microphone(*((choice.name, choice.host) if choice else ()))
    check = listen_and_check(studio.card, chosen.device, _TEST_SECONDS)
    sentence = f"“{chosen.device.name}”, {chosen.device.sample_rate} Hz."
    if check.state not in _UNUSABLE:
        return Finding("microphone", fine=True, sentence=sentence)
    return Finding("microphone", fine=False, sentence=f"{sentence} {check.advice}")


def _model(studio: Studio) -> Finding:
    folder = studio.shelf.resolve(studio.settings.model or DEFAULT_MODEL)
    return Finding("model", fine=True, sentence=f"Whisper {folder.name}, its checksum is right.")


def _judge(studio: Studio) -> Finding:
    pack = studio.chosen_pack()
    studio.judge(pack).judge(("I love building products.",))
    mark_fillers((Word(" Like", 0.0, 0.3, 1.0),), studio.fillers)
    return Finding("judge", fine=True, sentence=f"It judges {len(pack.checklist)} items.")
