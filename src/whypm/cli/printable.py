"""Text that is safe to print: a file's name may hold what a terminal takes for a command."""

import unicodedata

_LAYOUT = "\n\t"


def printable(text: str, kept: str = _LAYOUT) -> str:
    """Return the text with its control characters but ``kept`` written as escapes."""
    if text.isprintable():
        return text
    return "".join(
        character if character in kept or unicodedata.category(character) != "Cc" else ascii(character)[1:-1]
        for character in text
    )
