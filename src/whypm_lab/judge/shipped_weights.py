"""The shipped networks' weights, read back out of their ONNX files so that training can go on from them."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from whypm_lab.judge.network import AnswerNetwork

_FROZEN = ("encoder.words", "encoder.positions")
"""Never trained: the base's own, with the pieces that the shipped file leaves out. What holds how the further
hands tick is not shipped either, and begins anew."""


def shipped_weights(path: Path, network: AnswerNetwork) -> dict[str, Tensor]:
    """The weights in a file written by ``export``, named as ``network``'s; what is not in it stays.

    Rounded to the 7 bits that are shipped. Raises ValueError where a weight is missing or of another shape.
    """
    graph = onnx.load(path).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found = {_name(name): value for name, value in stored.items() if value.dtype == np.float32}
    copies = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Identity"}
    divided: dict[str, np.ndarray] = {}
    for node in graph.node:
        for name in (copies.get(name, name) for name in node.input):
            if name in stored and name.endswith("_quantized"):
                value = _whole(stored, name.removesuffix("_quantized"))
                # A linear layer's product is with its weights turned; an embedding's rows are looked up.
                found[_module(node.name)] = value.T if node.op_type == "MatMulInteger" else value
            elif node.op_type == "Mul" and name.endswith(".inverse"):
                divided[_module(node.name)] = stored[name]
    for name, inverse in divided.items():
        found[name] = found[name] * inverse  # `smoothed` multiplied by what it divides by
    state = network.state_dict()
    for name, ours in state.items():
        if name.startswith(_FROZEN) or name == "further_hands":
            continue
        if name not in found:
            raise ValueError(f"{path.name} has no {name}")
        state[name] = torch.tensor(found[name])
        if state[name].shape != ours.shape:
            raise ValueError(f"{path.name}: {name} is {tuple(state[name].shape)}, not {tuple(ours.shape)}")
    return state


def _name(stored: str) -> str:
    """Name as the network has it, without what the export and ``smoothed`` put round its modules."""
    return stored.removeprefix("network.").replace(".linear.", ".")


def _module(node: str) -> str:
    """``/network/encoder/layers.0/query/MatMul_quant`` holds ``encoder.layers.0.query.weight``."""
    return _name(".".join(node.strip("/").split("/")[:-1]) + ".weight")


def _whole(stored: dict[str, np.ndarray], name: str) -> np.ndarray:
    """``(quantised - zero point) * scale``; the scale is one number or one a column."""
    quantised = stored[f"{name}_quantized"].astype(np.float32)
    return (quantised - stored[f"{name}_zero_point"].astype(np.float32)) * stored[f"{name}_scale"]
