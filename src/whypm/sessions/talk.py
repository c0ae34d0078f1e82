"""One talk: an answer, and the answers to the follow-up questions that came of it."""

import json
import sqlite3
from collections.abc import Iterator

from whypm.domain.feedback import SURE_FROM_CONFIDENCE, Level


def told_before(database: sqlite3.Connection, session_id: str) -> Iterator[str]:
    """Yield the items that were surely proven in the answers which this session's question follows up."""
    asked = database.execute(
        "SELECT question_id, question_text FROM session WHERE id = ?", (session_id,)
    ).fetchone()
    seen = {session_id}
    while asked is not None and asked[0] is None and asked[1] is not None:
        offering = database.execute(
            "SELECT question_id, question_text, id, json_extract(report, '$.checklist') FROM session "
            "WHERE CASE WHEN json_valid(report) THEN json_extract(report, '$.follow_up.text') END = ? "
            "ORDER BY julianday(created) DESC",
            (asked[1],),
        ).fetchall()
        asked = next((row for row in offering if row[2] not in seen), None)
        if asked is not None:
            seen.add(asked[2])
            yield from _proven(json.loads(asked[3] or "[]"))


def _proven(checklist: object) -> Iterator[str]:
    rows = checklist if isinstance(checklist, list) else []
    for row in rows:
        if not isinstance(row, dict):
            continue
        confidence = row.get("confidence")
        is_sure = isinstance(confidence, float | int) and confidence >= SURE_FROM_CONFIDENCE
        if (row.get("corrected") or (row.get("level") if is_sure else None)) == Level.EVIDENCE:
            yield str(row.get("id"))
