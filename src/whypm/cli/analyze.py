"""``whypm analyze FILE...``: a report on any recording."""

import argparse
import json
from pathlib import Path

from whypm.cli.asked import answered
from whypm.cli.complaint import complain
from whypm.cli.report_page import print_report
from whypm.domain.errors import WhypmError
from whypm.feedback.reports.report_format import report_to_json
from whypm.studio import Studio


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.description = (
        "Transcribe each recording here and report on it. Several files: a line of JSON each."
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.set_defaults(command=run)


def run(options: argparse.Namespace) -> int:
    """Report on each file; one that cannot be used is named, and the others are still done."""
    code = 0
    with Studio(options.data_dir, options.model) as studio:
        asked = answered(studio, options)
        for file in options.files:
            try:
                report = studio.analyst.analyse(file, asked)
            except WhypmError as error:
                code = complain(error)
                continue
            if options.json:
                named = {"file": str(file)} if len(options.files) > 1 else {}
                print(json.dumps({**report_to_json(report), **named}, ensure_ascii=False), flush=True)
            else:
                print_report(report, asked.pack, title=str(file))
    return code
