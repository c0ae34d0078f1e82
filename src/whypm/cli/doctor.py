"""``whypm doctor``: what works on this machine, and what to do about the rest."""

import argparse
import json
from dataclasses import asdict

from whypm.checkup import examine
from whypm.cli.complaint import EXIT_BAD, EXIT_FINE
from whypm.release import app_version
from whypm.studio import Studio


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = "Try each part for real. The exit code is 2 where something does not work."
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Print a line for each part as it is tried."""
    findings = []
    with Studio(options.data_dir, options.model) as studio:
        for finding in examine(studio):
            findings.append(finding)
            if not options.json:
                print(
                    f"{'works' if finding.fine else 'FAILS'}  {finding.part:<11} {finding.sentence}",
                    flush=True,
                )
                if finding.remedy:
                    print(f"{'':<19}{finding.remedy}")
        logs = studio.places.logs
    if options.json:
        print(
            json.dumps(
                {"version": app_version(), "findings": [asdict(finding) for finding in findings]},
                ensure_ascii=False,
            )
        )
    else:
        print(f"\nWhyPM {app_version()}. The log is in {logs}; it never holds what you said.")
    return EXIT_FINE if all(finding.fine for finding in findings) else EXIT_BAD
