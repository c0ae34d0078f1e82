"""onnxruntime tells nobody anything, prints nothing and keeps to its threads, whoever opens a network."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from whypm.neural_runtime import ERRORS_ONLY, open_network
from whypm.places import find_places
from whypm.transcription.voice.pitch_tracker import load_pitch_network

JUDGE = find_places().assets / "judge" / "narrow.onnx"


@pytest.mark.parametrize("load", [lambda: open_network(JUDGE), load_pitch_network], ids=["judge", "pitch"])
def test_telemetry_and_warnings_are_off_before_a_network_is_opened(
    load: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    import onnxruntime

    told: list[object] = []
    real = onnxruntime.InferenceSession

    def session(*arguments: object, **options: object) -> object:
        told.append("opened")
        return real(*arguments, **options)

    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: told.append("telemetry off"))
    monkeypatch.setattr(onnxruntime, "set_default_logger_severity", told.append)
    monkeypatch.setattr(onnxruntime, "InferenceSession", session)
    load()
    assert told == ["telemetry off", ERRORS_ONLY, "opened"]


def test_a_network_keeps_to_one_thread() -> None:
    options = open_network(JUDGE).get_session_options()
    assert (options.intra_op_num_threads, options.inter_op_num_threads) == (1, 1)
    pitch = load_pitch_network()
    assert pitch.session.get_session_options().intra_op_num_threads == 1  # type: ignore[attr-defined]


def test_two_threads_give_the_same_to_the_last_bit() -> None:
    given = {
        "ids": np.arange(1000, 1300, dtype=np.int64)[None],
        "membership": np.kron(np.eye(10, dtype=np.float32), np.ones(30, dtype=np.float32))[None],
    }
    alone, together = (open_network(JUDGE, threads).run(None, given) for threads in (1, 2))
    assert all((one == two).all() for one, two in zip(alone, together, strict=True))


def test_weights_that_are_none_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    with pytest.raises(Exception, match=r"broken\.onnx"):
        open_network(broken)
