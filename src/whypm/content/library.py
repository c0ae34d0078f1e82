"""Every pack there is: the built-in one and the user's own."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from whypm.content.loader import PACK_FILE, load_pack
from whypm.content.misplaced import misplaced
from whypm.domain.content import Pack, Question
from whypm.domain.errors import PackError, UnknownQuestionError


@dataclass(frozen=True, slots=True)
class Library:
    """The packs that loaded, the built-in one first, and why others were refused."""

    packs: tuple[Pack, ...]
    refused: tuple[PackError, ...] = ()

    def find(self, question_id: str) -> tuple[Pack, Question]:
        """Return the first question of this id, with its pack; ``pack/question`` names the pack too.

        Raises:
            UnknownQuestionError: No pack has it; the remedy names ids that look like it.
        """
        pack_id, _, bare_id = question_id.rpartition("/")
        for pack in self.packs:
            question = pack.question(bare_id)
            if question is not None and pack_id in ("", pack.id):
                return pack, question
        known = dict.fromkeys(question.id for pack in self.packs for question in pack.questions)
        close = difflib.get_close_matches(bare_id.lower(), known)
        hint = f"Did you mean {' or '.join(close)}?" if close else "List the questions to see their ids."
        raise UnknownQuestionError(f"There is no question {question_id!r}.", hint)


def load_library(builtin: Path, user: Path) -> Library:
    """Load the pack in the folder ``builtin`` and each pack in a folder inside ``user``, by name.

    A folder without ``pack.toml`` is no pack; what looks as if it was meant as one is refused. So is a faulty
    pack of the user's, or one whose id is taken, and the others load; ``user`` need not exist.

    Raises:
        PackError: The built-in pack is faulty, which means a broken installation.
    """
    first = load_pack(builtin)
    packs = {first.id: first}
    refused: list[PackError] = []
    try:
        folders = _pack_folders(user)
        refused.extend(misplaced(user))
    except OSError as error:
        return Library((first,), (_unreadable(user, error),))
    for folder in folders:
        try:
            pack = load_pack(folder)
        except PackError as error:
            refused.append(error)
            continue
        if pack.id in packs:
            refused.append(_taken(folder, pack, packs[pack.id]))
        else:
            packs[pack.id] = pack
    return Library(tuple(packs.values()), tuple(refused))


def _pack_folders(user: Path) -> list[Path]:
    try:
        return sorted(folder for folder in user.iterdir() if _is_pack(folder))
    except FileNotFoundError:
        return []


def _is_pack(folder: Path) -> bool:
    try:
        (folder / PACK_FILE).stat()  # Path.exists says no to every fault from Python 3.14 on
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        pass  # Loading it will say why it cannot be read; left out here, it would just vanish.
    return True


def _unreadable(user: Path, error: OSError) -> PackError:
    reason = error.strerror or type(error).__name__
    return PackError(
        f"The folder of your own packs, {user}, cannot be read: {reason}.",
        "Check that it is a folder that you may open.",
    )


def _taken(folder: Path, pack: Pack, holder: Pack) -> PackError:
    return PackError(
        f"{folder.name}/{PACK_FILE}: id is {pack.id!r}, which the pack {holder.title!r} has already.",
        "Give your pack another id.",
    )
