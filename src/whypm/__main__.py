"""Start here: ``python -m whypm``, the ``whypm`` command, and the frozen app."""

import multiprocessing
import os
import sys

_STAY_AT_HOME = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
"""Switches of libraries that would otherwise look for a server; child processes inherit them."""


def main() -> int:
    """Run the command line and return its exit code."""
    # First of all: in a frozen build a child process starts here again and must not get any further.
    multiprocessing.freeze_support()
    os.environ.update(_STAY_AT_HOME)
    from whypm.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
