"""``whypm rehearse``: one question asked aloud, answered into the microphone, and reported on."""

import argparse
import json
import math
import random

from whypm.cli.complaint import EXIT_FINE
from whypm.cli.conversation import Conversation
from whypm.cli.options import Subparsers
from whypm.cli.report_page import print_report
from whypm.content.picker import Picker
from whypm.domain.session import Session
from whypm.feedback.report_format import report_to_json
from whypm.sessions.events import Asked
from whypm.studio import Studio


def add_to(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser("rehearse", parents=[common], help="rehearse one question in the terminal")
    parser.add_argument(
        "--seconds", type=_positive, metavar="N", help="end the answer after N seconds instead of at Enter"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Hold one rehearsal and print its report."""
    with Studio(options.data_dir, options.model) as studio:
        asked = choose(studio, options)
        session = Conversation(studio, answer_seconds=options.seconds).hold(asked, keyboard=True)
        print_session(studio, session, as_json=options.json)
    return EXIT_FINE


def choose(studio: Studio, options: argparse.Namespace) -> Asked:
    """Return the question that the options name, or the next one by turn. Raises UnknownQuestionError."""
    company = options.company or studio.settings.company
    if options.question is not None:
        pack, question = studio.library.find(options.question)
    else:
        pack = studio.pack(studio.settings.pack)
        question = Picker(pack, random.Random()).pick(studio.store.recent_questions())
    return Asked(question.id, question.asked(company), pack.id, company)


def print_session(studio: Studio, session: Session, *, as_json: bool) -> None:
    """Print the report of a session that has one, and where it is kept."""
    report = session.report
    if report is None:
        return
    if as_json:
        print(json.dumps({**report_to_json(report), "session": {"id": session.id}}, ensure_ascii=False))
        return
    print_report(report, studio.pack_of(session), title=session.question.text)
    print(f"\nKept as {session.id}. Hear it again: whypm sessions play {session.id}")


def _positive(text: str) -> float:
    seconds = float(text)
    if not (math.isfinite(seconds) and seconds > 0):
        raise argparse.ArgumentTypeError("give a number of seconds above 0")
    return seconds
