"""The command line: its options, and the one place where errors become exit codes.

Exit codes: 0 done; 2 bad input or something that does not work, told on standard error; 130 interrupted.
"""

import argparse
import sys
from collections.abc import Sequence

from whypm.cli import analyze, check, demo, doctor, models, questions, rehearse, sessions, window
from whypm.cli.complaint import complain
from whypm.cli.options import common_options, with_defaults
from whypm.domain.errors import WhypmError
from whypm.log import keep_log
from whypm.studio import app_version

_COMMANDS = (rehearse, demo, analyze, check, questions, sessions, models, doctor, window)
EXIT_INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    options = with_defaults(_parser().parse_args(arguments))
    keep_log(options.data_dir)
    try:
        code: int = options.command(options)
    except WhypmError as error:
        return complain(error)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, a closed pager) has gone; there is nobody left to tell.
        sys.stderr.close()
        return 0
    return code


def _parser() -> argparse.ArgumentParser:
    common = common_options()
    parser = argparse.ArgumentParser(
        prog="whypm",
        description="Practise 'Why product management?' aloud. Without a command: open the window.",
        parents=[common],
    )
    parser.add_argument("--version", action="version", version=f"whypm {app_version()}")
    parser.set_defaults(command=window.run)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for module in _COMMANDS:
        module.add_to(commands, common)
    return parser
