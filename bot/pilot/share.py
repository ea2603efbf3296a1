"""A share of so many, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

_Z: Final = 1.6449  # of a 90 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `n` with its 90 % interval (Wilson 1927); None of them where n is 0."""

    of: int
    n: int

    @property
    def value(self) -> float | None:
        return self.of / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper end."""
        if not self.n:
            return None
        p, z2 = self.of / self.n, _Z**2
        centre = (p + z2 / (2 * self.n)) / (1 + z2 / self.n)
        half = _Z * sqrt(p * (1 - p) / self.n + z2 / (4 * self.n**2)) / (1 + z2 / self.n)
        return max(0.0, centre - half), min(1.0, centre + half)


NONE: Final = Share(0, 0)
