"""Advice on a drill: on its one point, and on how it was said."""

from collections.abc import Iterator, Sequence

from whypm.domain.content import Pack
from whypm.domain.feedback import Advice, ItemVerdict, Level
from whypm.domain.timing import Timing
from whypm.domain.transcript import Transcript
from whypm.feedback.coaching.delivery_advice import advise_on, advise_on_silence
from whypm.feedback.coaching.item_advice import advise_on_claim, advise_on_gap

_FIGURES = ("length", "fillers", "pace", "latency", "pauses")
_MOST_ADVICE = 2
"""A drill trains one thing; a second remark is what a person can still keep in mind."""


def advise_on_drill(
    verdicts: Sequence[ItemVerdict], timing: Timing | None, pack: Pack, transcript: Transcript, about: str
) -> tuple[Advice, ...]:
    """Return what to change in a drill, at most two pieces, what it is about first.

    Args:
        verdicts: On the narrowed pack's checklist: the drill's item, or none.
        timing: None where the answer was typed.
        pack: Narrowed to the drill.
        transcript: What was said.
        about: What the drill is about: a checklist id or a delivery figure.
    """
    if not transcript.sentences:
        return (advise_on_silence(transcript, typed=timing is None),)
    advice = [*_on_items(verdicts, pack, transcript)]
    if timing is not None:
        figures = sorted(_FIGURES, key=lambda figure: figure != about)
        advice += [piece for figure in figures if (piece := advise_on(figure, timing, pack)) is not None]
    return tuple(advice[:_MOST_ADVICE])


def _on_items(verdicts: Sequence[ItemVerdict], pack: Pack, transcript: Transcript) -> Iterator[Advice]:
    for verdict in verdicts:
        item = pack.item(verdict.id)
        if item is None or not verdict.is_sure:
            continue
        if verdict.level is Level.MENTION:
            yield advise_on_claim(verdict, pack, transcript)
        elif verdict.level is Level.MISSING:
            yield advise_on_gap(item)
