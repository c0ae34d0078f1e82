"""``whypm sessions``: what was kept."""

import argparse
import json
import queue
from pathlib import Path

from whypm.cli import comparison
from whypm.cli.complaint import EXIT_FINE
from whypm.cli.kept_report import print_kept, session_to_json
from whypm.cli.printable import printable
from whypm.cli.text_file import read_text
from whypm.domain.errors import DeviceError, UsageError
from whypm.domain.feedback import Level
from whypm.domain.session import Session
from whypm.domain.sound import PlaybackEnded, PlaybackEnding, PlaybackMoved
from whypm.sessions.correction import correct
from whypm.sessions.editing import edit_transcript
from whypm.sessions.reanalysis import reanalyse
from whypm.studio import Studio

_SPELLINGS = {"reanalyse": ("reanalyze",)}
"""Who types ``analyze`` may well type this."""


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions of the command."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser("list", parents=[common], help="the kept sessions, the newest first")
    listing.set_defaults(command=_list)
    for name, action, help_text in (
        ("show", _show, "the report of one session"),
        ("play", _play, "play the recording of one session"),
        ("reanalyse", _reanalyse, "transcribe and check one session again"),
        ("delete", _delete, "delete one session with its recording"),
    ):
        one = actions.add_parser(name, parents=[common], help=help_text, aliases=_SPELLINGS.get(name, ()))
        one.add_argument("id", metavar="ID", help="the session's id, or the beginning of it")
        one.set_defaults(command=action)
    correction = actions.add_parser(
        "correct",
        parents=[common],
        help="say yourself how far an answer shows an item; the judge's verdict stays beside yours",
    )
    correction.add_argument("id", metavar="ID", help="the session's id, or the beginning of it")
    correction.add_argument("item", metavar="ITEM", help="the checklist item, such as collaboration")
    verdict = correction.add_mutually_exclusive_group(required=True)
    verdict.add_argument("level", nargs="?", choices=[level.value for level in Level])
    verdict.add_argument("--clear", action="store_true", help="take your verdict back")
    correction.set_defaults(command=_correct)
    edit = actions.add_parser(
        "edit", parents=[common], help="put right what was misheard; what was recognised stays beside it"
    )
    edit.add_argument("id", metavar="ID", help="the session's id, or the beginning of it")
    words = edit.add_mutually_exclusive_group(required=True)
    words.add_argument("--text", help="all that you said, in your own words")
    words.add_argument("--file", type=Path, help="a text file with all that you said")
    words.add_argument("--restore", action="store_true", help="go back to what was recognised")
    edit.set_defaults(command=_edit)
    comparison.add_to(actions, common)


def _list(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        kept = studio.store.listed()
    if options.json:
        print(json.dumps([session_to_json(session) for session in kept], ensure_ascii=False))
        return EXIT_FINE
    if not kept:
        print("Nothing is kept yet. Start with 'whypm rehearse'.")
    for session in kept:
        print(
            f"{session.id}  {session.created:%Y-%m-%d %H:%M}  {session.duration_seconds:6.1f} s  "
            f"{session.state.value:<10}  {printable(session.question.text or '', kept='')}"
        )
    return EXIT_FINE


def _show(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        _print(studio, studio.store.find(options.id), as_json=options.json)
    return EXIT_FINE


def _reanalyse(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        session = reanalyse(studio.store.find(options.id), studio.analyst, studio.pack, studio.store)
        _print(studio, session, as_json=options.json)
    return EXIT_FINE


def _correct(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        pack = studio.pack_of(studio.store.find(options.id))
        level = Level(options.level) if options.level is not None else None
        session = correct(options.id, options.item, level, pack, studio.store)
        _print(studio, session, as_json=options.json)
    return EXIT_FINE


def _edit(options: argparse.Namespace) -> int:
    text = None if options.restore else options.text
    if options.file is not None:
        text = read_text(options.file)
    with Studio(options.data_dir, options.model) as studio:
        session = edit_transcript(options.id, text, studio.analyst, studio.pack, studio.store)
        _print(studio, session, as_json=options.json)
    return EXIT_FINE


def _print(studio: Studio, session: Session, *, as_json: bool) -> None:
    print_kept(studio, session, title=f"{session.created:%Y-%m-%d %H:%M}, {session.id}", as_json=as_json)


def _play(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        session = studio.store.find(options.id)
        if session.audio is None:
            raise UsageError(f"The session {session.id} has no recording.")
        # Each place that is told wakes this thread: before Python 3.14, Ctrl+C alone does not on Windows.
        told: queue.SimpleQueue[PlaybackMoved | PlaybackEnded] = queue.SimpleQueue()
        studio.player.play(session.audio, studio.chosen_speaker(), told.put)
        while not isinstance(event := told.get(), PlaybackEnded):
            pass
        if event.ending is PlaybackEnding.DEVICE_LOST:
            raise DeviceError(
                "The speaker went away.", "Plug it in again, or choose another in the settings."
            )
    return EXIT_FINE


def _delete(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        removed = studio.store.delete(options.id)
    print(json.dumps({"deleted": removed.id}) if options.json else f"Deleted {removed.id} and its recording.")
    return EXIT_FINE
