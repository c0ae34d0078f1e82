"""The folder that the app loads: networks, tokeniser, settings, checksums."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from whypm.feedback.judging.encoder import AnswerEncoder
from whypm.feedback.judging.judge_settings import ItemSettings
from whypm_lab.judge.answers import CORE_AUTHORS, LabelledAnswer, load_authors
from whypm_lab.judge.batches import AnswerTokeniser
from whypm_lab.judge.calibration import as_record
from whypm_lab.judge.export import export
from whypm_lab.judge.network import AnswerNetwork
from whypm_lab.judge.predictions import SHARES
from whypm_lab.judge.shipped_judge import ASSETS
from whypm_lab.judge.smoothing import smoothed
from whypm_lab.judge.training import predict
from whypm_lab.judge.vocabulary import Vocabulary

#: The file of the network on each base, in the order that the app loads them: the first gives the vectors.
#: A file each, because many hosts of repositories take none above 100 MiB.
FILES = {"minilm": "narrow.onnx", "mpnet": "wide.onnx"}
#: One answer in so many shows how large the networks' activations get.
SHOWN_EVERY = 12


def ship(
    networks: Mapping[str, AnswerNetwork],
    bases: Mapping[str, Path],
    vocabulary: Vocabulary,
    settings: Sequence[ItemSettings],
    folder: Path = ASSETS,
) -> None:
    """Write the networks (by the name of their base), ``tokenizer.json`` and ``judge.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = load_authors(CORE_AUTHORS)[::SHOWN_EVERY]
    files = {name: bases[name] / "tokenizer.json" for name in networks}
    tokenisers = {name: AnswerTokeniser(Tokenizer.from_file(str(file))) for name, file in files.items()}
    for name, network in networks.items():
        smooth = smoothed(network, shown, tokenisers[name])
        export(vocabulary.narrowed(smooth, files[name]), folder / FILES[name])
    vocabulary.write_tokeniser(bases["minilm"] / "tokenizer.json", folder / "tokenizer.json")
    for name, network in networks.items():
        print(f"{FILES[name]}: {_rounding(network, tokenisers[name], shown, folder, FILES[name])}")
    write_settings(settings, folder)


def _rounding(
    network: AnswerNetwork,
    tokeniser: AnswerTokeniser,
    answers: Sequence[LabelledAnswer],
    folder: Path,
    file: str,
) -> str:
    """Say how far the logits of the 8-bit file in ``folder`` are from the network's own."""
    encoder = AnswerEncoder(folder, {file: 1.0})
    apart = np.concatenate(
        [
            (np.array(encoder.read(answer.sentences).sentences) - ours.numpy()).ravel()
            for answer, (ours, _) in zip(answers, predict(network, answers, tokeniser), strict=True)
        ]
    )
    return (
        f"logits off by {np.sqrt((apart**2).mean()):.3f} (root mean square), {apart.mean():+.3f} in the mean"
    )


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
