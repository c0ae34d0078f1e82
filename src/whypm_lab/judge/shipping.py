"""The folder that the app loads: weights, tokeniser, settings, checksums."""

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from whypm.feedback.judge_settings import ItemSettings
from whypm_lab.judge.calibration import as_record
from whypm_lab.judge.export import export
from whypm_lab.judge.network import AnswerNetwork
from whypm_lab.judge.shipped_judge import ASSETS


def ship(network: AnswerNetwork, base: Path, settings: Sequence[ItemSettings], folder: Path = ASSETS) -> None:
    """Write ``judge.onnx``, ``tokenizer.json`` and ``judge.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    export(network, folder / "judge.onnx")
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    write_settings(settings, folder)


def write_settings(settings: Sequence[ItemSettings], folder: Path = ASSETS) -> None:
    """Write ``judge.json`` beside the weights that stand there."""
    record = {
        "sha256": {name: _sha256(folder / name) for name in ("judge.onnx", "tokenizer.json")},
        "items": as_record(settings),
    }
    text = json.dumps(record, indent=1)
    (folder / "judge.json").write_text(text + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
