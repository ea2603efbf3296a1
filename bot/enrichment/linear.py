"""A small linear model read from JSON: named features in, a probability out. Fitting is done in `training/`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Linear:
    """Logistic regression on features as measured (any scaling is folded into its weights)."""

    bias: float
    weights: Mapping[str, float]

    def sum(self, features: Features) -> float:
        """These features' share of the log-odds; a feature without a weight counts nothing."""
        weights = self.weights
        return sum([weights[name] * value for name, value in features.items() if value and name in weights])

    def chance(self, features: Features, rest: float = 0.0) -> float:
        """The probability (0-1); `rest` is the log-odds' share of features that were summed before."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.bias + rest + self.sum(features)))))


def load_models(path: Path) -> dict[str, Linear]:
    """The models of a weights file, by name."""
    models = json.loads(path.read_text(encoding="utf-8"))["models"]
    return {name: Linear(one["bias"], one["weights"]) for name, one in models.items()}


def logit(chance: float) -> float:
    """The log-odds of a probability strictly between 0 and 1."""
    return math.log(chance / (1 - chance))
