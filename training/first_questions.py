"""Questions that open a conversation, over small bases of one subject each, as a company's documents are.

The 574 questions of first_questions.jsonl were written by hand for this fit (licence: that of this repository) over the
passages of MTRAG-UN (Apache-2.0), of which only the ids are stored: 15 bases of some 44 passages each, found by words
of their subject, and 11 of one product alone; a base is what the asker's documents would be, so "it" or "this" can mean
its subject. Each question is labelled by what its base holds and names the passage that answers it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.knowledge.index import Index
from bot.knowledge.model import Document, Passage
from bot.knowledge.split import split

QUESTIONS = Path(__file__).parent / "first_questions.jsonl"
HEADING = re.compile(r"^(?: +[^*#|\s].{2,90} |(?:\* |Q\. |Q: +)?[A-Z].{5,105}\?) *$", re.MULTILINE)
GROUP = "conversation_id"


def read_questions(talks: Sequence[Mapping]) -> Iterator[dict]:
    """The questions as records like those of MTRAG-UN, each with its `base`; a question and the conversations of
    `talks` that were written over the same document share their `conversation_id`, so that no fold sees both."""
    holders = {name_document(one): talk[GROUP] for talk in talks for one in talk["relevant_ids"]}
    for number, one in enumerate(read_lines("question")):
        documents = [name_document(name) for name in one["passages"]]
        own = next(iter(documents), str(number))
        group = next((holders[name] for name in documents if name in holders), f"first-{own}")
        yield {"question": one["question"], "history": [], GROUP: group} | {key: one[key] for key in ("base", "label")}


def read_bases(pool: Mapping[str, Passage]) -> dict[str, Index]:
    """Name -> the knowledge base, its passages split under headings as the bot splits documents."""
    return {
        one["base"]: Index(
            piece for name in one["holds"] for piece in split(to_document(pool[name], one.get("title", "")))
        )
        for one in read_lines("holds")
    }


def name_document(passage: str) -> str:
    """The document that a passage of MTRAG-UN is of, by its id."""
    return passage.split("-")[0]


def to_document(passage: Passage, subject: str) -> Document:
    """A passage with its headings, lost when the pool was made, marked again: short lines set apart, and questions.
    One without a title is headed by the `subject` of the base."""
    lines = passage.text.strip().removeprefix(passage.title.strip())
    text = HEADING.sub(lambda found: f"\n## {found.group().strip(' *')}\n", lines)
    title = " ".join(passage.title.split()) or subject
    return Document(path=passage.document, title=title, text=text, digest=passage.id)


def read_lines(key: str) -> list[dict]:
    """The file's records that have this key."""
    records = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [one for one in records if key in one]
