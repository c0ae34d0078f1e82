"""The folder of the network for fillers, as the app loads it."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from whypm.feedback.fillers.network import NETWORK, TOKENISER
from whypm.feedback.fillers.phrase_judge import SETTINGS
from whypm.places import find_places


class _OneText(nn.Module):
    """The network for one text without padding, so that no mask is needed."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        logits: Tensor = self.network(ids, torch.ones(ids.shape, dtype=torch.float32))
        return logits


def ship(network: nn.Module, threshold: float, folder: Path | None = None) -> None:
    """Write the network with 8-bit weights, its tokeniser (the judge's), threshold and checksums."""
    assets = find_places().assets
    folder = folder or assets / "fillers"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            _OneText(network.float().eval()),
            (torch.arange(1000, 1024)[None],),
            str(full),
            input_names=["ids"],
            output_names=["logits"],
            dynamic_axes={"ids": {1: "tokens"}, "logits": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        # 7 of 8 bits: on processors without VNNI a full product overflows 16 bits.
        quantize_dynamic(
            full, folder / NETWORK, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    shutil.copyfile(assets / "judge" / "tokenizer.json", folder / TOKENISER)
    record = {
        "sha256": {name: _sha256(folder / name) for name in (NETWORK, TOKENISER)},
        "threshold": threshold,
    }
    (folder / SETTINGS).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
