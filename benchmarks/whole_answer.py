"""How long a whole answer takes without a model: `python benchmarks/whole_answer.py [--passages 10000]`.

From the message to the committed exchange, with SQLite on disk: history, consent, a self-model of 200 beliefs, search,
decision, plan, composing, checking, and one durable write. The passages are the project's own documents, and more made
of their sentences in other orders, so that composing has real sentences to choose from. Questions are those of
`answers.py`, each followed by one that leans on it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from answers import DOCS, QUESTIONS
from stages import Stages
from storage_self_model import AT, BELIEFS, make_model

from adapters.documents import read_folder
from bot.answering import answer, compose
from bot.flows import respond as flow
from bot.flows.ingest import ingest
from bot.flows.means import Means
from bot.knowledge.model import Document
from bot.knowledge.split import split
from bot.ports import Stores
from bot.trust.model import Consent
from bot.turn import Member, Message, Place, Turn, audience_at
from storage.sql import open_sql

ASKER = Member("W1", "U1")
FOLLOW_UP = "What does that cost for our team?"
A_DOCUMENT = 10  # passages of a made-up document


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000)
    parser.add_argument("--beliefs", type=int, default=BELIEFS)
    options = parser.parse_args()
    model = make_model(ASKER)
    documents = make_documents(options.passages)
    with tempfile.TemporaryDirectory() as folder:
        async with open_sql(f"sqlite+aiosqlite:///{Path(folder) / 'time.db'}") as stores:
            await ingest(stores.knowledge, ASKER.workspace, documents)
            await stores.self_models.save(replace(model, beliefs=model.beliefs[: options.beliefs]))
            await stores.consents.save(Consent(member=ASKER, modelling=True, at=AT))
            means = Means(stores=stores)
            stages = watch(stores)
            held = len(await stores.knowledge.passages(ASKER.workspace))
            await measure(means, "warm up", 0)
            times = []
            for number, question in enumerate(QUESTIONS, start=1):
                for text in (question, FOLLOW_UP):
                    stages.begin()
                    times.append(await measure(means, text, number))
    times.sort()
    middle, late = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"{held} passages, {options.beliefs} beliefs, {len(times)} answers: p50 {middle:.1f} ms, p95 {late:.1f} ms")
    middle, late = stages.sum_of("consent and self-model read", "enriched")
    print(f"the self-model's read and enrichment: p50 {middle:.1f} ms, p95 {late:.1f} ms")
    print(f"{'stage (ms)':<34} {'p50':>6} {'p95':>6} {'times':>5}", *stages.tell(), sep="\n")


def watch(stores: Stores) -> Stages:
    """Time what an answer goes through, in order; what is indented is part of the line above it."""
    return Stages(
        [
            (flow, "recent", "history read"),
            (flow, "hear", "message screened and understood"),
            (flow, "know", "consent and self-model read"),
            (flow, "read", "  faded to this moment"),
            (flow, "enrich", "enriched"),
            (type(stores.knowledge), "search", "passages found"),
            (type(stores.knowledge), "glossary", "glossary read"),
            (answer, "decide", "decided"),
            (answer, "make_plan", "planned"),
            (flow, "write", "written"),
            (compose, "select", "  sentences chosen"),
            (flow, "finish", "checked and put together"),
            (type(stores.journal), "commit", "committed"),
        ]
    )


async def measure(means: Means, text: str, number: int) -> float:
    """Milliseconds from a message to its committed exchange."""
    at = AT + timedelta(days=30, minutes=number)
    place = Place(ASKER.workspace, "D1", str(number))
    message = Message(id=f"D1:{number}:{text}", author=ASKER, text=text, at=at, private=True)
    turn = Turn(message=message, place=place, audience=audience_at(place, ASKER, alone=True))
    start = time.perf_counter()
    await flow.respond(means, turn, at)
    return (time.perf_counter() - start) * 1000


def make_documents(passages: int) -> list[Document]:
    """The project's documents, and as many more of their sentences as it takes."""
    own = [one for one in read_folder(DOCS) if isinstance(one, Document)]
    sentences = [one for document in own for one in re.findall(r"(?m)^[A-Z][^|`\n]+?[.](?= |$)", document.text)]
    headings = [one for document in own for one in re.findall(r"(?m)^## (.+)$", document.text)]
    chance, made = random.Random(7), list(own)
    for at in range((passages - sum(len(split(one)) for one in own)) // A_DOCUMENT):
        parts = [f"## {chance.choice(headings)}\n\n{' '.join(chance.sample(sentences, 6))}" for _ in range(A_DOCUMENT)]
        text = "\n\n".join([f"# Page {at}", *parts])
        made.append(Document(path=f"made/{at}.md", title=f"Page {at}", text=text, digest=str(at)))
    return made


if __name__ == "__main__":
    asyncio.run(main())
