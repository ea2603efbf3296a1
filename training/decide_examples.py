"""The examples that the decision is fitted on: questions as the bot itself would read them and search for them.

- written: MTRAG-UN (Apache-2.0) over its whole pool; quick: Abg-CoQA (MIT), all stories as the knowledge base.
- small: MTRAG-UN again over knowledge bases of some eighty passages, the size of a pilot's.
- foreign: MTRAG-UN and CAsT questions over a knowledge base of something else: to be declined.
- told: the earlier turns of MTRAG-UN and CAsT conversations, judged by the reply they got (a question back, "I do not
  have that information", or an answer), over a small base of replies that holds theirs where it was an answer.
- bare: CAsT (MIT) questions as asked, the conversation before them cut off: where people had to add words to make
  the question stand alone, it needs a clarifying question; where they had not, or with the conversation, it does not.
- first: questions that open a conversation over a small base of one subject, see first_questions.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from first_questions import read_bases, read_questions

from bot.answering import decide, features, skeleton
from bot.enrichment.enrich import enrich
from bot.knowledge.index import Index
from bot.knowledge.model import Passage
from bot.turn import EVERYONE, Decision, Said
from bot.words import content_terms

FOUND = 20
NO_REPLIES = 2019  # the year in which CAsT had no replies
LACKING_STARTS = 200  # letters of a reply within which it says so if it lacks the answer
SMALL_TALK = re.compile(
    r"other question|addition\w* question|welcome|glad|great day|^\s*(?:hi|hello)[!. ]*$", re.IGNORECASE
)
ASKS_BACK = re.compile(
    r"(?:could|can|would) you (?:please )?(?:specify|clarify|provide|tell me|be more)"
    r"|more (?:details|context|specific)\b.*\?"
    r"|(?:which|what) [^.?]{3,60}(?:are|do) you (?:\w+ )?(?:mean|refer|ask|inquir|interested|talking)",
    re.IGNORECASE | re.DOTALL,
)
Talk = tuple[str, set[str], list[dict]]
SMALL_BASE, ROUNDS, TOGETHER = 80, 3, 12  # passages of a small base, how often dealt, conversations sharing one
LABELS = {
    "ANSWERABLE": Decision.ANSWER,
    "PARTIAL": Decision.HEDGE,
    "UNDERSPECIFIED": Decision.ASK,
    "UNANSWERABLE": Decision.DECLINE,
}


@dataclass(frozen=True, slots=True)
class Example:
    """A question as the model sees it. `right`: its decision, None where all we know is that asking is wrong.
    `asking` and `outcome` are how much it counts in fitting either model."""

    kind: str
    group: str
    measured: features.Features
    grams: frozenset[str]
    pace: float
    right: Decision | None
    asking: float = 0.0
    outcome: float = 0.0

    @property
    def ask(self) -> bool:
        return self.right is Decision.ASK


@dataclass(frozen=True, slots=True)
class Weights:
    """What an example of each kind counts, (asking, outcome)."""

    written: tuple[float, float] = (3.0, 1.0)
    quick: tuple[float, float] = (1.0, 0.0)
    small: tuple[float, float] = (1.0, 0.6)
    foreign: tuple[float, float] = (0.15, 0.15)
    told: tuple[float, float] = (1.0, 0.1)
    bare: tuple[float, float] = (0.15, 0.0)
    first: tuple[float, float] = (1.5, 0.5)


def make_examples(data: Path, weights: Weights) -> list[Example]:
    """All of them, in one order; the same for the same data."""
    made = [*read_written(data), *read_quick(data), *read_small(data), *read_told(data), *read_bare(data)]
    made += read_first(data)
    return [weigh(one, getattr(weights, one.kind)) for one in made]


def weigh(example: Example, weight: tuple[float, float]) -> Example:
    lacking = example.right is Decision.DECLINE
    return Example(
        example.kind,
        example.group,
        example.measured,
        example.grams,
        example.pace,
        example.right,
        asking=0.0 if lacking else weight[0],
        outcome=weight[1],
    )


def read_written(data: Path) -> Iterator[Example]:
    index = Index(read_pool(data).values())
    for record in read(data / "mtrag_un.jsonl.gz"):
        yield make_example("written", record, index, LABELS[record["answerability"]])


def read_quick(data: Path) -> Iterator[Example]:
    records = read(data / "abgcoqa.jsonl.gz")
    names = {story: f"story-{number}" for number, story in enumerate(dict.fromkeys(one["story"] for one in records))}
    index = Index(Passage(id=name, document=name, title="", text=story) for story, name in names.items())
    for record in records:
        turns = [(who, turn[part]) for turn in record["history"] for who, part in (("user", "q"), ("agent", "a"))]
        history = [{"speaker": who, "text": text} for who, text in turns]
        asked = {"question": record["question"], "history": history, "conversation_id": names[record["story"]]}
        yield make_example("quick", asked, index, Decision.ASK if record["ambiguous"] else None)


def read_small(data: Path) -> Iterator[Example]:
    """MTRAG-UN over small bases of the question's own collection, and (as foreign) of another one."""
    pool, dice = read_pool(data), random.Random(1)
    for records in deal_small(read(data / "mtrag_un.jsonl.gz"), dice):
        collection = records[0]["collection"]
        own = make_small(pool, [name for one in records for name in one["relevant_ids"]], {collection}, dice)
        other = make_small(pool, [], {name for name in COLLECTIONS if name != collection}, dice)
        for record in records:
            right = LABELS[record["answerability"]]
            yield make_example("small", record, own, right)
            if right is not Decision.ASK:
                yield make_example("foreign", record, other, Decision.DECLINE)


COLLECTIONS = ("clapnq", "fiqa", "govt", "ibmcloud")


def deal_small(records: list[dict], dice: random.Random) -> Iterator[list[dict]]:
    """Handfuls of questions of one collection that share a small base, each question once a round."""
    for _ in range(ROUNDS):
        for collection in COLLECTIONS:
            some = [one for one in records if one["collection"] == collection]
            dice.shuffle(some)
            yield from (some[start : start + TOGETHER] for start in range(0, len(some), TOGETHER))


def make_small(
    pool: dict[str, Passage],
    wanted: Sequence[str],
    names: set[str],
    dice: random.Random,
) -> Index:
    """The wanted passages, filled up with others of these collections."""
    rest = sorted(set(pool) - set(wanted))
    rest = [name for name in rest if pool[name].document.split("/")[0] in names]
    filling = dice.sample(rest, max(0, SMALL_BASE - len(set(wanted))))
    return Index(pool[name] for name in sorted({*wanted, *filling}))


def read_told(data: Path) -> Iterator[Example]:
    dice = random.Random(3)
    talks = [
        (one["conversation_id"], {one["collection"]}, one["history"]) for one in read(data / "mtrag_un.jsonl.gz")
    ] + [
        (f"cast-{one['year']}-{one['topic']}", {"cast"}, [*speak(one["history"])])
        for one in read(data / "cast_rewrite.jsonl.gz")
        if one["year"] > NO_REPLIES
    ]
    exchanges = list(find_exchanges(talks))
    replies = {
        f"told-{number}": Passage(id=f"told-{number}", document=f"{min(names)}/{number}", title="", text=reply)
        for number, (_, names, _, _, reply) in enumerate(exchanges)
        if judge_reply(reply) is Decision.ANSWER
    }
    for number, (group, names, before, question, reply) in enumerate(exchanges):
        own = [f"told-{number}"] if f"told-{number}" in replies else []
        base = make_small(replies, own, names, dice)
        asked = {"question": question, "history": before, "conversation_id": group}
        yield make_example("told", asked, base, judge_reply(reply))


def find_exchanges(talks: Iterable[Talk]) -> Iterator[tuple[str, set[str], list[dict], str, str]]:
    """Each question with its reply once, with what was said before; small talk left out."""
    seen: set[tuple[str, str]] = set()
    for group, names, turns in talks:
        for place, (one, reply) in enumerate(pairwise(turns)):
            fresh = (group, one["text"]) not in seen and not SMALL_TALK.search(reply["text"])
            if fresh and (one["speaker"], reply["speaker"]) == ("user", "agent"):
                seen.add((group, one["text"]))
                yield group, names, turns[:place], one["text"], reply["text"]


def judge_reply(reply: str) -> Decision:
    """What the reply shows that the question called for."""
    if ASKS_BACK.search(reply):
        return Decision.ASK
    return Decision.DECLINE if features.LACKS.search(reply[:LACKING_STARTS]) else Decision.ANSWER


def read_bare(data: Path) -> Iterator[Example]:
    """CAsT: the raw question with nothing before it, with what was before it, and people's stand-alone rewrite."""
    pool, dice = read_pool(data), random.Random(2)
    bases = [None, *(make_small(pool, [], {name}, dice) for name in COLLECTIONS)]
    for record in read(data / "cast_rewrite.jsonl.gz"):
        group, base = f"cast-{record['year']}-{record['topic']}", dice.choice(bases)
        whole = {"question": record["rewrite"], "history": [], "conversation_id": group}
        bare = whole | {"question": record["raw"]}
        within = bare | {"history": [*speak(record["history"])]}
        added = set(content_terms(record["rewrite"])) - set(content_terms(record["raw"]))
        yield make_example("bare", bare, None, Decision.ASK if added else None)
        yield make_example("bare", within, None, None)
        yield make_example("bare" if base is None else "foreign", whole, base, base and Decision.DECLINE)


def read_first(data: Path) -> Iterator[Example]:
    bases = read_bases(read_pool(data))
    for record in read_questions(read(data / "mtrag_un.jsonl.gz")):
        yield make_example("first", record, bases[record["base"]], LABELS[record["label"]])


def speak(history: Iterable[dict]) -> Iterator[dict]:
    for turn in history:
        for name, speaker in (("user", "user"), ("system", "agent")):
            if turn.get(name):
                yield {"speaker": speaker, "text": turn[name]}


def make_example(kind: str, record: dict, index: Index | None, right: Decision | None) -> Example:
    history = [Said(one["speaker"], one["text"]) for one in record["history"]]
    query = enrich(record["question"], history, ())
    ranked = index.search(query, frozenset({EVERYONE}), FOUND) if index else ()
    measured = features.measure(query, ranked, history, has_knowledge=index is not None)
    pace = decide.measure_pace(history)
    grams = skeleton.grams(query.text, features.find_subject(query.text, ranked, history))
    return Example(kind, record["conversation_id"], measured, grams, pace, right)


def read_pool(data: Path) -> dict[str, Passage]:
    """Passage id -> passage of MTRAG-UN; the document's path starts with the collection."""
    return {
        one["id"]: Passage(
            id=one["id"], document=f"{one['collection']}/{one['id']}", title=one["title"], text=one["text"]
        )
        for one in read(data / "mtrag_un.passages.jsonl.gz")
    }


def read(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
