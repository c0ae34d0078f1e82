"""Train the judge: ``python -m whypm_lab.judge.train folds``, then ``... final``, then ``... ship``.

``folds`` leaves each group of authors out once and keeps what the networks on a base say of them in ``data``;
``final`` makes one network of those and trains it once more; ``onward`` takes the shipped network in its
place and trains it on answers that came after it was made, and ``strangers``, run before it, keeps what the
shipped weights say of those; ``ship`` writes ``assets/judge``: the final networks of both bases, thresholds
fitted on what the folds' said, and probabilities fitted on that and on what was said of strangers;
``settings`` only fits these again.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from whypm.feedback.judging.encoder import AnswerEncoder
from whypm.feedback.judging.judge_settings import ItemSettings, read_settings
from whypm_lab.judge.answers import CORE_AUTHORS, DATA, LabelledAnswer, load_authors
from whypm_lab.judge.base_encoder import BASES, base_folder
from whypm_lab.judge.batches import AnswerTokeniser
from whypm_lab.judge.calibration import fit, recalibrated
from whypm_lab.judge.folds import FOLDS
from whypm_lab.judge.network import AnswerNetwork, kept_network, pretrained
from whypm_lab.judge.predictions import OUT_OF_FOLD, STRANGERS, Prediction, load, load_mean, save
from whypm_lab.judge.recipe import Recipe
from whypm_lab.judge.shipped_judge import ASSETS
from whypm_lab.judge.shipped_weights import shipped_weights
from whypm_lab.judge.shipping import FILES, ship, write_settings
from whypm_lab.judge.training import predict, train
from whypm_lab.judge.vocabulary import Vocabulary

RECIPES = {
    "minilm": Recipe(epochs=2, rate=1.5e-4, head_rate=1.5e-3, core_weight=2.0, hands=True),
    "mpnet": Recipe(epochs=1, rate=5e-5, head_rate=1.5e-3, core_weight=2.0, hands=True),
}
#: Further hands that tick the themes up to four times as often as those that came with the guideline.
EAGER_AUTHORS = tuple("lmnopqrstuvwxy")
#: Hands that are kept for measuring what is shipped.
KEPT_ASIDE = ("az", "ba", "bb", "by", "cl")
#: Hands that the weights in ``assets/judge`` were last trained on; whoever trains them on names others.
NEWEST_AUTHORS = tuple("bw bx bz ca cb cc cd ce cf cg ch ci cj ck cm cn co cp cq cr cs".split())
#: Each run is shown so many of them, the one the first, the other the last.
HANDS_A_RUN = 14
#: Beside theirs, one in so many of the answers that the weights before had seen; each run takes others.
RECALLED_EVERY = 8
#: One in so many of theirs is kept as strangers: about as many as came with the guideline.
STRANGERS_EVERY = 3
#: The runs whose mean is taken, by their seeds.
ONWARD_SEEDS = (31, 32)
#: What the weights before have in that mean.
SHIPPED_SHARE = 0.2
ONWARD = {
    "minilm": replace(RECIPES["minilm"], epochs=2, rate=6e-5, head_rate=5e-4, averaging=0.25),
    "mpnet": replace(RECIPES["mpnet"], epochs=1, rate=2.5e-5, head_rate=5e-4, averaging=0.25),
}
SCRATCH = Path(tempfile.gettempdir())


def every_author() -> list[str]:
    """All that may be trained on, further authors included."""
    files = sorted(path.stem.removeprefix("author_") for path in DATA.glob("author_*.jsonl"))
    return [author for author in files if author not in KEPT_ASIDE]


def train_folds(
    base: Path, recipe: Recipe, path: Path, networks: Path, only: Sequence[int] | None = None
) -> None:
    """Leave each fold's authors out; everybody else's answers, further authors' too, are trained on.

    What the networks say goes to ``path``; the networks go to the folder ``networks``. A fold whose network
    is there already is not trained again.
    """
    tokeniser = AnswerTokeniser(Tokenizer.from_file(str(base / "tokenizer.json")))
    networks.mkdir(parents=True, exist_ok=True)
    for fold in FOLDS:
        weights = networks / f"fold{fold.index}.pt"
        if weights.exists() or (only is not None and fold.index not in only):
            continue
        seen = load_authors(author for author in every_author() if author not in fold.held_out)
        print(f"fold {fold.index}: {len(seen)} answers, without {' '.join(fold.held_out)}", flush=True)
        network = train(seen, base, tokeniser, replace(recipe, seed=recipe.seed + fold.index))
        torch.save(network.state_dict(), weights)
    if all((networks / f"fold{fold.index}.pt").exists() for fold in FOLDS):
        _keep_predictions(base, path, networks)


def said_by(base: Path, weights: Path, answers: Sequence[LabelledAnswer]) -> list[Prediction]:
    """What a network that training kept says of each answer."""
    tokeniser = AnswerTokeniser(Tokenizer.from_file(str(base / "tokenizer.json")))
    found = predict(kept_network(base, weights), answers, tokeniser)
    return [Prediction(sentences.numpy(), whole.numpy()) for sentences, whole in found]


def _keep_predictions(base: Path, path: Path, networks: Path) -> None:
    answers: list[LabelledAnswer] = []
    predictions: list[Prediction] = []
    folds: list[int] = []
    for fold in FOLDS:
        held_out = load_authors(fold.held_out)
        answers += held_out
        predictions += said_by(base, networks / f"fold{fold.index}.pt", held_out)
        folds += [fold.index] * len(held_out)
    save(path, answers, predictions, folds)


def train_final(base: Path, recipe: Recipe, networks: Path) -> None:
    """Take the mean of the folds' networks, train it once more, and keep it.

    Networks that were tuned from the same weights can be averaged, and the mean tends to be better than each
    (Wortsman et al. 2022). The last pass leaves out ``EAGER_AUTHORS``, whom every fold's network has seen.
    """
    tokeniser = AnswerTokeniser(Tokenizer.from_file(str(base / "tokenizer.json")))
    folds = [torch.load(networks / f"fold{fold.index}.pt") for fold in FOLDS]
    mean = {name: torch.stack([weights[name] for weights in folds]).mean(dim=0) for name in folds[0]}
    once_more = replace(recipe, epochs=1, rate=recipe.rate / 2, head_rate=recipe.head_rate / 2)
    answers = load_authors(author for author in every_author() if author not in EAGER_AUTHORS)
    network = train(answers, base, tokeniser, once_more, mean)
    torch.save(network.state_dict(), networks / "final.pt")


def train_onward(name: str, base: Path, networks: Path) -> None:
    """Train the shipped network on this base on the newest hands' answers; keep the mean of the runs.

    The answers that came with the guideline are among them, and some of the rest, so that it forgets nothing
    of those. The shipped network has a share in the mean (Wortsman et al. 2022, as for the folds). A run is
    not made again where its network is there already.
    """
    tokeniser = AnswerTokeniser(Tokenizer.from_file(str(base / "tokenizer.json")))
    shipped = shipped_weights(ASSETS / FILES[name], pretrained(base))
    networks.mkdir(parents=True, exist_ok=True)
    mean = {key: value * SHIPPED_SHARE for key, value in shipped.items()}
    for run, seed in enumerate(ONWARD_SEEDS):
        kept = networks / f"onward{seed}.pt"
        if not kept.exists():
            answers = _onward_answers(run)
            network = train(answers, base, tokeniser, replace(ONWARD[name], seed=seed), shipped)
            torch.save(network.state_dict(), kept)
        share = (1 - SHIPPED_SHARE) / len(ONWARD_SEEDS)
        mean = {key: mean[key] + value * share for key, value in torch.load(kept).items()}
    torch.save(mean, networks / "final.pt")


def _onward_answers(run: int) -> list[LabelledAnswer]:
    known = {*CORE_AUTHORS, *NEWEST_AUTHORS, *EAGER_AUTHORS}
    seen_before = load_authors(author for author in every_author() if author not in known)
    newest = NEWEST_AUTHORS[-HANDS_A_RUN:] if run else NEWEST_AUTHORS[:HANDS_A_RUN]
    return load_authors([*CORE_AUTHORS, *newest]) + seen_before[run::RECALLED_EVERY]


def keep_strangers() -> None:
    """Keep what the shipped weights say, through the app's code, of answers that they have not seen."""
    encoder = AnswerEncoder(ASSETS, read_settings(ASSETS).networks)
    answers = _strangers()
    readings = [encoder.read(answer.sentences) for answer in answers]
    predictions = [
        Prediction(np.array(said.sentences, np.float32), np.array(said.answer, np.float32))
        for said in readings
    ]
    save(STRANGERS, answers, predictions, [0] * len(answers))


def _strangers() -> list[LabelledAnswer]:
    return load_authors(NEWEST_AUTHORS)[::STRANGERS_EVERY]


def fit_settings() -> tuple[ItemSettings, ...]:
    """Thresholds from the guideline's authors; probabilities from them and the strangers.

    Thresholds fitted on both changed the macro F1 of 740 answers kept aside by 0.001 and cost 0.003 of the
    levels; probabilities fitted on both took their calibration error from 0.044 to 0.021.
    """
    core, strangers = load_authors(CORE_AUTHORS), _strangers()
    said, said_of_strangers = load_mean(core)[0], load(STRANGERS, strangers)[0]
    return recalibrated(fit(core, said), core + strangers, said + said_of_strangers)


def ship_final(bases: dict[str, Path], networks: Path) -> None:
    """Write what the app loads from the final networks, which lie in a folder a base."""
    finals: dict[str, AnswerNetwork] = {
        name: kept_network(base, networks / name / "final.pt") for name, base in bases.items()
    }
    vocabulary = Vocabulary.of(bases["minilm"] / "tokenizer.json", load_authors(every_author()))
    ship(finals, bases, vocabulary, fit_settings())


def main() -> None:
    """Read the command line and run one step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("step", choices=["folds", "final", "strangers", "onward", "ship", "settings"])
    parser.add_argument(
        "--base", choices=sorted(BASES), default="minilm", help="for `folds`, `final` and `onward`"
    )
    # One thread: on a machine that does other things too, a second one mostly waits, and spins while it does.
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", help="train these folds alone")
    parser.add_argument(
        "--networks", type=Path, default=SCRATCH / "whypm-judge", help="a scratch folder for trained networks"
    )
    parser.add_argument(
        "--unpacked", type=Path, default=SCRATCH / "whypm-base-encoders", help="a scratch folder"
    )
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    name, recipe = chosen.base, RECIPES[chosen.base]
    if chosen.step == "settings":
        write_settings(fit_settings())
    elif chosen.step == "strangers":
        keep_strangers()
    elif chosen.step == "ship":
        ship_final({base: base_folder(BASES[base], chosen.unpacked) for base in BASES}, chosen.networks)
    elif chosen.step == "folds":
        base = base_folder(BASES[name], chosen.unpacked)
        train_folds(base, recipe, OUT_OF_FOLD[name], chosen.networks / name, chosen.only)
    elif chosen.step == "onward":
        train_onward(name, base_folder(BASES[name], chosen.unpacked), chosen.networks / name)
    else:
        train_final(base_folder(BASES[name], chosen.unpacked), recipe, chosen.networks / name)


if __name__ == "__main__":
    main()
