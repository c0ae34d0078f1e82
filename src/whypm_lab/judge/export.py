"""From a trained network to the file that the app ships."""

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from whypm_lab.judge.network import AnswerNetwork


class _OneAnswer(nn.Module):
    """The network for one answer without padding, so that no mask is needed."""

    def __init__(self, network: AnswerNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, membership: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.network(ids, torch.ones(ids.shape, dtype=torch.float32), membership)


def export(network: AnswerNetwork, path: Path) -> None:
    """Write the network as an ONNX graph with 8-bit weights, one scale an output channel.

    Inputs ``ids`` [1, tokens] and ``membership`` [1, sentences, tokens]; outputs as of
    :meth:`AnswerNetwork.forward`. Weights keep 7 of their 8 bits: on processors without VNNI a full-range
    8-bit product overflows 16 bits, and the verdict would depend on the machine.
    """
    tokens, sentences = 24, 3
    ids = torch.arange(1000, 1000 + tokens)[None]
    membership = torch.zeros(1, sentences, tokens)
    for sentence in range(sentences):
        membership[0, sentence, 8 * sentence : 8 * sentence + 8] = 1.0
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            _OneAnswer(network.float().eval()),
            (ids, membership),
            str(full),
            input_names=["ids", "membership"],
            output_names=["sentences", "answer", "vectors"],
            dynamic_axes={"ids": {1: "tokens"}, "membership": {1: "sentences", 2: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
