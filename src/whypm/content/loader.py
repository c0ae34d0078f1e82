"""Read a question pack from its folder of TOML files, which ``content/README.md`` describes to authors."""

import itertools
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from whypm.content.toml_table import TomlTable
from whypm.domain.content import Approach, Band, ChecklistItem, Family, Group, Pack, Question

PACK_FILE = "pack.toml"
"""The file that makes a folder a pack."""

_COMPANY_SLOT = "company"
_FOLLOW_UPS = 3


class _Figure(StrEnum):
    """The delivery figures that a band can set a target for; ``Timing`` measures them."""

    LENGTH = "length"
    LATENCY = "latency"
    PACE = "pace"
    FILLERS = "fillers"
    PAUSES = "pauses"


def load_pack(folder: Path) -> Pack:
    """Return the pack in ``folder``, or refuse it whole at its first fault.

    Raises:
        PackError: A file or key is missing, unknown, empty, of the wrong type, or at odds with another one.
    """

    def read(name: str) -> TomlTable:
        return TomlTable.read(folder / name, f"{folder.absolute().name}/{name}")

    about = read(PACK_FILE)
    about.allow_only("id", "title", "version")
    return Pack(
        id=about.identifier("id"),
        title=about.text("title"),
        version=about.text("version"),
        families=_families(read("questions.toml")),
        checklist=_checklist(read("checklist.toml")),
        approaches=_approaches(read("approaches.toml")),
        bands=_bands(read("delivery.toml")),
    )


def _families(file: TomlTable) -> tuple[Family, ...]:
    file.allow_only("family")
    tables = file.tables("family")
    families = tuple(_family(table) for table in tables)
    _refuse_twins("id", tables)
    _refuse_twins("id", (question for table in tables for question in table.tables("question")))
    return families


def _family(table: TomlTable) -> Family:
    table.allow_only("id", "title", "question")
    family = table.identifier("id")
    questions = tuple(_question(question, family) for question in table.tables("question"))
    return Family(family, table.text("title"), questions)


def _question(table: TomlTable, family: str) -> Question:
    table.allow_only("id", "text")
    return Question(table.identifier("id"), table.text("text", slots=(_COMPANY_SLOT,)), family)


def _checklist(file: TomlTable) -> tuple[ChecklistItem, ...]:
    file.allow_only("item")
    items = file.tables("item")
    checklist = tuple(_item(item) for item in items)
    _refuse_twins("id", items)
    return checklist


def _item(table: TomlTable) -> ChecklistItem:
    table.allow_only(
        "id", "group", "title", "meaning", "why", "how", "drill", "follow_ups", "examples", "counterexamples"
    )
    item = ChecklistItem(
        id=table.identifier("id"),
        group=table.choice("group", Group),
        title=table.text("title"),
        meaning=table.text("meaning"),
        why=table.text("why"),
        how=table.text("how"),
        follow_ups=table.texts("follow_ups"),
        examples=table.texts("examples"),
        counterexamples=table.texts("counterexamples"),
        drill=table.text("drill") if "drill" in table.values else "",
    )
    if item.id in list(_Figure):
        # Advice names what it is about by one word, an item or a figure.
        raise table.fault("id", f"is {item.id!r}, the name of a delivery figure", "Choose another id.")
    if len(item.follow_ups) != _FOLLOW_UPS:
        count = len(item.follow_ups)
        raise table.fault(
            "follow_ups", f"has {count} questions and needs {_FOLLOW_UPS}", "Add or remove some."
        )
    return item


def _approaches(file: TomlTable) -> tuple[Approach, ...]:
    file.allow_only("approach")
    tables = file.tables("approach")
    approaches = tuple(_approach(table) for table in tables)
    _refuse_twins("id", tables)
    return approaches


def _approach(table: TomlTable) -> Approach:
    table.allow_only("id", "title", "summary", "steps", "sample")
    approach = Approach(
        id=table.identifier("id"),
        title=table.text("title"),
        summary=table.text("summary"),
        steps=table.texts("steps"),
        sample=table.text("sample"),
    )
    if not approach.steps:
        raise table.fault("steps", "has no step", "Give at least one.")
    return approach


def _bands(file: TomlTable) -> tuple[Band, ...]:
    file.allow_only("band")
    tables = file.tables("band")
    bands = tuple(_band(table) for table in tables)
    _refuse_twins("figure", tables)
    return bands


def _band(table: TomlTable) -> Band:
    table.allow_only("figure", "title", "unit", "good_low", "good_high", "near_low", "near_high", "source")
    band = Band(
        figure=table.choice("figure", _Figure).value,
        title=table.text("title"),
        unit=table.text("unit"),
        good_low=table.number("good_low"),
        good_high=table.number("good_high"),
        near_low=table.number("near_low"),
        near_high=table.number("near_high"),
        source=table.text("source"),
    )
    _refuse_crossed_bounds(table, band)
    return band


def _refuse_crossed_bounds(table: TomlTable, band: Band) -> None:
    """Refuse a band without a target, a one-sided limit, and bounds in the wrong order."""
    if band.good_low is None and band.good_high is None:
        raise table.fault("good_high", "is missing, and so is good_low", "Give at least one of them.")
    for good, near, side in ((band.good_low, band.near_low, "low"), (band.good_high, band.near_high, "high")):
        if (good is None) != (near is None):
            absent = f"good_{side}" if good is None else f"near_{side}"
            raise table.fault(absent, "is missing", f"good_{side} and near_{side} come together.")
    keys = ("near_low", "good_low", "good_high", "near_high")
    bounds = ((key, table.number(key)) for key in keys)
    given = [(key, bound) for key, bound in bounds if bound is not None]
    for (lower_key, lower), (upper_key, upper) in itertools.pairwise(given):
        if lower > upper:
            raise table.fault(lower_key, f"is {lower:g}, above {upper_key}, which is {upper:g}", "Swap them.")


def _refuse_twins(key: str, tables: Iterable[TomlTable]) -> None:
    first: dict[str, TomlTable] = {}
    for table in tables:
        name = table.text(key)
        if name in first:
            raise table.fault(key, f"is {name!r}, as in {first[name].path}", "Give each its own.")
        first[name] = table
