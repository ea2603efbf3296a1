"""Fit how likely a word is part of a person's name, from its letters, lists and neighbours.

Data: presidio-research's synthetic sentences (MIT); given and family names and places from Faker's providers (MIT, the
`train` extra); ordinary words from MTRAG-UN passages (Apache-2.0), CoQA stories (MIT) and AMI meetings (CC BY 4.0).
Figures are 5-fold by sentence template. Run: `python training/names.py --data DIR`; writes
bot/trust/weights/names.json.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bot.trust.clues import BUCKETS, WEIGHTS, Lists, buckets_of, find_clues, split_words
from bot.trust.names import find_candidates, join

LETTERS = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
OFTEN = 3  # a word seen so often in lower case, and more than in capitals, is an ordinary one
FOLDS = 5
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
SHIPPED = 0.25
CALENDAR = """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
september october november december jan feb mar apr jun jul aug sep oct nov dec english german french spanish italian
dutch polish czech danish swedish norwegian finnish russian chinese japanese korean portuguese turkish arabic hebrew
hindi american british european african asian indian irish scottish welsh greek swiss austrian belgian hungarian
romanian christmas easter internet slack teams daytwo"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    data = parser.parse_args().data
    records = list(read(data / "pii_presidio.jsonl.gz"))
    given, family, places = read_faker()
    common = read_common(data)
    lists = fit_letters(given - common, family - common, places - common, common)
    rows, truths, groups, where = make_rows(records, lists)
    names = sorted({name for row in rows for name in row})
    matrix = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    report(records, lists, cross_validate(matrix, truths, groups), where)
    model = LogisticRegression(max_iter=2000).fit(matrix, truths)
    write(lists, dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0]))


def read(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def read_faker() -> tuple[set[str], set[str], set[str]]:
    """Given names, family names and names of places of all locales, in Latin letters, lower case."""
    given, family, places = set[str](), set[str](), set[str]()
    for field, values in provider_lists("faker.providers.person"):
        target = family if "last" in field else given if "first" in field else set()
        target |= {one.lower() for one in values if LATIN.fullmatch(one)}
    for field, values in provider_lists("faker.providers.address"):
        if re.search("cit(y|ies)|countr|state|region|province|district|town|village", field):
            places |= {word.lower() for one in values for word in LATIN.findall(one) if len(word) > 2}
    return given, family, places


def provider_lists(package: str) -> Iterator[tuple[str, list[str]]]:
    """(name of the list, its values) of every locale's provider, lists of formats and endings aside."""
    root: ModuleType = importlib.import_module(package)
    for module in pkgutil.iter_modules(root.__path__):
        provider = importlib.import_module(f"{package}.{module.name}").Provider
        for field in dir(provider):
            values = getattr(provider, field)
            if isinstance(values, tuple | list | dict) and not re.search("format|fix|abbr|postcode", field):
                plain = (one[0] if isinstance(one, tuple | list) and one else one for one in values)
                yield field, [one for one in plain if isinstance(one, str)]


def read_common(data: Path) -> set[str]:
    """Words that are ordinary: mostly in lower case; and names of tools, languages and days, which are no persons."""
    low, capital = Counter[str](), Counter[str]()
    for text in read_texts(data):
        for word in LETTERS.findall(text):
            (low if word.islower() else capital)[word.lower()] += 1
    ordinary = {word for word, count in low.items() if count >= OFTEN and count > capital[word] / 2 and len(word) > 1}
    lexicon = Path(__file__).parents[1] / "bot" / "self_model" / "lexicon" / "tools.json"
    tools = " ".join(json.loads(lexicon.read_text(encoding="utf-8"))["categories"].values())
    return ordinary | set(CALENDAR.split()) | {one.lower() for one in LETTERS.findall(tools) if len(one) > 1}


def read_texts(data: Path) -> Iterator[str]:
    """Texts in ordinary English."""
    yield from (one["text"] for one in read(data / "mtrag_un.passages.jsonl.gz"))
    yield from (one.get("story", "") for one in read(data / "abgcoqa.jsonl.gz"))
    for one in read(data / "qmsum_ami.jsonl.gz"):
        yield from strings_in(one)


def strings_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings_in(one)


def fit_letters(given: set[str], family: set[str], places: set[str], common: set[str]) -> Lists:
    """How name-like groups of letters are: names against ordinary words and places that are no names."""
    names, others = sorted(given | family), sorted(common) + sorted(places - given - family)
    columns = [sorted(buckets_of(word)) for word in (*names, *others)]
    pointers = np.cumsum([0, *(len(one) for one in columns)])
    indices = np.concatenate(columns)
    matrix = csr_matrix((np.ones(len(indices), dtype=np.float32), indices, pointers), shape=(len(columns), BUCKETS))
    truths = np.r_[np.ones(len(names)), np.zeros(len(others))]
    model = LogisticRegression(C=0.3, max_iter=500, class_weight="balanced").fit(matrix, truths)
    scale = float(np.abs(model.coef_).max()) / 127
    letters = np.rint(model.coef_[0] / scale).astype(int).tolist()
    return Lists(frozenset(given), frozenset(common), letters, scale, float(model.intercept_[0]), {}, 0.0, SHIPPED)


def make_rows(
    records: list[dict[str, Any]], lists: Lists
) -> tuple[list[dict[str, float]], np.ndarray, np.ndarray, list[tuple[int, int]]]:
    """The clues of every candidate word, whether it is in a name, its sentence's template, and (record, place)."""
    rows, truths, groups, where = [], [], [], []
    for number, record in enumerate(records):
        words, gold = split_words(record["text"]), persons_of(record)
        for at in find_candidates(words, lists):
            rows.append(find_clues(words, at, lists))
            truths.append(any(words[at].start < end and start < words[at].end for start, end in gold))
            groups.append(record["template_id"])
            where.append((number, at))
    return rows, np.array(truths), np.array(groups), where


def persons_of(record: dict[str, Any]) -> list[tuple[int, int]]:
    return [(one["start"], one["end"]) for one in record["spans"] if one["type"] == "PERSON"]


def cross_validate(matrix: np.ndarray, truths: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Probabilities of each word by a model that saw no sentence of its template."""
    found = np.zeros(len(truths))
    for train, test in GroupKFold(FOLDS).split(matrix, truths, groups):
        model = LogisticRegression(max_iter=2000).fit(matrix[train], truths[train])
        found[test] = model.predict_proba(matrix[test])[:, 1]
    return found


def report(
    records: list[dict[str, Any]], lists: Lists, probabilities: np.ndarray, where: list[tuple[int, int]]
) -> None:
    """Span precision, recall and F2 by threshold: found when more than half covered, right when overlapping."""
    for threshold in THRESHOLDS:
        named: list[set[int]] = [set() for _ in records]
        for (number, at), chance in zip(where, probabilities, strict=True):
            if chance >= threshold:
                named[number].add(at)
        right = claimed = recalled = actual = 0
        for record, places in zip(records, named, strict=True):
            ours = [(one.start, one.end) for one in join(split_words(record["text"]), places, record["text"])]
            gold = persons_of(record)
            right += sum(any(overlap(one, other) for other in gold) for one in ours)
            recalled += sum(any(2 * overlap(one, other) > one[1] - one[0] for other in ours) for one in gold)
            claimed, actual = claimed + len(ours), actual + len(gold)
        precision, recall = right / max(1, claimed), recalled / actual
        score = 5 * precision * recall / (4 * precision + recall)
        print(f"threshold {threshold}: precision {precision:.3f}, recall {recall:.3f}, F2 {score:.3f} (n {actual})")


def overlap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def write(lists: Lists, clues: dict[str, float], bias: float) -> None:
    """The lists and weights, as JSON."""
    header = {
        "script": "training/names.py",
        "data": "presidio-research synth_dataset_v2; Faker providers; words of MTRAG-UN, CoQA, AMI, WordLists of tools",
        "licence": "MIT; Apache-2.0; CC BY 4.0",
    }
    held = {
        "header": header,
        "bias": round(bias, 4),
        "threshold": lists.threshold,
        "clues": {name: round(weight, 4) for name, weight in clues.items()},
        "offset": round(lists.offset, 4),
        "scale": round(lists.scale, 6),
        "letters": list(lists.letters),
        "given": " ".join(sorted(lists.given)),
        "common": " ".join(sorted(lists.common)),
    }
    WEIGHTS.write_text(json.dumps(held, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
