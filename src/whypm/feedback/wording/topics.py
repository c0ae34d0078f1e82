"""The words by which a part of a sentence is known to speak of a checklist item."""

from collections.abc import Mapping
from types import MappingProxyType

from whypm.domain.content import ChecklistItem
from whypm.feedback.substance.gist import gist, stem

_BUILT_IN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        item_id: frozenset(stem(word) for word in words.split())
        for item_id, words in {
            "passion": "love enjoy like passion passionate excited exciting proud prouder fun "
            "favourite fascinated curious build make create thrill happy pleased kick",
            "experience": "work worked year background experience led manage run ran built shipped "
            "job design analyst engineer project did done",
            "strategy": "decide decision choose chose choice priority prioritise prioritisation "
            "strategy strategic matter trade-off data analysis analytical analyse "
            "instead rather",
            "collaboration": "team together people communicate communicator communication colleague "
            "engineer engineering developer designer design stakeholder customer "
            "client marketing sales business listen listener discuss coordinate "
            "explain with",
            "company": "you your company mission culture value vision innovative user",
            "change": "decide decision say word voice shape direction own owner ownership build built idea "
            "change impact what should choose responsibility drive vision roadmap "
            "launch",
            "skills": "skill learn learning mix breadth variety different side business "
            "technology tech technical design everything intersection middle between "
            "combine both bridge grow",
            "contribution": "help people life lives better easier user customer impact difference "
            "society solve need problem someone world",
            "path": "began started first came moved move moment became realised realized "
            "noticed when then decided asked wanted thought led got",
            "aspiration": "year future long-term eventually become grow lead head career goal day "
            "senior want hope aim director step looking",
        }.items()
    }
)


def topic_of(item: ChecklistItem) -> frozenset[str]:
    """Return the stems of an item's words: ours for the built-in checklist, else those of its own texts."""
    return _BUILT_IN.get(item.id) or gist(" ".join((item.title, item.meaning, *item.examples)))
