"""How fast search is: whole chat sentences over many passages, read by someone who may read a part of them.

Passages are made up: words drawn from the bundled table of common stems, as often as they occur in English, 20-120 a
passage; one passage in ten is for one of two groups only. Questions are 8-16 words with history words at lower weight.
Run: `python benchmarks/search.py --passages 100000`, with `--embeddings FOLDER` to search by meaning too.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from itertools import accumulate
from pathlib import Path

from adapters.embedder import load_embedder
from bot.enrichment.model import EnrichedQuery
from bot.enrichment.vocabulary import load_table
from bot.knowledge.index import Index
from bot.knowledge.model import Passage
from bot.turn import EVERYONE

GROUPS = (frozenset({EVERYONE}),) * 18 + (frozenset({"finance"}), frozenset({"people"}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--embeddings", type=Path, help="a folder with a model2vec model")
    options = parser.parse_args()
    chance = random.Random(7)
    draw = make_draw(chance)
    passages = [make_passage(at, draw, chance) for at in range(options.passages)]
    started = time.perf_counter()
    index = Index(passages, load_embedder(options.embeddings))
    print(f"{options.passages} passages indexed in {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    index.replace("d5", passages[50:60])
    print(f"one document replaced in {(time.perf_counter() - started) * 1000:.0f} ms")
    for grants in (frozenset({EVERYONE, "finance", "people"}), frozenset({EVERYONE}), frozenset({EVERYONE, "finance"})):
        times = sorted(measure(index, make_query(draw, chance), grants) for _ in range(options.questions))
        print(f"{len(grants)} labels: p50 {times[len(times) // 2]:.2f} ms, p95 {times[int(len(times) * 0.95)]:.2f} ms")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def make_passage(at: int, draw, chance: random.Random) -> Passage:
    return Passage(
        id=f"p{at}",
        document=f"d{at // 10}",
        title=" ".join(draw(4)),
        text=" ".join(draw(chance.randint(20, 120))),
        readers=chance.choice(GROUPS),
    )


def make_draw(chance: random.Random):
    """A function that draws words as often as they occur."""
    table = load_table()[1]
    words = sorted(table)
    weights = list(accumulate(table[word][0] for word in words))
    return lambda count: chance.choices(words, cum_weights=weights, k=count)


def make_query(draw, chance: random.Random) -> EnrichedQuery:
    own, earlier = draw(chance.randint(8, 16)), draw(12)
    weights = dict.fromkeys(earlier, 0.3) | dict.fromkeys(own, 1.0)
    return EnrichedQuery(text=" ".join(own), weights=tuple(weights.items()))


def measure(index: Index, query: EnrichedQuery, grants: frozenset[str]) -> float:
    started = time.perf_counter()
    index.search(query, grants, 20)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
