"""A secluded process reaches no further than its own machine, and its tries are written down."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from whypm.seclusion import RECORD_VARIABLE

PROGRAM = """
import socket, sys, threading, urllib.request
from whypm.seclusion import seclude
seclude()
{attempt}
"""
WITHIN = """
one, other = socket.socketpair()
one.sendall(b"x")
assert other.recv(1) == b"x"
with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
    server.accept()[0].close()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
    sender.sendto(b"x", ("127.0.0.1", 9))
socket.getaddrinfo("localhost", 80)
print("within")
"""


def run(attempt: str, record: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM.format(attempt=attempt)],
        env={**os.environ, RECORD_VARIABLE: str(record)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("attempt", "event", "host"),
    [
        ('socket.socket().connect(("192.0.2.1", 443))', "connect", "192.0.2.1"),
        ('socket.socket(socket.AF_INET6).connect(("2001:db8::1", 443))', "connect", "2001:db8::1"),
        (
            'socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53))',
            "sendto",
            "192.0.2.1",
        ),
        ('socket.gethostbyname("models.example")', "gethostbyname", "models.example"),
        ('urllib.request.urlopen("https://models.example/")', "getaddrinfo", "models.example"),
        (
            'threading.Thread(target=socket.getaddrinfo, args=(b"models.example", 443)).start()',
            "getaddrinfo",
            "models.example",
        ),
    ],
)
def test_no_way_leads_out_and_each_try_is_written_down(
    attempt: str, event: str, host: str, tmp_path: Path
) -> None:
    done = run(attempt, tmp_path / "record")
    assert "keeps to its machine" in done.stderr
    _, written_event, written_host = (tmp_path / "record").read_text().split()
    assert written_event == f"socket.{event}"
    assert host in written_host


def test_what_stays_on_the_machine_is_left_alone(tmp_path: Path) -> None:
    done = run(WITHIN, tmp_path / "record")
    assert done.stdout == "within\n", done.stderr
    assert not (tmp_path / "record").exists()
