"""The judge's weights in a process of their own, which may be killed, hang or be closed at any time."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path
from unittest.mock import Mock

import pytest

from whypm.domain.content import Pack
from whypm.domain.errors import ModelError
from whypm.feedback.fillers.network import FillerNetwork
from whypm.feedback.fillers.phrases import PhraseInContext
from whypm.feedback.judging import encoder_process
from whypm.feedback.judging.encoder import AnswerEncoder, AnswerReading
from whypm.feedback.judging.encoder_process import PROCESS_NAME, EncoderProcess, _Child
from whypm.feedback.judging.judge import Judge
from whypm.feedback.judging.judge_settings import read_settings
from whypm.places import find_places

ANSWER = ("I ran forty customer calls and shipped the new returns page.", "That is why I am here.")
LONG = ANSWER * 200
FILLERS = find_places().assets / "fillers"
USES = (
    PhraseInContext(("It", "was,", "you", "know,", "a", "mess."), 2),
    PhraseInContext(("You", "know", "our", "product."), 0),
)


def process_of(encoder: EncoderProcess) -> BaseProcess:
    (process,) = (child for child in active_children() if child.pid == encoder.pid)
    return process


@pytest.fixture(scope="module")
def networks(assets: Path) -> Mapping[str, float]:
    return read_settings(assets).networks


@pytest.fixture
def apart(assets: Path, networks: Mapping[str, float]) -> Iterator[EncoderProcess]:
    encoder = EncoderProcess(assets, networks)
    yield encoder
    encoder.close()


@pytest.fixture
def with_fillers(assets: Path, networks: Mapping[str, float]) -> Iterator[EncoderProcess]:
    encoder = EncoderProcess(assets, networks, FILLERS)
    yield encoder
    encoder.close()


@pytest.fixture(scope="module")
def reading(assets: Path, networks: Mapping[str, float]) -> AnswerReading:
    return AnswerEncoder(assets, networks).read(ANSWER)


def test_it_reads_as_the_encoder_in_this_process_does(apart: EncoderProcess, reading: AnswerReading) -> None:
    assert apart.read(ANSWER) == reading
    assert process_of(apart).name == PROCESS_NAME


def test_it_gives_the_chances_that_the_network_for_fillers_gives_here(with_fillers: EncoderProcess) -> None:
    chances = with_fillers.filler_chances(USES)
    assert chances == FillerNetwork(FILLERS).filler_chances(USES)
    assert chances[0] > chances[1]


def test_fillers_and_answers_are_read_by_one_process(
    with_fillers: EncoderProcess, reading: AnswerReading
) -> None:
    with_fillers.filler_chances(USES)
    first = with_fillers.pid
    assert with_fillers.read(ANSWER) == reading
    assert with_fillers.pid == first


def test_a_child_killed_between_is_replaced_for_fillers_too(with_fillers: EncoderProcess) -> None:
    before = with_fillers.filler_chances(USES)
    process_of(with_fillers).kill()
    assert with_fillers.filler_chances(USES) == before


def test_a_network_for_fillers_that_cannot_be_loaded_is_told(
    assets: Path, networks: Mapping[str, float], tmp_path: Path
) -> None:
    encoder = EncoderProcess(assets, networks, tmp_path)
    try:
        with pytest.raises(ModelError, match="network for fillers"):
            encoder.filler_chances(USES)
    finally:
        encoder.close()


def test_a_judge_judges_the_same_with_it(
    apart: EncoderProcess, assets: Path, pack: Pack, judge: Judge
) -> None:
    elsewhere = Judge(assets, pack.checklist, lambda *_: apart)
    assert elsewhere.judge(ANSWER) == judge.judge(ANSWER)


def test_a_killed_child_is_replaced_and_its_work_repeated(
    apart: EncoderProcess, reading: AnswerReading
) -> None:
    apart.load()
    first = process_of(apart)
    first.kill()
    assert apart.read(ANSWER) == reading
    assert apart.pid != first.pid


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process is halted by a signal of Unix")
def test_a_child_that_hangs_is_replaced(
    apart: EncoderProcess, reading: AnswerReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart.load()
    assert apart.pid is not None
    os.kill(apart.pid, signal.SIGSTOP)
    monkeypatch.setattr(encoder_process, "PATIENCE_SECONDS", 1.0)
    assert apart.read(ANSWER) == reading


def test_a_child_that_dies_twice_is_told(apart: EncoderProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    apart.load()
    receive = EncoderProcess._receive

    def receive_from_the_dead(encoder: EncoderProcess, child: _Child, patience_seconds: float) -> object:
        child.process.kill()
        return receive(encoder, child, patience_seconds)

    monkeypatch.setattr(EncoderProcess, "_receive", receive_from_the_dead)
    with pytest.raises(ModelError, match=r"ended or hung") as raised:
        apart.read(LONG)
    assert "Nothing is lost" in raised.value.remedy
    assert apart.pid is None


def test_a_reading_that_was_broken_off_is_not_taken_for_the_next(
    apart: EncoderProcess, reading: AnswerReading, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart.load()
    with monkeypatch.context() as broken:
        broken.setattr(encoder_process, "wait", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            apart.read(LONG)
    assert apart.read(ANSWER) == reading


def test_weights_that_cannot_be_loaded_are_named(
    assets: Path, networks: Mapping[str, float], tmp_path: Path
) -> None:
    folder = shutil.copytree(assets, tmp_path / "judge")
    (folder / "wide.onnx").write_bytes(b"not a network")
    encoder = EncoderProcess(folder, networks)
    with pytest.raises(ModelError, match=r"wide\.onnx") as raised:
        encoder.load()
    assert "Install WhyPM again" in raised.value.remedy
    assert encoder.pid is None


def test_who_waits_for_a_reading_is_told_of_the_closing(apart: EncoderProcess) -> None:
    apart.load()
    errors: list[ModelError] = []

    def read() -> None:
        try:
            apart.read(LONG)
        except ModelError as error:
            errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    apart.close()
    reader.join(20)
    assert [error.message for error in errors] == ["The judge was closed."]
    with pytest.raises(ModelError, match="closed"):
        apart.read(ANSWER)
    assert apart.pid is None
