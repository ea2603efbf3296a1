"""What the fits of small linear models share: reading the data, logistic regression, writing weights."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Model = tuple[np.ndarray, float]


def read(data: Path, name: str) -> list[dict]:
    """The records of a data set in that folder."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def fit(rows: np.ndarray, labels: np.ndarray, strength: float) -> Model:
    """Weights and bias on features as measured: the scaling is folded in. `strength` is C on standardised features."""
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=strength, max_iter=5000).fit(scaler.transform(rows), labels)
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def predict(model: Model, rows: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(rows @ model[0] + model[1])))


def name_weights(model: Model, names: Sequence[str]) -> dict:
    weights, bias = model
    named = {name: round(float(one), 5) for name, one in zip(names, weights, strict=True)}
    return {"bias": round(bias, 5), "weights": named}


def write_models(path: Path, header: Mapping[str, str], models: Mapping[str, dict]) -> None:
    """A weights file as `bot.enrichment.linear` reads it."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"header": header, "models": models}, indent=1) + "\n", encoding="utf-8")
