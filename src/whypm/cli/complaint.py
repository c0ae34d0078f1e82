"""A complaint: an error in words on standard error, and the exit code that goes with it."""

import sys
from typing import TYPE_CHECKING

from whypm.cli.printable import printable
from whypm.domain.errors import WhypmError

if TYPE_CHECKING:  # every command complains, and not every one reads packs
    from whypm.content.library import Library

EXIT_FINE = 0
EXIT_BAD = 2


def complain(error: WhypmError) -> int:
    """Say what was wrong and what to do; return the exit code for it."""
    print(printable(f"whypm: {error.message}"), file=sys.stderr)
    if error.remedy:
        print(printable(f"       {error.remedy}"), file=sys.stderr)
    return EXIT_BAD


def complain_of_packs(library: "Library") -> int:
    """Name each refused pack; return the exit code."""
    for error in library.refused:
        complain(error)
    return EXIT_BAD if library.refused else EXIT_FINE
