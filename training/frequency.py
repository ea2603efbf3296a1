"""How common a word is: counts over everyday English, written to bot/answering/weights/frequency.json.

Sources (labels and OneStop are not read): MTRAG-UN passages (Apache-2.0), CoQA stories and questions by way of Abg-CoQA
(MIT), EURTAD dialogues (Apache-2.0), AMI meetings by way of QMSum (CC BY 4.0): about 0.9 million running words of
manuals, encyclopaedia, forum, stories and talk. Run: `python training/frequency.py --data DIR`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.answering.frequency import WEIGHTS, WORD

MIN_COUNT = 3  # below it a count says little, and the list doubles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the .jsonl.gz files")
    counts = Counter(word.lower() for text in read_texts(parser.parse_args().data) for word in WORD.findall(text))
    total = sum(counts.values())
    bands = make_bands(counts, total)
    header = {
        "script": "training/frequency.py",
        "data": "MTRAG-UN passages, Abg-CoQA stories, EURTAD dialogues, QMSum AMI meetings",
        "licence": "counts of words; sources Apache-2.0, MIT, Apache-2.0, CC BY 4.0",
        "unit": "Zipf: log10 of occurrences per billion words, to one decimal",
    }
    unseen = round(to_zipf(0.5, total), 1)
    WEIGHTS.write_text(json.dumps({"header": header, "unseen": unseen, "bands": bands}, ensure_ascii=False) + "\n")
    print(f"{total} running words, {len(counts)} different, {sum(len(one.split()) for one in bands.values())} kept")


def make_bands(counts: Counter[str], total: int) -> dict[str, str]:
    """Zipf value to one decimal -> its words, most common band first, words in alphabetical order."""
    bands: dict[float, list[str]] = defaultdict(list)
    for word, count in counts.items():
        if count >= MIN_COUNT:
            bands[round(to_zipf(count, total), 1)].append(word)
    return {f"{band:.1f}": " ".join(sorted(bands[band])) for band in sorted(bands, reverse=True)}


def to_zipf(count: float, total: int) -> float:
    return math.log10(count / total * 1e9)


def read_texts(data: Path) -> Iterator[str]:
    """Every text once, so that repeated histories and stories do not count double."""
    for record in read(data / "mtrag_un.passages.jsonl.gz"):
        yield record["text"]
    stories = {record["story"]: None for record in read(data / "abgcoqa.jsonl.gz")}
    yield from stories
    for record in read(data / "abgcoqa.jsonl.gz"):
        yield record["question"]
    for record in read(data / "eurtad_feedback.jsonl.gz"):
        yield " \n".join(turn["text"] for turn in record["history"])
    for record in read(data / "qmsum_ami.jsonl.gz"):
        yield " \n".join(words for _, words in record["turns"])


def read(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
