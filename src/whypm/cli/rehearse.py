"""``whypm rehearse``: one question asked aloud, answered into the microphone, and reported on."""

import argparse
import contextlib
import math
import random

from whypm.cli.complaint import EXIT_BAD, EXIT_FINE
from whypm.cli.conversation import Conversation
from whypm.cli.kept_report import print_kept
from whypm.content.picker import Picker
from whypm.domain.errors import UsageError
from whypm.domain.session import Session
from whypm.feedback.reports.figure_keys import about_of
from whypm.sessions.events import Asked
from whypm.sessions.practice import ask_drill, ask_on, pack_that_drills
from whypm.studio import Studio


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "--seconds", type=_positive, metavar="N", help="end the answer after N seconds instead of at Enter"
    )
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--drill",
        metavar="ITEM",
        help="record one weak point only: a checklist item, or pace, fillers, pauses or latency",
    )
    instead.add_argument("--follow-up", metavar="SESSION", help="ask what follows up this session")
    parser.add_argument("--of", metavar="SESSION", help="the session that the drill comes from")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Hold one rehearsal and print its report."""
    with Studio(options.data_dir, options.model) as studio:
        asked = _choose_any(studio, options)
        conversation = Conversation(studio, answer_seconds=options.seconds)
        session = conversation.hold(asked, keyboard=True)
        print_session(studio, session, as_json=options.json)
    return EXIT_FINE if conversation.whole else EXIT_BAD


def _choose_any(studio: Studio, options: argparse.Namespace) -> Asked:
    if options.of is not None and options.drill is None:
        raise UsageError("--of says where a drill comes from, and there is no --drill.", "Add --drill ITEM.")
    if options.question is not None and (options.drill is not None or options.follow_up is not None):
        raise UsageError("Only one question can be asked.", "Leave --question out.")
    if options.follow_up is not None:
        return ask_on(studio.store.find(options.follow_up), studio.store, options.company)
    if options.drill is None:
        return choose(studio, options)
    about = about_of(options.drill)  # it may be named as in the JSON of a report, too
    of = studio.store.find(options.of) if options.of is not None else None
    if of is not None:
        return ask_drill(about, studio.pack_of(of), options.company, of)
    pack = pack_that_drills(about, studio.chosen_pack(), studio.library.packs)
    return ask_drill(about, pack, options.company or studio.settings.company)


def choose(studio: Studio, options: argparse.Namespace) -> Asked:
    """Return the question that the options name, or the next one by turn. Raises UnknownQuestionError."""
    company = options.company or studio.settings.company
    if options.question is not None:
        pack, question = studio.library.find(options.question)
    else:
        pack = studio.chosen_pack()
        question = Picker(pack, random.Random()).pick(studio.store.recent_questions())
    return Asked(question.id, question.asked(company), pack.id, company)


def print_session(studio: Studio, session: Session, *, as_json: bool) -> None:
    """Print the report of a session, and where it is kept."""
    print_kept(studio, session, title=session.question.text or "", as_json=as_json)
    if not as_json:
        print(f"\nKept as {session.id}. Hear it again: whypm sessions play {session.id}")


def _positive(text: str) -> float:
    with contextlib.suppress(ValueError):
        seconds = float(text)
        if math.isfinite(seconds) and seconds > 0:
            return seconds
    raise argparse.ArgumentTypeError("give a number of seconds above 0")
