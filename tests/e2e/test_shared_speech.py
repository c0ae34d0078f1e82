"""Every real recording that lies beside the clone."""

import json
import subprocess
from pathlib import Path

import jsonschema
import pytest

from terminal import COMMAND

SOUNDS = {".flac", ".wav", ".mp3", ".opus"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_every_recording_ends_in_a_report(shared_folder: Path, tmp_path: Path, report_schema: dict) -> None:
    files = sorted(file for file in (shared_folder / "speech").rglob("*") if file.suffix in SOUNDS)
    assert len(files) >= 43
    done = subprocess.run(
        [*COMMAND, "analyze", *map(str, files), "--json", "--data-dir", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["file"] for report in reports] == [str(file) for file in files]
    for report in reports:
        jsonschema.validate(report, report_schema)
