"""Start here: ``python -m whypm``, the ``whypm`` command, and the frozen app."""

import multiprocessing
import sys


def main() -> int:
    """Run the command line and return its exit code."""
    # First of all: in a frozen build a child process starts here again and must not get any further.
    multiprocessing.freeze_support()
    from whypm.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
