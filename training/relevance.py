"""Fit the probability that a passage found for a question helps.

Data: MTRAG-UN (IBM/mt-rag-benchmark, Apache-2.0): 259 questions with their conversations, unanswerable ones included,
over 1,152 passages, and over parts of these; each of the first ten passages found is an example. Figures are of 10-fold
cross-validation, conversations kept whole; the written weights use all of it.
Run: `python training/relevance.py --data DIR`; writes bot/knowledge/weights/relevance.json.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from linear_fit import fit, name_weights, predict, read, write_models
from sklearn.metrics import brier_score_loss, roc_auc_score
from sklearn.model_selection import GroupKFold

from bot.enrichment.enrich import enrich
from bot.enrichment.model import EnrichedQuery
from bot.knowledge import relevance
from bot.knowledge.index import Index
from bot.knowledge.model import Passage
from bot.turn import EVERYONE, Said

FOUND, FOLDS, STRENGTH = 10, 10, 1.0
PARTS = (1, 6, 40)  # into how many knowledge bases the pool is cut: of 1,152, 192 and 29 passages
HEADER = {"script": "training/relevance.py", "data": "MTRAG-UN", "licence": "Apache-2.0"}


@dataclass(frozen=True, slots=True)
class Examples:
    """Passages found: their measures, whether each is relevant, its conversation, and into how many parts."""

    rows: list[dict[str, float]]
    labels: list[bool]
    groups: list[str]
    parts: list[int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    examples = make_examples(parser.parse_args().data)
    names = list(examples.rows[0])
    rows = np.array([[row[name] for name in names] for row in examples.rows])
    labels, parts = np.array(examples.labels), np.array(examples.parts)
    chances = np.zeros(len(labels))
    for seen, unseen in GroupKFold(FOLDS).split(rows, labels, examples.groups):
        chances[unseen] = predict(fit(rows[seen], labels[seen], STRENGTH), rows[unseen])
    for one in PARTS:
        report(f"pool / {one}", chances[parts == one], labels[parts == one])
    write_models(relevance.WEIGHTS, HEADER, {"relevance": name_weights(fit(rows, labels, STRENGTH), names)})


def report(label: str, chances: np.ndarray, labels: np.ndarray) -> None:
    """Print how well the chances tell and mean what they say."""
    base = labels.mean()
    auc, brier = roc_auc_score(labels, chances), brier_score_loss(labels, chances)
    print(
        f"{label}: {len(labels)} examples, {base:.3f} of them relevant; AUC {auc:.3f}, ECE {gap(chances, labels):.3f}"
    )
    print(f"  Brier {brier:.4f} (always the base rate: {base * (1 - base):.4f})")


def make_examples(data: Path) -> Examples:
    """Each question, enriched and bare, searched in the whole pool and in parts of it, since a knowledge base may be
    small. It is put to the part that holds its first relevant passage, or, every third, to the next part."""
    pool = read(data, "mtrag_un.passages")
    passages = [Passage(id=one["id"], document=one["id"], title=one["title"], text=one["text"]) for one in pool]
    records = read(data, "mtrag_un")
    examples = Examples([], [], [], [])
    for parts in PARTS:
        indexes = [Index(passages[part::parts]) for part in range(parts)]
        places = {one.id: at % parts for at, one in enumerate(passages)}
        for number, record in enumerate(records):
            at = next((places[one] for one in record["relevant_ids"]), number)
            index = indexes[(at + (number % 3 == 0)) % parts]
            for query in make_queries(record):
                found = index.look_up(query, frozenset({EVERYONE}), FOUND)
                examples.rows.extend(relevance.measure(found))
                examples.labels.extend(one.id in record["relevant_ids"] for one in found.hits)
                examples.groups.extend([record["conversation_id"]] * len(found.hits))
                examples.parts.extend([parts] * len(found.hits))
    return examples


def make_queries(record: Mapping) -> tuple[EnrichedQuery, EnrichedQuery]:
    """The question enriched, and as it was asked."""
    history = tuple(Said(one["speaker"], one["text"]) for one in record["history"])
    return enrich(record["question"], history, ()), EnrichedQuery(text=record["question"])


def gap(chances: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error in ten equal bins."""
    bins = np.minimum((chances * 10).astype(int), 9)
    return sum(
        abs(chances[bins == one].mean() - labels[bins == one].mean()) * (bins == one).mean() for one in set(bins)
    )


if __name__ == "__main__":
    main()
