"""Drills: short tasks that record one weak point once more, and what a drill's answer is held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from whypm.domain.content import Band, ChecklistItem, Pack
from whypm.domain.feedback import Advice
from whypm.domain.remarks import Drill

ITEM_SECONDS = 20.0
"""Half of the labelled proofs of one item take at most 28 words, nine of ten at most 57: 12 and 24 seconds at
140 words a minute. Twenty leave room for the proof and its setting, and none for the rest of the answer."""


@dataclass(frozen=True, slots=True)
class _DeliveryTask:
    prompt: str
    seconds: float


_DELIVERY: Mapping[str, _DeliveryTask] = MappingProxyType(
    {
        "pace": _DeliveryTask(
            "Tell the strongest moment of your answer once more, with a breath after each sentence.",
            ITEM_SECONDS,
        ),
        "fillers": _DeliveryTask(
            "Tell the strongest moment of your answer once more. Where an um wants to come, stay silent.",
            ITEM_SECONDS,
        ),
        "pauses": _DeliveryTask(
            "Tell the strongest moment of your answer once more, and end each sentence before you think on.",
            ITEM_SECONDS,
        ),
        "latency": _DeliveryTask("Give the first two sentences of your answer, and begin at once.", 10.0),
    }
)
"""No task on the length: it belongs to the whole answer. Rates are judged from 15 seconds on."""


def drill_on(about: str, pack: Pack) -> Drill | None:
    """Return the task on a checklist item of the pack or on a delivery figure; None where there is none."""
    item = pack.item(about)
    if item is not None:
        return _drill(about, item.drill or _from_how(item), ITEM_SECONDS)
    task = _DELIVERY.get(about)
    return _drill(about, task.prompt, task.seconds) if task is not None and pack.band(about) else None


def drills_for(advice: Iterable[Advice], pack: Pack) -> tuple[Drill, ...]:
    """Return the tasks on what the advice is about, in its order; what cannot be drilled is left out."""
    drills = (drill_on(piece.about, pack) for piece in advice)
    return tuple(drill for drill in drills if drill is not None)


def drillable(pack: Pack) -> tuple[str, ...]:
    """Return everything in the pack that there is a task on."""
    figures = (figure for figure in _DELIVERY if pack.band(figure) is not None)
    return (*(item.id for item in pack.checklist), *figures)


def narrowed(pack: Pack, drill: Drill | None) -> Pack:
    """Return the pack that an answer is held against: for a drill its one item and its own length, else all.

    A drill on a delivery figure is held against no item. Narrowing twice changes nothing more.
    """
    if drill is None:
        return pack
    checklist = tuple(item for item in pack.checklist if item.id == drill.about)
    bands = tuple(_own_length(band, drill) if band.figure == "length" else band for band in pack.bands)
    return replace(pack, checklist=checklist, bands=bands)


def _drill(about: str, prompt: str, seconds: float) -> Drill:
    return Drill(about, f"{prompt} Take about {seconds:g} seconds.", seconds)


def _from_how(item: ChecklistItem) -> str:
    return f"Only this, once more: {item.title}. {item.how}"


def _own_length(band: Band, drill: Drill) -> Band:
    return replace(
        band,
        title="Length of the drill",
        good_low=drill.seconds / 2,
        good_high=drill.seconds * 1.5,
        near_low=drill.seconds / 4,
        near_high=drill.seconds * 2,
        source="Our choice: half the time is enough for most proofs, and twice the time is a second one.",
    )
