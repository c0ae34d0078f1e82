"""How well pauses were found in recordings whose silences are known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from whypm.domain.timing import Pause
from whypm.domain.transcript import Span
from whypm.feedback.delivery.pauses import SHORTEST_PAUSE_SECONDS, measure_pauses
from whypm_lab.speech.known_silences import KnownRecording

CLOSE_SECONDS = 0.08


@dataclass(frozen=True, slots=True)
class PauseScore:
    """Counts and errors (seconds, positive is late) over one or more recordings; they add up."""

    pauses: int = 0
    """Silences of half a second and more."""
    found: int = 0
    invented: int = 0
    """Reported where somebody speaks, or twice in one silence."""
    short: int = 0
    """Reported, though the silence is a little shorter than half a second."""
    border_errors: tuple[float, ...] = ()
    latency_errors: tuple[float, ...] = ()

    def __add__(self, other: "PauseScore") -> "PauseScore":
        return PauseScore(
            self.pauses + other.pauses,
            self.found + other.found,
            self.invented + other.invented,
            self.short + other.short,
            self.border_errors + other.border_errors,
            self.latency_errors + other.latency_errors,
        )


def score_pauses(known: KnownRecording, voiced: tuple[Span, ...]) -> PauseScore:
    """Compare the pauses between ``voiced`` with the silences of the recording."""
    reported = measure_pauses(voiced, ())
    score = PauseScore(latency_errors=(voiced[0].start - known.voiced[0].start,) if voiced else ())
    matched = 0
    for silence in known.silences:
        inside = [pause for pause in reported if _meet(pause, silence)]
        matched += len(inside)
        is_pause = silence.seconds >= SHORTEST_PAUSE_SECONDS - 1e-6
        score += PauseScore(
            pauses=int(is_pause),
            found=int(is_pause and bool(inside)),
            invented=max(len(inside) - 1, 0),
            short=int(bool(inside) and not is_pause),
            border_errors=_border_errors(inside, silence) if is_pause else (),
        )
    return score + PauseScore(invented=len(reported) - matched)


def share_close(errors: Sequence[float]) -> float:
    """Return the share of the errors that are within 80 ms."""
    return sum(abs(error) <= CLOSE_SECONDS for error in errors) / max(len(errors), 1)


def median_size(errors: Iterable[float]) -> float:
    """Return the median of the errors without their signs; 0 where there are none."""
    sizes = [abs(error) for error in errors]
    return median(sizes) if sizes else 0.0


def _border_errors(found: Sequence[Pause], silence: Span) -> tuple[float, ...]:
    return (found[0].start - silence.start, found[-1].end - silence.end) if found else ()


def _meet(pause: Pause, silence: Span) -> bool:
    return min(pause.end, silence.end) > max(pause.start, silence.start)
