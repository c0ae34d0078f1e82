"""Advice on one checklist item: what to add to a claim, and how to fill a gap."""

import re

from whypm.domain.content import ChecklistItem, Pack
from whypm.domain.feedback import Advice, ItemVerdict
from whypm.domain.transcript import Transcript
from whypm.feedback.wording.item_phrases import phrases_of
from whypm.feedback.wording.quotes import people_in, quote
from whypm.feedback.wording.topics import topic_of

_SOMEBODY = "somebody of another trade"
_WISHED = re.compile(r"\b(?:would|will|want to|hope to)\b|\b(?:i|we)['’](?:d|ll)\b", re.IGNORECASE)
"""Nobody has done anything yet with the people of such a sentence: "I would work with engineers"."""


def advise_on_claim(verdict: ItemVerdict, pack: Pack, transcript: Transcript) -> Advice:
    """Return what would prove an item that was only claimed, after the speaker's own words."""
    item = pack.item(verdict.id)
    sentence = transcript.sentences[verdict.evidence[0].sentence].text if verdict.evidence else ""
    if item is None:
        return Advice(verdict.id, f"You said {quote(sentence)}. Add one example.")
    people = None if _WISHED.search(sentence) else people_in(sentence)
    what_to_add = phrases_of(item).when_claimed.replace("{people}", people or _SOMEBODY)
    said = f"You said {quote(sentence, topic_of(item))}. " if sentence else ""
    return Advice(verdict.id, f"{said}{what_to_add}")


def advise_on_gap(item: ChecklistItem) -> Advice:
    """Return what to say for an item that is missing."""
    return Advice(item.id, phrases_of(item).when_missing)
