"""Train the judge: ``python -m whypm_lab.judge.train folds``, then ``... final``.

``folds`` leaves each group of authors out once and keeps what the networks say of them in
``data/out_of_fold.npz``; ``final`` trains on everybody and writes ``assets/judge`` with the thresholds fitted
on those predictions; ``settings`` only fits the thresholds again.
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from whypm_lab.judge.answers import CORE_AUTHORS, DATA, load_authors
from whypm_lab.judge.base_encoder import BASES, base_folder
from whypm_lab.judge.batches import AnswerTokeniser
from whypm_lab.judge.calibration import fit
from whypm_lab.judge.folds import FOLDS
from whypm_lab.judge.predictions import OUT_OF_FOLD, Prediction, load, save
from whypm_lab.judge.recipe import Recipe
from whypm_lab.judge.shipping import ship, write_settings
from whypm_lab.judge.training import predict, train

RECIPES = {
    "minilm": Recipe(epochs=4, rate=1.5e-4, head_rate=1.5e-3),
    "mpnet": Recipe(epochs=3, rate=8e-5, head_rate=1.5e-3, freeze_layers=8),
}


def every_author() -> list[str]:
    """All that have a file, further authors included."""
    return sorted(path.stem.removeprefix("author_") for path in DATA.glob("author_*.jsonl"))


def train_folds(
    base: Path,
    recipe: Recipe,
    path: Path,
    only: int | None = None,
    kept: Path | None = None,
    networks: Path | None = None,
) -> None:
    """Leave each fold's authors out; everybody else's answers, further authors' too, are trained on.

    What the networks say goes to ``path``; their weights go to the folder ``networks``, where one is given.
    """
    tokeniser = AnswerTokeniser(Tokenizer.from_file(str(base / "tokenizer.json")))
    answers = []
    predictions = []
    folds = []
    for fold in FOLDS:
        if only is not None and fold.index != only:
            continue
        seen = load_authors(author for author in every_author() if author not in fold.held_out)
        held_out = load_authors(fold.held_out)
        print(
            f"fold {fold.index}: train on {len(seen)} answers, leave out {' '.join(fold.held_out)}",
            flush=True,
        )
        network = train(seen, base, tokeniser, replace(recipe, seed=recipe.seed + fold.index), kept)
        if networks is not None:
            networks.mkdir(parents=True, exist_ok=True)
            torch.save(network.state_dict(), networks / f"fold{fold.index}.pt")
        for answer, (sentences, whole) in zip(held_out, predict(network, held_out, tokeniser), strict=True):
            answers.append(answer)
            predictions.append(Prediction(sentences.numpy(), whole.numpy()))
            folds.append(fold.index)
    save(path, answers, predictions, folds)


def train_final(base: Path, recipe: Recipe, kept: Path | None = None) -> None:
    """Train on every author there is and write what the app ships."""
    tokeniser = AnswerTokeniser(Tokenizer.from_file(str(base / "tokenizer.json")))
    answers = load_authors(every_author())
    core = load_authors(CORE_AUTHORS)
    # As many steps as a fold's network took, which saw fewer answers.
    seen_by_a_fold = len(answers) - len(core) / len(FOLDS)
    same_steps = replace(recipe, epochs=round(recipe.epochs * seen_by_a_fold / len(answers)))
    network = train(answers, base, tokeniser, same_steps, kept)
    ship(network, base, fit(core, load(OUT_OF_FOLD, core)[0]))


def main() -> None:
    """Read the command line and run one step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=["folds", "final", "settings"])
    parser.add_argument("--base", choices=sorted(BASES), default="minilm")
    # One thread: on a machine that does other things too, a second one mostly waits, and spins while it does.
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", type=int, help="train this fold alone")
    parser.add_argument("--out", type=Path, default=OUT_OF_FOLD, help="where `folds` keeps its predictions")
    parser.add_argument("--networks", type=Path, help="a scratch folder in which `folds` keeps its networks")
    parser.add_argument(
        "--unpacked",
        type=Path,
        default=Path(tempfile.gettempdir()) / "whypm-base-encoders",
        help="a scratch folder",
    )
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    base, recipe = base_folder(BASES[chosen.base], chosen.unpacked), RECIPES[chosen.base]
    kept = chosen.unpacked / f"{chosen.base}-{recipe.freeze_layers}-layers.pt"
    if chosen.step == "folds":
        train_folds(base, recipe, chosen.out, chosen.only, kept, chosen.networks)
    elif chosen.step == "final":
        train_final(base, recipe, kept)
    else:
        core = load_authors(CORE_AUTHORS)
        write_settings(fit(core, load(OUT_OF_FOLD, core)[0]))


if __name__ == "__main__":
    main()
