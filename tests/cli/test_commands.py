"""The smaller commands, and what all commands have in common."""

import argparse
import itertools
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from kept_answer import kept_session
from terminal import COMMAND, heed_ctrl_c, shown_on_screen, whypm
from whypm.cli import models
from whypm.cli.options import common_options, with_defaults
from whypm.domain.errors import ModelError
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.transcript import Transcript
from whypm.studio import Studio
from whypm.transcription.models.download import DownloadProgress
from whypm.transcription.models.shelf import ModelShelf

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def test_the_demo_runs_the_whole_job_and_keeps_it(data: Path, report_schema: dict) -> None:
    told = whypm("demo", "--json", "--model", "tiny.en", data=data)
    assert told.code == 0, told
    report = told.json
    jsonschema.validate(report, report_schema)
    assert report["question"]["text"] == "Why product management?"
    for word in ("bookshop", "packers", "engineer", "forecast"):
        assert word in report["transcript"]["text"].lower()
    assert report["timing"]["duration_s"] == pytest.approx(65.0, abs=0.5)
    listed = whypm("sessions", "list", "--json", data=data).json
    assert [session["state"] for session in listed] == ["reported"]
    kept = listed[0]
    assert Path(kept["audio"]).is_file()
    if os.name == "posix":
        assert stat.S_IMODE(Path(kept["audio"]).stat().st_mode) == 0o600
    shown = whypm("sessions", "show", kept["id"][:6], "--json", data=data).json
    assert shown["transcript"] == report["transcript"]
    for command in ("reanalyse", "reanalyze"):
        again = whypm("sessions", command, kept["id"], "--json", "--model", "tiny.en", data=data).json
        assert again["transcript"] == report["transcript"]
    assert whypm("sessions", "delete", kept["id"], data=data).code == 0
    assert whypm("sessions", "list", "--json", data=data).json == []
    assert not Path(kept["audio"]).exists()


def test_questions_are_listed_with_the_employer_s_name(data: Path) -> None:
    listed = whypm("questions", "--json", "--company", "Halden Pay", data=data).json
    assert len(listed) >= 30
    assert any("Halden Pay" in question["text"] for question in listed)
    assert not any("{" in question["text"] for question in listed)


def test_a_broken_pack_of_the_user_s_is_named_and_the_others_are_listed(tmp_path: Path) -> None:
    broken = tmp_path / "packs" / "mine"
    broken.mkdir(parents=True)
    (broken / "pack.toml").write_text("id = 3\n")
    told = whypm("questions", data=tmp_path)
    assert told.code == 2
    assert "plain-1" in told.out
    assert "mine/pack.toml" in told.err


def test_models_are_listed_and_the_default_is_verified(data: Path) -> None:
    listed = {
        model["name"]: model["installed"] for model in whypm("models", "list", "--json", data=data).json
    }
    assert listed["base"]
    assert not listed["small"]
    assert whypm("models", "verify", "base", data=data).code == 0


def test_unknown_things_are_told_in_words(data: Path) -> None:
    for arguments, words in (
        (("sessions", "show", "nobody"), ("nobody", "sessions list")),
        (("sessions", "delete", "nobody"), ("nobody",)),
        (("models", "install", "nowhere.zip"), ("nowhere.zip",)),
        (("models", "verify", "enormous"), ("enormous",)),
        (("models", "remove", "../packs"), ("../packs",)),
        (("rehearse", "--question", "nope"), ("nope",)),
        (("rehearse", "--model", "enormous", "--seconds", "1"), ("enormous", "models list")),
        (("demo", "--model", "enormous"), ("enormous", "models list")),
    ):
        told = whypm(*arguments, data=data)
        told.complains(*words)
        assert "Listening" not in told.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rehearse", "--seconds", "soon"), "argument --seconds: give a number of seconds above 0"),
        (("questions", "--data-dir="), "argument --data-dir: give the name of a folder"),
    ],
    ids=["no number", "an empty folder, as of an unset variable"],
)
def test_a_value_of_the_wrong_kind_is_told_in_words(
    data: Path, arguments: tuple[str, ...], words: str
) -> None:
    whypm(*arguments, data=data).complains(words)


@pytest.mark.parametrize("company", ["Ac\x1b[31mme", "Ac\nme", "Ac\x9bme"])
def test_an_employer_s_name_is_one_line_without_commands_to_the_terminal(data: Path, company: str) -> None:
    whypm("questions", "--company", company, data=data).complains("company", "control characters")


def test_a_file_s_name_gives_the_terminal_no_command(data: Path) -> None:
    whypm("analyze", "a\x1b[31m.wav", data=data).complains("a\\x1b[31m.wav")
    told = whypm("check", "--text", "I love \x1b[31mred\x07 products.", data=data)
    assert "\\x1b[31mred\\x07" in told.out
    assert "\x1b" not in told.out


@pytest.mark.parametrize("arguments", [("shout",), ("analyze",), ("check",), ("rehearse", "--seconds", "-3")])
def test_a_wrong_command_line_shows_the_usage(data: Path, arguments: tuple[str, ...]) -> None:
    whypm(*arguments, data=data).complains("usage: whypm")


def test_without_a_display_the_window_says_so(data: Path) -> None:
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    whypm(data=data, environment=bare).complains("no display", "whypm demo")


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for arguments in (("demo",), ("sessions", "list"), ("rehearse",)):
        whypm(*arguments, data=tmp_path / "file").complains(str(tmp_path / "file"), "--data-dir")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can mount a read-only folder")
def test_a_read_only_data_folder_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "read-only"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"this machine cannot mount: {mounted.stderr.decode().strip()}")
    try:
        whypm("demo", data=folder).complains("cannot be written")
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("kilobytes", [100, 900])
def test_a_full_disk_is_told_and_what_was_recorded_stays(tmp_path: Path, kilobytes: int) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    size = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", folder]
    mounted = subprocess.run(["mount", *size], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip(f"this machine cannot mount: {mounted.stderr.decode().strip()}")
    try:
        told = whypm("demo", "--json", "--model", "tiny.en", data=folder)
        takes = [file.stat().st_size for file in (folder / "recordings").glob("*.wav")]
    finally:
        subprocess.run(["umount", folder], check=True)
    assert told.code == 2
    assert "Traceback" not in told.err
    assert "disk" in told.err or "room" in told.err or "full" in told.err
    if kilobytes == 900:
        assert takes[0] > 400_000
        assert "bookshop" in told.json["transcript"]["text"]


@pytest.mark.skipif(os.name != "posix", reason="the shell of this test is a Unix one")
def test_a_reader_that_goes_away_is_no_fault(data: Path) -> None:
    line = " ".join([*COMMAND, "questions", "--data-dir", str(data), "| head -1"])
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()


@pytest.mark.skipif(os.name != "posix", reason="the shell of this test is a Unix one")
def test_a_reader_that_reads_nothing_is_no_fault_and_a_full_disk_is_told(data: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    ends = (("| true", 0), ("> /dev/full", 2))
    for (end, code), command in itertools.product(ends, ("questions", "questions --help", "--version")):
        line = " ".join([*COMMAND, "--data-dir", str(data), command, end])
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", line],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        assert done.returncode == code, done
        assert "Traceback" not in done.stderr
        assert "ignored" not in done.stderr


def test_what_an_encoding_lacks_is_written_as_an_escape(data: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    told = whypm("questions", "--json", "--company", "Łódź 🙂", data=data, environment=environment)
    assert told.code == 0
    assert any("Łódź 🙂" in each["text"] for each in told.json)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a command line is Unicode")
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--text", "caf\udce9"),
        ("check", "--text", "I love it.", "--company", "caf\udce9"),
        ("demo", "--company", "caf\udce9"),
        ("sessions", "show", "caf\udce9"),
        ("sessions", "compare", "abc", "caf\udce9"),
        ("sessions", "edit", "abc", "--text", "caf\udce9"),
    ],
    ids=["text", "company", "take", "id", "ids", "edit"],
)
def test_words_in_another_encoding_are_refused_at_once(data: Path, arguments: tuple[str, ...]) -> None:
    whypm(*arguments, data=data).complains("UTF-8")


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a file's name is Unicode")
def test_a_folder_s_name_may_be_in_any_encoding(data: Path) -> None:
    whypm("models", "verify", "caf\udce9", data=data).complains("no model or folder", "caf")


def test_a_value_may_be_called_like_a_command(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    told = whypm("--company", "demo", data=tmp_path, environment=environment)
    told.complains("display")


@pytest.mark.skipif(os.name != "posix", reason="a signal cannot be sent to one process alone there")
def test_ctrl_c_during_the_transcription_keeps_the_take_and_waits_for_nothing(data: Path) -> None:
    command = [*COMMAND, "demo", "--model", "tiny.en", "--data-dir", str(data)]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - no thread of ours holds a lock that it needs
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "Transcribing" in line:
                process.send_signal(signal.SIGINT)
                break
        rest = process.stderr.read()
        assert process.wait(60) == 130
    assert "Traceback" not in rest
    (kept,) = whypm("sessions", "list", "--json", data=data).json
    assert kept["state"] == "recorded"


def test_an_answer_that_cannot_be_analysed_is_told_to_be_kept(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "junk"
    folder.mkdir()
    for name in ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt"):
        (folder / name).write_text("x")
    told = whypm("demo", "--model", folder, data=data)
    told.complains("cannot be loaded", "Your answer is kept")
    kept = whypm("sessions", "list", "--json", data=data).json[0]
    assert f"whypm sessions reanalyse {kept['id']}" in told.err
    whypm("sessions", "delete", kept["id"], data=data)


def test_no_end_of_the_level_meter_stands_behind_what_is_told_after_it(data: Path) -> None:
    lines = shown_on_screen("demo", "--model", "tiny.en", data=data)
    assert "Listening." in lines
    assert "Transcribing on this machine." in lines


def test_what_is_told_after_ctrl_c_stands_in_a_line_of_its_own(data: Path) -> None:
    lines = shown_on_screen("demo", "--model", "tiny.en", data=data, interrupt_at="s  [")
    assert "Interrupted." in lines


def test_what_is_told_after_a_download_stands_in_a_line_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_off(_: ModelShelf, _name: str, on_progress: Callable[[DownloadProgress], None]) -> None:
        on_progress(DownloadProgress(5, 10))
        raise ModelError("The download broke off.")

    monkeypatch.setattr(ModelShelf, "install", break_off)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    parser = argparse.ArgumentParser()
    models.configure(parser, common_options())
    options = with_defaults(parser.parse_args(["install", "base.en", "--data-dir", str(tmp_path)]))
    with pytest.raises(ModelError):
        options.command(options)
    assert capsys.readouterr().err == "\r   50% of 0 MB\n"


def test_the_list_of_sessions_is_a_line_each_whatever_was_asked(tmp_path: Path) -> None:
    question = AskedQuestion(None, "Why at A\x1b[31mcme\nLtd?")
    report = Report(question, Transcript("So.", None, ()), None, (), ())
    with Studio(tmp_path) as studio:
        studio.store.keep(kept_session("aaa111", question, report))
    (line,) = whypm("sessions", "list", data=tmp_path).out.splitlines()
    assert line.endswith("Why at A\\x1b[31mcme\\nLtd?")
