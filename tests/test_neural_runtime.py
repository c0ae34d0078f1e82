"""onnxruntime tells nobody anything, prints nothing and keeps to one thread, whoever opens a network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from whypm.neural_runtime import ERRORS_ONLY, open_network
from whypm.places import find_places
from whypm.transcription.pitch_tracker import load_pitch_network

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


def test_weights_that_are_none_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    with pytest.raises(Exception, match=r"broken\.onnx"):
        open_network(broken)
