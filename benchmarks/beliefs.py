"""How fast one person's beliefs are found for a question, beside mem0 with Chroma: `python benchmarks/beliefs.py MEM0`.

MEM0 is the Python of an environment of its own, which the product does not need and this script does not make:
`python -m venv /tmp/mem0 && /tmp/mem0/bin/pip install mem0ai chromadb`, then name /tmp/mem0/bin/python.

Fifty people hold a hundred beliefs each; the same texts, under the same vectors (stems hashed into 256 numbers), go
into mem0 with Chroma. Told are medians of a search for one person: the product's own way (the self-model from the
database, then the beliefs whose words bear on the question; no vectors), the same self-model searched exactly by the
vectors, and mem0's. Recall at 10 is measured against the exact order of that person's vectors, so for the second it can
only be 1.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import statistics
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

PEOPLE, BELIEFS, QUERIES, TOP, WIDTH = 50, 100, 200, 10, 256
THINGS = "kafka billing retention cluster invoice pipeline schema dashboard migration gateway ledger cache".split()
DOINGS = "moving testing reading tuning replacing auditing planning watching".split()
PLACES = "berlin staging finance warehouse mobile frontend europe support legal research".split()


async def main(python: str) -> None:
    chance = random.Random(1)
    texts = {f"U{person}": list({make_text(chance) for _ in range(BELIEFS * 3)})[:BELIEFS] for person in range(PEOPLE)}
    asked = [(chance.choice(list(texts)), f"How is {make_text(chance)} going?") for _ in range(QUERIES)]
    vectors = {text: embed(text) for text in {*itertools.chain(*texts.values()), *(text for _, text in asked)}}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = {"texts": texts, "asked": asked, "vectors": vectors, "top": TOP}
        (folder / "told.json").write_text(json.dumps(told))
        own, exact, truth = await time_own(folder, texts, asked, vectors)
        env = {**os.environ, "MEM0_TELEMETRY": "False", "ANONYMIZED_TELEMETRY": "False", "MEM0_DIR": name}
        env |= {"OPENAI_API_KEY": "none", "PYTHONWARNINGS": "ignore"}
        pipe = asyncio.subprocess.PIPE
        done = await asyncio.create_subprocess_exec(python, __file__, "--mem0", name, env=env, stdout=pipe, stderr=pipe)
        said, complained = await done.communicate()
    if done.returncode:
        sys.exit(complained.decode()[-2000:])
    theirs = json.loads(said.splitlines()[-1])
    recall = statistics.mean(len({*a} & {*b}) / len(b) for a, b in zip(theirs["found"], truth, strict=True))
    print(f"{PEOPLE * BELIEFS:,} beliefs of {PEOPLE} people, {QUERIES} searches for one person each, medians:")
    print(f"product (words): {own:.3f} ms; same self-model by the vectors, exact: {exact:.3f} ms, recall@{TOP} 1.00")
    print(f"mem0 with Chroma: {theirs['ms']:.2f} ms, recall@{TOP} {recall:.2f}")
    print(
        f"the product is {theirs['ms'] / own:.0f} times as fast, exact by the vectors {theirs['ms'] / exact:.0f} times"
    )


def make_text(chance: random.Random) -> str:
    return f"{chance.choice(DOINGS)} the {chance.choice(PLACES)} {chance.choice(THINGS)} {chance.choice(THINGS)}"


def embed(text: str) -> list[float]:
    """Stems hashed into a vector of length 1."""
    from bot.words import content_terms

    found = [0.0] * WIDTH
    for term in content_terms(text):
        found[zlib.crc32(term.encode()) % WIDTH] += 1.0
    length = sum(one * one for one in found) ** 0.5 or 1.0
    return [one / length for one in found]


async def time_own(
    folder: Path, texts: dict[str, list[str]], asked: list[tuple[str, str]], vectors: dict[str, list[float]]
) -> tuple[float, float, list[list[str]]]:
    """Milliseconds by words and by vectors, and what is found by the vectors."""
    import numpy as np

    from bot.enrichment.relevance import bearing
    from bot.turn import Member
    from storage.sql import open_sql

    matrices = {person: np.array([vectors[one] for one in theirs]) for person, theirs in texts.items()}
    words, exact, found = [], [], []
    async with open_sql(f"sqlite+aiosqlite:///{folder / 'own.db'}") as stores:
        for person, theirs in texts.items():
            await stores.self_models.save(make_model(Member("W1", person), theirs))
        for person, text in asked:
            start = time.perf_counter()
            model = await stores.self_models.load(Member("W1", person))
            loaded = time.perf_counter() - start
            start = time.perf_counter()
            bearing(text, model.beliefs)
            words.append(loaded + time.perf_counter() - start)
            query = np.array(vectors[text])
            start = time.perf_counter()
            scores = matrices[person] @ query
            best = np.argsort(-scores, kind="stable")[:TOP]
            exact.append(loaded + time.perf_counter() - start)
            found.append([texts[person][n] for n in best])
    return 1000 * statistics.median(words), 1000 * statistics.median(exact), found


def make_model(member: Any, texts: list[str]) -> Any:
    """A self-model that believes each text, once said."""
    from datetime import UTC, datetime

    from bot.self_model.model import Belief, Observation, SelfModel, Source

    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    beliefs = []
    for number, text in enumerate(texts):
        seen = Observation(
            address="project", value=text, weight=0.5, source=Source.STATED, quote=text, message=f"C1:{number}", at=at
        )
        belief = Belief(
            address="project", value=text, confidence=0.8, mass=1.0, evidence=(seen,), valid_from=at, recorded_at=at
        )
        beliefs.append(belief)
    return SelfModel(member=member, beliefs=tuple(beliefs))


def time_mem0(folder: Path) -> None:
    """The other side, run by the other environment: the same texts and vectors, put in without a model."""
    from mem0 import Memory

    told = json.loads((folder / "told.json").read_text())

    class Embedder:
        def embed(self, text: str, *_: object, **__: object) -> list[float]:
            return list(told["vectors"][text])

    memory = Memory.from_config(
        {
            "vector_store": {
                "provider": "chroma",
                "config": {"collection_name": "beliefs", "path": str(folder / "chroma")},
            },
            "history_db_path": str(folder / "history.db"),
        }
    )
    memory.embedding_model = Embedder()
    for person, theirs in told["texts"].items():
        payloads = [{"data": text, "user_id": person, "hash": "", "created_at": "2026-03-02"} for text in theirs]
        ids = [f"{person}-{n}" for n in range(len(theirs))]
        memory.vector_store.insert([told["vectors"][text] for text in theirs], payloads, ids)
    taken, found = [], []
    for person, text in told["asked"]:
        start = time.perf_counter()
        results = memory.search(text, filters={"user_id": person}, top_k=told["top"], threshold=0.0)["results"]
        taken.append(time.perf_counter() - start)
        found.append([one["memory"] for one in results])
    print(json.dumps({"ms": 1000 * statistics.median(taken), "found": found}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--mem0"]:
        time_mem0(Path(sys.argv[2]))
    elif len(sys.argv) == 2:
        asyncio.run(main(sys.argv[1]))
    else:
        sys.exit(__doc__)
