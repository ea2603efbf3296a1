"""Go / no-go reports to write down, made from the same made-up pilots as the tests of the digest."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "digest"))

from report_samples import STANDINGS

from bot.digest.report import compose_report
from bot.digest.report_model import Report


@cache
def compose(name: str) -> Report:
    """The report of a sample, composed once."""
    return compose_report(STANDINGS[name]())


@pytest.fixture(params=sorted(STANDINGS))
def report(request: pytest.FixtureRequest) -> Report:
    """Each sample's report in turn."""
    return compose(request.param)


@pytest.fixture
def mixed() -> Report:
    """A report with something of everything."""
    return compose("mixed")
