"""Colours by role for light and dark, and the scales of type and space. No Qt here."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What a colour is for."""

    SURFACE = "surface"
    SURFACE_RAISED = "surface-raised"
    TEXT = "text"
    TEXT_QUIET = "text-quiet"
    LINE = "line"
    CONTROL = "control"
    """The edge of something that can be operated: 3:1 against what it stands on (WCAG 2.2, 1.4.11)."""
    ACCENT = "accent"
    ON_ACCENT = "on-accent"
    SHOWN = "shown"
    MENTIONED = "mentioned"
    MISSING = "missing"
    WARNING = "warning"


Colours = Mapping[Role, str]
"""A colour as ``#rrggbb`` for each role."""

LIGHT: Colours = MappingProxyType(
    {
        Role.SURFACE: "#f6f5f2",
        Role.SURFACE_RAISED: "#ffffff",
        Role.TEXT: "#20242a",
        Role.TEXT_QUIET: "#595f69",
        Role.LINE: "#e2dfd8",
        Role.CONTROL: "#85878c",
        Role.ACCENT: "#2c5f8f",
        Role.ON_ACCENT: "#ffffff",
        Role.SHOWN: "#1f7048",
        Role.MENTIONED: "#8a5a06",
        Role.MISSING: "#646a74",
        Role.WARNING: "#a3391d",
    }
)
DARK: Colours = MappingProxyType(
    {
        Role.SURFACE: "#16181c",
        Role.SURFACE_RAISED: "#1f2227",
        Role.TEXT: "#e9e7e2",
        Role.TEXT_QUIET: "#a6abb4",
        Role.LINE: "#32363d",
        Role.CONTROL: "#7d838e",
        Role.ACCENT: "#92bbe8",
        Role.ON_ACCENT: "#12202f",
        Role.SHOWN: "#77cf9f",
        Role.MENTIONED: "#e6b96c",
        Role.MISSING: "#a0a6b0",
        Role.WARNING: "#f29c83",
    }
)

HIGHLIGHT_SHARE = 0.16
"""How much of a role's colour tints the ground under text that it marks."""


class Size(IntEnum):
    """The type scale, in pixels at 100 %."""

    SMALL = 13
    BODY = 15
    LEAD = 18
    TITLE = 24
    DISPLAY = 32


class Space(IntEnum):
    """Distances, in pixels at 100 %."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    SECTION = 24
    PAGE = 40


CORNER = 8
READING_WIDTH = 760
"""The widest column of text, in pixels at 100 %."""


def mixed(colour: str, ground: str, share: float) -> str:
    """Return ``ground`` tinted with ``share`` (0 to 1) of ``colour``."""
    parts = zip(_channels(colour), _channels(ground), strict=True)
    return "#" + "".join(f"{round(top * share + below * (1 - share)):02x}" for top, below in parts)


def tint(colours: Colours, role: Role) -> str:
    """Return the ground under marked text: the role's colour, thinly over the raised surface."""
    return mixed(colours[role], colours[Role.SURFACE_RAISED], HIGHLIGHT_SHARE)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2 defines "contrast ratio"."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's own


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
