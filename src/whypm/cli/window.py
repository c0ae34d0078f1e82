"""``whypm`` and ``whypm window``: the window, where there is a display."""

import argparse
import os
import sys

from whypm.domain.errors import UsageError
from whypm.places import Places


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Open the window and return when it is closed."""
    if not has_display():
        raise UsageError(
            "There is no display here.",
            "Use the terminal: 'whypm rehearse', or 'whypm demo' to see a report.",
        )
    # The terminal must start where Qt is not installed, and without waiting for it.
    from whypm.ui.app import open_window

    return open_window(
        data=options.data_dir, model=options.model, question_id=options.question, company=options.company
    )


def try_window(places: Places) -> str:
    """Show the window for a moment, unseen where there is no display, and return what was seen of it."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from whypm.ui.app import show_once

    return show_once(places)


def has_display() -> bool:
    """Whether a window can be shown: on Linux only with X, Wayland or a Qt platform."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
