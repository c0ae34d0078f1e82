"""Seclusion: a process that reaches no further than its own machine, whatever its libraries want."""

import ipaddress
import os
import sys
from pathlib import Path

RECORD_VARIABLE = "WHYPM_SECLUSION_RECORD"
"""Names the file that refused attempts are written to, a line each; child processes inherit it."""

_LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_CONTACTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def seclude() -> None:
    """Refuse every connection of this process to another machine, and every question for its address.

    It holds for the sockets of Python, which all libraries of ours for the network use, and until the process
    ends: an audit hook cannot be taken back. Sockets that stay on the machine are left alone.
    """
    record = os.environ.get(RECORD_VARIABLE)

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in _LOOKUPS:
            host = arguments[0]
        elif event in _CONTACTS and isinstance(address := arguments[-1], tuple):
            host = address[0]
        else:  # all that Python does otherwise, and sockets that are no more than a file
            return
        if _is_here(host):
            return
        if record is not None:
            with Path(record).open("a", encoding="utf-8") as lines:
                lines.write(f"{os.getpid()} {event} {host}\n")
        raise PermissionError(f"This process keeps to its machine: {host} is not to be reached.")

    sys.addaudithook(refuse)


def _is_here(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"
