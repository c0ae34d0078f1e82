"""The tokeniser that the networks share: text to numbers of word pieces. The only door to tokenizers."""

from pathlib import Path
from typing import Any


def open_tokeniser(file: Path) -> Any:  # noqa: ANN401 - its own types stay behind this door
    """Open a ``tokenizer.json`` that neither cuts texts off nor fills them up.

    Raises whatever tokenizers raises, which may be a bare Exception.
    """
    from tokenizers import Tokenizer

    tokeniser = Tokenizer.from_file(str(file))
    tokeniser.no_truncation()
    tokeniser.no_padding()
    return tokeniser
