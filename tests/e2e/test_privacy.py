"""Nothing leaves the machine: no connection is made, and none is missed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from listening import make_reply

from terminal import whypm

MODEL = ("--model", "tiny.en")
NETWORK_CALL = re.compile(r"(?:connect|sendto|sendmsg|sendmmsg|bind)\(.*AF_INET6?")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.mark.parametrize("command", ["analyze", "doctor"])
def test_a_machine_without_any_network_loses_nothing(command: str, data: Path, tmp_path: Path) -> None:
    cut_off = ("unshare", "--net")
    if (
        not shutil.which("unshare")
        or subprocess.run([*cut_off, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("this machine cannot make a network namespace (it takes root)")
    files = (make_reply(tmp_path / "reply.wav", 6.0),) if command == "analyze" else ()
    told = whypm(command, *files, "--json", *MODEL, data=data, before=cut_off)
    if command == "doctor":
        works = {finding["part"] for finding in told.json["findings"] if finding["fine"]}
        assert {"disk", "packs", "voice", "model", "judge"} <= works
    else:
        assert told.code == 0, told
        assert "analyst" in told.json["transcript"]["text"]


@pytest.mark.parametrize("command", ["demo", "models install"])
def test_only_installing_a_model_reaches_for_the_network(command: str, data: Path, tmp_path: Path) -> None:
    if not shutil.which("strace"):
        pytest.skip("strace is not installed")
    calls = tmp_path / "calls"
    watched = ("strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg,bind", "-o", str(calls))
    cut_off = ("unshare", "--net")
    if subprocess.run([*cut_off, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine cannot make a network namespace (it takes root)")
    arguments = ("demo", *MODEL) if command == "demo" else ("models", "install", "small.en")
    told = whypm(*arguments, data=data, before=(*cut_off, *watched))
    reached = [line for line in calls.read_text().splitlines() if NETWORK_CALL.search(line)]
    if command == "demo":
        assert told.code == 0, told
        assert reached == []
    else:
        told.complains("no network", "models install FILE")
