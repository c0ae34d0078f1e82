"""``whypm questions``: what can be asked."""

import argparse
import json

from whypm.cli.complaint import complain_of_packs
from whypm.studio import Studio


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Print every question of every pack, by family."""
    with Studio(options.data_dir, options.model) as studio:
        library = studio.library
        if options.json:
            listed = [
                {
                    "id": question.id,
                    "pack": pack.id,
                    "family": family.title,
                    "text": question.asked(options.company),
                }
                for pack in library.packs
                for family in pack.families
                for question in family.questions
            ]
            print(json.dumps(listed, ensure_ascii=False))
        else:
            for pack in library.packs:
                print(f"{pack.title} ({pack.id} {pack.version})")
                for family in pack.families:
                    print(f"\n  {family.title}")
                    for question in family.questions:
                        print(f"    {question.id:<16} {question.asked(options.company)}")
    return complain_of_packs(library)
