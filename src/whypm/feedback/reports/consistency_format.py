"""Several answers beside each other, as JSON ("whypm-consistency/1")."""

from typing import Any

from whypm.domain.consistency import Consistency, Quote

FORMAT = "whypm-consistency/1"
_DECIMALS = 3


def consistency_to_json(consistency: Consistency) -> dict[str, Any]:
    """Return what `compare_answers` found; answers go by their ids, the newest first."""
    return {
        "format": FORMAT,
        "answers": list(consistency.answers),
        "reasons": [
            {
                "item": reason.item,
                "course": reason.course.value,
                "told": [_quote(quote) for quote in reason.told],
                "lacking": list(reason.lacking),
            }
            for reason in consistency.reasons
        ],
        "without_reason": list(consistency.without_reason),
        "stories": [
            {
                "course": story.course.value,
                "told": [_quote(quote) for quote in story.told],
                "shared": list(story.shared),
                "lacking": list(story.lacking),
            }
            for story in consistency.stories
        ],
        "contradictions": [
            {
                "clash": contradiction.clash.value,
                "about": contradiction.about,
                "newer": _quote(contradiction.newer),
                "older": _quote(contradiction.older),
            }
            for contradiction in consistency.contradictions
        ],
        "repetitions": [
            {
                "newer": repetition.newer,
                "older": repetition.older,
                "share": round(repetition.share, _DECIMALS),
                "longest": repetition.longest,
            }
            for repetition in consistency.repetitions
        ],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"answer": quote.answer, "sentence": quote.sentence, "text": quote.text}
