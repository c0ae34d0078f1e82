"""A small pack in good order, for tests to break or to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

SMALL_PACK = {
    "pack.toml": """
id = "small"
title = "A small pack"
version = "7"
""",
    "questions.toml": """
[[family]]
id = "first"
title = "The first family"
[[family.question]]
id = "first-1"
text = "Why this?"
[[family.question]]
id = "first-2"
text = "Why this at {company}?"

[[family]]
id = "second"
title = "The second family"
[[family.question]]
id = "second-1"
text = "Why that?"
""",
    "checklist.toml": """
[[item]]
id = "warmth"
group = "theme"
title = "Warmth"
meaning = "You are warm."
why = "Cold is worse."
how = "Smile."
follow_ups = ["When?", "Where?", "With whom?"]
examples = ["I smiled."]
counterexamples = ["It was warm."]

[[item]]
id = "calm"
group = "tip"
title = "Calm"
meaning = "You are calm."
why = "It lasts."
how = "Breathe."
drill = "Breathe in, then speak."
follow_ups = ["How?", "Since when?", "What for?"]
""",
    "approaches.toml": """
[[approach]]
id = "short"
title = "Be short"
summary = "Say little."
steps = ["Begin.", "End."]
sample = "I did it."
""",
    "delivery.toml": """
[[band]]
figure = "pace"
title = "Pace"
unit = "words a minute"
good_low = 120
good_high = 160
near_low = 110
near_high = 190.5
source = "An opinion."

[[band]]
figure = "pauses"
title = "Pauses"
unit = "seconds"
good_high = 2
near_high = 2
source = "An opinion."
""",
}

PackWriter = Callable[..., Path]


@pytest.fixture
def write_pack(tmp_path: Path) -> PackWriter:
    """Write the small pack, with changes: ``write_pack("mine", ("pack.toml", "old text", "new text"))``."""

    def write(name: str = "mine", *changes: tuple[str, str, str]) -> Path:
        files = dict(SMALL_PACK)
        for file, old, new in changes:
            assert old in files[file], f"{file} has no {old!r} to change"
            files[file] = files[file].replace(old, new, 1)
        folder = tmp_path / "packs" / name
        folder.mkdir(parents=True)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    return write
