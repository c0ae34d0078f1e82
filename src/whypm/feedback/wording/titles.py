"""The checklist's groups and levels by the names that the window and the terminal show them under."""

from collections.abc import Mapping
from types import MappingProxyType

from whypm.domain.content import Group
from whypm.domain.feedback import Level

GROUP_TITLES: Mapping[Group, str] = MappingProxyType(
    {
        Group.TIP: "What a good answer does",
        Group.THEME: "Why this and no other job",
        Group.STORY: "The story",
    }
)
LEVEL_WORDS: Mapping[Level, str] = MappingProxyType(
    {Level.EVIDENCE: "shown", Level.MENTION: "mentioned", Level.MISSING: "missing"}
)
