"""From the weights' logits to a verdict on one item."""

import math
from collections.abc import Sequence

from whypm.domain.content import ChecklistItem
from whypm.domain.feedback import EvidenceSentence, ItemVerdict, Level, Method
from whypm.feedback.judging.encoder import AnswerReading, Pair
from whypm.feedback.judging.judge_settings import ItemSettings
from whypm.feedback.judging.speaker import RULED_OUT_LOGITS, Ceilings

PROOF_SHARE = 0.5
"""What a sentence's being evidence counts beside its carrying the item, where evidence is shown. Of the
sentences then shown first on authors left out, 87 % carried the item and 82 % as evidence; by evidence alone
it was 86 and 83 %, without it 88 and 79 %."""


def judge_by_weights(
    item: ChecklistItem,
    settings: ItemSettings,
    reading: AnswerReading,
    limits: Sequence[Ceilings],
) -> ItemVerdict:
    """Decide by the thresholds; the confidence is the calibrated probability of the level decided on.

    ``limits`` holds the ceilings of each sentence, by the rules on the speaker.
    """
    pairs = [
        _lowered(row[settings.row], ceilings.get(item.id, Level.EVIDENCE))
        for row, ceilings in zip(reading.sentences, limits, strict=True)
    ]
    whole = reading.answer[settings.row]
    present = settings.present.probability(_soft_maximum([pair[0] for pair in pairs]) + whole[0])
    proven = min(
        present, settings.evidence.probability(_soft_maximum([pair[1] for pair in pairs]) + whole[1])
    )
    if present < settings.present.threshold:
        return ItemVerdict(item.id, item.group, Level.MISSING, 1.0 - present)
    has_evidence = proven >= settings.evidence.threshold
    level = Level.EVIDENCE if has_evidence else Level.MENTION
    confidence = proven if has_evidence else present - proven
    return ItemVerdict(
        item.id, item.group, level, confidence, _carriers(pairs, level, settings), Method.TRAINED
    )


def _carriers(pairs: Sequence[Pair], level: Level, settings: ItemSettings) -> tuple[EvidenceSentence, ...]:
    """The sentences that carry the item, strongest first; the strongest always has the answer's level."""

    def strength(pair: Pair) -> float:
        return pair[0] + PROOF_SHARE * pair[1] if level is Level.EVIDENCE else pair[0]

    order = sorted(range(len(pairs)), key=lambda number: (-strength(pairs[number]), number))
    carriers = [EvidenceSentence(order[0], level)]
    for number in order[1:]:
        present, evidence = pairs[number]
        if present < settings.sentence_present:
            continue
        proven = level is Level.EVIDENCE and evidence >= settings.sentence_evidence
        carriers.append(EvidenceSentence(number, Level.EVIDENCE if proven else Level.MENTION))
    # A stable sort: whatever is evidence first, by strength within.
    return tuple(sorted(carriers, key=lambda carrier: carrier.level is not Level.EVIDENCE))


def _lowered(pair: Pair, ceiling: Level) -> Pair:
    present, evidence = pair
    if ceiling is Level.MISSING:
        present -= RULED_OUT_LOGITS
    if ceiling is not Level.EVIDENCE:
        evidence -= RULED_OUT_LOGITS
    return present, evidence


def _soft_maximum(logits: Sequence[float]) -> float:
    """Log-sum-exp: one strong sentence decides, several weak ones add up; as in training."""
    highest = max(logits)
    return highest + math.log(sum(math.exp(logit - highest) for logit in logits))
