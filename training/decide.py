"""Fit the decision: does a question need a clarifying question, and if not, do the documents hold it?

Examples are made by decide_examples (see there for data and licences); features and search are the bot's own. Figures
are of the 259 questions of MTRAG-UN, the 1,092 of Abg-CoQA and our own questions that open a conversation, each alone;
5-fold, conversations (stories) and all that was made from them or over their documents kept whole, averaged over
several divisions into folds.
Run: `python training/decide.py --data DIR`; writes bot/answering/weights/decide.json.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
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
SCORED = ("written", "quick", "first")
SEEN_TWICE = 2
APART = 4.0  # how much more easily the other two decisions differ in an opening than they weigh
LACKED = frozenset({"last reply lacked", "replies lacked"})  # what was said that tells what the documents hold
ASKING_ONLY = frozenset({"first passage length"})  # how many readings a text allows, not whether it answers


@dataclass(frozen=True, slots=True)
class Penalties:
    """1/C of each part on standardised values, and how far rare decisions are favoured (0 not at all, 1 fully):
    asking less than the others, since it costs the person a turn. `opening`: of how much asking differs in a message
    that opens a conversation."""

    grams: float = 1.0
    features: float = 80.0
    opening: float = 20.0
    lacking: float = 2.0
    partial: float = 100.0
    lean: float = 0.4
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
    ask, grams = fit_ask(examples, (written, quick), names, penalties)
    lacking = fit_outcome(examples, written, names, Decision.DECLINE, penalties.lacking)
    part = fit_outcome(examples, written, names, Decision.HEDGE, penalties.partial)
    return {
        "header": {
            "script": "training/decide.py",
            "data": "MTRAG-UN, Abg-CoQA, TREC CAsT with manual rewrites, training/first_questions.jsonl",
            "licence": "Apache-2.0, MIT, MIT, this repository's",
        },
        "scales": [
            {name: [*map(tidy, pair)] for name, *pair in zip(names, means, spreads, strict=True)}
            for means, spreads in scales
        ],
        "later": {"ask": ask["later"], "lacking": lacking["later"], "partial": part["later"]},
        "opening": {"ask": ask["opening"], "lacking": lacking["opening"], "partial": part["opening"]},
        "quick": ask["quick"],
        "grams": grams,
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
) -> tuple[dict, dict]:
    """One logistic model of two halves, each counting as much as the talk is written or quick-fire, and of how much a
    message that opens a conversation differs: the weights of each, and the grams'."""
    used = [number for number, one in enumerate(examples) if one.asking]
    some = [examples[number] for number in used]
    counts = Counter(gram for one in some for gram in one.grams)
    vocabulary = sorted(gram for gram, count in counts.items() if count >= SEEN_TWICE)
    shrink, apart = ((penalties.grams / one) ** 0.5 for one in (penalties.features, penalties.opening))
    grams, pace = gram_values(some, vocabulary), np.array([one.pace for one in some])
    written, quick = (sparse.hstack([np.ones((len(some), 1)), half[used] * shrink, grams]) for half in scaled)
    opening = hold_openings(some, scaled[0][used]) * apart * (1 - pace)[:, None]
    rows = sparse.hstack([sparse.diags(1 - pace) @ written, sparse.diags(pace) @ quick, opening], format="csr")
    model = LogisticRegression(C=1 / penalties.grams, max_iter=5000)
    model.fit(rows, [one.ask for one in some], [one.asking for one in some])
    shift = find_shift(model.decision_function(rows), some, 1 - pace, Decision.ASK)
    size, width = len(names) + 1, written.shape[1]
    halves = np.split(model.coef_[0], (width, 2 * width))
    later, fast = (np.hstack([half[0] + model.intercept_[0], half[1:size] * shrink]) for half in halves[:2])
    later[0] += shift
    return (
        {
            "later": name_weights(later, names),
            "opening": name_weights(later + halves[2] * apart, names),
            "quick": name_weights(fast, names),
        },
        {
            kind: dict(zip(vocabulary, map(tidy, half[size:]), strict=True))
            for kind, half in zip(("written", "quick"), halves, strict=False)
        },
    )


def hold_openings(examples: Sequence[Example], scaled: np.ndarray) -> np.ndarray:
    """A constant and the values of those examples that open a conversation, 0 for all others."""
    opens = np.array([not one.measured["history"] for one in examples])
    return np.hstack([np.ones((len(scaled), 1)), scaled]) * opens[:, None]


def name_weights(weights: np.ndarray, names: Sequence[str]) -> dict:
    """A linear model of the weights file: the first one is the constant."""
    return {"bias": tidy(weights[0]), "features": dict(zip(names, map(tidy, weights[1:]), strict=True))}


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
    """Whether this is the right decision, in later messages and in those that open a conversation; hedging only on
    questions that call for nothing but an answer or a hedge."""
    left = {Decision.ANSWER, Decision.HEDGE} if right is Decision.HEDGE else {*Decision, None}
    used = [number for number, one in enumerate(examples) if one.outcome and one.right in left]
    of_talk = set().union(*(one.measured for one in examples if one.kind == "bare"))  # had no knowledge base
    barred = of_talk - LACKED if right is Decision.DECLINE else set()
    columns = [number for number, name in enumerate(names) if name not in barred | ASKING_ONLY]
    later = [number for number in used if examples[number].kind != "first"]
    parts = {
        name: fit_one([examples[number] for number in some], scaled[np.ix_(some, columns)], right, penalty, apart)
        for name, some, apart in (("later", later, 0.0), ("opening", used, APART))
    }
    return {name: name_weights(one, [names[column] for column in columns]) for name, one in parts.items()}


def fit_one(
    examples: Sequence[Example], scaled: np.ndarray, right: Decision, penalty: float, apart: float
) -> np.ndarray:
    """Constant and weights, with `apart` those of openings: how easily they differ from the others."""
    rows = np.hstack([scaled, hold_openings(examples, scaled) * apart])
    model = LogisticRegression(C=1 / penalty, max_iter=5000)
    model.fit(rows, [one.right is right for one in examples], [one.outcome for one in examples])
    shift = find_shift(model.decision_function(rows), examples, np.ones(len(examples)), right)
    width = scaled.shape[1]
    return np.hstack([model.intercept_ + shift, model.coef_[0][:width]]) + model.coef_[0][width:] * apart


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
    folds, judged, decisions = deal(examples, seed), {}, {}
    for fold in range(FOLDS):
        model = decide.parse(fit([one for one in examples if folds[one.group] != fold], penalties))
        for one in (one for one in examples if folds[one.group] == fold and one.kind in SCORED):
            judged[id(one)] = decide.weigh(one.measured, one.grams, one.pace, model)
            barred = frozenset({Decision.ASK} if decide.is_clear(one.measured) else ())
            take = partial(decide.settle, measured=one.measured) if one.kind == "first" else decide.choose
            decisions[id(one)] = take(judged[id(one)], model=model, barred=barred)
    written, quick, first = ([one for one in examples if one.kind == kind] for kind in SCORED)
    scores = score_written(written, judged, decisions) | score_quick(quick, judged, decisions)
    return scores | score_first(first, judged, decisions)


def score_written(written: Sequence[Example], judged: dict, decisions: dict) -> dict[str, float]:
    right = [one.right for one in written]
    chances = {kind: np.array([judged[id(one)][kind] for one in written]) for kind in Decision}
    said = [decisions[id(one)] for one in written]
    able = np.array([one is Decision.ANSWER for one in right])
    declined = [one is Decision.DECLINE for one in right]
    asked = [one.ask for one in written]
    return {
        "mtrag_un macro-F1": f1_score(right, said, average="macro"),
        "mtrag_un AUC p_ask": roc_auc_score(asked, chances[Decision.ASK]),
        "mtrag_un AP p_ask": average_precision_score(asked, chances[Decision.ASK]),
        "mtrag_un AUC p_decline": roc_auc_score(declined, chances[Decision.DECLINE]),
        "mtrag_un AP p_decline": average_precision_score(declined, chances[Decision.DECLINE]),
        "mtrag_un over-asking": float(np.mean([said[number] is Decision.ASK for number in np.flatnonzero(able)])),
        "mtrag_un ECE confidence": calibration_error(chances[Decision.ANSWER], able),
        "mtrag_un AUC confidence": roc_auc_score(able, chances[Decision.ANSWER]),
    }


def score_quick(quick: Sequence[Example], judged: dict, decisions: dict) -> dict[str, float]:
    asked = np.array([one.ask for one in quick])
    p_ask = np.array([judged[id(one)][Decision.ASK] for one in quick])
    return {
        "abgcoqa AUC p_ask": roc_auc_score(asked, p_ask),
        "abgcoqa AP p_ask": average_precision_score(asked, p_ask),
        "abgcoqa ECE p_ask": calibration_error(p_ask, asked),
        "abgcoqa over-asking": float(np.mean([decisions[id(one)] is Decision.ASK for one in quick if not one.ask])),
        "abgcoqa F1 at 0.5": f1_score(asked, p_ask >= 0.5),
    }


def score_first(first: Sequence[Example], judged: dict, decisions: dict) -> dict[str, float]:
    """Of questions that open a conversation: how many are judged rightly, and how the others go wrong."""

    def share(right: Decision, *said: Decision) -> float:
        return float(np.mean([decisions[id(one)] in said for one in first if one.right is right]))

    def told(kind: Decision) -> tuple[list[bool], list[float]]:
        return [one.right is kind for one in first], [judged[id(one)][kind] for one in first]

    return {
        "first accuracy": float(np.mean([decisions[id(one)] is one.right for one in first])),
        "first clear, asked back": share(Decision.ANSWER, Decision.ASK),
        "first clear, declined": share(Decision.ANSWER, Decision.DECLINE),
        "first clear, hedged": share(Decision.ANSWER, Decision.HEDGE),
        "first vague, not asked": share(Decision.ASK, *(set(Decision) - {Decision.ASK})),
        "first vague, declined": share(Decision.ASK, Decision.DECLINE),
        "first lacking, answered": share(Decision.DECLINE, Decision.ANSWER),
        "first lacking, asked back": share(Decision.DECLINE, Decision.ASK),
        "first AP p_ask": average_precision_score(*told(Decision.ASK)),
        "first AUC p_decline": roc_auc_score(*told(Decision.DECLINE)),
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
