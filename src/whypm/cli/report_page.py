"""The report as a page of text."""

import shutil
import textwrap
from dataclasses import replace

from whypm.cli.printable import printable
from whypm.domain.content import Pack, Place
from whypm.domain.feedback import ItemVerdict, Level, Method, Report
from whypm.domain.pitch import VoicePitch
from whypm.domain.remarks import Figure
from whypm.domain.timing import Timing
from whypm.domain.transcript import Sentence, Transcript
from whypm.feedback.coaching.reply import held_against
from whypm.feedback.coaching.summary import summarise
from whypm.feedback.delivery.figures import describe_figures
from whypm.feedback.delivery.pitch import describe_pitch
from whypm.feedback.text.tokens import joined
from whypm.feedback.wording.titles import GROUP_TITLES, LEVEL_WORDS

_MARKS = {Level.EVIDENCE: "●", Level.MENTION: "◐", Level.MISSING: "○"}
_PLACES = {Place.GOOD: "good", Place.NEAR: "near", Place.LOW: "low", Place.HIGH: "high"}
_LEVELS = "|".join(level.value for level in Level)
_FEWEST_STRETCHES = 2
"""One stretch alone says no more than the pace of the whole."""
_UNSURE = "[?]"
_WIDEST = 100
_INDENT = " " * 6


def print_report(
    report: Report, pack: Pack, title: str | None = None, *, session_id: str | None = None
) -> None:
    """Print the report for a person; ``session_id`` is where it is kept, if it is."""
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    print(printable("\n".join(page(report, pack, title, width, session_id=session_id))))


def page(
    report: Report, pack: Pack, title: str | None, width: int, *, session_id: str | None = None
) -> list[str]:
    """Return the lines of the page, each at most ``width`` characters where words allow.

    A drill's page is about its one point; with ``session_id`` the page says what can be done next with it.
    """
    pack = held_against(pack, report.drill, report.question)
    lines = ["", title] if title else [""]
    lines += ["", *textwrap.wrap(summarise(report, pack), width)]
    if report.was_judged or report.drill is not None:  # ten items missing say nothing about silence
        lines += _advice(report, width) + _drills(report, width, session_id)
        lines += _checklist(report, pack, width, session_id)
    if report.timing is not None:
        lines += _timing(report, pack, width) + _sound_faults(report, width)
    lines += ["", *textwrap.wrap("What you said" + _unclear(report), width)]
    lines += textwrap.wrap(
        _marked_text(report.transcript) or "Nothing was heard.",
        width,
        initial_indent="  ",
        subsequent_indent="  ",
    )
    if report.follow_up is not None:
        lines += ["", "An interviewer might ask next"]
        lines += textwrap.wrap(report.follow_up.text, width, initial_indent="  ", subsequent_indent="  ")
        if session_id is not None:
            lines.append(f"  Answer it: whypm rehearse --follow-up {session_id}")
    return lines


def _advice(report: Report, width: int) -> list[str]:
    if not report.advice:
        return []
    lines = ["", "Change next"]
    for number, advice in enumerate(report.advice, 1):
        lines += textwrap.wrap(advice.text, width, initial_indent=f"  {number}. ", subsequent_indent="     ")
    return lines


def _drills(report: Report, width: int, session_id: str | None) -> list[str]:
    lines = ["", "Drill one weak point"] if report.drills else []
    of = f" --of {session_id}" if session_id is not None else ""
    for drill in report.drills:
        lines += textwrap.wrap(drill.prompt, width, initial_indent="  ", subsequent_indent="  ")
        lines.append(f"{_INDENT}whypm rehearse --drill {drill.about}{of}")
    return lines


def _checklist(report: Report, pack: Pack, width: int, session_id: str | None) -> list[str]:
    lines: list[str] = []
    for group, heading in GROUP_TITLES.items():
        verdicts = [verdict for verdict in report.checklist if verdict.group is group]
        if verdicts:
            lines += ["", heading]
        for verdict in verdicts:
            item = pack.item(verdict.id)
            title = item.title if item else verdict.id
            level = verdict.settled.level
            lines.append(f"  {_MARKS[level]} {LEVEL_WORDS[level]:<10} {title}{_doubt(verdict)}")
            if session_id is not None and not verdict.settled.is_sure:
                lines.append(f"{_INDENT}Is it? whypm sessions correct {session_id} {verdict.id} {_LEVELS}")
            if verdict.best_sentence is not None:
                lines += _quote(report.transcript.sentences[verdict.best_sentence], width)
    return lines


def _doubt(verdict: ItemVerdict) -> str:
    if verdict.corrected is not None:
        return f" (so you say; judged {LEVEL_WORDS[verdict.level]})"
    remarks = ([] if verdict.is_sure else ["not sure"]) + (
        ["judged by examples, the weaker method"] if verdict.method is Method.EXAMPLES else []
    )
    return f" ({'; '.join(remarks)})" if remarks else ""


def _quote(sentence: Sentence, width: int) -> list[str]:
    moment = "" if sentence.start is None else f"{int(sentence.start) // 60}:{int(sentence.start) % 60:02d} "
    return textwrap.wrap(
        f"{moment}“{sentence.text}”", width, initial_indent=_INDENT, subsequent_indent=_INDENT
    )


def _timing(report: Report, pack: Pack, width: int) -> list[str]:
    figures = describe_figures(report.timing, pack) if report.timing is not None else ()
    lines = ["", "How you spoke"] if figures else []
    for figure in figures:
        target = f" (target {figure.target})" if figure.target else ""
        lines += textwrap.wrap(
            f"{_titled(figure)}{target}",
            width,
            initial_indent=f"  {_PLACES[figure.place]:<5} ",
            subsequent_indent=" " * 8,
        )
        lines += textwrap.wrap(
            f"Source: {figure.source}", width, initial_indent=" " * 8, subsequent_indent=" " * 8
        )
    lines += _pace_curve(report.timing, width) if report.timing is not None else []
    return lines + (_pitch(report.pitch, width) if report.pitch is not None and report.drill is None else [])


def _titled(figure: Figure) -> str:
    """Return the figure with its title, once: some values say by themselves what they are."""
    if figure.value.startswith(figure.title.lower()):
        return f"{figure.title[:1]}{figure.value[1:]}"
    return f"{figure.title}: {figure.value}"


def _pace_curve(timing: Timing, width: int) -> list[str]:
    if len(timing.pace_curve) < _FEWEST_STRETCHES or timing.articulation_words_per_minute is None:
        return []
    seconds = timing.pace_curve[0].end - timing.pace_curve[0].start
    paces = " ".join(f"{stretch.words_per_minute:.0f}" for stretch in timing.pace_curve)
    line = (
        f"Pace in each {seconds:.0f} seconds: {paces} words a minute; "
        f"{timing.articulation_words_per_minute:.0f} with the pauses left out"
    )
    return textwrap.wrap(line, width, initial_indent=" " * 8, subsequent_indent=" " * 8)


def _pitch(pitch: VoicePitch, width: int) -> list[str]:
    """The figure without a mark, since nobody has set a target for it."""
    told = describe_pitch(pitch)
    said = [f"{told.title}: {told.value}", f"Source: {told.source}"]
    if len(pitch.stretches) >= _FEWEST_STRETCHES:
        seconds = pitch.stretches[0].end - pitch.stretches[0].start
        moved = " ".join(
            "-" if stretch.semitones is None else f"{stretch.semitones:.1f}" for stretch in pitch.stretches
        )
        said.append(f"Pitch in each {seconds:.0f} seconds: moved {moved} semitones")
    indent = " " * 8
    return [
        line
        for text in said
        for line in textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
    ]


def _sound_faults(report: Report, width: int) -> list[str]:
    faults = report.sound.faults if report.sound is not None else ()
    lines = ["", "How it sounded"] if faults else []
    for fault in faults:
        lines += textwrap.wrap(fault.text, width, initial_indent="  ", subsequent_indent="  ")
    return lines


def _unclear(report: Report) -> str:
    seconds = sum(span.seconds for span in report.transcript.unclear)
    remarks = [f"{seconds:.1f} seconds were not understood"] if seconds else []
    if any(word.is_unsure for word in report.transcript.words):
        remarks.append(f"{_UNSURE} marks a word that may be misheard")
    return f" ({'; '.join(remarks)})" if remarks else ""


def _marked_text(transcript: Transcript) -> str:
    """The text with its unsure words marked."""
    if not any(word.is_unsure for word in transcript.words):
        return transcript.text
    return joined(
        [replace(word, text=f"{word.text}{_UNSURE}") if word.is_unsure else word for word in transcript.words]
    )
