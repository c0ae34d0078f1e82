"""The log keeps what it is told, wherever the machine stands."""

import os
import subprocess
import sys
from pathlib import Path

WARNING = r"""
import logging, sys
from pathlib import Path
from whypm.log import keep_log

keep_log(Path(sys.argv[1]))
logging.getLogger("whypm.test").warning("%s is damaged", "\u7b54\u3048 Zo\u00eb.wav")
"""


def test_a_name_is_logged_in_whatever_script_it_is_though_the_place_has_no_letters_for_it(
    tmp_path: Path,
) -> None:
    place = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}  # as a code page is for Windows
    subprocess.run([sys.executable, "-P", "-c", WARNING, tmp_path], env={**os.environ, **place}, check=True)
    log = (tmp_path / "logs" / "whypm.log").read_text(encoding="utf-8")
    assert log.endswith("whypm.test: 答え Zoë.wav is damaged\n")
