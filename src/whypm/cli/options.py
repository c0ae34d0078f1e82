"""Options that several commands take."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name
else:
    Subparsers = object


def common_options() -> argparse.ArgumentParser:
    """Return the options that every command takes, before or after its name."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--data-dir", type=_folder, metavar="DIR", help="where sessions, models and settings lie"
    )
    common.add_argument(
        "--model", metavar="NAME|DIR", help="Whisper model: a name (see 'whypm models list') or a folder"
    )
    common.add_argument("--question", metavar="ID", help="the question's id; see 'whypm questions'")
    common.add_argument("--company", metavar="NAME", help="the employer that the question is asked for")
    common.add_argument(
        "--json", action="store_true", help="print JSON on standard output and nothing else there"
    )
    return common


def _folder(name: str) -> Path:
    """An empty name, as of a variable that was never set, would mean the folder that one happens to be in."""
    if not name:
        raise argparse.ArgumentTypeError("give the name of a folder")
    return Path(name)


def with_defaults(options: argparse.Namespace) -> argparse.Namespace:
    """Fill in what was left out: the options suppress their defaults so that they count in either place."""
    for name, default in {
        "data_dir": None,
        "model": None,
        "question": None,
        "company": None,
        "json": False,
    }.items():
        if not hasattr(options, name):
            setattr(options, name, default)
    return options
