"""What the report says about each checklist item, in words for the speaker."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from whypm.domain.content import ChecklistItem


@dataclass(frozen=True, slots=True)
class ItemPhrases:
    """The wordings of one item.

    ``shown`` and ``claimed`` go on from "You ..."; ``next_step`` goes on from "say next ...";
    ``when_claimed`` follows the speaker's own words, ``when_missing`` stands alone.
    """

    shown: str
    claimed: str
    next_step: str
    when_claimed: str
    when_missing: str


_BUILT_IN: Mapping[str, ItemPhrases] = MappingProxyType(
    {
        "passion": ItemPhrases(
            "showed that you love making products",
            "touched on what you enjoy",
            "what you made because you could not leave it alone",
            "Tell of one time when you could not leave a product alone: what it was and what you changed.",
            "Nothing yet shows that you enjoy making products. Name one that you made or improved unasked.",
        ),
        "experience": ItemPhrases(
            "told what you did",
            "named your background",
            "what you did in one piece of work and what came of it",
            "Say what you did there yourself, for whom, and what came of it, if you can in a number.",
            "Tell of one thing in your own work that bears on product: what you did, and what came of it.",
        ),
        "strategy": ItemPhrases(
            "showed a choice that you made and why",
            "touched on choosing what to do",
            "which two things you chose between, and why",
            "Name one choice: the two things you could have done, which you took, and what made you sure.",
            "Tell of one choice between two things, which you took, and what made you sure.",
        ),
        "collaboration": ItemPhrases(
            "showed how you work with others",
            "spoke of working with others",
            "what you did together with the people around you",
            "Say what you did with {people}: what you had to agree on, and how you got there.",
            "Say with whom you got something done (an engineer, a designer, a customer), and how you agreed.",
        ),
        "company": ItemPhrases(
            "said what you know of the company and why it suits you",
            "spoke of the company",
            "what about this company draws you",
            "Name one product, user or value of theirs, and what it has to do with you.",
            "The question asks about the company. Name one product, user or value of theirs that you like.",
        ),
        "change": ItemPhrases(
            "said why you want a say in what gets built",
            "touched on shaping what gets built",
            "when a decision of yours changed something",
            "Give the moment when a decision of yours changed what got built, and say what it did to you.",
            "Say why you want a say in what gets built, and what made you want it.",
        ),
        "skills": ItemPhrases(
            "said why the breadth of the work suits you",
            "touched on the breadth of the work",
            "which of your skills meet in this job",
            "Say which of your own skills meet in this job, and where you have used two of them at once.",
            "Say which of your own skills this job would use together.",
        ),
        "contribution": ItemPhrases(
            "said whom you want to help and why",
            "touched on doing people good",
            "who was better off for something you did",
            "Name one person or group who was better off for something that you did, and how you know.",
            "Say whose life you would like to make better with a product, and why theirs.",
        ),
        "path": ItemPhrases(
            "told how you came to product",
            "touched on how you came to product",
            "the moment that turned you to product",
            "Give the moment: what happened, and what you saw in it that turned you to product.",
            "Say where it began: the moment or the turn that led you to product.",
        ),
        "aspiration": ItemPhrases(
            "said where you want to go",
            "hinted at where you want to go",
            "where you want to be in a few years",
            "Say where that leads: which product or team you would like to run, and what comes first.",
            "End with where you want to go: what you would like to be doing in a few years.",
        ),
    }
)


def phrases_of(item: ChecklistItem) -> ItemPhrases:
    """Return the item's wordings: ours for the built-in checklist, else made of the pack's own texts."""
    known = _BUILT_IN.get(item.id)
    if known is not None:
        return known
    return ItemPhrases(
        shown=f"showed “{item.title}”",
        claimed=f"touched on “{item.title}”",
        next_step=f"more about “{item.title}”",
        when_claimed=item.how,
        when_missing=f"“{item.title}” is missing. {item.how}",
    )
