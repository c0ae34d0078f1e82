"""What a run of the benchmark found, and how it is told."""

import os
from dataclasses import dataclass, field, fields
from statistics import median

from whypm_lab.speech.after_stop import PartSeconds
from whypm_lab.speech.long_answers import StoppedAt
from whypm_lab.speech.scoring import WordErrors
from whypm_lab.speech.stop_to_report import Stop, Whole

SHORT_SECONDS, LONG_SECONDS = 30.0, 600.0
"""The lengths whose ratio tells whether the report takes longer after a longer answer."""


@dataclass(frozen=True, slots=True)
class Length:
    """Answers of about one length."""

    seconds: float
    pause: list[Stop]
    mid_word: list[Stop]
    whole: Whole
    """Our own pass over the recording of the last of them."""
    plain: Whole | None
    """Plain faster-whisper over the same file, as its documentation uses it; None where it was left out."""

    @property
    def cost_to_plain(self) -> float | None:
        """Processor time of a live answer, what was read in vain included, to plain faster-whisper's."""
        if self.plain is None:
            return None
        return self.mid_word[-1].processor_seconds / max(self.plain.processor_seconds, 0.01)

    @property
    def cost_to_whole(self) -> float:
        """The same, to our own pass over the whole file."""
        return self.mid_word[-1].processor_seconds / max(self.whole.processor_seconds, 0.01)

    def stops(self, stopped: StoppedAt) -> list[Stop]:
        """Return those that were stopped so."""
        return self.pause if stopped is StoppedAt.PAUSE else self.mid_word

    def after(self, stopped: StoppedAt) -> float:
        """Return the median seconds from Stop to the report."""
        return median(stop.report_seconds for stop in self.stops(stopped))

    def waited(self, stopped: StoppedAt) -> PartSeconds:
        """Return what was waited for, by part."""
        return PartSeconds.medians([stop.waited for stop in self.stops(stopped)])

    def worked(self, stopped: StoppedAt) -> PartSeconds:
        """Return the processor time after Stop, by part."""
        return PartSeconds.medians([stop.worked for stop in self.stops(stopped)])

    def figures(self) -> dict[str, float | None]:
        """Return what the table tells, by name."""
        return {
            "after_pause_seconds": self.after(StoppedAt.PAUSE),
            "after_mid_word_seconds": self.after(StoppedAt.MID_WORD),
            "cost_to_plain": self.cost_to_plain,
            "cost_to_whole": self.cost_to_whole,
        }


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Errors over recordings with a reference."""

    files: int
    live: WordErrors
    whole: WordErrors
    plain: WordErrors


@dataclass(slots=True)
class Bench:
    """All figures of one run."""

    model: str
    load: float
    """How many processes wanted the processor when it began (one-minute average)."""
    lengths: list[Length] = field(default_factory=list)
    accuracy: Accuracy | None = None
    window: dict[str, float] | None = None
    word_age_seconds: float | None = None
    """Median time from a word's end until it is seen, with the preview."""

    def growth(self) -> tuple[Length, Length] | None:
        """Return the lengths nearest to 30 s and to 600 s, or None where they are the same."""
        short, long = (
            min(self.lengths, key=lambda one: abs(one.seconds - wanted))
            for wanted in (SHORT_SECONDS, LONG_SECONDS)
        )
        return (short, long) if short is not long else None


def table(bench: Bench) -> str:
    """Return the figures for a reader."""
    lines = [
        f"model {bench.model}; {bench.load:.1f} processes wanted the {os.cpu_count()} processors",
        "seconds from Stop to the kept report (median); beside them for the file; cost: processor time of a",
        "live answer, with all that is done ahead, to that of plain faster-whisper and of our pass;",
        "memory: of transcriber and judge at the end of an answer; the window's comes to it",
        "",
        "  answer     pause  mid-word  plain file  our file         cost  same report  memory",
    ]
    for one in bench.lengths:
        memory = max(stop.memory_megabytes for stop in (*one.pause, *one.mid_word))
        plain = f"{one.plain.seconds:.2f}" if one.plain else "-"
        to_plain = f"{one.cost_to_plain:.2f}x" if one.cost_to_plain is not None else "-"
        lines.append(
            f"{one.seconds:>6.0f} s{one.after(StoppedAt.PAUSE):>10.3f}{one.after(StoppedAt.MID_WORD):>10.3f}"
            f"{plain:>12}{one.whole.seconds:>10.2f}{to_plain:>7}{one.cost_to_whole:>5.2f}x"
            f"{'yes' if one.whole.same_report else 'no':>13}{memory:>5.0f} MB"
        )
    for stopped in StoppedAt:
        lines += ["", *_parts(bench, stopped)]
    if bench.word_age_seconds is not None:
        lines.append(
            f"\nA word is seen {bench.word_age_seconds:.2f} s after it was said (median, preview on)"
        )
    if bench.accuracy is not None:
        rates = bench.accuracy
        lines.append(
            f"\nWER over {rates.files} recordings: live {rates.live.rate:.2%}, whole file "
            f"{rates.whole.rate:.2%}, plain faster-whisper {rates.plain.rate:.2%}"
        )
    if bench.window is not None:
        lines.append(
            f"\nWindow: seen after {bench.window['shown_seconds']:.2f} s, ready after "
            f"{bench.window['ready_seconds']:.2f} s; {bench.window['window_megabytes']:.0f} MB, with its "
            f"children {bench.window['all_megabytes']:.0f} MB"
        )
    return "\n".join(lines)


def _parts(bench: Bench, stopped: StoppedAt) -> list[str]:
    """Return where the time after Stop goes, and how it grows with the length."""
    names = [part.name for part in fields(PartSeconds)]
    lines = [
        f"after Stop ({stopped}): milliseconds waited (of processor time), median of each part",
        f"  answer{''.join(f'{name:>16}' for name in (*names, 'whole'))}",
    ]
    for one in bench.lengths:
        waited, worked = one.waited(stopped), one.worked(stopped)
        cells = [
            f"{getattr(waited, name) * 1000:.0f} ({getattr(worked, name) * 1000:.0f})"
            for name in (*names, "whole")
        ]
        lines.append(f"{one.seconds:>6.0f} s{''.join(f'{cell:>16}' for cell in cells)}")
    if (growth := bench.growth()) is not None:
        short, long = growth
        times = long.after(stopped) / short.after(stopped)
        more = long.after(stopped) - short.after(stopped)
        work = long.worked(stopped).whole / max(short.worked(stopped).whole, 0.001)
        lines.append(
            f"  {long.seconds:.0f} s to {short.seconds:.0f} s: {times:.2f} times the wait, "
            f"{more * 1000:+.0f} ms; {work:.2f} times the work"
        )
    return lines
