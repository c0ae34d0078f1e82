"""The shipped judge with the shipped pack's checklist."""

from pathlib import Path

import pytest

from whypm.content.loader import load_pack
from whypm.domain.content import Pack
from whypm.feedback.judging.judge import Judge

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def assets() -> Path:
    return ROOT / "assets" / "judge"


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(ROOT / "content" / "why-pm")


@pytest.fixture(scope="session")
def judge(assets: Path, pack: Pack) -> Judge:
    return Judge(assets, pack.checklist)
