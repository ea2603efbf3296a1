"""Fit the level of a text pairwise: which of two versions of the same text is the harder one?

Data: OneStopEnglish articles at three levels and aligned sentence pairs (CC BY-SA 4.0). A logistic model on differences
of features, no weight below zero. Figures are 5-fold: articles by article; sentence pairs by contiguous fifths of each
list, which follow the articles. Run: `python training/level.py --data DIR`; writes bot/answering/weights/level.json.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
from collections import defaultdict
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bot.answering.level import WEIGHTS, measure, strip_markup

STEPS = (("elementary", "intermediate"), ("intermediate", "advanced"))
FOLDS = 5
RIDGE = 1.0  # on weights of features in units of their spread; .1 to 30 give the same figures to .003
ARTICLE_WEIGHT = 3.0  # one article says as much as three sentences
SPREAD = 1.5  # log-odds one standard deviation of sentences is stretched to, so that levels use 0..1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    data = parser.parse_args().data
    articles, pairs = read(data / "onestop.jsonl.gz"), read(data / "onestop_pairs.jsonl.gz")
    names = list(measure(strip_markup(pairs[0]["harder"])))
    steps, gaps, sentences = (
        measure_articles(articles, names),
        measure_pairs(pairs, names),
        measure_sentences(pairs, names),
    )
    spread = sentences.std(axis=0) + 1e-9
    report(steps, gaps, folds_of(pairs), spread)
    weights = fit(gaps, np.concatenate(list(steps.values())), spread)
    weights, bias = place(weights, sentences)
    write({name: round(float(one), 5) for name, one in zip(names, weights, strict=True) if one > 1e-6}, bias)


def fit(gaps: np.ndarray, steps: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Weights >= 0 that maximise the penalised likelihood of "the harder one is harder"."""
    rows = np.vstack([gaps, steps]) / spread
    counts = np.r_[np.ones(len(gaps)), np.full(len(steps), ARTICLE_WEIGHT)]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margins = rows @ weights
        slopes = -counts / (1 + np.exp(margins))
        value = counts @ np.logaddexp(0, -margins) + RIDGE / 2 * weights @ weights
        return value, rows.T @ slopes + RIDGE * weights

    start = np.full(rows.shape[1], 0.1)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * len(start))
    return found.x / spread


def report(steps: dict[str, np.ndarray], gaps: np.ndarray, folds: np.ndarray, spread: np.ndarray) -> None:
    """Print the share put in the right order, cross-validated and plain."""
    ids = sorted(steps)
    article_fold = {one: number * FOLDS // len(ids) for number, one in enumerate(ids)}
    right, ordered = np.zeros(len(gaps), bool), defaultdict(list)
    for fold in range(FOLDS):
        seen = np.concatenate([steps[one] for one in ids if article_fold[one] != fold])
        weights = fit(gaps[folds != fold], seen, spread)
        right[folds == fold] = gaps[folds == fold] @ weights > 0
        for one in (one for one in ids if article_fold[one] == fold):
            for step, gap in zip(STEPS, steps[one], strict=True):
                ordered[step].append(gap @ weights > 0)
    weights = fit(gaps, np.concatenate(list(steps.values())), spread)
    print(f"sentence pairs: cross-validated {right.mean():.3f}, plain {(gaps @ weights > 0).mean():.3f}, n {len(gaps)}")
    for number, step in enumerate(STEPS):
        plain = statistics.mean(float(one[number] @ weights > 0) for one in steps.values())
        print(f"{' < '.join(step)}: cross-validated {np.mean(ordered[step]):.3f}, plain {plain:.3f}, n {len(steps)}")


def place(weights: np.ndarray, sentences: np.ndarray) -> tuple[np.ndarray, float]:
    """Stretch and shift so that the sentences' median has level 0.5 and their spread uses the scale."""
    scores = sentences @ weights
    weights = weights * SPREAD / scores.std()
    return weights, -float(np.median(sentences @ weights))


def folds_of(pairs: list[dict]) -> np.ndarray:
    """Fifths of each of the three lists by the number in the id: they run through the articles in one order."""
    lists: dict[str, int] = defaultdict(int)
    keys = [one["id"].rsplit("-", 1) for one in pairs]
    for kind, number in keys:
        lists[kind] = max(lists[kind], int(number) + 1)
    return np.array([int(number) * FOLDS // lists[kind] for kind, number in keys])


def measure_articles(articles: list[dict], names: list[str]) -> dict[str, np.ndarray]:
    """Article -> differences of features over both steps."""
    measured = {one["id"]: {at: vector(text, names) for at, text in one["levels"].items()} for one in articles}
    return {one: np.array([at[high] - at[low] for low, high in STEPS]) for one, at in measured.items()}


def measure_pairs(pairs: list[dict], names: list[str]) -> np.ndarray:
    return np.array([vector(one["harder"], names) - vector(one["easier"], names) for one in pairs])


def measure_sentences(pairs: list[dict], names: list[str]) -> np.ndarray:
    return np.array([vector(one[side], names) for one in pairs for side in ("harder", "easier")])


def vector(text: str, names: list[str]) -> np.ndarray:
    features = measure(strip_markup(text))
    return np.array([features[name] for name in names])


def write(weights: dict[str, float], bias: float) -> None:
    header = {
        "script": "training/level.py",
        "data": "OneStopEnglish articles and sentence pairs",
        "licence": "CC BY-SA 4.0",
    }
    WEIGHTS.write_text(json.dumps({"header": header, "bias": round(bias, 5), "weights": weights}, indent=1) + "\n")
    print(json.dumps(weights, indent=1))


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if __name__ == "__main__":
    main()
