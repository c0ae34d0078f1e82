"""PortAudio is loaded so that each thread can use it."""

import ctypes
import sys
from types import SimpleNamespace
from unittest.mock import Mock

import pytest

from whypm.audio import portaudio as module


def test_on_windows_com_is_started_for_all_threads_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    module.portaudio()  # on the system that is really there
    ole32 = Mock()
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(ole32=ole32), raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    module._let_every_thread_open_streams.cache_clear()
    module.portaudio()
    module.portaudio()
    ole32.CoIncrementMTAUsage.assert_called_once()
