"""Fit the weights of `bot.pilot.feedback`: which signs in someone's next words mean that a reply failed them.

    python training/feedback.py --data DIR

Data: `eurtad_feedback.jsonl.gz` (UKPLab/emnlp2023-learning-from-free-text-human-feedback, Petrak et al. 2023,
Apache-2.0). Logistic regression on the runtime's own signs, cross-validated in five folds by dialogue: windows of the
same dialogue never stand on both sides. The patterns in `bot.pilot.complaints` are general, but were written by someone
who had seen this data, so the cross-validated figure flatters them a little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold

from bot.pilot.feedback import Weights, judge
from bot.pilot.signals import find_signs
from bot.turn import Said

WEIGHTS = Path(__file__).parents[1] / "bot/pilot/weights/feedback.json"
STRENGTH = 0.6  # inverse regularisation
POSITIVE = 4.0  # weight of a complaint against an ordinary turn, 7 % of the data
SEEN = 2  # signs in fewer records are left out
KINDS_BY_ERROR = {
    "Ignore Question": {"ignored_question"},
    "Ignore Request": {"ignored_question"},
    "Ignore Expectation": {"ignored_question", "not_specific"},
    "Factually Incorrect": {"wrong"},
    "Attribute Error": {"wrong"},
    "Lack of Common Sense": {"wrong"},
}
KINDS_BY_REPLY = {"Make Aware With Correction": {"wrong"}, "Repeat or Rephrase": {"repeated"}}
Record = dict[str, Any]


def read(path: Path) -> list[Record]:
    """The labelled records."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def history_of(record: Record) -> list[Said]:
    said = [Said("agent" if one["role"] == "system" else "user", one["text"]) for one in record["history"]]
    return [*said, Said("agent", record["system"])]


def group(records: Sequence[Record]) -> list[int]:
    """A number per dialogue: records share it by the stem of their id or by the same first two lines."""
    parent: dict[object, object] = {}

    def root(key: object) -> object:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for record in records:
        opening = tuple(one["text"].lower() for one in record["history"][:2])
        stem = re.sub(r"_\d+$", "", record["id"]) if re.search(r"_\d+_\d+$", record["id"]) else record["id"]
        for key in (stem, opening) if len(opening) == 2 else (stem,):
            parent[root(record["id"] + "#")] = root(key)
    numbers: dict[object, int] = {}
    return [numbers.setdefault(root(record["id"] + "#"), len(numbers)) for record in records]


def fit(signs: Sequence[dict[str, float]], labels: Sequence[int]) -> Weights:
    """Regularised logistic regression on signs seen often enough."""
    counts = Counter(sign for one in signs for sign in one)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([{k: v for k, v in one.items() if counts[k] >= SEEN} for one in signs])
    model = LogisticRegression(C=STRENGTH, class_weight={0: 1.0, 1: POSITIVE}, max_iter=5000).fit(rows, labels)
    fitted = zip(vectorizer.feature_names_, model.coef_[0], strict=True)
    return Weights(float(model.intercept_[0]), {k: round(float(v), 4) for k, v in sorted(fitted) if abs(v) >= 5e-4})


def cross_validate(records: Sequence[Record], seed: int) -> tuple[list[float], list[str]]:
    """Each record judged by weights fitted without its dialogue."""
    signs = [find_signs(history_of(one), one["user_reply"]) for one in records]
    labels = [one["is_feedback"] for one in records]
    scores, kinds = [0.0] * len(records), [""] * len(records)
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed).split(signs, labels, group(records))
    for train, test in folds:
        weights = fit([signs[i] for i in train], [labels[i] for i in train])
        for i in test:
            judged = judge(history_of(records[i]), records[i]["user_reply"], weights)
            scores[i], kinds[i] = judged.dissatisfied, judged.kind.value
    return scores, kinds


def measure(records: Sequence[Record], scores: Sequence[float], kinds: Sequence[str]) -> dict[str, float]:
    """The figures of the `feedback` suite."""
    labels = np.array([one["is_feedback"] for one in records])
    claimed = np.array(scores) >= 0.5
    clean = np.array([not one["system_error"] for one in records])
    accepted = [
        KINDS_BY_ERROR.get(one["error_type"], set()) | KINDS_BY_REPLY.get(one["label"], set())
        if one["is_feedback"]
        else set()
        for one in records
    ]
    agreed = [kind in those for kind, those in zip(kinds, accepted, strict=True) if those]
    return {
        "AP": average_precision_score(labels, scores),
        "AUC": roc_auc_score(labels, scores),
        "F1": f1_score(labels, claimed),
        "precision": precision_score(labels, claimed),
        "recall": recall_score(labels, claimed),
        "false alarms per 100 clean": 100 * float(claimed[clean].mean()),
        "kind agreement": float(np.mean(agreed)),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    records = read(parser.parse_args().data / "eurtad_feedback.jsonl.gz")
    runs = [measure(records, *cross_validate(records, seed)) for seed in range(5)]
    print(
        f"cross-validated, {len(records)} records, {len(set(group(records)))} dialogues, five seeds (lowest, highest)"
    )
    for name in runs[0]:
        values = [run[name] for run in runs]
        print(f"  {name:28s} {np.mean(values):.3f}  ({min(values):.3f}, {max(values):.3f})")
    signs = [find_signs(history_of(one), one["user_reply"]) for one in records]
    weights = fit(signs, [one["is_feedback"] for one in records])
    about = {
        "script": "training/feedback.py",
        "data": "eurtad_feedback (Petrak et al. 2023), all records",
        "licence": "Apache-2.0",
        "intercept": round(weights.intercept, 4),
        "signs": weights.signs,
    }
    WEIGHTS.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(f"{len(weights.signs)} weights written to {WEIGHTS.name}")


if __name__ == "__main__":
    main()
