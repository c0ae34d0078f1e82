"""How an answer ran along its time, for showing: pace, pitch, pauses, fillers and loudness."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, repeat
from operator import itemgetter

from whypm.domain.content import Band, Pack, Place
from whypm.domain.feedback import Report
from whypm.domain.pitch import PitchStretch, VoicePitch
from whypm.domain.sound_quality import Loudness
from whypm.domain.timing import PaceStretch, Timing
from whypm.feedback.delivery.figures import duration_words
from whypm.ui.style.clock_time import clock_time

_FEWEST_STRETCHES = 2
"""One stretch alone says no more than the pace of the whole."""


class MomentKind(StrEnum):
    """What there is at a moment."""

    STRETCH = "stretch"
    PAUSE_INSIDE = "pause inside a sentence"
    PAUSE_BETWEEN = "pause between sentences"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to be told and heard; times in seconds of the recording."""

    kind: MomentKind
    start: float
    end: float
    words: str
    """What it is, with its time."""
    pace: float | None = None
    """In words a minute, of a stretch."""
    on_target: bool = True


@dataclass(frozen=True, slots=True)
class Course:
    """The whole chart. ``moments`` stand in the order of their starts; those of one kind do not overlap."""

    sentence: str
    value: str
    """What the chart shows in a few words, for a screen reader."""
    moments: tuple[Moment, ...]
    band: Band | None
    loudness: Loudness | None
    pitch: VoicePitch | None = None

    @property
    def title(self) -> str:
        """What the chart is about."""
        return "Pace over the answer" if self.pitch is None else "Pace and pitch over the answer"

    def of(self, *kinds: MomentKind) -> tuple[Moment, ...]:
        """Return the moments of these kinds."""
        return tuple(moment for moment in self.moments if moment.kind in kinds)


def read_course(report: Report, pack: Pack) -> Course | None:
    """Return how the answer ran; None for one so short that its pace as a whole says it all."""
    timing = report.timing
    if timing is None or len(timing.pace_curve) < _FEWEST_STRETCHES:
        return None
    band = pack.band("pace")
    pitch = report.pitch
    movements = pitch.stretches if pitch is not None else ()
    steps = zip(timing.pace_curve, chain(movements, repeat(None)), strict=False)
    moments = [_stretch(pace, band, movement) for pace, movement in steps] + _marks(timing)
    return Course(
        sentence=" ".join(filter(None, (_sentence(timing, band), _on_pitch(pitch)))),
        value=_value(timing, pitch),
        moments=tuple(sorted(moments, key=lambda moment: moment.start)),
        band=band,
        loudness=report.sound.loudness if report.sound is not None else None,
        pitch=pitch,
    )


def _stretch(stretch: PaceStretch, band: Band | None, moved: PitchStretch | None) -> Moment:
    pace = _as_told(stretch)
    time = f"{clock_time(stretch.start)} to {clock_time(stretch.end)}"
    words = f"{time}: {pace:.0f} words a minute{_against(pace, band)}"
    if moved is not None and moved.semitones is not None and moved.hertz is not None:
        words += f"; the pitch moved {moved.semitones:.1f} semitones round {moved.hertz:.0f} Hz"
    on_target = band is None or band.place(pace) is Place.GOOD
    return Moment(MomentKind.STRETCH, stretch.start, stretch.end, words, stretch.words_per_minute, on_target)


def _as_told(stretch: PaceStretch) -> float:
    """Return the pace as it is told, so that no "160" is beyond a target of 120 to 160."""
    return float(f"{stretch.words_per_minute:.0f}")


def _against(pace: float, band: Band | None) -> str:
    if band is None:
        return ""
    if band.place(pace) is Place.GOOD:
        return ", on target"
    return ", slower than the target" if pace < (band.good_low or 0.0) else ", faster than the target"


def _marks(timing: Timing) -> list[Moment]:
    fillers = [
        Moment(MomentKind.FILLER, each.start, each.end, f"{clock_time(each.start)}: “{each.text}”")
        for each in timing.fillers
    ]
    pauses = []
    for pause in timing.pauses:
        kind = MomentKind.PAUSE_INSIDE if pause.inside_sentence else MomentKind.PAUSE_BETWEEN
        where = kind.value.removeprefix("pause ")
        words = f"{clock_time(pause.start)}: a pause of {duration_words(pause.seconds)} {where}"
        pauses.append(Moment(kind, pause.start, pause.end, words))
    return fillers + pauses


def _sentence(timing: Timing, band: Band | None) -> str:
    stretches = timing.pace_curve
    slowest = min(stretches, key=lambda stretch: stretch.words_per_minute)
    fastest = max(stretches, key=lambda stretch: stretch.words_per_minute)
    told = (
        f"In steps of about {stretches[0].end - stretches[0].start:.0f} seconds you spoke "
        f"{slowest.words_per_minute:.0f} to {fastest.words_per_minute:.0f} words a minute, "
        f"fastest from {clock_time(fastest.start)} to {clock_time(fastest.end)}."
    )
    if band is not None:
        good = sum(band.place(_as_told(stretch)) is Place.GOOD for stretch in stretches)
        told += f" {good} of {len(stretches)} steps {'is' if good == 1 else 'are'} on target."
    articulation = timing.articulation_words_per_minute
    if articulation is not None:
        told += f" With the pauses left out it is {articulation:.0f} over the whole answer."
    return told


def _value(timing: Timing, pitch: VoicePitch | None) -> str:
    slowest = min(timing.pace_curve, key=lambda stretch: stretch.words_per_minute)
    fastest = max(timing.pace_curve, key=lambda stretch: stretch.words_per_minute)
    words = [f"{timing.words_per_minute:.0f} words a minute"] if timing.words_per_minute is not None else []
    for which, step in (("slowest", slowest), ("fastest", fastest)):
        time = f"{clock_time(step.start)} to {clock_time(step.end)}"
        words.append(f"{which} {step.words_per_minute:.0f} from {time}")
    words += [_count(len(timing.pauses), "pause"), _count(len(timing.fillers), "filler")]
    if pitch is not None:
        words.append(f"the pitch moved {pitch.semitones:.1f} semitones round {pitch.hertz:.0f} Hz")
    return ", ".join(words)


def _count(number: int, name: str) -> str:
    return f"{number or 'no'} {name}{'' if number == 1 else 's'}"


def _on_pitch(pitch: VoicePitch | None) -> str:
    """Return how much the voice moved, step by step; empty where that is known of fewer than two steps."""
    stretches = pitch.stretches if pitch is not None else ()
    known = [(stretch.semitones, stretch) for stretch in stretches if stretch.semitones is not None]
    if len(known) < _FEWEST_STRETCHES:
        return ""
    least, most = min(known, key=itemgetter(0)), max(known, key=itemgetter(0))
    return (
        f"Your pitch moved {least[0]:.1f} to {most[0]:.1f} semitones in a step, "
        f"most from {clock_time(most[1].start)} to {clock_time(most[1].end)}."
    )
