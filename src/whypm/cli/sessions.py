"""``whypm sessions``: what was kept."""

import argparse
import json
import threading

from whypm.cli.complaint import EXIT_FINE
from whypm.cli.options import Subparsers
from whypm.cli.report_page import print_report
from whypm.domain.errors import DeviceError, UsageError
from whypm.domain.session import Session
from whypm.domain.sound import PlaybackEnded, PlaybackEnding
from whypm.feedback.report_format import report_to_json
from whypm.sessions.reanalysis import reanalyse
from whypm.studio import Studio


def add_to(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Add the command and what can be done with sessions."""
    parser = commands.add_parser(
        "sessions", parents=[common], help="list, show, play, analyse again or delete what was kept"
    )
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", parents=[common], help="the kept sessions, the newest first")
    listing.set_defaults(command=_list)
    for name, action, help_text in (
        ("show", _show, "the report of one session"),
        ("play", _play, "play the recording of one session"),
        ("reanalyse", _reanalyse, "transcribe and check one session again"),
        ("delete", _delete, "delete one session with its recording"),
    ):
        one = actions.add_parser(name, parents=[common], help=help_text)
        one.add_argument("id", metavar="ID", help="the session's id, or the beginning of it")
        one.set_defaults(command=action)


def _list(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        kept = studio.store.recent()
    if options.json:
        print(json.dumps([_summary(session) for session in kept], ensure_ascii=False))
        return EXIT_FINE
    if not kept:
        print("Nothing is kept yet. Start with 'whypm rehearse'.")
    for session in kept:
        print(
            f"{session.id}  {session.created:%Y-%m-%d %H:%M}  {session.duration_seconds:6.1f} s  "
            f"{session.state.value:<10}  {session.question.text or ''}"
        )
    return EXIT_FINE


def _summary(session: Session) -> dict[str, object]:
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
    }


def _show(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        _print(studio, studio.store.find(options.id), as_json=options.json)
    return EXIT_FINE


def _reanalyse(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        session = reanalyse(studio.store.find(options.id), studio.analyst, studio.pack, studio.store)
        _print(studio, session, as_json=options.json)
    return EXIT_FINE


def _print(studio: Studio, session: Session, *, as_json: bool) -> None:
    if session.report is None:
        raise UsageError(
            f"The session {session.id} has no report yet; its recording is kept.",
            f"Make one with 'whypm sessions reanalyse {session.id}'.",
        )
    if as_json:
        print(
            json.dumps({**report_to_json(session.report), "session": _summary(session)}, ensure_ascii=False)
        )
    else:
        print_report(
            session.report, studio.pack_of(session), title=f"{session.created:%Y-%m-%d %H:%M}, {session.id}"
        )


def _play(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        session = studio.store.find(options.id)
        if session.audio is None:
            raise UsageError(f"The session {session.id} has no recording.")
        endings: list[PlaybackEnding] = []
        done = threading.Event()

        def heard(event: object) -> None:
            if isinstance(event, PlaybackEnded):
                endings.append(event.ending)
                done.set()

        studio.player.play(session.audio, studio.chosen_speaker(), heard)
        done.wait()
        if endings[0] is PlaybackEnding.DEVICE_LOST:
            raise DeviceError(
                "The speaker went away.", "Plug it in again, or choose another in the settings."
            )
    return EXIT_FINE


def _delete(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        removed = studio.store.delete(options.id)
    print(json.dumps({"deleted": removed.id}) if options.json else f"Deleted {removed.id} and its recording.")
    return EXIT_FINE
