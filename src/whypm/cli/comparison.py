"""``whypm sessions compare``: kept answers beside each other, in words with quotes."""

import argparse
import json
import shutil
import textwrap

from whypm.cli.complaint import EXIT_FINE
from whypm.cli.options import Subparsers
from whypm.domain.consistency import Clash, Consistency, Contradiction, Course, Quote, Repetition
from whypm.domain.content import Pack
from whypm.domain.session import Session
from whypm.feedback.consistency_format import consistency_to_json
from whypm.feedback.quotes import quote
from whypm.sessions.comparison import compare
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
        description="Compare the named sessions, or all whole answers that are kept.",
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
            print("\n".join(page(sessions, consistency, studio.pack_of(sessions[0]), width)))
    return EXIT_FINE


def page(sessions: tuple[Session, ...], consistency: Consistency, pack: Pack, width: int) -> list[str]:
    """Return the lines of the page; answers go by their number in its first list, 1 being the newest."""
    numbers = {session.id: number for number, session in enumerate(sessions, 1)}
    lines = ["", "Your answers, the newest first"]
    for session in sessions:
        asked = f"{session.created:%Y-%m-%d %H:%M}  {session.question.text or ''}"
        lines.append(f"  {numbers[session.id]:>2}  {session.id}  {asked}")
    lines += ["", "Your reasons"] if consistency.reasons else []
    for reason in consistency.reasons:
        item = pack.item(reason.item)
        lines += _course(item.title if item else reason.item, reason.course, reason.told, numbers, width)
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
        lines += _course("", story.course, story.told, numbers, width)
    if once:
        lines += ["", "Told once, or not recognised in your other answers"]
    for story in once[:_MOST_TOLD_ONCE]:
        lines += _quoted(story.told[0], numbers, width, "  ")
    if len(once) > _MOST_TOLD_ONCE:
        lines.append(f"  and {len(once) - _MOST_TOLD_ONCE} more")
    return lines


def _course(
    title: str, course: Course, told: tuple[Quote, ...], numbers: dict[str, int], width: int
) -> list[str]:
    words = {
        Course.STAYS: "in every answer",
        Course.NEW: "only in your newest answer",
        Course.GONE: f"in {_listed(told, numbers)}, not in your newest answer",
        Course.COMES_AND_GOES: f"in {_listed(told, numbers)}, not in the others",
    }
    text = f"{title}: {words[course]}" if title else words[course][:1].upper() + words[course][1:]
    lines = _wrapped(text, width, "  ")
    for said in told:
        lines += _quoted(said, numbers, width, "      ") if said.text else []
    return lines


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


def _listed(told: tuple[Quote, ...], numbers: dict[str, int]) -> str:
    return ", ".join(str(numbers[said.answer]) for said in told)


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent)
