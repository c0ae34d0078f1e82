"""The command line: its options, and the one place where errors become exit codes.

Exit codes: 0 done; 2 bad input or something that does not work, told on standard error; 130 interrupted.
"""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from whypm.cli.complaint import complain
from whypm.cli.options import common_options, with_defaults
from whypm.cli.printable import printable
from whypm.cli.text_file import is_unicode
from whypm.domain.errors import NO_ROOM, StorageError, UsageError, WhypmError
from whypm.log import keep_log
from whypm.release import app_version

_COMMANDS = {
    "rehearse": "rehearse one question in the terminal",
    "demo": "run the whole job on a sample reply, without microphone or speaker",
    "analyze": "report on recordings (WAV, FLAC, MP3, OGG, Opus...)",
    "check": "report on a typed answer: --text, --file or --jsonl",
    "questions": "list the questions and their ids",
    "sessions": "list, show, play, correct, compare or delete what was kept",
    "models": "list, install, verify or remove Whisper models",
    "doctor": "check voice, speaker, microphone, model and disk",
    "window": "open the window (the default)",
    "selftest": None,
}
"""Each is a module of this package, with ``configure(parser, common)``. What has no purpose here stays out of
the help."""
_DEFAULT = "window"
_MAY_BE_FOLDERS = frozenset({"model", "name", "source"})
"""Options whose value may be a file's or a folder's name, which is any bytes on Linux."""
EXIT_INTERRUPTED = 130
_UNWRITTEN = NO_ROOM | {errno.EIO}


class _ShowVersion(argparse.Action):
    """Looks the version up when it is asked for: reading the metadata would hold the window back."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(f"whypm {app_version()}")
        parser.exit()


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        options = _read(arguments)
        keep_log(options.data_dir)
        _refuse_what_is_no_text(options)
        code: int = options.command(options)
        _write_out()
    except WhypmError as error:
        return complain(error)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (head, a closed pager) has gone; there is nobody left to tell.
        _write_nowhere()
        return 0
    except OSError as error:
        if error.errno not in _UNWRITTEN:
            raise
        _write_nowhere()
        return complain(StorageError(f"The output cannot be written: {error.strerror}.", "Make room for it."))
    return code


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options; exits where they are wrong, and where help or version was asked for."""
    try:
        return with_defaults(_parser(arguments).parse_args(arguments))
    finally:
        _write_out()


def _write_out() -> None:
    """Write what is still held back here, where it can be told that it arrived nowhere."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _refuse_what_is_no_text(options: argparse.Namespace) -> None:
    """Raise UsageError for words in another encoding: they can be neither judged nor kept.

    An employer's name is spoken and stands in one line: no line breaks, and no commands to a terminal.
    """
    if options.company is not None and printable(options.company, kept="") != options.company:
        raise UsageError("What was given as company holds control characters.", "Give the name alone.")
    for name, given in vars(options).items():
        for value in given if isinstance(given, list) else [given]:
            if isinstance(value, str) and name not in _MAY_BE_FOLDERS and not is_unicode(value):
                raise UsageError(
                    f"What was given as {name.replace('_', '-')} is not text in UTF-8.",
                    "Set the terminal to UTF-8, or give it in a file where the command takes one.",
                )


def _write_nowhere() -> None:
    """Let what is still held back go, or Python would fail on it once more when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser, with the options of those commands only that the arguments may mean.

    Importing a command brings its libraries, and the window's first picture must not wait for all of them.
    """
    common = common_options()
    parser = argparse.ArgumentParser(
        prog="whypm",
        description="Practise 'Why product management?' aloud. Without a command: open the window.",
        parents=[common],
    )
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    wanted = [name for name in _COMMANDS if name in arguments] or [_DEFAULT]
    for name, purpose in _COMMANDS.items():
        if purpose is None:
            command = commands.add_parser(name, parents=[common])
        else:
            command = commands.add_parser(name, parents=[common], help=purpose)
        if name in wanted:
            import_module(f"whypm.cli.{name}").configure(command, common)
    # Also where a command's name is the value of an option and no command at all.
    import_module(f"whypm.cli.{_DEFAULT}").configure(parser, common)
    return parser
