"""The question that a command's options name."""

import argparse

from whypm.domain.feedback import AskedQuestion
from whypm.sessions.answered import Answered
from whypm.studio import Studio


def answered(studio: Studio, options: argparse.Namespace) -> Answered:
    """Return what the answer is judged against; raises UnknownQuestionError.

    Without --question it is the pack of the settings and no question in particular.
    """
    if options.question is None:
        return Answered(AskedQuestion(), studio.chosen_pack(), options.company)
    pack, question = studio.library.find(options.question)
    return Answered(AskedQuestion(question.id, question.asked(options.company)), pack, options.company)
