"""``whypm demo``: the whole job on a sample reply that comes with WhyPM, without microphone or speaker."""

import argparse

from whypm.audio.file_card import FileCard
from whypm.cli.complaint import EXIT_BAD, EXIT_FINE
from whypm.cli.conversation import Conversation
from whypm.cli.rehearse import choose, print_session
from whypm.sessions.events import Stop
from whypm.studio import Studio

_QUESTION = "plain-1"
_SPEED = 20.0
"""The reply lasts a minute; nobody wants to wait for it. The recorder gets the same blocks, only sooner."""
_NO_END_SECONDS = 600.0


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "The sample reply is our own text, spoken by a synthesiser. It is kept like any other."
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Ask, record the sample reply, transcribe, check, keep, report."""
    with Studio(options.data_dir, options.model) as studio:
        options.question = options.question or _QUESTION
        asked = choose(studio, options)
        conversation: Conversation
        studio.use_card(
            FileCard(
                studio.places.assets / "demo" / "reply.opus", lambda: conversation.intend(Stop()), _SPEED
            )
        )
        conversation = Conversation(studio, answer_seconds=_NO_END_SECONDS)
        session = conversation.hold(asked, keyboard=False)
        print_session(studio, session, as_json=options.json)
    return EXIT_FINE if conversation.whole else EXIT_BAD
