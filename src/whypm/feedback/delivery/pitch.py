"""How much a voice moved: the pitch of an answer as a figure that is told, and not judged."""

from collections.abc import Sequence
from statistics import median, pstdev, quantiles

from whypm.domain.pitch import PitchStretch, PitchTrack, VoicePitch, semitones_between
from whypm.domain.remarks import Described
from whypm.domain.timing import PaceStretch
from whypm.domain.transcript import Span

LEAST_SECONDS = 6.0
"""Of pitch: what some ten seconds of speech hold, over which Hincks took the standard deviation."""
LEAST_STRETCH_SECONDS = 2.0
"""Of pitch in one stretch: some ten syllables. Fewer say nothing about how a voice moves."""
FLOOR_SHARE, CEILING_SHARE = 0.75, 1.5
"""Of the first and the third quartile: what lies outside is taken for a leap to another octave or a creak
(De Looze and Hirst, "Detecting changes in key and range", Speech Prosody 2008; they allow more upwards in
expressive speech)."""
ROOM_SEMITONES = 0.5
"""A step so near to the note of the room is the room's; the mains keep theirs to a tenth of this."""
LEAST_SILENT_SECONDS = 1.0
"""Less silence does not tell what sounds in the room."""
BESIDE_VOICE_SECONDS = 0.2
"""What fades beside a voice is the voice's own."""
MOST_OF_THE_ROOM = 0.5
"""Of the steps with a pitch. Where more are the room's, what is left of a voice is too little."""
SOURCE = (
    "There is no agreed target. Listeners found the talks of 18 students the livelier the more the pitch "
    "varied (r = 0.83; Hincks, System 33, 2005). In twenty talks of ten minutes its standard deviation was "
    "11 to 24 % of the mean, about 2 to 4 semitones (Hincks, InSTIL/ICALL 2004). It is told in semitones: "
    "equal ones sound equally lively in a high and a low voice (Traunmüller and Eriksson, JASA 97, 1995)."
)


def measure_pitch(
    track: PitchTrack, voiced: Sequence[Span], stretches: Sequence[PaceStretch]
) -> VoicePitch | None:
    """Return how the voice moved; None where fewer than six seconds of it have a pitch.

    What hums on one note through the silences is heard through the voice as well: steps on that note are
    left out, and there is no figure where they are most of them.

    Args:
        track: The pitch over the whole recording.
        voiced: Where a voice was heard, in order and without overlap; elsewhere a pitch is no voice's.
        stretches: What the pace was counted in.
    """
    heard = _without_room(_where_voiced(track, voiced), _room_hertz(track, voiced))
    pitches = [pitch for pitch in heard if pitch is not None]
    if len(pitches) * track.step_seconds < LEAST_SECONDS:
        return None
    first, _, third = quantiles(pitches, n=4)
    kept = PitchTrack(
        track.step_seconds,
        tuple(
            pitch if pitch is not None and first * FLOOR_SHARE <= pitch <= third * CEILING_SHARE else None
            for pitch in heard
        ),
    )
    pitches = [pitch for pitch in kept.hertz if pitch is not None]
    return VoicePitch(
        track=kept,
        hertz=median(pitches),
        semitones=_movement(pitches),
        stretches=tuple(_stretch(kept, stretch) for stretch in stretches),
    )


def describe_pitch(pitch: VoicePitch) -> Described:
    """Return the figure in words, with what stands behind it."""
    value = f"moved {pitch.semitones:.1f} semitones (standard deviation) round {pitch.hertz:.0f} Hz"
    return Described("pitch", "Pitch", value, SOURCE)


def _where_voiced(track: PitchTrack, voiced: Sequence[Span]) -> list[float | None]:
    """Return the steps whose middle lies where a voice was heard."""
    heard: list[float | None] = [None] * len(track.hertz)
    for span in voiced:
        first = max(0, _step_at(track, span.start))
        last = _step_at(track, span.end)
        heard[first:last] = track.hertz[first:last]
    return heard


def _room_hertz(track: PitchTrack, voiced: Sequence[Span]) -> float | None:
    """Return the note that sounds through most of the silences; None where there is none."""
    silent: list[float | None] = []
    silent_from = 0
    for span in voiced:
        silent += track.hertz[silent_from : max(0, _step_at(track, span.start - BESIDE_VOICE_SECONDS))]
        silent_from = _step_at(track, span.end + BESIDE_VOICE_SECONDS)
    silent += track.hertz[silent_from:]
    pitches = [pitch for pitch in silent if pitch is not None]
    if not pitches or len(silent) * track.step_seconds < LEAST_SILENT_SECONDS:
        return None
    note = median(pitches)
    on_it = sum(_is_near(note, pitch) for pitch in pitches)
    return note if on_it > len(silent) / 2 else None


def _without_room(heard: list[float | None], room: float | None) -> list[float | None]:
    """Return the steps that are not on the note of the room; none where most are on it."""
    if room is None:
        return heard
    kept = [None if pitch is None or _is_near(room, pitch) else pitch for pitch in heard]
    before, after = (sum(pitch is not None for pitch in steps) for steps in (heard, kept))
    return kept if after >= before * (1 - MOST_OF_THE_ROOM) else [None] * len(heard)


def _is_near(note: float, pitch: float) -> bool:
    return abs(semitones_between(note, pitch)) <= ROOM_SEMITONES


def _step_at(track: PitchTrack, seconds: float) -> int:
    """Return the first step whose middle does not lie before this second."""
    return round(seconds / track.step_seconds)


def _stretch(track: PitchTrack, stretch: PaceStretch) -> PitchStretch:
    inside = track.hertz[_step_at(track, stretch.start) : _step_at(track, stretch.end)]
    pitches = [pitch for pitch in inside if pitch is not None]
    if len(pitches) * track.step_seconds < LEAST_STRETCH_SECONDS:
        return PitchStretch(stretch.start, stretch.end, None, None)
    return PitchStretch(stretch.start, stretch.end, median(pitches), _movement(pitches))


def _movement(pitches: Sequence[float]) -> float:
    """Return the standard deviation in semitones; it is the same from whatever pitch these are counted."""
    return pstdev(semitones_between(pitches[0], pitch) for pitch in pitches)
