"""Advice on delivery: only where a figure lies outside its band, never for one that is near it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from whypm.domain.content import Band, Pack, Place
from whypm.domain.feedback import Advice
from whypm.domain.timing import Timing
from whypm.domain.transcript import Transcript
from whypm.feedback.delivery.figures import duration_words, figure_value, filler_words, target_words

_RATE_FROM_SECONDS = 15.0
"""Ours: below a quarter of the shortest good length, one word more or less moves the rates by a band."""

_SECONDS_PER_MINUTE = 60
_KEEP = "Keep your strongest moment and your reason, and save the rest for a follow-up question."

_RATES = frozenset({"pace", "fillers"})


def advise_on(figure: str, timing: Timing, pack: Pack) -> Advice | None:
    """Return the advice on one delivery figure, or None where it is good, near or cannot be judged."""
    band = pack.band(figure)
    value = figure_value(timing, figure)
    word = _WORDINGS.get(figure)
    if band is None or value is None or word is None:
        return None
    if figure in _RATES and timing.speaking_seconds < _RATE_FROM_SECONDS:
        return None
    place = band.place(value)
    text = word(place, value, timing, band) if place in {Place.LOW, Place.HIGH} else ""
    return Advice(figure, text) if text else None


def is_long_text(word_count: int, pack: Pack) -> bool:
    """Say whether typed words would take too long even at the fastest good pace."""
    length, pace = pack.band("length"), pack.band("pace")
    if length is None or pace is None or length.near_high is None or not pace.good_high:
        return False
    return word_count / pace.good_high * _SECONDS_PER_MINUTE > length.near_high


def advise_on_long_text(word_count: int, pack: Pack) -> Advice | None:
    """Return the advice on a typed answer that nobody would hear to its end, or None."""
    length, pace = pack.band("length"), pack.band("pace")
    if length is None or pace is None or not is_long_text(word_count, pack):
        return None
    paces = [bound for bound in (pace.good_low, pace.good_high) if bound]
    minutes = word_count * len(paces) / sum(paces)
    spoken = duration_words(round(minutes * _SECONDS_PER_MINUTE, -1))
    return Advice(
        "length", f"Said aloud, this takes about {spoken}; aim for {target_words(length)} seconds. {_KEEP}"
    )


def advise_on_silence(transcript: Transcript, *, typed: bool) -> Advice:
    """Return the one advice on an answer without a sentence."""
    if typed:
        return Advice("length", "There is no answer here yet. Write it as you would say it, about 150 words.")
    if transcript.unclear:
        return Advice(
            "length", "Your voice was heard but not understood. Move nearer to the microphone and try again."
        )
    return Advice(
        "length", "No speech was heard this time. Take a breath, check the microphone, and try again."
    )


def _length(place: Place, value: float, _timing: Timing, band: Band) -> str:
    said = f"You spoke for {duration_words(value)}; aim for {target_words(band)} seconds."
    if place is Place.LOW:
        return f"{said} There is room for one moment from your own work: what you did, and what came of it."
    return f"{said} {_KEEP}"


def _latency(place: Place, value: float, _timing: Timing, _band: Band) -> str:
    if place is Place.LOW:
        return ""
    return (
        f"You began after {duration_words(value)}. "
        "Have your first sentence ready, or say that you would like a moment to think."
    )


def _pace(place: Place, value: float, _timing: Timing, band: Band) -> str:
    said = f"You spoke at {value:.0f} words a minute; aim for {target_words(band)}."
    if place is Place.HIGH:
        return f"{said} Stop for a breath after each sentence: it will feel slow to you and clear to them."
    return f"{said} Say each sentence in one go, and let the pauses fall between sentences."


def _fillers(place: Place, value: float, timing: Timing, _band: Band) -> str:
    if place is Place.LOW:
        return ""
    said = f"Fillers: {filler_words(timing)}, {value:.0f} a minute."
    return f"{said} Where you feel one coming, stay silent instead; it sounds surer."


def _pauses(place: Place, value: float, timing: Timing, _band: Band) -> str:
    if place is Place.LOW:
        return ""
    longest = max(
        (pause for pause in timing.pauses if pause.inside_sentence), key=lambda pause: pause.seconds
    )
    return (
        f"You stopped for {duration_words(value)} inside a sentence, {duration_words(longest.start)} in. "
        "Finish the sentence first, and think after it."
    )


_WORDINGS: Mapping[str, Callable[[Place, float, Timing, Band], str]] = MappingProxyType(
    {"length": _length, "latency": _latency, "pace": _pace, "fillers": _fillers, "pauses": _pauses}
)
