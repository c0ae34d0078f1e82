"""Start here: ``python -m whypm``, the ``whypm`` command, and the frozen app."""

import codecs
import contextlib
import io
import multiprocessing
import os
import sys

_STAY_AT_HOME = {"ORT_DISABLE_TELEMETRY": "1", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
"""Switches of libraries that would otherwise look for a server; child processes inherit them."""
_LAST_STANDARD_DESCRIPTOR = 2
_ESCAPE = "whypm-escape"
_INTERRUPTED = 130


def _keep_standard_error() -> None:
    """Let our own words through while the sound libraries' chatter on descriptor 2 is turned away.

    That is done for the whole process (``audio.native_output``): what another thread told meanwhile was lost.
    """
    if sys.stderr is not None and sys.platform.startswith("linux"):
        with contextlib.suppress(OSError):  # started without standard error
            sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")


def _occupy_standard_descriptors() -> None:
    """Keep 0, 1 and 2 from being given to files where we were started without them.

    C libraries write there, and we and our children redirect them for a while.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _LAST_STANDARD_DESCRIPTOR:
        os.set_inheritable(descriptor, True)
    os.close(descriptor)


def _write_unicode() -> None:
    """Write UTF-8 on Windows too, which gives pipes and files the code page of its region: JSON is UTF-8.

    What cannot be written elsewhere (a file name that is no UTF-8, a quote in Latin 1) is written as JSON
    escapes it: better than to lose a report.
    """
    codecs.register_error(_ESCAPE, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # windowed, it has no streams
            stream.reconfigure(encoding="utf-8" if sys.platform == "win32" else None, errors=_ESCAPE)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


def main() -> int:
    """Run the command line and return its exit code."""
    # First of all: in a frozen build a child process starts here again and must not get any further.
    multiprocessing.freeze_support()
    os.environ.update(_STAY_AT_HOME)
    _occupy_standard_descriptors()
    _write_unicode()
    _keep_standard_error()
    try:
        from whypm.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before the command line could see to it
        return _INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
