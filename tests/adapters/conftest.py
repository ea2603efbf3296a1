"""Each kind of day in turn, for every platform's rendering of a digest."""

from __future__ import annotations

import sys
from pathlib import Path

for folder in ("pilot", "digest"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))  # for the samples
