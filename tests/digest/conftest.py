"""Each kind of day in turn, for tests of every rendering."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "pilot"))  # for the samples of pilots
sys.path.insert(0, str(Path(__file__).parent))  # for those of digests

from digest_samples import DAYS, Case, make_case


@pytest.fixture(params=sorted(DAYS))
def case(request: pytest.FixtureRequest) -> Case:
    """Each kind of day in turn."""
    return make_case(request.param)
