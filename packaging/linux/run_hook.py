"""Run by the frozen program on Linux before anything of ours: give other programs back their own libraries.

PyInstaller's starter puts our folder first on the loader's path. A browser that we open would inherit that,
and load our OpenSSL instead of its own. This process has read the path already.
"""

import os

_before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
if _before is None:
    os.environ.pop("LD_LIBRARY_PATH", None)
else:
    os.environ["LD_LIBRARY_PATH"] = _before
# Our own children go through the starter too: it shall set the path again, not take it for set.
os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
