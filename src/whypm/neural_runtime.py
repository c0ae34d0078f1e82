"""onnxruntime as we use it: nothing told to anybody, nothing printed, few threads. The only door to it."""

from pathlib import Path
from typing import Any

ERRORS_ONLY = 3
"""onnxruntime's own number for the severity from which it prints."""


def hush() -> Any:  # noqa: ANN401 - a module without types
    """Import onnxruntime and keep it quiet, whoever in this process opens a network with it; return it."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # the locked release has none to send; a later one would
    onnxruntime.set_default_logger_severity(ERRORS_ONLY)
    return onnxruntime


def open_network(file: Path, threads: int = 1) -> Any:  # noqa: ANN401 - a session of onnxruntime's
    """Open a network to be run on so many threads: the same input gives the same output every time.

    Two threads share the rows of a product, not its sums, so they give the same to the last bit as well. They
    sleep while they wait: spinning, as is usual, they would take the processor from who has work.

    Weights are not laid out anew for speed, and memory is neither planned for each length of input nor kept
    between runs. That costs 3 ms a run of the judge's wide network (12 to 140 ms); it saves two thirds of its
    loading time and 30 MB then, and lets the process give back the 70 MB that a long answer takes.

    Raises whatever onnxruntime raises, which may be a bare Exception.
    """
    onnxruntime = hush()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.disable_prepacking", "1")
    options.enable_mem_pattern = False
    options.enable_cpu_mem_arena = False
    options.log_severity_level = ERRORS_ONLY
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
