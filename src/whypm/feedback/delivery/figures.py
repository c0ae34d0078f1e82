"""The delivery figures against the pack's bands, as numbers and in words."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from whypm.domain.content import Band, Pack
from whypm.domain.remarks import Figure
from whypm.domain.timing import Timing

_SECONDS_PER_MINUTE = 60
_FEW_SECONDS = 10
"""Below this, tenths of a second are told."""
_RATE_FROM_SECONDS = 3.0
"""Ours: some eight words. Of "Yes." alone, no rate is high or low."""
_RATES = frozenset({"pace", "fillers"})
_NAMED_FILLERS = 2
"""As many as are named of those that came most often."""
_JUST_BELOW = 0.01
_TARGET_UNITS = MappingProxyType(
    {"length": " seconds", "latency": " seconds", "fillers": " a minute", "pauses": " seconds"}
)


def figure_value(timing: Timing, figure: str) -> float | None:
    """Return the value that the band of this figure judges, in the band's unit; None where there is none.

    It is rounded as it is told, so that no "2.5 seconds" is good where the target is "under 2.5". Where not
    a word was recognised there is none: a voice detector that took music for speech makes no answer. Nor is
    there a rate of what is over in a moment.

    ``length`` is the speaking time in seconds, ``latency`` seconds, ``pace`` words a minute, ``fillers`` a
    number a minute, ``pauses`` the longest pause inside a sentence in seconds: between sentences a pause is
    no fault.
    """
    measure = _MEASURES.get(figure)
    if measure is None or timing.response_latency_seconds is None or not _has_words(timing):
        return None
    if figure in _RATES and timing.speaking_seconds < _RATE_FROM_SECONDS:
        return None
    value = measure(timing)
    if value is None or figure == "pace":
        return value if value is None else float(f"{value:.0f}")
    return float(f"{value:.1f}") if figure == "fillers" or value < _FEW_SECONDS else float(round(value))


def describe_figures(timing: Timing, pack: Pack) -> tuple[Figure, ...]:
    """Return the pack's delivery figures in words, in the pack's order; none where nobody spoke."""
    figures: list[Figure] = []
    for band in pack.bands:
        value = figure_value(timing, band.figure)
        if value is not None:
            words = _value_words(timing, band.figure, value)
            place = band.place(value)
            unit = _TARGET_UNITS.get(band.figure, "")
            target = f"{target_words(band)}{unit}" if target_words(band) else ""
            figures.append(
                Figure(band.figure, band.title, words, target, " ".join(band.source.split()), place)
            )
    return tuple(figures)


def target_words(band: Band) -> str:
    """Return the good range in words, such as "120 to 160"; empty where the band has none."""
    low, high = band.good_low, band.good_high
    if low and high is not None:
        return f"{low:g} to {high:g}"
    if high is not None:
        return _upper_words(high)
    return f"at least {low:g}" if low else ""


def _upper_words(high: float) -> str:
    """Return "under 2.5" for a bound of 2.49: bounds count as inside, so a limit stands just below."""
    limit = round(high + _JUST_BELOW, 6)
    is_just_below = limit * 2 == round(limit * 2) and high * 2 != round(high * 2)
    return f"under {limit:g}" if is_just_below else f"at most {high:g}"


def duration_words(seconds: float) -> str:
    """Return a length of time as people say it: "3.2 seconds", "48 seconds", "1 minute 5 seconds"."""
    if round(seconds, 1) < _FEW_SECONDS:
        return f"{seconds:.1f} seconds"
    minutes, rest = divmod(round(seconds), _SECONDS_PER_MINUTE)
    parts = [_counted(minutes, "minute")] if minutes else []
    parts += [_counted(rest, "second")] if rest or not minutes else []
    return " ".join(parts)


def filler_words(timing: Timing) -> str:
    """Return the count of fillers and the most common ones: "at least 4 (mostly “um” and “you know”)"."""
    if not timing.fillers:
        return "none heard"
    common = [
        f"“{_as_written(text)}”"
        for text, _ in Counter(filler.text for filler in timing.fillers).most_common(_NAMED_FILLERS)
    ]
    mostly = "mostly " if len({filler.text for filler in timing.fillers}) > _NAMED_FILLERS else ""
    return f"at least {len(timing.fillers)} ({mostly}{' and '.join(common)})"


def _as_written(filler: str) -> str:
    return f"I{filler[1:]}" if filler.startswith("i ") else filler


def _has_words(timing: Timing) -> bool:
    return timing.word_count > 0 or bool(timing.fillers)


def _value_words(timing: Timing, figure: str, value: float) -> str:
    if figure == "pace":
        return f"{value:.0f} words a minute"
    if figure == "fillers":
        rate = f", {value:.1f} a minute" if timing.fillers else ""
        return f"{filler_words(timing)}{rate}"
    if figure == "latency":
        return f"{duration_words(value)} before the first word"
    if figure == "pauses":
        return (
            f"longest pause inside a sentence {duration_words(value)}"
            if value
            else "no pause inside a sentence"
        )
    return duration_words(value)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _longest_inside_seconds(timing: Timing) -> float:
    return max((pause.seconds for pause in timing.pauses if pause.inside_sentence), default=0.0)


_MEASURES: Mapping[str, Callable[[Timing], float | None]] = MappingProxyType(
    {
        "length": lambda timing: timing.speaking_seconds,
        "latency": lambda timing: timing.response_latency_seconds,
        "pace": lambda timing: timing.words_per_minute,
        "fillers": lambda timing: timing.fillers_per_minute,
        "pauses": _longest_inside_seconds,
    }
)
