"""Which authors are left out together when the judge is measured."""

from dataclasses import dataclass

#: Whole authors, never single answers: an author's ear is the same in all their answers. Each fold mixes
#: kinds of speaker so that no fold loses a whole register.
HELD_OUT = (("a", "f", "j"), ("c", "h", "k"), ("e", "g", "i"))


@dataclass(frozen=True, slots=True)
class Fold:
    """One split: the model never sees ``held_out`` and may train on everybody else."""

    index: int
    held_out: tuple[str, ...]


FOLDS = tuple(Fold(index, authors) for index, authors in enumerate(HELD_OUT))
