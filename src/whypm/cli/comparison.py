"""``whypm sessions compare``: kept answers beside each other, in words with quotes."""

import argparse
import json
import shutil
import textwrap
from collections.abc import Iterable

from whypm.cli.complaint import EXIT_FINE
from whypm.cli.options import Subparsers
from whypm.cli.printable import printable
from whypm.domain.consistency import (
    Clash,
    Consistency,
    Contradiction,
    Course,
    Quote,
    Reason,
    Repetition,
    Story,
)
from whypm.domain.content import Pack
from whypm.domain.session import Session
from whypm.feedback.reports.consistency_format import consistency_to_json
from whypm.feedback.wording.quotes import quote
from whypm.sessions.comparison import MOST_ANSWERS, compare
from whypm.studio import Studio

_WIDEST = 100
_MOST_TOLD_ONCE = 6
"""More stories than this that only one answer tells say nothing new."""


def add_to(actions: Subparsers, common: argparse.ArgumentParser) -> None:
    """Add the action to ``whypm sessions``."""
    parser = actions.add_parser(
        "compare",
        parents=[common],
        help="kept answers beside each other: what stays, what goes, what does not fit",
        description=f"Compare the named sessions, or the last {MOST_ANSWERS} whole answers that are kept.",
    )
    parser.add_argument("ids", nargs="*", metavar="ID", help="two sessions or more, by id or its beginning")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Compare and print."""
    with Studio(options.data_dir, options.model) as studio:
        sessions, consistency = compare(studio.store, options.ids)
        if options.json:
            print(json.dumps(consistency_to_json(consistency), ensure_ascii=False))
        else:
            width = min(_WIDEST, shutil.get_terminal_size().columns)
            lines = page(sessions, consistency, studio.pack_of(sessions[0]), width)
            print(printable("\n".join(lines)))
    return EXIT_FINE


def page(sessions: tuple[Session, ...], consistency: Consistency, pack: Pack, width: int) -> list[str]:
    """Return the lines of the page; answers go by their number in its first list, 1 being the newest."""
    numbers = {session.id: number for number, session in enumerate(sessions, 1)}
    lines = ["", "Your answers, the newest first"]
    for session in sessions:
        asked = f"{session.created:%Y-%m-%d %H:%M}  {session.question.text or ''}"
        lines.append(f"  {numbers[session.id]:>2}  {session.id}  {asked}")
    lines += ["", "Your reasons"] if consistency.reasons or consistency.without_reason else []
    for reason in consistency.reasons:
        title = item.title if (item := pack.item(reason.item)) is not None else reason.item
        lines += _course(title, reason, numbers, width)
    if consistency.without_reason:
        lines += _wrapped(_reasonless_words(consistency, numbers), width, "  ")
    lines += _stories(consistency, numbers, width)
    if consistency.contradictions:
        lines += ["", "What does not fit together"]
    for contradiction in consistency.contradictions:
        lines += _contradiction(contradiction, numbers, width)
    if consistency.repetitions:
        lines += ["", "What sounds learnt by heart"]
    for repetition in consistency.repetitions:
        lines += _wrapped(_repetition_words(repetition, numbers), width, "  ")
    return lines


def _stories(consistency: Consistency, numbers: dict[str, int], width: int) -> list[str]:
    again = [story for story in consistency.stories if len(story.told) > 1]
    once = [story for story in consistency.stories if len(story.told) == 1]
    lines = ["", "Stories that you tell again"] if again else []
    for story in again:
        lines += _course("", story, numbers, width)
    if once:
        lines += ["", "Told once, or not recognised in your other answers"]
    for story in once[:_MOST_TOLD_ONCE]:
        lines += _quoted(story.told[0], numbers, width, "  ")
    if len(once) > _MOST_TOLD_ONCE:
        lines.append(f"  and {len(once) - _MOST_TOLD_ONCE} more")
    return lines


def _course(title: str, thing: Reason | Story, numbers: dict[str, int], width: int) -> list[str]:
    text = _course_words(thing, numbers)
    text = f"{title}: {text}" if title else text[:1].upper() + text[1:]
    lines = _wrapped(text, width, "  ")
    for said in thing.told:
        lines += _quoted(said, numbers, width, "      ") if said.text else []
    return lines


def _course_words(thing: Reason | Story, numbers: dict[str, int]) -> str:
    """Return where a thing is told and where it is not; an answer may be neither, as nobody can tell."""
    told, lacking = _listed([quote.answer for quote in thing.told], numbers), _listed(thing.lacking, numbers)
    is_known = len(thing.told) + len(thing.lacking) == len(numbers)
    if thing.course is Course.STAYS:
        return "in every answer" if is_known else f"in {told}; in the others it is not sure"
    if thing.course is Course.NEW:
        return "only in your newest answer"
    if thing.course is Course.GONE:
        return f"in {told}, not in your newest answer"
    return f"in {told}, not in {'the others' if is_known else lacking}"


def _reasonless_words(consistency: Consistency, numbers: dict[str, int]) -> str:
    without = consistency.without_reason
    where = "any answer" if len(without) == len(numbers) else f"{_listed(without, numbers)}"
    return f"No reason for this job in {where}: say in each why you want it and no other."


def _contradiction(contradiction: Contradiction, numbers: dict[str, int], width: int) -> list[str]:
    question = (
        f"Two numbers of {contradiction.about}: which is right?"
        if contradiction.clash is Clash.NUMBER
        else f"One answer denies what the other shows ({contradiction.about}): say what you did, and no less."
    )
    lines = _wrapped(question, width, "  ")
    for said in (contradiction.newer, contradiction.older):
        lines += _quoted(said, numbers, width, "      ")
    return lines


def _repetition_words(repetition: Repetition, numbers: dict[str, int]) -> str:
    return (
        f"Answer {numbers[repetition.newer]} says {repetition.share:.0%} of its words just as answer "
        f"{numbers[repetition.older]} does, such as {quote(repetition.longest)}. Keep the points, and let "
        "the sentences come new each time."
    )


def _quoted(said: Quote, numbers: dict[str, int], width: int, indent: str) -> list[str]:
    return _wrapped(f"{numbers[said.answer]}: “{said.text}”", width, indent)


def _listed(answers: Iterable[str], numbers: dict[str, int]) -> str:
    return ", ".join(str(numbers[answer]) for answer in answers)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
