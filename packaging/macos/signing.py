"""Sign and notarise on a Mac, when the release workflow was given a certificate and a key for it.

    python packaging/macos/signing.py open-keychain       put the certificate where `codesign` finds it
    python packaging/macos/signing.py notarise IMAGE...   have Apple look at disk images, and staple its word
    python packaging/macos/signing.py close-keychain      take the certificate away again

All three read the environment, and do nothing but say so where what they need is not there: then the app gets
the ad-hoc signature that PyInstaller makes, which Gatekeeper does not trust (the README says what to do).

| variable | what it holds |
|---|---|
| APPLE_CERTIFICATE | a "Developer ID Application" certificate with its key, PKCS #12 in base64 |
| APPLE_CERTIFICATE_PASSWORD | the password of that file |
| APPLE_NOTARY_KEY | a key of App Store Connect, the .p8 file in base64 |
| APPLE_NOTARY_KEY_ID, APPLE_NOTARY_ISSUER | what App Store Connect calls that key and its owner |
| WHYPM_SIGNING_IDENTITY | set by `open-keychain` for the steps after it; `whypm.spec` signs with it |
"""

import base64
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

CERTIFICATE = ("APPLE_CERTIFICATE", "APPLE_CERTIFICATE_PASSWORD")
NOTARY = ("APPLE_NOTARY_KEY", "APPLE_NOTARY_KEY_ID", "APPLE_NOTARY_ISSUER")
IDENTITY = "WHYPM_SIGNING_IDENTITY"
KEYCHAIN = "whypm-signing.keychain-db"
KEYCHAIN_SECONDS = 3600  # it locks itself after that; a build takes some ten minutes
NOTARY_WAIT = "30m"


class SigningError(Exception):
    """Signing or notarising was wanted and did not succeed; the message says what to look at."""


def identity(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return the identity that the build signs with, or None for an ad-hoc signature."""
    return environment.get(IDENTITY) or None


def open_keychain(environment: Mapping[str, str]) -> str | None:
    """Put the certificate into a keychain of its own, and return the identity it holds.

    Returns:
        The SHA-1 of the certificate, as `codesign --sign` takes it; None where there is no certificate.

    Raises:
        SigningError: The certificate is not base64, or holds no valid identity.
    """
    given = wanted(environment, CERTIFICATE)
    if given is None:
        return None
    lock = secrets.token_urlsafe(24)  # nobody needs it again: the keychain is deleted after the build
    with tempfile.TemporaryDirectory() as folder:
        file = decoded(given, "APPLE_CERTIFICATE", Path(folder) / "certificate.p12")
        security("create-keychain", "-p", lock, KEYCHAIN)
        security("set-keychain-settings", "-lut", str(KEYCHAIN_SECONDS), KEYCHAIN)
        security("unlock-keychain", "-p", lock, KEYCHAIN)
        password = given["APPLE_CERTIFICATE_PASSWORD"]
        for_codesign = ("-f", "pkcs12", "-T", "/usr/bin/codesign")
        security("import", str(file), "-k", KEYCHAIN, "-P", password, *for_codesign)
    # Without these two `codesign` would ask a person whether it may use the key, or not find it at all.
    security("set-key-partition-list", "-S", "apple-tool:,apple:,codesign:", "-s", "-k", lock, KEYCHAIN)
    others = re.findall(r'"([^"]+)"', security("list-keychains", "-d", "user"))
    security("list-keychains", "-d", "user", "-s", KEYCHAIN, *others)
    found = re.search(r"\b[0-9A-F]{40}\b", security("find-identity", "-v", "-p", "codesigning", KEYCHAIN))
    if found is None:
        raise SigningError("APPLE_CERTIFICATE holds no valid certificate for signing code; is it expired?")
    return found[0]


def close_keychain(environment: Mapping[str, str]) -> None:
    """Delete the keychain that `open_keychain` has made."""
    if wanted(environment, CERTIFICATE) is not None:
        security("delete-keychain", KEYCHAIN)


def notarise(images: Sequence[Path], environment: Mapping[str, str]) -> bool:
    """Have Apple look at each disk image, and staple its ticket so that no Mac needs to ask for it.

    Returns:
        Whether there was a key to do it with.

    Raises:
        SigningError: Apple refused; the message is its own account.
    """
    given = wanted(environment, NOTARY)
    if given is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        key = decoded(given, "APPLE_NOTARY_KEY", Path(folder) / "notary.p8")
        account = ["--key", str(key), "--key-id", given["APPLE_NOTARY_KEY_ID"]]
        account += ["--issuer", given["APPLE_NOTARY_ISSUER"]]
        for image in images:
            submit = ["submit", str(image), *account, "--output-format", "json"]
            answer = json.loads(notarytool(*submit, "--wait", "--timeout", NOTARY_WAIT))
            if answer["status"] != "Accepted":  # the exit code of that is 0 as well
                account_of_it = notarytool("log", answer["id"], *account)
                raise SigningError(f"Apple did not accept {image.name}: {account_of_it}")
            told("xcrun", "stapler", "staple", str(image))
    return True


def wanted(environment: Mapping[str, str], names: Sequence[str]) -> dict[str, str] | None:
    """Return the variables of these names, or None where none is set.

    Raises:
        SigningError: Some are set and others are not.
    """
    given = {name: environment[name] for name in names if environment.get(name)}
    if given and len(given) < len(names):
        missing = ", ".join(sorted(set(names) - given.keys()))
        raise SigningError(f"set {missing} too, or none of these secrets")
    return given or None


def decoded(given: Mapping[str, str], name: str, path: Path) -> Path:
    """Write a variable's base64 to a file that only we can read."""
    try:
        data = base64.b64decode("".join(given[name].split()), validate=True)
    except ValueError as error:  # letters beyond ASCII are no binascii.Error
        raise SigningError(f"{name} is not base64; make it with `base64 -i FILE`") from error
    path.touch(0o600)
    path.write_bytes(data)
    return path


def security(*arguments: str) -> str:
    """Run the keychains' own tool."""
    return told("security", *arguments)


def notarytool(*arguments: str) -> str:
    """Run the tool that talks with Apple's notary service."""
    return told("xcrun", "notarytool", *arguments)


def told(*command: str) -> str:
    """Return what a command prints.

    Raises:
        SigningError: It failed. The message leaves its arguments out, since some are secrets.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SigningError(f"`{' '.join(command[:2])}` failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Do one of the three steps; the exit code says whether what was wanted was done."""
    try:
        match arguments:
            case ["open-keychain"]:
                found = open_keychain(environment)
                if found and (later := environment.get("GITHUB_ENV")):  # what the workflow's next steps get
                    with Path(later).open("a", encoding="utf-8") as file:
                        file.write(f"{IDENTITY}={found}\n")
                print(f"signing as {found}" if found else "no certificate: the signature will be ad hoc")
            case ["notarise", *images] if images:
                done = notarise([Path(image) for image in images], environment)
                print("notarised" if done else "no key for notarising: Gatekeeper will warn of this app")
            case ["close-keychain"]:
                close_keychain(environment)
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except SigningError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
