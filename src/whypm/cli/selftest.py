"""``whypm selftest``: whether this build works. Not in the help: it is for those who build."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from whypm.cli.complaint import EXIT_BAD, EXIT_FINE
from whypm.cli.window import try_window
from whypm.domain.errors import UsageError
from whypm.release import app_version
from whypm.selftest import Outcome, try_build


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = "Try this build in a temporary folder. The exit code is 2 where a part fails."
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write there: a program without a console has no output"
    )
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Print a line for each step as it is done, or one JSON object at the end."""
    steps = []
    with _written(options.output) as out:
        for step in try_build(try_window, options.model):
            steps.append(step)
            if not options.json:
                line = f"{step.outcome:<8}{step.name:<11}{step.seconds:6.2f} s  {step.detail}"
                print(line, file=out, flush=True)
        passed = all(step.outcome is not Outcome.FAILS for step in steps)
        if options.json:
            record = {"version": app_version(), "passed": passed, "steps": [asdict(step) for step in steps]}
            print(json.dumps(record), file=out)
    return EXIT_FINE if passed else EXIT_BAD


@contextmanager
def _written(file: Path | None) -> Iterator[TextIO | None]:
    if file is None:
        yield sys.stdout
        return
    try:
        out = file.open("w", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.", "Give another --output.") from error
    with out:
        yield out
