"""``whypm check``: a report on a typed answer, or on many."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Never

from whypm.cli.asked import answered
from whypm.cli.complaint import EXIT_FINE, complain
from whypm.cli.report_page import print_report
from whypm.cli.text_file import is_unicode, read_text
from whypm.domain.errors import UsageError
from whypm.domain.feedback import AskedQuestion
from whypm.feedback.reports.report_format import report_to_json
from whypm.sessions.answered import Answered
from whypm.studio import Studio


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", metavar="TEXT", help="the answer itself")
    source.add_argument(
        "--file", type=Path, metavar="FILE", help="a text file that holds the answer; - for standard input"
    )
    source.add_argument(
        "--jsonl",
        type=Path,
        metavar="FILE",
        help='many answers, {"id", "question", "text"} a line; prints a report a line; - for standard input',
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Check what was given."""
    with Studio(options.data_dir, options.model) as studio:
        asked = answered(studio, options)
        if options.jsonl is not None:
            return _check_lines(studio, asked, options.jsonl)
        text = options.text if options.text is not None else read_text(options.file)
        if not text.strip():
            raise UsageError("The answer is empty.", "Give some text with --text or in the file.")
        report = studio.analyst.check(text, asked)
        if options.json:
            print(json.dumps(report_to_json(report), ensure_ascii=False))
        else:
            print_report(report, asked.pack)
    return EXIT_FINE


def _check_lines(studio: Studio, asked: Answered, file: Path) -> int:
    """Print a report a line; a line that cannot be used is named, and the others are still done."""
    code = EXIT_FINE
    for number, line in _lines(file):
        try:
            answer_id, question, text = _parse(line)
        except ValueError as error:
            place = "standard input" if file == Path("-") else str(file)
            code = complain(UsageError(f"{place}, line {number}: {error}.", "The other lines are done."))
            continue
        line_asked = (
            asked if question is None else Answered(AskedQuestion(None, question), asked.pack, asked.company)
        )
        report = report_to_json(studio.analyst.check(text, line_asked))
        print(json.dumps({"id": answer_id, **report}, ensure_ascii=False), flush=True)
    return code


def _no_json(constant: str) -> Never:
    raise ValueError(f"{constant} is no number in JSON")


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    text = read_text(file, longest_bytes=None)
    # Not splitlines(): that also cuts at U+2028 and others, which may stand in a JSON string.
    yield from ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _parse(line: str) -> tuple[object, str | None, str]:
    """Return id, question and text of one line; raise ValueError that says what is wrong with it."""
    try:
        answer = json.loads(line, parse_constant=_no_json)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({error})") from error
    if not isinstance(answer, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - one kind of fault for the caller
    text, question = answer.get("text"), answer.get("question")
    if not isinstance(text, str):
        raise ValueError('"text" is missing or not a string')  # noqa: TRY004 - as above
    if question is not None and not isinstance(question, str):
        raise ValueError('"question" is not a string')
    for name, given in (("text", text), ("question", question or "")):
        if not is_unicode(given):
            raise ValueError(f'"{name}" holds half a character (a lone surrogate)')
    return answer.get("id"), question, text
