"""A kept session's own words about itself."""

from dataclasses import replace

import pytest

from kept_answer import kept_session
from whypm.domain.feedback import AskedQuestion, Report
from whypm.domain.transcript import Transcript


@pytest.mark.parametrize("version", ["1", "1 draft", "2026 June, second"])
def test_a_pack_is_found_again_whatever_its_version_is_called(version: str) -> None:
    report = Report(AskedQuestion(), Transcript("So.", None, ()), None, (), ())
    kept = kept_session("aaa", AskedQuestion(), report)
    assert replace(kept, pack=f"why-nurse {version}").pack_id == "why-nurse"
