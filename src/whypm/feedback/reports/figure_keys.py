"""What a report's JSON calls a delivery figure: by the name that the figure has under ``timing``."""

from collections.abc import Mapping
from types import MappingProxyType

_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "length": "speaking_s",
        "latency": "response_latency_s",
        "pace": "words_per_minute",
        "fillers": "fillers_per_minute",
        "pauses": "longest_pause_s",
    }
)
_FIGURES: Mapping[str, str] = MappingProxyType({key: figure for figure, key in _KEYS.items()})


def key_of(about: str) -> str:
    """Return what the JSON calls what advice or a drill is about; a checklist item keeps its id."""
    return _KEYS.get(about, about)


def about_of(key: str) -> str:
    """Return what is called so in the JSON: a delivery figure, or a checklist item by its id."""
    return _FIGURES.get(key, key)
