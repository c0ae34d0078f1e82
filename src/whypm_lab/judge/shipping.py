"""The folder that the app loads: networks, tokeniser, settings, checksums."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from whypm.feedback.judge_settings import ItemSettings
from whypm_lab.judge.calibration import as_record
from whypm_lab.judge.export import export
from whypm_lab.judge.network import AnswerNetwork
from whypm_lab.judge.predictions import SHARES
from whypm_lab.judge.shipped_judge import ASSETS
from whypm_lab.judge.vocabulary import Vocabulary

#: The file of the network on each base, in the order that the app loads them: the first gives the vectors.
#: A file each, because many hosts of repositories take none above 100 MiB.
FILES = {"minilm": "narrow.onnx", "mpnet": "wide.onnx"}


def ship(
    networks: Mapping[str, AnswerNetwork],
    bases: Mapping[str, Path],
    vocabulary: Vocabulary,
    settings: Sequence[ItemSettings],
    folder: Path = ASSETS,
) -> None:
    """Write the networks (by the name of their base), ``tokenizer.json`` and ``judge.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, network in networks.items():
        tokeniser = bases[name] / "tokenizer.json"
        export(vocabulary.narrowed(network, tokeniser), folder / FILES[name])
    vocabulary.write_tokeniser(bases["minilm"] / "tokenizer.json", folder / "tokenizer.json")
    write_settings(settings, folder)


def write_settings(settings: Sequence[ItemSettings], folder: Path = ASSETS) -> None:
    """Write ``judge.json`` beside the weights that stand there."""
    networks = {name: SHARES[base] for base, name in FILES.items()}
    record = {
        "networks": networks,
        "sha256": {name: _sha256(folder / name) for name in (*networks, "tokenizer.json")},
        "items": as_record(settings),
    }
    text = json.dumps(record, indent=1)
    (folder / "judge.json").write_text(text + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
