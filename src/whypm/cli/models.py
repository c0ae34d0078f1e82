"""``whypm models``: the Whisper models of this machine."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from whypm.cli.complaint import EXIT_FINE
from whypm.studio import Studio
from whypm.transcription.models.catalogue import CATALOGUE, DEFAULT_MODEL, find_model
from whypm.transcription.models.download import DownloadProgress
from whypm.transcription.models.shelf import ModelFolder


def configure(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    """Add the actions of the command."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    listing = actions.add_parser(
        "list", parents=[common], help="the models that are known, and which are here"
    )
    listing.set_defaults(command=_list)
    install = actions.add_parser(
        "install", parents=[common], help="download a model by name, or take it from a file or folder"
    )
    install.add_argument("source", metavar="NAME|FILE")
    install.set_defaults(command=_install)
    verify = actions.add_parser(
        "verify", parents=[common], help="check every byte of a model, or of all that are here"
    )
    verify.add_argument("name", nargs="?", metavar="NAME|DIR")
    verify.set_defaults(command=_verify)
    remove = actions.add_parser("remove", parents=[common], help="delete a model that was installed")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(command=_remove)


def _list(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        here = {model.name: model for model in studio.shelf.installed()}
        chosen = studio.settings.model or DEFAULT_MODEL
    if options.json:
        known = [
            {
                "name": m.name,
                "title": m.title,
                "megabytes": m.megabytes,
                "licence": m.licence,
                "installed": m.name in here,
            }
            for m in CATALOGUE
        ]
        own = [{"name": name, "installed": True} for name in here if find_model(name) is None]
        print(json.dumps(known + own))
        return EXIT_FINE
    for model in CATALOGUE:
        state = "in use" if model.name == chosen else "here" if model.name in here else ""
        print(f"{model.name:<16} {model.megabytes:>5} MB  {state:<7} {model.title}")
    for name in here:
        if find_model(name) is None:
            print(f"{name:<16} {'':>8}  {'in use' if name == chosen else 'here':<7} your own")
    return EXIT_FINE


def _install(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        if find_model(options.source) is not None:
            with _progress_line() as show:
                model = studio.shelf.install(options.source, show)
        else:
            model = studio.shelf.install_from_file(Path(options.source))
    return _tell(model, "Installed", as_json=options.json)


def _verify(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        names = [options.name] if options.name else [model.name for model in studio.shelf.installed()]
        for name in names:
            _tell(studio.shelf.verify(name), "Whole", as_json=options.json)
    return EXIT_FINE


def _remove(options: argparse.Namespace) -> int:
    with Studio(options.data_dir, options.model) as studio:
        studio.shelf.remove(options.name)
    print(json.dumps({"removed": options.name}) if options.json else f"Removed {options.name}.")
    return EXIT_FINE


def _tell(model: ModelFolder, done: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"name": model.name, "folder": str(model.path), "sha256": model.sha256}))
    else:
        print(f"{done}: {model.name} in {model.path} (SHA-256 {model.sha256})")
    return EXIT_FINE


@contextmanager
def _progress_line() -> Iterator[Callable[[DownloadProgress], None]]:
    """Give what shows a download's progress at a terminal, and end its line: something is told after it."""
    shown = False

    def show(progress: DownloadProgress) -> None:
        nonlocal shown
        if shown := sys.stderr.isatty():
            share = progress.done_bytes / max(1, progress.total_bytes)
            line = f"\r  {share:4.0%} of {progress.total_bytes / 1e6:.0f} MB"
            print(line, end="", file=sys.stderr, flush=True)

    try:
        yield show
    finally:
        if shown:
            print(file=sys.stderr)
