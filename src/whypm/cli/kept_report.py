"""A kept session's report, as every command prints it."""

import json
from typing import Any

from whypm.cli.report_page import print_report
from whypm.domain.session import Session
from whypm.feedback.coaching.drill_outcome import outcome_sentence
from whypm.feedback.reports.figure_keys import key_of
from whypm.feedback.reports.report_format import report_to_json
from whypm.sessions.made_report import made_report
from whypm.sessions.practice import outcome_of
from whypm.studio import Studio


def print_kept(studio: Studio, session: Session, *, title: str, as_json: bool) -> None:
    """Print the report of a kept session, and for a drill what it brought.

    Raises:
        UsageError: The session has no report yet.
    """
    report = made_report(session)
    pack = studio.pack_of(session)
    outcome = outcome_of(session, pack, studio.store)
    if not as_json:
        heading = title if outcome is None else f"{title}\n\n{outcome_sentence(outcome, pack)}"
        if session.original is not None:
            heading += f"\n\nIn your own words; whypm sessions edit {session.id} --restore goes back."
        print_report(report, pack, title=heading, session_id=session.id)
        return
    data: dict[str, Any] = {**report_to_json(report), "session": session_to_json(session)}
    if outcome is not None:
        data["outcome"] = {
            "about": key_of(outcome.about),
            "before": outcome.before.value if outcome.before is not None else None,
            "after": outcome.after.value if outcome.after is not None else None,
            "sure": outcome.sure,
            "shown": outcome.shown,
            "unproven": outcome.unproven,
        }
    print(json.dumps(data, ensure_ascii=False))


def session_to_json(session: Session) -> dict[str, object]:
    """Return what is kept of a session beside its report."""
    drill = session.drill
    return {
        "id": session.id,
        "created": session.created.isoformat(),
        "question": {"id": session.question.id, "text": session.question.text},
        "duration_s": round(session.duration_seconds, 3),
        "state": session.state.value,
        "ending": session.ending.value,
        "dropped_blocks": session.dropped_blocks,
        "audio": str(session.audio) if session.audio is not None else None,
        "pack": session.pack,
        "model": session.model,
        "app_version": session.app_version,
        "drill": {"about": key_of(drill.about), "of": drill.session_id} if drill else None,
        "corrections": {each.item: each.level.value for each in session.corrections},
        "original_text": session.original.transcript.text if session.original is not None else None,
    }
