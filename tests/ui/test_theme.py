"""Colours: readable in both tables, and named nowhere else."""

import re
from itertools import product
from pathlib import Path

import pytest

import whypm.ui
from whypm.ui.style.look import Look
from whypm.ui.style.theme import DARK, LIGHT, Colours, Role, contrast, mixed, tint

TEXT_ROLES = (
    Role.TEXT,
    Role.TEXT_QUIET,
    Role.ACCENT,
    Role.SHOWN,
    Role.MENTIONED,
    Role.MISSING,
    Role.WARNING,
)
TABLES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


@TABLES
@pytest.mark.parametrize(("role", "ground"), list(product(TEXT_ROLES, (Role.SURFACE, Role.SURFACE_RAISED))))
def test_text_in_every_role_has_the_contrast_of_readable_text(
    colours: Colours, role: Role, ground: Role
) -> None:
    assert contrast(colours[role], colours[ground]) >= 4.5


@TABLES
@pytest.mark.parametrize("mark", [Role.SHOWN, Role.MENTIONED, Role.WARNING, Role.ACCENT])
def test_text_on_a_marked_ground_is_readable(colours: Colours, mark: Role) -> None:
    assert contrast(colours[Role.TEXT], tint(colours, mark)) >= 4.5
    assert contrast(colours[Role.TEXT_QUIET], tint(colours, mark)) >= 4.5


@TABLES
def test_words_on_the_accent_are_readable(colours: Colours) -> None:
    assert contrast(colours[Role.ON_ACCENT], colours[Role.ACCENT]) >= 4.5


@TABLES
def test_the_edge_of_a_control_can_be_seen(colours: Colours) -> None:
    assert contrast(colours[Role.CONTROL], colours[Role.SURFACE]) >= 3
    assert contrast(colours[Role.CONTROL], colours[Role.SURFACE_RAISED]) >= 3


def test_contrast_is_that_of_the_published_examples() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


def test_a_mixture_lies_between_its_colours() -> None:
    assert mixed("#ff0000", "#0000ff", 0.5) == "#800080"
    assert mixed("#ff0000", "#0000ff", 0) == "#0000ff"


def test_no_widget_names_a_colour_by_value() -> None:
    sources = Path(whypm.ui.__file__).parent.rglob("*.py")
    named = {
        file.name
        for file in sources
        if re.search(r"#[0-9a-fA-F]{6}\b|Qt\.GlobalColor|QColor\(\d", file.read_text(encoding="utf-8"))
    }
    assert named == {"theme.py"}


def test_the_users_choice_wins_over_the_system(look: Look) -> None:
    look.wear("dark", reduce_motion=False)
    assert look.colours is DARK
    look.wear("light", reduce_motion=False)
    assert look.colours is LIGHT


def test_nothing_moves_where_the_user_wants_stillness(look: Look) -> None:
    look.wear("light", reduce_motion=True)
    assert not look.motion
    look.wear("light", reduce_motion=False)
    assert look.motion


def test_widgets_hear_of_a_change(look: Look) -> None:
    heard = []
    look.changed.connect(lambda: heard.append(look.motion))
    look.wear("dark", reduce_motion=True)
    look.wear("dark", reduce_motion=False)
    assert heard == [False, True]
