"""Fit the decision: does a question need a clarifying question, and if not, do the documents hold it?

Examples are made by decide_examples (see there for data and licences); features and search are the bot's own. Figures
are of the 259 questions of MTRAG-UN and the 1,092 of Abg-CoQA alone, 5-fold, conversations (stories) and all that was
made from them kept whole, averaged over several divisions into folds.
Run: `python training/decide.py --data DIR`; writes bot/answering/weights/decide.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from decide_examples import Example, Weights, make_examples
from scipy import sparse
from scipy.optimize import brentq
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from bot.answering import decide
from bot.turn import Decision

FOLDS, DIVISIONS = 5, 5
SEEN_TWICE = 2
LACKED = frozenset({"last reply lacked", "replies lacked"})  # what was said that tells what the documents hold
ASKING_ONLY = frozenset({"first passage length"})  # how many readings a text allows, not whether it answers


@dataclass(frozen=True, slots=True)
class Penalties:
    """1/C of each part on standardised values, and how far rare decisions are favoured (0 not at all, 1 fully):
    asking less than the others, since it costs the person a turn."""

    grams: float = 1.0
    features: float = 80.0
    lacking: float = 2.0
    partial: float = 100.0
    lean: float = 0.5
    lean_to_ask: float = 0.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    parser.add_argument("--divisions", type=int, default=DIVISIONS, help="0: fit only")
    options = parser.parse_args()
    examples = make_examples(options.data, Weights())
    report(examples, Penalties(), options.divisions)
    written = json.dumps(fit(examples, Penalties()), separators=(",", ":"), ensure_ascii=False)
    decide.WEIGHTS.write_text(written + "\n", encoding="utf-8")


# ── fitting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def fit(examples: Sequence[Example], penalties: Penalties) -> dict:
    """The weights file's content."""
    names = list(max((one.measured for one in examples), key=len))
    values = np.array([[one.measured.get(name, np.nan) for name in names] for one in examples])
    pace = np.array([one.pace for one in examples])
    scales = [find_scale(values, 1 - pace), find_scale(values, pace)]
    written, quick = (np.nan_to_num((values - means) / spreads) for means, spreads in scales)
    rates = Counter(one.right for one in examples if one.kind == "written")
    return {
        "header": {
            "script": "training/decide.py",
            "data": "MTRAG-UN, Abg-CoQA, TREC CAsT with manual rewrites",
            "licence": "Apache-2.0, MIT, MIT",
        },
        "scales": [
            {name: [*map(tidy, pair)] for name, *pair in zip(names, means, spreads, strict=True)}
            for means, spreads in scales
        ],
        "ask": fit_ask(examples, (written, quick), names, penalties),
        "lacking": fit_outcome(examples, written, names, Decision.DECLINE, penalties.lacking),
        "partial": fit_outcome(examples, written, names, Decision.HEDGE, penalties.partial),
        "shares": {one.value: tidy(rates[one] / rates.total()) for one in Decision},
        "lean": {one.value: penalties.lean_to_ask if one is Decision.ASK else penalties.lean for one in Decision},
    }


def find_scale(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted mean and spread of each column, missing values left out."""
    known = ~np.isnan(values) * weights[:, None]
    filled = np.nan_to_num(values)
    means = (filled * known).sum(axis=0) / known.sum(axis=0)
    variances = ((filled - means) ** 2 * known).sum(axis=0) / known.sum(axis=0)
    return means, np.sqrt(variances) + 1e-6


def fit_ask(
    examples: Sequence[Example], scaled: tuple[np.ndarray, np.ndarray], names: list[str], penalties: Penalties
) -> list[dict]:
    """One logistic model of two halves, each counting as much as the talk is written or quick-fire."""
    used = [number for number, one in enumerate(examples) if one.asking]
    some = [examples[number] for number in used]
    counts = Counter(gram for one in some for gram in one.grams)
    vocabulary = sorted(gram for gram, count in counts.items() if count >= SEEN_TWICE)
    shrink = (penalties.grams / penalties.features) ** 0.5
    grams, pace = gram_values(some, vocabulary), np.array([one.pace for one in some])
    halves = [sparse.hstack([np.ones((len(some), 1)), half[used] * shrink, grams]) for half in scaled]
    rows = sparse.hstack([sparse.diags(1 - pace) @ halves[0], sparse.diags(pace) @ halves[1]], format="csr")
    model = LogisticRegression(C=1 / penalties.grams, max_iter=5000)
    model.fit(rows, [one.ask for one in some], [one.asking for one in some])
    shift = find_shift(model.decision_function(rows), some, 1 - pace, Decision.ASK)
    return [
        {
            "bias": tidy(half[0] + model.intercept_[0] + shift * is_written),
            "features": dict(zip(names, map(tidy, half[1:] * shrink), strict=False)),
            "grams": dict(zip(vocabulary, map(tidy, half[len(names) + 1 :]), strict=True)),
        }
        for half, is_written in zip(np.split(model.coef_[0], 2), (True, False), strict=True)
    ]


def gram_values(examples: Sequence[Example], vocabulary: list[str]) -> sparse.csr_matrix:
    """Each question's known grams at equal weight, its row of length 1."""
    places = {gram: number for number, gram in enumerate(vocabulary)}
    rows = sparse.lil_matrix((len(examples), len(vocabulary)))
    for row, one in enumerate(examples):
        known = [places[gram] for gram in one.grams if gram in places]
        if known:
            rows[row, known] = len(known) ** -0.5
    return rows.tocsr()


def fit_outcome(
    examples: Sequence[Example], scaled: np.ndarray, names: list[str], right: Decision, penalty: float
) -> dict:
    """Whether this is the right decision; hedging only on questions that call for nothing but an answer or a hedge."""
    left = {Decision.ANSWER, Decision.HEDGE} if right is Decision.HEDGE else {*Decision, None}
    used = [number for number, one in enumerate(examples) if one.outcome and one.right in left]
    of_talk = set().union(*(one.measured for one in examples if one.kind == "bare"))  # had no knowledge base
    barred = of_talk - LACKED if right is Decision.DECLINE else set()
    columns = [number for number, name in enumerate(names) if name not in barred | ASKING_ONLY]
    model = LogisticRegression(C=1 / penalty, max_iter=5000)
    some = [examples[number] for number in used]
    model.fit(scaled[np.ix_(used, columns)], [one.right is right for one in some], [one.outcome for one in some])
    scores = model.decision_function(scaled[np.ix_(used, columns)])
    bias = model.intercept_[0] + find_shift(scores, some, np.ones(len(some)), right)
    weights = {names[column]: tidy(weight) for column, weight in zip(columns, model.coef_[0], strict=True)}
    return {"bias": tidy(bias), "features": weights}


def find_shift(scores: np.ndarray, examples: Sequence[Example], parts: np.ndarray, right: Decision) -> float:
    """What to add to the log-odds so that MTRAG-UN alone, not all that was made from it, has its true rate.
    `parts` is how much of the shift reaches each example."""
    own = np.array([one.kind == "written" for one in examples])
    rate = np.mean([one.right is right for one in examples if one.kind == "written"])
    return float(brentq(lambda shift: np.mean(expit(scores[own] + shift * parts[own])) - rate, -10, 10))


def tidy(value: float) -> float:
    return float(f"{value:.4g}")


# ── scoring ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def report(examples: Sequence[Example], penalties: Penalties, divisions: int) -> None:
    every = [score_division(examples, penalties, seed) for seed in range(divisions)]
    for name in every[0] if every else ():
        values = [one[name] for one in every]
        print(f"{name:28s} cross-validated {np.mean(values):.3f} (± {np.std(values):.3f} between divisions)")


def score_division(examples: Sequence[Example], penalties: Penalties, seed: int) -> dict[str, float]:
    """The figures of one division into folds, judged by the bot's own code with each fold's weights."""
    folds = deal(examples, seed)
    judged: dict[int, decide.Chances] = {}
    decisions: dict[int, Decision] = {}
    for fold in range(FOLDS):
        model = decide.parse(fit([one for one in examples if folds[one.group] != fold], penalties))
        for one in (one for one in examples if folds[one.group] == fold and one.kind in ("written", "quick")):
            judged[id(one)] = decide.weigh(one.measured, one.grams, one.pace, model)
            barred = frozenset({Decision.ASK} if decide.is_clear(one.measured) else ())
            decisions[id(one)] = decide.choose(judged[id(one)], model, barred=barred)
    written, quick = ([one for one in examples if one.kind == kind] for kind in ("written", "quick"))
    return score_written(written, judged, decisions) | score_quick(quick, judged, decisions)


def score_written(written: Sequence[Example], judged: dict, decisions: dict) -> dict[str, float]:
    right = [one.right for one in written]
    chances = {kind: np.array([judged[id(one)][kind] for one in written]) for kind in Decision}
    said = [decisions[id(one)] for one in written]
    able = np.array([one is Decision.ANSWER for one in right])
    declined = [one is Decision.DECLINE for one in right]
    asked = [one.ask for one in written]
    over = np.mean([one is Decision.ASK for one, is_able in zip(said, able, strict=True) if is_able])
    return {
        "mtrag_un macro-F1": f1_score(right, said, average="macro"),
        "mtrag_un AUC p_ask": roc_auc_score(asked, chances[Decision.ASK]),
        "mtrag_un AP p_ask": average_precision_score(asked, chances[Decision.ASK]),
        "mtrag_un AUC p_decline": roc_auc_score(declined, chances[Decision.DECLINE]),
        "mtrag_un AP p_decline": average_precision_score(declined, chances[Decision.DECLINE]),
        "mtrag_un over-asking": float(over),
        "mtrag_un ECE confidence": calibration_error(chances[Decision.ANSWER], able),
        "mtrag_un AUC confidence": roc_auc_score(able, chances[Decision.ANSWER]),
    }


def score_quick(quick: Sequence[Example], judged: dict, decisions: dict) -> dict[str, float]:
    asked = np.array([one.ask for one in quick])
    p_ask = np.array([judged[id(one)][Decision.ASK] for one in quick])
    over = np.mean([decisions[id(one)] is Decision.ASK for one in quick if not one.ask])
    return {
        "abgcoqa AUC p_ask": roc_auc_score(asked, p_ask),
        "abgcoqa AP p_ask": average_precision_score(asked, p_ask),
        "abgcoqa ECE p_ask": calibration_error(p_ask, asked),
        "abgcoqa over-asking": float(over),
    }


def deal(examples: Sequence[Example], seed: int) -> dict[str, int]:
    """Group -> fold, the same for the same seed."""
    groups = sorted({one.group for one in examples})
    random.Random(seed).shuffle(groups)
    return {group: number % FOLDS for number, group in enumerate(groups)}


def calibration_error(chances: np.ndarray, happened: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error in ten equal bins."""
    places = np.minimum((chances * bins).astype(int), bins - 1)
    return sum(abs((chances - happened)[places == one].sum()) for one in range(bins)) / len(chances)


if __name__ == "__main__":
    main()
