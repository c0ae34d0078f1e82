"""Signing and notarising with stand-ins for Apple's tools: what they are asked for, and when they are not."""

import os
import stat
from pathlib import Path

import pytest

from macos import signing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for Apple's tools are shell scripts")

TOOL = """#!/bin/sh
echo "$(basename "$0") $*" >> "$LOG"
case "$*" in
    "list-keychains -d user") echo '    "/Users/runner/Library/Keychains/login.keychain-db"' ;;
    find-identity*) echo '  1) 0123456789ABCDEF0123456789ABCDEF01234567 "Developer ID Application: A (B)"' ;;
    "notarytool submit"*) echo "{\\"id\\": \\"7\\", \\"status\\": \\"$STATUS\\"}" ;;
    "notarytool log"*) echo "the signature has no timestamp" ;;
esac
"""
CERTIFICATE = {"APPLE_CERTIFICATE": "cDEy", "APPLE_CERTIFICATE_PASSWORD": "open sesame"}
NOTARY = {"APPLE_NOTARY_KEY": "cDg=", "APPLE_NOTARY_KEY_ID": "K", "APPLE_NOTARY_ISSUER": "I"}


@pytest.fixture
def mac_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins for Apple's tools, which write down what they were asked; the path of that diary."""
    log = tmp_path / "asked.log"
    log.touch()
    for name in ("security", "xcrun"):
        tool = tmp_path / "bin" / name
        tool.parent.mkdir(exist_ok=True)
        tool.write_text(TOOL)
        tool.chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("LOG", str(log))
    monkeypatch.setenv("STATUS", "Accepted")
    return log


@pytest.mark.parametrize("step", [["open-keychain"], ["notarise", "WhyPM.dmg"], ["close-keychain"]])
def test_without_secrets_no_tool_of_apples_is_started(
    step: list[str], mac_tools: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert signing.main(step, {"APPLE_CERTIFICATE": "", "GITHUB_ENV": "unused"}) == 0
    assert mac_tools.read_text() == ""
    assert capfd.readouterr().err == ""


def test_the_certificate_goes_into_a_keychain_of_its_own_and_the_build_learns_its_identity(
    mac_tools: Path, tmp_path: Path
) -> None:
    later = tmp_path / "github.env"
    assert signing.main(["open-keychain"], {**CERTIFICATE, "GITHUB_ENV": str(later)}) == 0
    assert later.read_text() == "WHYPM_SIGNING_IDENTITY=0123456789ABCDEF0123456789ABCDEF01234567\n"
    asked = [line.split()[1] for line in mac_tools.read_text().splitlines()]
    assert asked == [
        "create-keychain",
        "set-keychain-settings",
        "unlock-keychain",
        "import",
        "set-key-partition-list",
        "list-keychains",
        "list-keychains",
        "find-identity",
    ]
    assert "login.keychain-db" in mac_tools.read_text()  # the runner's own keychains stay in the list
    mac_tools.write_text("")
    assert signing.main(["close-keychain"], CERTIFICATE) == 0
    assert mac_tools.read_text() == "security delete-keychain whypm-signing.keychain-db\n"


def test_a_disk_image_is_notarised_and_stapled(mac_tools: Path) -> None:
    assert signing.main(["notarise", "a.dmg"], NOTARY) == 0
    submit, staple = mac_tools.read_text().splitlines()
    assert submit.startswith("xcrun notarytool submit a.dmg --key ")
    assert "--key-id K --issuer I" in submit
    assert "--wait" in submit
    assert staple == "xcrun stapler staple a.dmg"


def test_what_apple_does_not_accept_fails_with_apples_reason_and_is_not_stapled(
    mac_tools: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STATUS", "Invalid")
    assert signing.main(["notarise", "a.dmg"], NOTARY) == 1
    assert "Apple did not accept a.dmg: the signature has no timestamp" in capsys.readouterr().err
    assert "stapler" not in mac_tools.read_text()


@pytest.mark.parametrize(
    ("step", "given", "complaint"),
    [
        ("open-keychain", {"APPLE_CERTIFICATE": "cDEy"}, "set APPLE_CERTIFICATE_PASSWORD too, or none"),
        ("open-keychain", {**CERTIFICATE, "APPLE_CERTIFICATE": "p12!"}, "APPLE_CERTIFICATE is not base64"),
        ("open-keychain", {**CERTIFICATE, "APPLE_CERTIFICATE": "pé12"}, "APPLE_CERTIFICATE is not base64"),
        ("close-keychain", CERTIFICATE, "`security delete-keychain` failed: no such keychain"),
    ],
)
def test_what_goes_wrong_is_told_without_any_secret(
    step: str, given: dict[str, str], complaint: str, mac_tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tool = mac_tools.parent / "bin" / "security"
    tool.write_text("#!/bin/sh\necho no such keychain >&2\nexit 1\n")
    assert signing.main([step], given) == 1
    told = capsys.readouterr().err
    assert complaint in told
    assert "sesame" not in told
