"""What decides the outcome of a training run besides the answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the outcome of a training run besides the answers."""

    seed: int = 1
    epochs: int = 8
    batch: int = 4
    rate: float = 6e-5
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    weight_decay: float = 0.01
    warm_up: float = 0.08
    dropout: float = 0.1
    answer_weight: float = 0.5
    smoothing: float = 0.02
    averaging: float = 0.0  # share of the last steps whose weights are averaged
    augment: float = 0.8  # share of answers that are varied
    core_weight: float = 1.0  # of an answer that came with the guideline, against 1 of a further one
    hands: bool = False  # whether an offset an item holds what the further hands tick sooner
